"""Households that join a review after its opening, or stay outside it for a reason."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from households.campaign.additions.selectors import households_outside, unlisted_households
from households.campaign.faults import some_names
from households.campaign.procedure.services.additions import put_on_list, village_in_review
from households.choices import WITHOUT_RESULT, CampaignKind, ListReason
from households.locks import campaign_lock, lock_campaign, lock_village
from households.models import Household, Review, ReviewCampaign, ReviewOmission
from households.register.services.households import enter_household, split_household
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason

JOIN, LEAVE_OUT, LATER = "join", "leave_out", "later"


@audit.business_act(label="Bổ sung hộ vào đợt rà soát")
def add_to_review(
    *,
    campaign: ReviewCampaign,
    households: Sequence[Household],
    reason: str,
    by: User,
) -> list[Review]:
    """Make a pending form for households that the opening did not list; twice is the same as once.

    A finished village opens again: what it agreed on and posted did not know the household.
    """
    stated = stated_reason(reason, "Nhập lý do bổ sung hộ vào đợt rà soát.")
    why = {each.household.pk: each.list_reason for each in unlisted_households(campaign)}
    reviews = []
    # In one order, so that two officers who add at once do not wait for each other in a circle.
    for household in sorted(households, key=lambda each: (each.village_id, each.pk)):
        _refuse_outsider(campaign, household)
        _refuse_second_review(campaign, household)
        village_in_review(campaign, household)
        current = lock_village(campaign=campaign.pk, village=household.village_id)
        if locked := campaign_lock(current.campaign):
            raise ValidationError(locked, code="locked")
        review = put_on_list(
            current,
            household,
            list_reason=why.get(household.pk, ListReason.ADDED),
            reason=stated,
            by=by,
        )
        audit.record(
            review,
            f"{by} bổ sung hộ {household.code} vào {campaign}",
            ward=campaign.ward,
            reason=stated,
        )
        reviews.append(review)
    return reviews


@audit.business_act(label="Ghi lý do không đưa hộ vào đợt rà soát")
def leave_out_of_review(
    *,
    campaign: ReviewCampaign,
    households: Sequence[Household],
    reason: str,
    by: User,
) -> list[ReviewOmission]:
    """Keep why households stay outside a review; possible until its results are recognised."""
    stated = stated_reason(reason, "Nhập lý do không đưa hộ vào đợt rà soát.")
    current = lock_campaign(campaign)
    if current.stage not in WITHOUT_RESULT:
        raise ValidationError(campaign_lock(current), code="locked")
    omissions = []
    for household in households:
        _refuse_outsider(current, household)
        if current.reviews.filter(household=household).exists():
            raise ValidationError(f"Hộ {household.code} đã có phiếu trong đợt rà soát.")
        omission, _ = ReviewOmission.objects.update_or_create(
            campaign=current,
            household=household,
            defaults={
                "ward_id": current.ward_id,
                "reason": stated,
                "recorded_by": by,
                "recorded_at": clock.now(),
            },
        )
        audit.record(
            omission,
            f"{by} không đưa hộ {household.code} vào {current}",
            ward=current.ward,
            reason=stated,
        )
        omissions.append(omission)
    return omissions


@audit.business_act(label="Tách hộ trong đợt rà soát")
def split_during_review(
    *,
    campaign: ReviewCampaign | None,
    choice: str,
    review_reason: str,
    household: Household,
    on: date,
    by: User,
    **split,
) -> Household:
    """Split a household, and settle in the same act what the open review makes of the new one."""
    new = split_household(household=household, on=on, by=by, **split)
    came = f"Tách từ hộ {household.code} ngày {formatting.day(on)}."
    _settle(campaign, new, choice, review_reason, came, by)
    return new


@audit.business_act(label="Ghi hộ mới trong đợt rà soát")
def enter_during_review(
    *,
    campaign: ReviewCampaign | None,
    choice: str,
    review_reason: str,
    opened_on: date,
    by: User,
    **entry,
) -> Household:
    """Put a household in the register, and settle its place in the open review in the same act."""
    new = enter_household(opened_on=opened_on, by=by, **entry)
    _settle(campaign, new, choice, review_reason, f"Vào sổ ngày {formatting.day(opened_on)}.", by)
    return new


def _settle(
    campaign: ReviewCampaign | None,
    household: Household,
    choice: str,
    reason: str,
    came: str,
    by: User,
) -> None:
    """`came` is the reason to join where none is given; staying outside always needs its own."""
    if campaign is None or choice not in (JOIN, LEAVE_OUT):
        return
    if choice == JOIN:
        add_to_review(campaign=campaign, households=[household], reason=reason or came, by=by)
    elif not campaign.reviews.filter(household=household).exists():
        leave_out_of_review(campaign=campaign, households=[household], reason=reason, by=by)


def unlisted_obstacle(campaign: ReviewCampaign) -> str:
    """Why results cannot be submitted or recognised yet, in one sentence; empty when they can."""
    if campaign.kind != CampaignKind.ANNUAL:
        return ""
    outside = households_outside(campaign)
    if not outside:
        return ""
    codes = some_names([household.code for household in outside], "hộ")
    return (
        f"Còn {len(outside)} hộ chưa có trong đợt rà soát và chưa ghi lý do: {codes}. Đưa vào đợt "
        "rà soát, hoặc ghi lý do không đưa vào."
    )


def _refuse_outsider(campaign: ReviewCampaign, household: Household) -> None:
    if household.ward_id != campaign.ward_id:
        raise ValidationError("Chọn hộ của phường, xã có đợt rà soát.")
    if household.closed_on is not None:
        raise ValidationError(
            f"Hộ {household.code} đã ra khỏi sổ ngày {formatting.day(household.closed_on)}."
        )


def _refuse_second_review(campaign: ReviewCampaign, household: Household) -> None:
    """A household is under one regular review at a time."""
    if campaign.kind == CampaignKind.ANNUAL:
        return
    elsewhere = household.reviews.exclude(campaign=campaign).filter(
        campaign__stage__in=WITHOUT_RESULT
    )
    if elsewhere.exists():
        raise ValidationError(f"Hộ {household.code} đang có phiếu trong đợt rà soát khác.")
