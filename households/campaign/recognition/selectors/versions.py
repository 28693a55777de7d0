"""What was recognised, version by version, and whether the latest can be taken back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from households.choices import (
    CampaignStage,
    MovementCause,
    PovertyClass,
)
from households.locks import campaign_lock
from households.models import (
    Decision,
    Household,
    HouseholdStatus,
    RecognisedVersion,
    ReviewCampaign,
)
from povertyplan.core.models import Area, PeriodLock, User
from povertyplan.core.text import formatting

CODES_SHOWN = 5
CHAIRMAN = "Chủ tịch"  # who decides, QĐ 24/2021/QĐ-TTg, Điều 4


@dataclass(frozen=True)
class VersionLine:
    """One household of a version. Sensitive: the scores and the deprivations."""

    household: int
    code: str
    head_name: str
    village: str
    class_before: str
    poverty_class: str
    class_label: str
    cause: str
    income_score: int
    deprivation_score: int
    deprivations: str
    reason: str


def recognised_versions(campaign: ReviewCampaign) -> list[RecognisedVersion]:
    """The versions of a campaign with their decisions, the first one first; one query."""
    return list(
        campaign.versions.select_related("decision__approved_by", "decision__withdrawn_by").defer(
            "content"
        )
    )


def version_lines(version: RecognisedVersion) -> list[VersionLine]:
    """The households of a version with the names their heads have in the register today."""
    listed = [line["household"] for line in version.content]
    households = Household.objects.filter(ward=version.ward_id, pk__in=listed).with_head()
    heads = {
        household.pk: household.head_membership.person.full_name
        for household in households
        if getattr(household, "head_membership", None)
    }
    return [_line(line, heads.get(line["household"], "")) for line in version.content]


def _line(line: dict, head_name: str) -> VersionLine:
    before, after = line["class_before"], PovertyClass(line["class_after"])
    return VersionLine(
        household=line["household"],
        code=line["code"],
        head_name=head_name,
        village=line["village"],
        class_before=PovertyClass(before).label if before else "",
        poverty_class=after.value,
        class_label=after.label,
        cause=MovementCause(line["cause"]).label,
        income_score=line["income_score"],
        deprivation_score=line["deprivation_score"],
        deprivations=", ".join(map(str, line["deprivations"])),
        reason=line["reason"],
    )


def signer_of(ward: Area, user: User) -> dict[str, str]:
    """Who will sign the next decision: who signed the ward's last one, else the one at work."""
    signed = ward.decisions.exclude(signer_name="").order_by("-decided_on", "-pk").first()
    if signed is None:
        return {"signer_title": CHAIRMAN, "signer_name": user.full_name}
    return {"signer_title": signed.signer_title, "signer_name": signed.signer_name}


def withdrawn_decision(campaign: ReviewCampaign) -> Decision | None:
    """The decision that reopening the campaign took back, the latest one; none while one holds."""
    if campaign.decision is not None:
        return None
    withdrawn = campaign.decisions.exclude(withdrawn_at=None).select_related("withdrawn_by")
    return withdrawn.order_by("-withdrawn_at").first()


def reopening_obstacle(decision: Decision) -> str:
    """Why a decision cannot be withdrawn, in one sentence; empty when it can.

    What came later was decided on its results: a locked year, a later review, a later spell.
    """
    return _locked_year(decision) or _later_campaign(decision) or _later_spells(decision)


def _locked_year(decision: Decision) -> str:
    locks = PeriodLock.objects.in_force().filter(
        Q(year=decision.year) | Q(year__gte=decision.effective_from.year), ward=decision.ward_id
    )
    lock = locks.order_by("year").first()
    return f"Số liệu năm {lock.year} đã khóa. Mở khóa số liệu trước." if lock else ""


def _later_campaign(decision: Decision) -> str:
    later = (
        ReviewCampaign.objects.standing()
        .filter(ward=decision.ward_id, opens_on__gte=decision.effective_from)
        .exclude(pk=decision.campaign_id)
    )
    campaign = later.order_by("opens_on").first()
    return f"{campaign} đã mở dựa trên kết quả này, không mở lại được." if campaign else ""


def _later_spells(decision: Decision) -> str:
    changed = HouseholdStatus.objects.filter(decision=decision).exclude(ends_on=None)
    codes = list(
        changed.order_by("household__code").values_list("household__code", flat=True).distinct()
    )
    if not codes:
        return ""
    more = len(codes) - CODES_SHOWN
    listed = ", ".join(codes[:CODES_SHOWN]) + (f" và {more} hộ khác" if more > 0 else "")
    return (
        f"{formatting.number(len(codes))} hộ đã có biến động sau Quyết định số "
        f"{decision.number}: {listed}."
    )


def spells_ended_by(decision: Decision):
    """The spells that ended the day before those of a decision began."""
    return HouseholdStatus.objects.filter(
        household__in=HouseholdStatus.objects.filter(decision=decision).values("household"),
        ends_on=decision.effective_from - timedelta(days=1),
    )


def cancelling_obstacle(campaign: ReviewCampaign) -> str:
    """Why a campaign cannot be cancelled, in one sentence; empty when it can."""
    if campaign.stage in (CampaignStage.RECOGNISED, CampaignStage.CANCELLED):
        return campaign_lock(campaign)
    decision = campaign.decisions.order_by("-decided_on").first()
    if decision is not None:
        return (
            f"Kết quả đợt này đã được công nhận theo Quyết định số {decision.number}, sau đó thu "
            "hồi. Sửa rồi công nhận lại, không hủy được."
        )
    return ""
