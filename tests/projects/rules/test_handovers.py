"""What a receiver is reported next: nobody forgotten, nobody twice."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.handovers import (
    ReportedLine,
    answer_fault,
    basis_for,
    differences,
    is_of_age,
    sending_fault,
    standing_after,
)

BASES = st.sampled_from(["poor", "near_poor", "newly_escaped"])
REGISTERS = st.dictionaries(st.integers(1, 8), BASES)
EVERYBODY = {"for_poor": True, "for_near_poor": True, "for_newly_escaped": True}


@given(st.lists(st.tuples(REGISTERS, st.booleans()), min_size=1, max_size=6))
def test_what_was_sent_always_adds_up_to_what_holds(steps):
    """Lists that were not sent give way to the next; the last one sent leaves nothing open."""
    reported = []
    for register, is_sent in steps:
        found = differences(standing_after(reported), register)

        assert len({each.key for each in found}) == len(found)  # nobody twice
        if is_sent:
            reported += [ReportedLine(each.key, each.change, each.basis) for each in found]
            assert standing_after(reported) == register  # nobody forgotten
            assert differences(standing_after(reported), register) == []


def test_who_changes_is_told_as_a_change_with_what_was_told_before():
    standing = standing_after([ReportedLine(1, "known", "poor"), ReportedLine(2, "added", "poor")])

    found = differences(standing, {1: "near_poor", 3: "poor"})

    assert [(each.key, each.change, each.basis, each.before) for each in found] == [
        (3, "added", "poor", ""),
        (1, "changed", "near_poor", "poor"),
        (2, "removed", "poor", ""),
    ]


@pytest.mark.parametrize(
    ("poverty_class", "is_newly_escaped", "asked", "basis"),
    [
        ("poor", False, EVERYBODY, "poor"),
        ("near_poor", True, EVERYBODY, "near_poor"),
        ("not_poor", True, EVERYBODY, "newly_escaped"),
        ("near_poor", True, EVERYBODY | {"for_near_poor": False}, "newly_escaped"),
        ("not_poor", True, EVERYBODY | {"for_newly_escaped": False}, ""),
        ("", False, EVERYBODY, ""),
    ],
)
def test_a_household_counts_as_the_first_that_the_kind_asks(
    poverty_class, is_newly_escaped, asked, basis
):
    kind = SimpleNamespace(**asked)

    assert basis_for(kind, poverty_class, is_newly_escaped=is_newly_escaped) == basis


@pytest.mark.parametrize(
    ("age", "fits"), [(2, False), (3, True), (22, True), (23, False), (None, True)]
)
def test_an_age_that_is_not_known_is_listed_rather_than_forgotten(age, fits):
    assert is_of_age(SimpleNamespace(age_from=3, age_to=22), age) is fits


@pytest.mark.parametrize(
    ("sent_on", "sentence"),
    [
        (date(2026, 1, 9), "trước ngày quyết định (10/01/2026)"),
        (date(2026, 1, 11), "lập ngày 12/01/2026"),
        (date(2026, 1, 12), ""),
        (date(2026, 1, 20), ""),
        (date(2026, 1, 21), "chưa đến"),
    ],
)
def test_a_list_is_sent_between_its_making_and_today(sent_on, sentence):
    found = sending_fault(
        sent_on,
        decided_on=date(2026, 1, 10),
        made_on=date(2026, 1, 12),
        today=date(2026, 1, 20),
    )

    assert sentence in found
    assert bool(found) is bool(sentence)


@pytest.mark.parametrize(
    ("answered_on", "sentence"),
    [
        (date(2026, 1, 11), "trước ngày gửi (12/01/2026)"),
        (date(2026, 1, 12), ""),
        (date(2026, 1, 21), "chưa đến"),
    ],
)
def test_an_answer_comes_between_the_sending_and_today(answered_on, sentence):
    found = answer_fault(answered_on, sent_on=date(2026, 1, 12), today=date(2026, 1, 20))

    assert sentence in found
    assert bool(found) is bool(sentence)
