"""Counting working days, against a diary that is leafed through day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from households.rules.working_days import WorkingCalendar, after_working_days

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WEEKEND_DAYS = ("Sat", "Sun")
ABOUT = st.dates(date(2026, 12, 1), date(2027, 2, 10))


def calendar(off=(), worked=()) -> WorkingCalendar:
    return WorkingCalendar(frozenset(off), frozenset(worked))


@pytest.mark.parametrize(
    ("start", "days", "off", "worked", "expected"),
    [
        pytest.param(FRIDAY, 0, (), (), FRIDAY, id="no day"),
        pytest.param(FRIDAY, 1, (), (), MONDAY, id="over the weekend"),
        pytest.param(FRIDAY, 1, (MONDAY,), (), TUESDAY, id="over a day off"),
        pytest.param(FRIDAY, 1, (), (SATURDAY,), SATURDAY, id="a Saturday worked"),
        pytest.param(FRIDAY, 2, (), (SATURDAY,), MONDAY, id="through a Saturday worked"),
        pytest.param(FRIDAY, 2, (), (SATURDAY, SUNDAY), SUNDAY, id="a whole weekend worked"),
        pytest.param(FRIDAY, 2, (MONDAY,), (SATURDAY,), TUESDAY, id="Monday for Saturday"),
        pytest.param(SATURDAY, 1, (), (SATURDAY,), MONDAY, id="the first day counts not"),
    ],
)
def test_after_working_days(start, days, off, worked, expected):
    assert after_working_days(start, days, calendar(off, worked)) == expected


def diary(start: date, off: set[date], worked: set[date]):
    """Every day after `start`, and whether the office is open; in the words of a diary."""
    day = start
    while True:
        day += timedelta(days=1)
        is_open = day.strftime("%a") not in WEEKEND_DAYS
        if day in off:
            is_open = False
        if day in worked:
            is_open = True
        yield day, is_open


@given(
    start=ABOUT,
    days=st.integers(0, 20),
    off=st.sets(ABOUT, max_size=25),
    worked=st.sets(ABOUT, max_size=8),
)
@example(start=date(2026, 12, 31), days=3, off={date(2027, 1, 1)}, worked={date(2027, 1, 2)})
def test_working_days_agree_with_a_diary(start, days, off, worked):
    worked = {day for day in worked if day.strftime("%a") in WEEKEND_DAYS}
    last, still_to_come = start, days
    pages = diary(start, off, worked)
    while still_to_come:
        last, is_open = next(pages)
        still_to_come -= is_open

    assert after_working_days(start, days, calendar(off, worked)) == last
