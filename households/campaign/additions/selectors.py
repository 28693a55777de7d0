"""Households that an annual review should have asked about, and that are not on its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from households.choices import (
    LISTED,
    WITHOUT_RESULT,
    CampaignKind,
    EventKind,
    ListReason,
    RequestKind,
)
from households.models import (
    Household,
    HouseholdEvent,
    HouseholdStatus,
    ReviewCampaign,
    ReviewOmission,
    ReviewRequest,
)
from povertyplan.core import clock


@dataclass(frozen=True)
class UnlistedHousehold:
    """A household without a form: what brought it about, since when, and from which household.

    `poverty_class` is what the register says of it today. What happened before the opening
    has the day it was recorded.
    """

    household: Household
    list_reason: ListReason
    since: date
    poverty_class: str
    split_from: str = ""
    recorded_on: date | None = None

    @property
    def head_name(self) -> str:
        head = getattr(self.household, "head_membership", None)
        return head.person.full_name if head else self.household.code

    @property
    def birth_year(self) -> int | None:
        head = getattr(self.household, "head_membership", None)
        return head.person.birth_date.year if head and head.person.birth_date else None


def unlisted_households(
    campaign: ReviewCampaign, *, households: QuerySet[Household] | None = None
) -> list[UnlistedHousehold]:
    """Households that need a form or a reason, by code; five queries, one where there is none.

    They are poor or near-poor in the register, split or moved in since the opening (or recorded so
    since), or asked for a review. `households` narrows them to what a user may see. An annual
    review alone claims to know all of them.
    """
    if campaign.kind != CampaignKind.ANNUAL or campaign.stage not in WITHOUT_RESULT:
        return []
    found = households_outside(campaign, households)
    pks = [household.pk for household in found]
    if not pks:
        return []
    splits = {event.other_household_id: event for event in _splits(campaign, pks)}
    came = {event.household_id: event for event in _arrivals(campaign).filter(household__in=pks)}
    asked = dict(
        _requests(campaign).filter(household__in=pks).values_list("household", "received_on")
    )
    spells = HouseholdStatus.objects.in_force(on=clock.today()).filter(household__in=pks)
    classes = {spell.household_id: spell for spell in spells}
    return [_describe(each, campaign, came | splits, asked, classes) for each in found]


def households_outside(
    campaign: ReviewCampaign, households: QuerySet[Household] | None = None
) -> list[Household]:
    """The same households without what brought them about; one query."""
    visible = Household.objects.all() if households is None else households
    spells = HouseholdStatus.objects.in_force(on=clock.today()).filter(poverty_class__in=LISTED)
    wanted = (
        Q(pk__in=spells.filter(ward=campaign.ward_id).values("household"))
        | Q(pk__in=_splits(campaign).values("other_household"))
        | Q(pk__in=_arrivals(campaign).values("household"))
        | Q(pk__in=_requests(campaign).values("household"))
    )
    settled = ReviewOmission.objects.filter(campaign=campaign).values("household")
    outside = (
        visible.registered(on=clock.today())  # type: ignore[attr-defined]  # a queryset of ours
        .filter(wanted, ward=campaign.ward_id)
        .exclude(pk__in=campaign.reviews.values("household"))
        .exclude(pk__in=settled)
    )
    return list(outside.with_head().order_by("code"))


def _describe(household, campaign, events, asked, classes) -> UnlistedHousehold:
    event, spell = events.get(household.pk), classes.get(household.pk)
    poverty_class = spell.poverty_class if spell else ""
    if event:
        is_split = event.kind == EventKind.SPLIT
        return UnlistedHousehold(
            household,
            ListReason.SPLIT_OFF if is_split else ListReason.MOVED_IN,
            event.happened_on,
            poverty_class,
            split_from=event.household.code if is_split else "",
            recorded_on=(
                clock.day_of(event.recorded_at) if event.happened_on < campaign.opens_on else None
            ),
        )
    if household.pk in asked:
        return UnlistedHousehold(
            household, ListReason.REQUESTED, asked[household.pk], poverty_class
        )
    since = spell.starts_on if spell else household.opened_on
    return UnlistedHousehold(household, ListReason.ADDED, since, poverty_class)


def _splits(campaign: ReviewCampaign, households: Iterable[int] | None = None):
    events = _events_since_opening(campaign).filter(kind=EventKind.SPLIT)
    if households is None:
        return events
    return events.filter(other_household__in=households).select_related("household")


def _arrivals(campaign: ReviewCampaign):
    return _events_since_opening(campaign).filter(kind=EventKind.MOVED_IN)


def _events_since_opening(campaign: ReviewCampaign):
    """What the opening could not know: it happened later, or was recorded later."""
    before = clock.end_of(campaign.opens_on - timedelta(days=1))
    return HouseholdEvent.objects.standing().filter(
        Q(happened_on__gte=campaign.opens_on) | Q(recorded_at__gt=before), ward=campaign.ward_id
    )


def _requests(campaign: ReviewCampaign):
    """What waits for a review; an average standard of living is found by a procedure of its own."""
    waiting = ReviewRequest.objects.waiting().exclude(kind=RequestKind.AVERAGE_LIVING)
    return waiting.filter(ward=campaign.ward_id, household__isnull=False)


def omissions_of(
    campaign: ReviewCampaign, *, households: QuerySet[Household] | None = None
) -> list[ReviewOmission]:
    """Households that stay outside for a reason, by code; three queries, one where there is none.

    A household that was added later has its form, and its earlier reason is history. Each comes
    with its head and its class of today.
    """
    rows = campaign.omissions.exclude(household__in=campaign.reviews.values("household"))
    if households is not None:
        rows = rows.filter(household__in=households)
    today = Household.objects.with_head().with_status(on=clock.today())
    described = Prefetch("household", queryset=today)
    found = rows.select_related("recorded_by").prefetch_related(described)
    return list(found.order_by("household__code"))
