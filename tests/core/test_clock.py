from datetime import UTC, date, datetime, time

import pytest
import time_machine

from povertyplan.core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param("2026-12-31T16:59:59+00:00", date(2026, 12, 31), id="23:59 in Hà Nội"),
        pytest.param("2026-12-31T17:00:00+00:00", date(2027, 1, 1), id="midnight in Hà Nội"),
        pytest.param("2026-12-31T23:59:00+00:00", date(2027, 1, 1), id="06:59 in Hà Nội"),
        pytest.param("2027-01-01T00:00:00+00:00", date(2027, 1, 1), id="07:00 in Hà Nội"),
    ],
)
def test_today_is_the_day_in_hanoi(settings, moment, day):
    settings.DEMO_TODAY = None

    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert clock.today() == day


def test_today_of_the_demonstration_is_its_fixed_day(settings):
    settings.DEMO_TODAY = date(2026, 11, 20)

    with time_machine.travel(datetime(2031, 3, 4, 20, 0, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 20)
        assert clock.now() == datetime(2026, 11, 19, 20, 0, tzinfo=UTC)


def test_end_of_a_day_is_its_last_moment_in_hanoi():
    moment = clock.end_of(date(2026, 12, 31))

    assert moment == datetime(2026, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC)
    assert clock.day_of(moment) == date(2026, 12, 31)


def test_set_to_holds_only_inside_the_block():
    outside = clock.today()

    with clock.set_to(date(2024, 12, 16), time(15, 30)):
        inside = clock.now()

    assert inside == datetime(2024, 12, 16, 8, 30, tzinfo=UTC)
    assert clock.today() == outside
