"""What was asked for against what was given."""

from datetime import date

import pytest

from projects.choices import Recurrence
from projects.rules.gaps import AskedNeed, may_be_lost, serving
from projects.rules.overlaps import GivenSupport

SINCE = date(2026, 3, 2)


def given(day=SINCE, household=1, person=None):
    return GivenSupport(7, 1, "", Recurrence.ONCE, day, household=household, person=person)


@pytest.mark.parametrize(
    ("person", "support", "is_served"),
    [
        (None, given(), True),
        (None, given(day=date(2026, 3, 1)), False),
        (None, given(household=2), False),
        (None, given(person=12), True),
        (11, given(person=11, household=2), True),
        (11, given(person=12), False),
        (11, given(), True),
    ],
)
def test_a_need_is_served_by_what_its_owner_got_since(person, support, is_served):
    need = AskedNeed(key=1, household=1, person=person, since=SINCE)

    assert bool(serving(need, [support])) is is_served


@pytest.mark.parametrize(
    ("recurrence", "is_delivered", "expected"),
    [
        (Recurrence.ONCE, True, False),
        (Recurrence.ONCE, False, True),
        (Recurrence.QUARTERLY, True, True),
    ],
)
def test_what_was_given_once_for_all_is_not_lost(recurrence, is_delivered, expected):
    assert may_be_lost(recurrence, is_delivered=is_delivered) is expected
