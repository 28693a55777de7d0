"""Opening a review campaign, finishing its villages, and handing the results in for approval."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from households.choices import CampaignKind, CampaignStage, ListReason, PovertyClass
from households.entry.survey.selectors.rows import open_warnings
from households.locks import campaign_lock, lock_campaign, lock_village, village_lock
from households.models import (
    CampaignVillage,
    Household,
    PovertyStandard,
    Review,
    ReviewCampaign,
    ReviewProcedure,
)
from households.selectors.campaigns import STILL_TO_REVIEW, running_annual
from households.selectors.steps import obstacles, village_steps
from households.services.requests import answer_requests
from households.services.steps import take_back
from povertyplan.core import audit, clock, formatting, versions
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.vietnamese import normalise_text

NAMES_SHOWN = 5


@audit.business_act
def open_campaign(
    *,
    ward: Area,
    year: int,
    kind: str,
    name: str,
    standard: PovertyStandard,
    opens_on: date,
    closes_on: date,
    requested: Iterable[Household] = (),
    procedure: ReviewProcedure | None = None,
    reviewers: Mapping[int, int] | None = None,
    beside_open: bool = False,
    by: User | None,
    source: str = "web",
) -> ReviewCampaign:
    """Open a review and make its list: a pending form for each household to review.

    On the list of an annual review (QĐ 24/2021/QĐ-TTg, Điều 4): every poor and near-poor
    household of the opening day, and those that asked; every village of the ward takes part. A
    regular review is of those that asked and of their villages only. `reviewers` are users by
    village, before what the grants say. It opens in its own year, an annual one ends in it; a
    second annual one is opened `beside_open` ones of another year only where that is meant. Waiting
    requests of the listed households are answered by
    the review.
    """
    campaign = ReviewCampaign(
        ward=ward,
        year=year,
        kind=kind,
        name=normalise_text(name),
        standard=standard,
        procedure=procedure,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    _refuse_campaign_faults(campaign, beside_open=beside_open)
    campaign.save()
    listed = _households_to_review(campaign, requested)
    _add_villages(campaign, listed, reviewers or {})
    Review.objects.bulk_create(
        Review(
            ward=ward,
            campaign=campaign,
            village_id=household.village_id,
            household=household,
            list_reason=reason,
        )
        for household, reason in listed
    )
    answered = answer_requests(campaign, [household.pk for household, _ in listed])
    audit.record(
        act="open_campaign",
        obj=campaign,
        summary=f"{by or 'Hệ thống'} mở {campaign}: {formatting.number(len(listed))} hộ cần rà "
        f"soát, {formatting.number(answered)} giấy đề nghị, "
        f"từ {formatting.day(opens_on)} đến {formatting.day(closes_on)}",
        by=by,
        ward=ward,
        source=source,
    )
    return campaign


@audit.business_act
def finish_village(
    *, campaign_village: CampaignVillage, version: int, by: User, source: str = "web"
) -> CampaignVillage:
    """Close the forms of a village; twice is the same as once.

    Refused while a form is missing, or while something unusual is not confirmed.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if reason := campaign_lock(current.campaign):
        raise ValidationError(reason, code="locked")
    if current.is_finished and current.finished_by_id == by.pk:
        return current
    if reason := village_lock(current.campaign, current):
        raise ValidationError(reason, code="locked")
    _refuse_missing_forms(current)
    _refuse_open_warnings(current)
    versions.update(current, version=version, finished_at=clock.now(), finished_by=by)
    audit.record(
        act="finish_village",
        obj=current,
        summary=f"{by} xác nhận hoàn thành rà soát ở {current.village} ({current.campaign})",
        by=by,
        ward=current.campaign.ward,
        source=source,
    )
    return current


@audit.business_act
def reopen_village(
    *,
    campaign_village: CampaignVillage,
    version: int,
    reason: str,
    by: User,
    source: str = "web",
) -> CampaignVillage:
    """Open the forms of a finished village again, for a reason that stays in the journal.

    What the village agreed on and posted is no longer what its forms say: both are taken back.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    reason = _stated_reason(reason, "Nhập lý do mở lại thôn.")
    if locked := campaign_lock(current.campaign):
        raise ValidationError(locked, code="locked")
    if not current.is_finished:
        raise ValidationError(f"{current.village} đang mở, không cần mở lại.", code="locked")
    take_back(current, version=version)
    audit.record(
        act="reopen_village",
        obj=current,
        summary=f"{by} mở lại rà soát ở {current.village} ({current.campaign})",
        by=by,
        ward=current.campaign.ward,
        reason=reason,
        source=source,
    )
    return current


@audit.business_act
def submit_results(
    *, campaign: ReviewCampaign, version: int, by: User, source: str = "web"
) -> ReviewCampaign:
    """Hand the results in for approval.

    Refused while a village is not finished or, where the procedure asks for it, has not met and
    posted, or has not answered a complaint.
    """
    villages = list(
        CampaignVillage.objects.select_for_update(of=("self",), no_key=True)
        .filter(campaign=campaign)
        .select_related("village")
        .order_by("pk")
    )
    current = lock_campaign(campaign)
    if current.stage == CampaignStage.SUBMITTED and current.submitted_by_id == by.pk:
        return current
    if reason := campaign_lock(current):
        raise ValidationError(reason, code="locked")
    _refuse_unfinished(current, villages)
    versions.update(
        current,
        version=version,
        stage=CampaignStage.SUBMITTED,
        submitted_by=by,
        submitted_at=clock.now(),
        return_reason="",
    )
    audit.record(
        act="submit_results",
        obj=current,
        summary=f"{by} trình kết quả {current}",
        by=by,
        ward=current.ward,
        source=source,
    )
    return current


@audit.business_act
def return_results(
    *, campaign: ReviewCampaign, version: int, reason: str, by: User, source: str = "web"
) -> ReviewCampaign:
    """Send submitted results back to the coordinator, for a reason everyone sees."""
    current = lock_campaign(campaign)
    reason = _stated_reason(reason, "Nhập lý do trả lại kết quả.")
    if current.stage != CampaignStage.SUBMITTED:
        raise ValidationError(
            campaign_lock(current) or "Kết quả đợt rà soát chưa được trình.", code="locked"
        )
    versions.update(current, version=version, stage=CampaignStage.OPEN, return_reason=reason)
    audit.record(
        act="return_results",
        obj=current,
        summary=f"{by} trả lại kết quả {current}",
        by=by,
        ward=current.ward,
        reason=reason,
        source=source,
    )
    return current


def _stated_reason(reason: str, missing: str) -> str:
    stated = normalise_text(reason)
    if not stated:
        raise ValidationError({"reason": missing})
    return stated


def _refuse_campaign_faults(campaign: ReviewCampaign, *, beside_open: bool) -> None:
    faults = {
        "opens_on": _opening_fault(campaign),
        "closes_on": _closing_fault(campaign),
        "standard": _standard_fault(campaign),
        "beside_open": "" if beside_open else _beside_fault(campaign),
    }
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise ValidationError(found)
    campaign.full_clean()


def _opening_fault(campaign: ReviewCampaign) -> str:
    if campaign.opens_on.year != campaign.year:
        return f"Ngày bắt đầu phải trong năm {campaign.year} của đợt rà soát."
    return ""


def _closing_fault(campaign: ReviewCampaign) -> str:
    """A regular review that begins in the last days of a year may end in the next."""
    if campaign.closes_on < campaign.opens_on:
        return "Ngày kết thúc không được trước ngày bắt đầu."
    if campaign.kind == CampaignKind.ANNUAL and campaign.closes_on.year != campaign.year:
        return f"Ngày kết thúc phải trong năm {campaign.year} của đợt rà soát."
    return ""


def _standard_fault(campaign: ReviewCampaign) -> str:
    standard = campaign.standard
    ended = standard.valid_to is not None and standard.valid_to < campaign.opens_on
    if campaign.opens_on < standard.valid_from or ended:
        return f"{standard} không có hiệu lực ngày {formatting.day(campaign.opens_on)}."
    if standard.income_lines.filter(score_line=None).exists():
        return f"{standard} chưa có mức điểm B1, chưa dùng để rà soát được."
    return ""


def _beside_fault(campaign: ReviewCampaign) -> str:
    if campaign.kind != CampaignKind.ANNUAL:
        return ""
    other = running_annual(campaign.ward).exclude(year=campaign.year).first()
    if other is None:
        return ""
    return (
        f"“{other}” chưa kết thúc. Kết thúc hoặc hủy đợt đó trước; nếu đúng là mở thêm, đánh dấu ô "
        "này."
    )


def _households_to_review(
    campaign: ReviewCampaign, requested: Iterable[Household]
) -> list[tuple[Household, ListReason]]:
    """Households of the list with the reason; one that is poor and asked is listed once."""
    registered = (
        Household.objects.registered(on=campaign.opens_on)
        .filter(ward=campaign.ward)
        .with_status(on=campaign.opens_on)
    )
    classes = [PovertyClass.POOR, PovertyClass.NEAR_POOR]
    is_annual = campaign.kind == CampaignKind.ANNUAL
    on_list = list(registered.filter(poverty_class__in=classes)) if is_annual else []
    asked_for = {household.pk for household in requested}
    _refuse_requests(campaign, asked_for)
    asked = list(registered.filter(pk__in=asked_for))
    if missing := asked_for - {household.pk for household in asked}:
        raise ValidationError(
            {"requested": f"{len(missing)} hộ đề nghị rà soát không có trong sổ của địa bàn."}
        )
    listed = {household.pk for household in on_list}
    return [(household, ListReason.ON_LIST) for household in on_list] + [
        (household, ListReason.REQUESTED) for household in asked if household.pk not in listed
    ]


def _refuse_requests(campaign: ReviewCampaign, asked_for: set[int]) -> None:
    """Raise where nobody asked for a regular review, or a household is under review already."""
    if campaign.kind == CampaignKind.ANNUAL:
        return
    if not asked_for:
        raise ValidationError({"requested": "Đợt rà soát thường xuyên cần ít nhất một hộ đề nghị."})
    elsewhere = Review.objects.filter(household__in=asked_for).exclude(
        Q(campaign=campaign)
        | Q(campaign__stage__in=[CampaignStage.RECOGNISED, CampaignStage.CANCELLED])
    )
    codes = list(elsewhere.order_by("household__code").values_list("household__code", flat=True))
    if codes:
        raise ValidationError(
            {"requested": f"Hộ đang có phiếu trong đợt rà soát khác: {_some(codes, 'hộ')}."}
        )


def _add_villages(
    campaign: ReviewCampaign,
    listed: list[tuple[Household, ListReason]],
    chosen: Mapping[int, int],
) -> None:
    villages = {household.village_id for household, _ in listed}
    if campaign.kind == CampaignKind.ANNUAL:
        villages |= set(Area.objects.villages_of(campaign.ward).values_list("pk", flat=True))
    reviewers = {**_reviewers(villages), **chosen}
    CampaignVillage.objects.bulk_create(
        CampaignVillage(
            ward=campaign.ward,
            campaign=campaign,
            village_id=village,
            reviewer_id=reviewers.get(village),
        )
        for village in sorted(villages)
    )


def _reviewers(villages: set[int]) -> dict[int, int]:
    """Who reviews each village: the first user whose grant of today is for it."""
    grants = RoleGrant.objects.in_force(clock.today()).filter(
        role=Role.ENTRY_OFFICER, area__in=villages, user__is_active=True
    )
    reviewers: dict[int, int] = {}
    for village, user in grants.values_list("area", "user"):
        reviewers.setdefault(village, user)
    return reviewers


def _refuse_missing_forms(campaign_village: CampaignVillage) -> None:
    missing = Review.objects.filter(
        STILL_TO_REVIEW,
        campaign=campaign_village.campaign_id,
        village=campaign_village.village_id,
    ).select_related("household")
    codes = [review.household.code for review in missing]
    if codes:
        raise ValidationError(
            f"Còn {len(codes)} hộ chưa nhập phiếu: {_some(codes, 'hộ')}.", code="missing_forms"
        )


def _refuse_open_warnings(campaign_village: CampaignVillage) -> None:
    """Raise for the forms whose unusual results nobody has confirmed."""
    found = open_warnings(campaign=campaign_village.campaign, village=campaign_village.village)
    codes = [item.household.code for item in found]
    if codes:
        raise ValidationError(
            f"Còn {len(codes)} hộ có cảnh báo chưa xác nhận: {_some(codes, 'hộ')}.",
            code="open_warnings",
        )


def _refuse_unfinished(campaign: ReviewCampaign, villages: list[CampaignVillage]) -> None:
    unfinished = [str(row.village) for row in villages if not row.is_finished]
    if unfinished:
        raise ValidationError(
            f"Còn {len(unfinished)} thôn, tổ dân phố chưa hoàn thành: {_some(unfinished, 'thôn')}.",
            code="unfinished",
        )
    if not campaign.reviews.done().exists():
        raise ValidationError("Đợt rà soát chưa có phiếu nào để trình.", code="empty")
    if campaign.procedure is not None and (open_steps := obstacles(village_steps(campaign))):
        raise ValidationError(
            f"Chưa xong thủ tục ở {len(open_steps)} thôn, tổ dân phố: {_some(open_steps, 'thôn')}",
            code="steps",
        )


def _some(names: list[str], noun: str) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    return f"{listed} và {more} {noun} khác" if more > 0 else listed
