"""What was recognised, version by version."""

from dataclasses import dataclass
from datetime import timedelta

from households.choices import (
    MovementCause,
    PovertyClass,
)
from households.models import (
    Decision,
    Household,
    HouseholdStatus,
    RecognisedVersion,
    ReviewCampaign,
)
from povertyplan.core.models import Area


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


def last_signer(ward: Area) -> dict[str, str]:
    """Who signed the ward's last decision; empty before the first one."""
    signed = ward.decisions.exclude(signer_name="").order_by("-decided_on", "-pk").first()
    if signed is None:
        return {}
    return {"signer_title": signed.signer_title, "signer_name": signed.signer_name}


def withdrawn_decision(campaign: ReviewCampaign) -> Decision | None:
    """The decision that reopening the campaign took back, the latest one; none while one holds."""
    if campaign.decision is not None:
        return None
    withdrawn = campaign.decisions.exclude(withdrawn_at=None).select_related("withdrawn_by")
    return withdrawn.order_by("-withdrawn_at").first()


def spells_ended_by(decision: Decision):
    """The spells that ended the day before those of a decision began."""
    return HouseholdStatus.objects.filter(
        household__in=HouseholdStatus.objects.filter(decision=decision).values("household"),
        ends_on=decision.effective_from - timedelta(days=1),
    )
