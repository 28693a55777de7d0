"""Rules, dues and drafts of periods, without a database."""

from datetime import date

import pytest

from reports.progress.calendar.dues import (
    DueRule,
    PeriodDraft,
    days_late,
    draft_faults,
    dues_of_year,
    rule_faults,
)

pytestmark = pytest.mark.alike

BEFORE_JUNE = DueRule("half_year", 10, 6, is_before=True)


def test_a_report_due_before_its_period_ends_is_estimated():
    (due,) = dues_of_year(BEFORE_JUNE, 2026)

    assert (due.due_on, due.data_on, due.last_day) == (
        date(2026, 6, 9),
        date(2026, 5, 31),
        date(2026, 6, 30),
    )
    assert due.is_estimated


def test_months_from_february_to_september_report_the_month_before():
    rule = DueRule("month", 5, months_after=1, last_number=8)

    dues = list(dues_of_year(rule, 2026))

    assert [due.due_on for due in dues] == [date(2026, month, 5) for month in range(2, 10)]
    assert dues[0].data_on == date(2026, 1, 31)
    assert not any(due.is_estimated for due in dues)


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        (DueRule("year", 15, 1), 2026, [date(2027, 1, 15)]),
        (DueRule("quarter", 25), 2026, [date(2026, month, 25) for month in (3, 6, 9, 12)]),
        (DueRule("quarter", 5, months_after=1), 2026, [
            date(2026, 4, 5), date(2026, 7, 5), date(2026, 10, 5), date(2027, 1, 5)
        ]),
        (DueRule("nine_months"), 2026, [None]),
        (DueRule("on_request"), 2026, []),
        (DueRule("year", 1, 12, year_from=2027), 2026, []),
    ],
)  # fmt: skip
def test_dues_of_a_year(rule, year, expected):
    assert [due.due_on for due in dues_of_year(rule, year)] == expected


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (DueRule("half_year", 10, 3), "due_month"),
        (DueRule("year", 10, 6), "due_month"),
        (DueRule("nine_months", 31, 9), "due_day"),
        (DueRule("month", 31), "due_day"),
        (DueRule("quarter", 5, 4), "due_month"),
        (DueRule("year", None, 11), "due_day"),
        (DueRule("year", 10), "due_month"),
        (DueRule("quarter", 5, months_after=3), "months_after"),
        (DueRule("month", 5, first_number=3, last_number=2), "last_number"),
        (DueRule("year", 1, 12, year_from=2027, year_to=2026), "year_to"),
    ],
)
def test_what_no_rule_can_say(rule, field):
    assert list(rule_faults(rule)) == [field]


def test_rules_of_the_facts_can_be():
    for rule in (BEFORE_JUNE, DueRule("month", 5, months_after=1), DueRule("year", 20, 12)):
        assert rule_faults(rule) == {}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"data_on": date(2026, 10, 1)}, ["data_on"]),
        ({"due_on": date(2025, 12, 31)}, ["due_on"]),
        ({"due_on": date(2026, 9, 1)}, ["due_on"]),
        ({"period": "on_request"}, ["subject"]),
        ({"period": "quarter", "number": 5}, ["period"]),
        ({"period": "week"}, ["period"]),
        ({"data_on": date(2025, 9, 30), "due_on": date(2025, 10, 1)}, ["data_on", "due_on"]),
    ],
)
def test_every_fault_of_a_period_at_once(changed, fields):
    draft = {
        "period": "nine_months",
        "year": 2026,
        "number": 1,
        "data_on": date(2026, 9, 30),
        "due_on": date(2026, 10, 5),
    }

    assert list(draft_faults(PeriodDraft(**draft | changed))) == fields


def test_lateness_counts_from_the_last_day():
    assert days_late(date(2026, 10, 5), date(2026, 10, 5), date(2026, 11, 1)) == 0
    assert days_late(date(2026, 10, 5), None, date(2026, 10, 7)) == 2
