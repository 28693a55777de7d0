"""A ward whose households moved in every way, for the tests of the tables."""

from datetime import date

from households.choices import CampaignStage, ClosingReason, RelationToHead, Sex
from households.models import EthnicGroup, Household, Person, PovertyCause, Review
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    DecisionFactory,
    MembershipFactory,
    PersonFactory,
)
from tests.households.histories import household_with
from tests.reports.histories import NEAR_POOR, NOT_POOR, POOR

AFTER, UNTIL = date(2024, 12, 31), date(2025, 12, 31)
BEFORE, CHANGED = date(2023, 12, 15), date(2025, 12, 15)


def lives(household, **person):
    """One more member of a household."""
    MembershipFactory(
        household=household,
        person=PersonFactory(ward=household.ward, **person),
        relation=RelationToHead.CHILD,
    )


def some_history(ward):
    """Two villages with every kind of move, and the recognised reviews of 2024 and 2025."""
    kinh = EthnicGroup.objects.create(code="01", name="Kinh")
    bana = EthnicGroup.objects.create(code="13", name="Ba-na")
    cause = PovertyCause.objects.create(number=2, name="Thiếu vốn")
    first = VillageFactory(parent=ward, name="Thôn Một", order=1)
    second = VillageFactory(parent=ward, name="Thôn Hai", order=2)
    stays = household_with(first, (POOR, BEFORE))
    household_with(first, (POOR, BEFORE), (NEAR_POOR, CHANGED))
    household_with(second, (POOR, BEFORE), (NOT_POOR, CHANGED))
    household_with(second, (NEAR_POOR, BEFORE), (POOR, CHANGED))
    household_with(second, (NOT_POOR, BEFORE), (NEAR_POOR, CHANGED))
    gone = household_with(second, (NEAR_POOR, BEFORE))
    gone.closed_on, gone.closing_reason = date(2025, 6, 1), ClosingReason.MOVED_OUT
    gone.save()
    lives(stays, birth_date=date(2015, 3, 1), has_merit=True, ethnic_group=kinh)
    Person.objects.filter(memberships__household=stays, memberships__is_head=True).update(
        ethnic_group=bana, sex=Sex.FEMALE
    )
    Household.objects.filter(pk=stays.pk).update(no_labour_capacity=True)
    AreaYearFactory(area=ward, on=UNTIL, households=100, persons=400)
    AreaYearFactory(area=first, ward=ward, on=UNTIL, households=60, persons=240)
    campaign = CampaignFactory(ward=ward, year=2025)
    for household, poverty_class in (
        (stays, POOR),
        *(
            (other, other.statuses.get(ends_on=None).poverty_class)
            for other in Household.objects.filter(closed_on=None).exclude(pk=stays.pk)
        ),
    ):
        if poverty_class != NOT_POOR:
            add_form(campaign, household, poverty_class, cause)
    recognise(CampaignFactory(ward=ward, year=2024), decided_on=date(2024, 12, 15))
    recognise(campaign)
    return first, second


def recognise(campaign, decided_on=CHANGED):
    decision = DecisionFactory(ward=campaign.ward, campaign=campaign, decided_on=decided_on)
    campaign.submitted_by, campaign.submitted_at = decision.prepared_by, clock.now()
    campaign.stage = CampaignStage.RECOGNISED
    campaign.save()


def add_form(campaign, household, poverty_class, cause):
    """An entered form of an existing household in a campaign already recognised."""
    form = Review(
        ward=campaign.ward,
        campaign=campaign,
        village=household.village,
        household=household,
        list_reason="on_list",
        state="done",
        income_score=100,
        deprivation_score=30,
        deprived_03=True,
        deprived_06=True,
        deprived_09=True,
        computed_class=poverty_class,
        recorded_class=poverty_class,
    )
    form.save()
    form.causes.add(cause)
