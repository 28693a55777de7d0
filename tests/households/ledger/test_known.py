"""What a ward knows, read from its decisions and its lists."""

from datetime import date

import pytest

from households.choices import CampaignKind
from households.ledger.selectors.known import known_periods
from households.register.services.villages import merge_villages
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, DecisionFactory
from tests.reports.histories import NEAR_POOR, POOR, TODAY, listed, recognised

DECIDED = date(2025, 12, 15)


def test_a_yearly_decision_belongs_to_the_year_of_its_review(ward):
    recognised(ward, 2025, decided_on=date(2026, 1, 5))

    known = known_periods(ward)

    assert known.decided == {2025: date(2026, 1, 5)}


def test_other_decisions_settle_no_year(ward):
    campaign = CampaignFactory(ward=ward, year=2026, kind=CampaignKind.REGULAR)
    DecisionFactory(ward=ward, campaign=campaign, decided_on=date(2026, 5, 4))
    recognised(VillageFactory().parent, 2025)
    DecisionFactory(
        ward=ward,
        campaign=CampaignFactory(ward=ward, year=2024),
        decided_on=date(2024, 12, 16),
        withdrawn_at=clock.now(),
        withdrawn_by=campaign.ward.campaigns.get(year=2026).decision.approved_by,
        withdrawal_reason="Sai số",
    )

    assert known_periods(ward).years(TODAY) == set()


def test_lists_make_the_village_known_and_the_ward_once_all_are(ward, village):
    other = VillageFactory(parent=ward)
    listed(village, POOR, DECIDED)
    half = known_periods(ward)
    listed(other, NEAR_POOR, DECIDED)

    assert half.knows_year(2025, TODAY, village.pk)
    assert not half.knows_year(2025, TODAY)
    assert known_periods(ward).knows_year(2025, TODAY)


def test_lists_stay_with_the_villages_they_were_made_for(ward, village, coordinator):
    other = VillageFactory(parent=ward, name="Tổ dân phố 2")
    listed(village, POOR, DECIDED)
    merged = merge_villages(
        ward=ward,
        villages=[village, other],
        name="Tổ dân phố Mới",
        setting="urban",
        on=date(2026, 3, 1),
        by=coordinator,
    )

    assert not known_periods(ward).knows_day(TODAY, merged.pk)

    other_household = listed(merged, POOR, date(2026, 1, 5))
    other_household.events.create(
        ward=ward,
        kind="village_merged",
        happened_on=date(2026, 3, 1),
        from_village=other,
        recorded_at=clock.now(),
    )

    assert known_periods(ward).knows_day(TODAY, merged.pk)
    assert known_periods(ward).closing_day(2025, TODAY) == date(2026, 1, 5)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_known_takes_as_many_queries_for_many_lists(
    ward, village, count, django_assert_num_queries
):
    for _ in range(count):
        listed(village, POOR, DECIDED)

    with django_assert_num_queries(4):
        known_periods(ward)
