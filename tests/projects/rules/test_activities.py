"""How an activity stands at, just before and just after its day; what cannot be said of one."""

from datetime import date
from decimal import Decimal

import pytest

from projects.choices import ActivityState
from projects.rules.activities import ActivityFacts, activity_faults, activity_state

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("due_on", "done_on", "state"),
    [
        (None, None, ActivityState.WITHOUT_DUE),
        (date(2026, 6, 14), None, ActivityState.OVERDUE),
        (date(2026, 6, 15), None, ActivityState.DUE_SOON),
        (date(2026, 6, 22), None, ActivityState.DUE_SOON),
        (date(2026, 6, 23), None, ActivityState.PLANNED),
        (date(2026, 6, 10), date(2026, 6, 10), ActivityState.DONE),
        (date(2026, 6, 10), date(2026, 6, 11), ActivityState.DONE_LATE),
        (None, date(2026, 6, 11), ActivityState.DONE),
    ],
)
def test_activity_stands_as_its_days_say(due_on, done_on, state):
    assert activity_state(ActivityFacts(2026, due_on=due_on, done_on=done_on), TODAY) == state


@pytest.mark.parametrize(
    ("due_on", "done", "state"),
    [
        (date(2026, 6, 20), 1, ActivityState.PARTLY_DONE),
        (None, 1, ActivityState.PARTLY_DONE),
        (date(2026, 6, 14), 1, ActivityState.OVERDUE),
        (date(2026, 6, 14), 2, ActivityState.DONE),
        (date(2026, 6, 14), 3, ActivityState.DONE),
        (date(2026, 6, 14), None, ActivityState.DONE),
    ],
)
def test_a_part_done_is_not_all_of_it(due_on, done, state):
    facts = ActivityFacts(
        2026,
        quantity=Decimal(2),
        due_on=due_on,
        done_on=date(2026, 6, 13),
        done_quantity=None if done is None else Decimal(done),
    )

    assert activity_state(facts, TODAY) == state


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"due_on": date(2027, 1, 1)}, ["due_on"]),
        ({"due_on": date(2026, 12, 31)}, []),
        ({"quantity": Decimal(0), "quantity_unit": "lớp"}, ["quantity"]),
        ({"quantity": Decimal(1)}, ["quantity_unit"]),
        ({"done_on": date(2026, 6, 16)}, ["done_on"]),
        ({"done_on": TODAY}, []),
        ({"done_on": date(2025, 12, 31)}, ["done_on"]),
        ({"done_quantity": Decimal(2)}, ["done_on"]),
        ({"due_on": date(2025, 1, 1), "quantity": Decimal(-1)}, ["due_on", "quantity"]),
    ],
)
def test_what_cannot_be_is_named_at_its_field(facts, fields):
    assert list(activity_faults(ActivityFacts(year=2026, **facts), TODAY)) == fields
