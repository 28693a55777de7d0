"""Opening a review, and saying who enters the forms of a village."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from households.campaign.faults import some_names
from households.campaign.opening.selectors import reviewers_for, running_annual
from households.campaign.requests.services import answer_requests
from households.choices import CampaignKind, CampaignStage, ListReason, PovertyClass
from households.locks import lock_village, village_lock
from households.models import (
    CampaignVillage,
    Household,
    PovertyStandard,
    Review,
    ReviewCampaign,
    ReviewProcedure,
)
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.platform import submissions, versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Mở đợt rà soát")
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
    key: str | None = None,
    by: User | None,
) -> ReviewCampaign:
    """Open a review and make its list: a pending form for each household to review.

    On the list of an annual review (QĐ 24/2021/QĐ-TTg, Điều 4): every poor and near-poor
    household of the opening day, and those that asked; every village of the ward takes part. A
    regular review is of those that asked and of their villages only. `reviewers` are users by
    village, before what the grants say. It opens in its own year, an annual one ends in it; a
    second annual one is opened `beside_open` ones of another year only where that is meant. Waiting
    requests of the listed households are answered by the review. `key` makes a form sent twice
    write once.
    """
    asked, chosen = list(requested), dict(reviewers or {})
    said = {
        "ward": ward,
        "year": year,
        "kind": kind,
        "name": name,
        "standard": standard,
        "procedure": procedure,
        "opens_on": opens_on,
        "closes_on": closes_on,
    }

    def create() -> ReviewCampaign:
        campaign = ReviewCampaign(**said | {"name": normalise_text(name)})
        _refuse_campaign_faults(campaign, beside_open=beside_open)
        campaign.save()
        listed = _households_to_review(campaign, asked)
        _add_villages(campaign, listed, chosen)
        _write_list(campaign, listed, by=by)
        return campaign

    content = {name: getattr(value, "pk", value) for name, value in said.items()}
    content |= {"requested": sorted(household.pk for household in asked)}
    return submissions.once(
        key=key,
        act="open_campaign",
        content=content | {"reviewers": chosen, "beside_open": beside_open},
        model=ReviewCampaign,
        create=create,
        by=by,
    )


def _write_list(
    campaign: ReviewCampaign,
    listed: list[tuple[Household, ListReason]],
    *,
    by: User | None,
) -> None:
    """A pending form for each household of the list; the requests they answer."""
    Review.objects.bulk_create(
        Review(
            ward=campaign.ward,
            campaign=campaign,
            village_id=household.village_id,
            household=household,
            list_reason=reason,
        )
        for household, reason in listed
    )
    answered = answer_requests(campaign, [household.pk for household, _ in listed])
    audit.record(
        campaign,
        f"{by or 'Hệ thống'} mở {campaign}: {formatting.number(len(listed))} hộ cần rà "
        f"soát, {formatting.number(answered)} giấy đề nghị, "
        f"từ {formatting.day(campaign.opens_on)} đến {formatting.day(campaign.closes_on)}",
        ward=campaign.ward,
    )


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
    if not standard.is_in_force(campaign.opens_on):
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
            {"requested": f"Hộ đang có phiếu trong đợt rà soát khác: {some_names(codes, 'hộ')}."}
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


@audit.business_act(label="Phân công rà soát viên")
def assign_reviewer(
    *,
    campaign_village: CampaignVillage,
    reviewer: User | None,
    version: int,
    by: User,
) -> CampaignVillage:
    """Give a village to another reviewer, or to nobody; refused once it is finished.

    Only somebody who may enter its forms today can be its reviewer.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if reason := village_lock(current.campaign, current):
        raise ValidationError(reason, code="locked")
    if reviewer is not None and reviewer not in reviewers_for(current.village):
        raise ValidationError(
            {"reviewer": f"{reviewer} không được giao nhập phiếu ở {current.village}."}
        )
    before = current.reviewer or "chưa ai"
    versions.update(current, version=version, reviewer=reviewer)
    audit.record(
        current,
        f"{by} giao {current.village} ({current.campaign}) cho "
        f"{reviewer or 'chưa ai'}, trước đó {before}",
        ward=current.campaign.ward,
    )
    return current
