"""The households of a decision, and counts that balance like a real one."""

from datetime import date

import pytest

from households.campaign.recognition.selectors.results import Result, campaign_results
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.choices import ClosingReason, PovertyClass
from households.ledger.selectors.tallies import decision_totals
from households.models import Household, Person
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, HouseholdFactory, MembershipFactory
from tests.households.campaigns import NEAR_POOR, NOT_POOR, POOR, entered, finish, pending_review

POOR_CLASS, NEAR, NOT = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


def some(before, after, households, persons):
    """So many households with so many persons altogether; the first takes the rest."""
    for place in range(households):
        extra = persons - households if place == 0 else 0
        yield Result(
            household=place,
            code=f"H{place}",
            village=None,
            address="",
            head="",
            birth_year=None,
            persons=1 + extra,
            before=before,
            after=after,
        )


def test_decision_totals_balance_like_a_real_decision():
    """Counts of a commune's decision of 30/12/2020: households and persons."""
    totals = decision_totals(
        [
            *some(POOR_CLASS, POOR_CLASS, 107, 202),
            *some(NEAR, NEAR, 97, 307),
            *some(POOR_CLASS, NEAR, 12, 35),
            *some(POOR_CLASS, NOT, 2, 6),
            *some(POOR_CLASS, "", 1, 1),
            *some(NEAR, POOR_CLASS, 1, 5),
            *some(NEAR, NOT, 31, 124),
        ]
    )

    def pair(tally):
        return tally.households, tally.persons

    assert pair(totals.poor) == (108, 207)
    assert pair(totals.near_poor) == (109, 342)
    assert pair(totals.escaped_poverty) == (15, 42)
    assert pair(totals.poor_to_near_poor) == (12, 35)
    assert pair(totals.poor_to_above) == (2, 6)
    assert pair(totals.poor_struck_off) == (1, 1)
    assert pair(totals.escaped_near_poverty) == (32, 129)
    assert pair(totals.near_poor_to_poor) == (1, 5)
    assert pair(totals.near_poor_to_above) == (31, 124)
    assert pair(totals.near_poor_struck_off) == (0, 0)


@pytest.fixture
def campaign(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    with clock.set_to(date(2026, 11, 18)):
        entered(campaign, village, by=coordinator, said=POOR, head="Đặng Thị Ủy")
        entered(campaign, village, by=coordinator, said=NEAR_POOR, poverty_class=POOR_CLASS)
        entered(campaign, village, by=coordinator, said=NOT_POOR, poverty_class=NEAR)
        gone = pending_review(campaign, village, poverty_class=POOR_CLASS).household
        MembershipFactory(household=gone)
        gone.closed_on, gone.closing_reason = date(2026, 10, 1), ClosingReason.DIED
        gone.save()
        finish(campaign, village, by=coordinator)
    return campaign


def recognise(campaign, coordinator, leader):
    with clock.set_to(date(2026, 11, 18)):
        campaign.refresh_from_db()
        submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
        recognise_results(
            campaign=submitted,
            number="300/QĐ-UBND",
            decided_on=date(2026, 11, 18),
            version=submitted.version,
            by=leader,
        )
    campaign.refresh_from_db()
    return campaign


def test_results_are_the_same_before_and_after_the_approval(campaign, coordinator, leader):
    with clock.set_to(date(2026, 11, 18)):
        planned = campaign_results(campaign)
        written = campaign_results(recognise(campaign, coordinator, leader))

    assert [(one.code, one.before, one.after, one.persons) for one in planned] == [
        (one.code, one.before, one.after, one.persons) for one in written
    ]
    assert decision_totals(written).escaped_poverty.households == 2
    struck_off = [one for one in written if one.after == ""]
    assert [one.persons for one in struck_off] == [2]


def test_results_of_a_village_leave_others_out(campaign, ward, village, coordinator):
    other = HouseholdFactory(village__parent=ward).village
    entered(campaign, other, by=coordinator)

    assert len(campaign_results(campaign)) == 5
    assert len(campaign_results(campaign, village=village)) == 4


def test_results_query_count_does_not_grow(
    campaign, village, coordinator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        campaign_results(campaign)
    finished = campaign.villages.get(village=village)
    campaign.villages.filter(pk=finished.pk).update(finished_at=None, finished_by=None)
    for _ in range(3):
        entered(campaign, village, by=coordinator)
    with django_assert_max_num_queries(8):
        campaign_results(campaign)


def test_what_a_decision_printed_stays_when_the_register_is_corrected(
    campaign, village, coordinator, leader
):
    recognised = recognise(campaign, coordinator, leader)
    before = printed(campaign_results(recognised, village=village))
    other = VillageFactory(parent=village.parent, order=1)
    head = Person.objects.get(full_name="Đặng Thị Ủy")
    Household.objects.filter(memberships__person=head).update(village=other, address="Nơi mới")
    head.full_name, head.birth_date = "Đặng Thị Mới", date(1990, 1, 1)
    head.save()

    assert printed(campaign_results(recognised, village=village)) == before
    assert printed(campaign_results(recognised)) == before
    assert campaign_results(recognised, village=other) == []
    assert "Đặng Thị Ủy" in {line[0] for line in before}


def printed(results):
    return [
        (one.head, one.birth_year, one.persons, one.address, one.village.name) for one in results
    ]
