"""A split or an arrival that is recorded after the opening of a review is named as unlisted."""

from datetime import UTC, date, datetime

import pytest

from households.campaign.additions.presenters import describe_unlisted
from households.campaign.additions.selectors import unlisted_households
from households.choices import EventKind, PovertyClass
from povertyplan.core import clock
from tests.factories.households import (
    CampaignFactory,
    HouseholdEventFactory,
    HouseholdFactory,
    StatusFactory,
)
from tests.households.procedures import TODAY

# Hà Nội is seven hours ahead: the last minute before the day of the opening, and its first.
BEFORE = datetime(2026, 8, 31, 16, 59, tzinfo=UTC)
SINCE = datetime(2026, 8, 31, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


def not_poor(village, code):
    household = HouseholdFactory(village=village, code=code)
    StatusFactory(household=household, poverty_class=PovertyClass.NOT_POOR)
    return household


def lines(campaign):
    return {each.household.code: describe_unlisted(each) for each in unlisted_households(campaign)}


@pytest.mark.parametrize(
    ("recorded_at", "expected"),
    [
        (BEFORE, {}),
        (
            SINCE,
            {
                "HN-10": "tách từ hộ HN-01 ngày 20/08/2026, ghi vào sổ ngày 01/09/2026; "
                "hộ không nghèo",
                "HN-11": "chuyển đến ngày 21/08/2026, ghi vào sổ ngày 01/09/2026; hộ không nghèo",
            },
        ),
    ],
)
def test_what_happened_before_the_opening_and_was_recorded_later_is_named(
    ward, village, recorded_at, expected
):
    campaign = CampaignFactory(ward=ward)
    parent, split, came = (not_poor(village, code) for code in ("HN-01", "HN-10", "HN-11"))
    record = {"person": None, "recorded_at": recorded_at}
    HouseholdEventFactory(
        household=parent,
        kind=EventKind.SPLIT,
        other_household=split,
        happened_on=date(2026, 8, 20),
        **record,
    )
    HouseholdEventFactory(
        household=came, kind=EventKind.MOVED_IN, happened_on=date(2026, 8, 21), **record
    )

    assert lines(campaign) == expected


def test_what_happened_since_the_opening_is_named_by_its_day_alone(ward, village):
    HouseholdEventFactory(
        household=not_poor(village, "HN-11"),
        kind=EventKind.MOVED_IN,
        person=None,
        happened_on=date(2026, 9, 1),
        recorded_at=SINCE,
    )

    assert lines(CampaignFactory(ward=ward)) == {
        "HN-11": "chuyển đến ngày 01/09/2026; hộ không nghèo"
    }
