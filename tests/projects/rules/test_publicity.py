"""By when something is published and how long, and how far that has come."""

from datetime import date

import pytest

from households.rules.working_days import WorkingCalendar
from projects.rules.publicity import (
    Occasion,
    due_on,
    publication_faults,
    publication_state,
    quarter_of,
)

TODAY = date(2026, 11, 20)
DUE = date(2026, 10, 1)
MONDAY = date(2026, 9, 28)


def days(first, last=None):
    return (date.fromisoformat(first), date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_first_and_last_day(day, first, last):
    quarter = quarter_of(day)

    assert (quarter.first, quarter.last) == (first, last)


@pytest.mark.parametrize(
    ("trigger", "due"), [("decision", date(2026, 10, 6)), ("before_gift", MONDAY)]
)
def test_five_working_days_after_a_decision_and_before_another_on_its_day(trigger, due):
    calendar = WorkingCalendar(days_off=frozenset({date(2026, 10, 1)}))
    occasion = Occasion(trigger, "x", "x", MONDAY)

    assert due_on(occasion, 5, calendar) == due


@pytest.mark.parametrize(
    ("posted", "min_days", "state"),
    [
        ([], 30, "missed"),
        ([days("2026-10-01", "2026-10-30")], 30, "done"),
        ([days("2026-10-01", "2026-10-29")], 30, "too_short"),
        ([days("2026-10-02", "2026-10-31")], 30, "late"),
        ([days("2026-10-01")], 30, "done"),
        ([days("2026-10-01")], 60, "running"),
        ([days("2026-09-20", "2026-09-22"), days("2026-10-01", "2026-11-01")], 30, "done"),
        ([days("2026-10-01")], 0, "done"),
    ],
)
def test_the_state_follows_from_due_day_length_and_today(posted, min_days, state):
    found = publication_state(due=DUE, min_days=min_days, posted=posted, today=TODAY)

    assert found == state


def test_what_is_not_due_yet_is_to_come():
    assert publication_state(due=TODAY, min_days=30, posted=[], today=TODAY) == "to_come"


@pytest.mark.parametrize(
    ("trigger", "posted_from", "posted_to", "faults"),
    [
        ("decision", date(2026, 11, 21), None, {"posted_from": "chưa đến"}),
        ("decision", date(2026, 9, 27), None, {"posted_from": "trước ngày 28/09/2026"}),
        ("before_gift", date(2026, 9, 29), None, {"posted_from": "trước quyết định"}),
        ("before_gift", date(2026, 9, 20), None, {}),
        (
            "decision",
            date(2026, 11, 22),
            date(2026, 11, 21),
            {"posted_from": "chưa đến", "posted_to": "không được trước"},
        ),
    ],
)
def test_every_fault_of_the_days_is_said(trigger, posted_from, posted_to, faults):
    found = publication_faults(
        trigger=trigger,
        happened_on=MONDAY,
        posted_from=posted_from,
        posted_to=posted_to,
        today=TODAY,
    )

    assert found.keys() == faults.keys()
    assert all(words in found[field] for field, words in faults.items())
