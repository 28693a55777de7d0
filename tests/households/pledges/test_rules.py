"""What a pledge, a helper and a visit cannot be, and what comes of a pledge."""

from datetime import date

import pytest

from households.choices import PledgeResult, PovertyClass
from households.rules.people.needs import HouseholdSpan
from households.rules.people.pledges import (
    PledgeSpan,
    begun_faults,
    end_faults,
    helper_faults,
    is_visit_due,
    names_a_party,
    pledge_faults,
    pledge_result,
    visit_fault,
)

TODAY = date(2026, 11, 19)
SPAN = HouseholdSpan(date(2024, 1, 1), None)
POOR, NEAR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


@pytest.mark.parametrize(
    ("span", "on", "year", "class_then", "fields"),
    [
        (SPAN, TODAY, 2026, POOR, []),
        (SPAN, TODAY, 2031, NEAR, []),
        (SPAN, TODAY, 2032, NEAR, ["year"]),
        (SPAN, TODAY, 2025, POOR, ["year"]),
        (SPAN, date(2026, 11, 20), 2026, POOR, ["pledged_on"]),
        (SPAN, date(2023, 12, 31), 2023, POOR, ["pledged_on"]),
        (SPAN, TODAY, 2026, NOT_POOR, ["pledged_on"]),
        (SPAN, TODAY, 2025, None, ["pledged_on", "year"]),
        (HouseholdSpan(date(2024, 1, 1), date(2026, 1, 1)), TODAY, 2026, POOR, ["pledged_on"]),
    ],
)
def test_only_a_listed_household_registers_for_a_year_to_come(span, on, year, class_then, fields):
    assert [field for field, _said in pledge_faults(span, on, year, class_then, TODAY)] == fields


@pytest.mark.parametrize(
    ("before", "after", "known", "withdrawn", "left", "result"),
    [
        (POOR, NOT_POOR, True, False, False, PledgeResult.KEPT),
        (POOR, NEAR, True, False, False, PledgeResult.KEPT_TO_NEAR_POOR),
        (POOR, POOR, True, False, False, PledgeResult.NOT_KEPT),
        (NEAR, NOT_POOR, True, False, False, PledgeResult.KEPT),
        (NEAR, NEAR, True, False, False, PledgeResult.NOT_KEPT),
        (NEAR, POOR, True, False, False, PledgeResult.NOT_KEPT),
        (POOR, NOT_POOR, False, False, False, PledgeResult.WAITING),
        (POOR, None, True, False, False, PledgeResult.WAITING),
        (POOR, None, True, False, True, PledgeResult.LEFT),
        (POOR, None, False, False, True, PledgeResult.LEFT),
        (POOR, NOT_POOR, True, True, False, PledgeResult.WITHDRAWN),
    ],
)
def test_what_is_not_known_is_waiting_and_never_a_failure(
    before, after, known, withdrawn, left, result
):
    found = pledge_result(before, after, is_known=known, is_withdrawn=withdrawn, has_left=left)

    assert found == result


@pytest.mark.parametrize(
    "text",
    [
        "Đảng viên",
        "Đảng Cộng sản Việt Nam",
        "chi bộ tổ dân phố 2",
        "Đảng uỷ phường",
        "Hội, đảng bộ phường",
    ],
)
def test_membership_of_the_party_is_recognised_in_words(text):
    assert names_a_party(text)
    assert not names_a_party("Hội Liên hiệp Phụ nữ, chi hội 2; đảng sâm")


def test_helpers_and_visits_lie_within_the_pledge():
    span = PledgeSpan(date(2026, 3, 2), 2026)
    ended = PledgeSpan(date(2026, 3, 2), 2026, date(2026, 6, 1))

    assert not list(helper_faults(span, date(2026, 12, 31)))
    assert [field for field, _said in helper_faults(span, date(2027, 1, 1))] == ["from_on"]
    assert [field for field, _said in helper_faults(ended, date(2026, 6, 2))] == ["from_on"]
    assert visit_fault(span, date(2026, 3, 1), TODAY)
    assert visit_fault(span, date(2026, 11, 20), TODAY)
    assert visit_fault(ended, date(2026, 6, 2), TODAY)
    assert not visit_fault(ended, date(2026, 6, 1), TODAY)


def test_nobody_helps_or_visits_a_household_that_left():
    left = PledgeSpan(date(2026, 3, 2), 2026, left_on=date(2026, 6, 1))

    assert [field for field, _said in helper_faults(left, date(2026, 4, 1))] == ["from_on"]
    assert not visit_fault(left, date(2026, 6, 1), TODAY)
    assert visit_fault(left, date(2026, 6, 2), TODAY)


def test_a_pledge_keeps_before_its_helpers_and_visits():
    first, last = date(2026, 3, 2), date(2027, 2, 1)

    assert not list(begun_faults(first, 2027, [last], [first]))
    assert [field for field, _ in begun_faults(date(2026, 3, 3), 2026, [last], [first])] == [
        "pledged_on",
        "year",
    ]


def test_an_end_lies_between_the_beginning_and_today():
    begun = date(2026, 3, 2)

    assert not list(end_faults(begun, begun, TODAY))
    assert list(end_faults(begun, date(2026, 3, 1), TODAY))
    assert list(end_faults(begun, date(2026, 11, 20), TODAY))
    to_come = date(2026, 12, 1)
    assert not list(end_faults(to_come, to_come, TODAY))
    assert list(end_faults(to_come, date(2026, 12, 2), TODAY))


def test_a_visit_is_due_ninety_days_after_the_last_or_the_pledge():
    assert not is_visit_due(date(2026, 8, 21), None, TODAY)
    assert is_visit_due(date(2026, 8, 20), None, TODAY)
    assert not is_visit_due(date(2026, 1, 1), date(2026, 8, 21), TODAY)
