"""What of an answer about needs cannot be, and where a household stands."""

from datetime import date

import pytest

from households.choices import NeedState
from households.rules.people.needs import (
    HouseholdSpan,
    NamedNeed,
    answer_faults,
    end_faults,
    household_faults,
    need_state,
)

TODAY = date(2026, 11, 20)
SPAN = HouseholdSpan(opened_on=date(2024, 1, 1), closed_on=None)


def named(**changes):
    return NamedNeed(**({"name": "Vay vốn", "for_persons": False, "is_offered": True} | changes))


@pytest.mark.parametrize(
    ("last_answer", "open_needs", "expected"),
    [
        (None, 0, NeedState.NOT_ASKED),
        (False, 0, NeedState.NONE),
        (True, 0, NeedState.ENDED),
        (True, 2, NeedState.OPEN),
        (None, 1, NeedState.OPEN),
    ],
)
def test_a_household_that_was_not_asked_is_not_one_without_needs(last_answer, open_needs, expected):
    assert need_state(last_answer=last_answer, open_needs=open_needs) == expected


@pytest.mark.parametrize(
    ("span", "asked_on", "said"),
    [
        (SPAN, TODAY, ""),
        (SPAN, date(2026, 11, 21), "không được sau ngày hôm nay"),
        (SPAN, date(2023, 12, 31), "vào sổ ngày 01/01/2024"),
        (HouseholdSpan(SPAN.opened_on, date(2026, 5, 1)), TODAY, "ra khỏi sổ ngày 01/05/2026"),
    ],
)
def test_a_day_of_asking_lies_in_the_time_of_the_household(span, asked_on, said):
    faults = list(household_faults(span, asked_on, TODAY))

    assert faults == [] if not said else said in faults[0]


@pytest.mark.parametrize(
    ("needs", "is_none", "still_open", "said"),
    [
        ([named()], False, 0, ""),
        ([], True, 0, ""),
        ([], False, 0, "Đánh dấu ít nhất một"),
        ([named()], True, 0, "không đánh dấu nhu cầu nào"),
        ([], True, 2, "còn 2 nhu cầu chưa kết thúc"),
        ([named(is_offered=False)], False, 0, "Vay vốn: không còn dùng."),
        ([named(for_persons=True)], False, 0, "chọn người có nhu cầu"),
        ([named(person_name="A Blong")], False, 0, "Vay vốn (A Blong): ghi cho cả hộ"),
        ([named(for_persons=True, person_name="Y", is_member=False)], False, 0, "thành viên"),
        ([named(open_since=date(2026, 3, 2))], False, 1, "đã ghi từ ngày 02/03/2026"),
    ],
)
def test_what_is_named_together(needs, is_none, still_open, said):
    faults = list(answer_faults(needs, is_none=is_none, still_open=still_open))

    assert faults == [] if not said else said in faults[0]


def test_every_fault_of_an_end_is_said_at_once():
    faults = end_faults(date(2026, 3, 2), date(2026, 3, 1), TODAY, "")

    assert set(faults) == {"on", "reason"}
    assert "on" in end_faults(date(2026, 3, 2), date(2026, 11, 21), TODAY, "Đã vay")
    assert end_faults(date(2026, 3, 2), date(2026, 3, 2), TODAY, "Đã vay") == {}
