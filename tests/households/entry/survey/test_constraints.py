"""What the database refuses of a review, whoever writes: each has a sentence in a form besides."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.models import Posting, Review, VillageMeeting
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    ReviewFactory,
)

NUMBER = "283/QĐ-UBND"


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def refused():
    """The block writes nothing, and names the constraint."""

    def refused(constraint, *columns):
        # SQLite names a unique constraint by its columns.
        return pytest.raises(IntegrityError, match="|".join((constraint, *columns)))

    return refused


def test_a_household_is_reviewed_in_one_village_of_a_review(campaign, village, ward, refused):
    household = HouseholdFactory(village=village)
    ReviewFactory(campaign=campaign, household=household)
    other = VillageFactory(parent=ward)

    with (
        refused("review_once_per_campaign", "campaign_id, households_review.household_id"),
        transaction.atomic(),
    ):
        ReviewFactory(campaign=campaign, household=household, village=other)
    assert Review.objects.get().village == village


def test_no_more_people_agree_than_came(campaign, village, coordinator, refused):
    said = {
        "ward": campaign.ward,
        "campaign": campaign,
        "village": village,
        "held_on": date(2026, 11, 10),
        "place": "Nhà văn hóa",
        "chair": "Y Hữu Nam",
        "secretary": "Trần Thị Mai",
        "required_percent": 50,
        "minutes": "Nhất trí.",
        "recorded_by": coordinator,
        "recorded_at": clock.now(),
    }
    with refused("meeting_votes_within_attendance"), transaction.atomic():
        VillageMeeting.objects.create(attendance=40, agreeing=41, **said)

    assert VillageMeeting.objects.create(attendance=40, agreeing=40, **said).is_agreed


def test_a_posting_ends_no_sooner_than_it_starts(campaign, village, coordinator, refused):
    said = {
        "ward": campaign.ward,
        "campaign": campaign,
        "village": village,
        "places": "Nhà văn hóa",
        "posted_on": date(2026, 11, 12),
        "recorded_by": coordinator,
        "recorded_at": clock.now(),
    }
    with refused("posting_dates_in_order"), transaction.atomic():
        Posting.objects.create(until=date(2026, 11, 11), **said)

    assert Posting.objects.create(until=date(2026, 11, 12), **said).stands


def test_a_number_is_one_decision_of_a_ward_in_a_year(ward, stranger, refused):
    DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2026, 2, 1))

    with (
        refused("decision_number_once_a_year", "households_decision.number"),
        transaction.atomic(),
    ):
        DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2026, 12, 15))
    DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2025, 12, 15))
    DecisionFactory(ward=stranger.ward, number=NUMBER, decided_on=date(2026, 2, 1))
