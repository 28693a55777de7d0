"""When a support repeats another one, and what of a support cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from projects.rules import overlaps as rule
from projects.rules.overlaps import GivenSupport, day_fault, gift_faults, overlaps

TODAY = date(2026, 11, 20)
FIRST = GivenSupport(
    key=1, kind=1, content_group="", recurrence="once", day=date(2026, 3, 31), household=7
)


def second(**changes):
    return replace(FIRST, key=None, **changes)


@pytest.mark.parametrize(
    ("recurrence", "day", "is_repeated"),
    [
        ("once", date(2030, 1, 1), True),
        ("yearly", date(2026, 12, 31), True),
        ("yearly", date(2027, 1, 1), False),
        ("quarterly", date(2026, 1, 1), True),
        ("quarterly", date(2026, 4, 1), False),
        ("monthly", date(2026, 3, 1), True),
        ("monthly", date(2026, 4, 1), False),
        ("monthly", date(2025, 3, 31), False),
        ("per_case", date(2026, 3, 31), False),
        ("unknown", date(2026, 3, 31), False),
    ],
)
def test_a_kind_is_given_once_in_its_period(recurrence, day, is_repeated):
    first = replace(FIRST, recurrence=recurrence)

    found = overlaps(second(recurrence=recurrence, day=day), [first])

    assert found == ([first] if is_repeated else [])


def test_policies_of_one_group_exclude_each_other_over_the_longer_period():
    monthly = replace(FIRST, content_group="Nhà ở", recurrence="monthly")

    assert overlaps(second(kind=2, content_group="Nhà ở", day=date(2028, 1, 1)), [monthly])
    unknown = second(kind=2, content_group="Nhà ở", recurrence="unknown", day=date(2026, 3, 1))
    assert overlaps(unknown, [monthly])
    assert not overlaps(second(kind=2, content_group="Y tế"), [monthly])
    assert not overlaps(second(kind=2), [FIRST])


def test_persons_of_a_household_are_told_apart():
    first = replace(FIRST, person=1)

    assert overlaps(second(person=1, household=8), [first]) == [first]
    assert not overlaps(second(person=2), [first])
    assert overlaps(second(), [first]) == [first]
    assert not overlaps(second(household=8), [FIRST])


def test_groups_are_known_by_their_name():
    group = replace(FIRST, household=None, group_name="to hop tac a")

    assert overlaps(second(household=None, group_name="to hop tac a"), [group])
    assert not overlaps(second(household=None, group_name="to hop tac b"), [group])


def gift(**changes):
    given = {"day": TODAY, "quantity": Decimal(1), "amount": 100}
    return SimpleNamespace(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"quantity": None, "amount": None}, {"quantity": rule.NOTHING_GIVEN}),
        ({"quantity": Decimal(0)}, {"quantity": rule.QUANTITY_NOT_POSITIVE}),
        ({"quantity": Decimal(-1)}, {"quantity": rule.QUANTITY_NOT_POSITIVE}),
        ({"quantity": None, "amount": 0}, {"amount": rule.ZERO_AMOUNT}),
        ({"amount": 0}, {}),
        ({"amount": -1}, {"amount": rule.NEGATIVE_AMOUNT}),
        ({"amount": Decimal("0.5")}, {"amount": rule.NOT_WHOLE}),
        ({"day": date(2026, 11, 21)}, {"on": rule.DAY_TO_COME}),
        (
            {"day": date(2026, 1, 31)},
            {"on": "Loại hỗ trợ này có hiệu lực từ ngày 01/02/2026."},
        ),
        ({"quantity": None}, {}),
        ({"amount": None}, {}),
        ({"day": date(2026, 2, 1)}, {}),
    ],
)
def test_what_cannot_be_given(changes, fault):
    assert gift_faults(gift(**changes), valid_from=date(2026, 2, 1), today=TODAY) == fault


def test_a_later_step_is_not_before_the_earlier_one():
    assert not day_fault(TODAY, earliest=TODAY, today=TODAY)
    assert day_fault(date(2026, 11, 19), earliest=TODAY, today=TODAY) == (
        "Ngày này phải từ 20/11/2026 trở đi."
    )
