"""What an entry of money may say, and what the figures of a year tell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.rules.budget import (
    BudgetDraft,
    BudgetFigures,
    SpendingTerm,
    draft_faults,
    elapsed_percent,
    figure_warnings,
    find_term,
    term_warnings,
)

TODAY = date(2026, 11, 20)
TERM = SpendingTerm("central", 2021, 2025, date(2026, 12, 31), "Điều 21")
ENDED = SpendingTerm("district", 2021, 2025, date(2025, 6, 30), "Luật")
GOOD = BudgetDraft(
    act="allocated",
    source="central",
    kind="recurrent",
    year=2026,
    first_year=2026,
    amount=1_000_000,
    dated=date(2026, 3, 2),
    document_number="5/QĐ-UBND",
)


def faults(term=None, **changes):
    draft = replace(GOOD, **changes)
    return draft_faults(draft, today=TODAY, project_years=(2025, 2030), term=term)


def test_an_entry_that_can_be_has_no_fault():
    assert faults() == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("act", {"act": "given"}),
        ("source", {"source": "bank"}),
        ("kind", {"kind": ""}),
        ("amount", {"amount": Decimal("1.5")}),
        ("amount", {"amount": 0}),
        ("amount", {"amount": -1}),
        ("amount", {"amount": 10**15 + 1}),
        ("amount", {"act": "adjusted", "amount": 0}),
        ("year", {"year": 2031, "first_year": 2031, "dated": date(2026, 1, 1)}),
        ("first_year", {"first_year": 2027}),
        ("first_year", {"first_year": 2025}),
        ("first_year", {"act": "carried_over"}),
        ("dated", {"dated": date(2026, 11, 21)}),
        ("dated", {"dated": date(2024, 12, 31)}),
        ("dated", {"act": "disbursed", "dated": date(2025, 12, 31)}),
        ("document_number", {"document_number": "", "document_subject": "Giao vốn"}),
        ("document_number", {"document_number": "", "document_date": date(2026, 1, 5)}),
        ("document_date", {"document_date": date(2026, 11, 21)}),
    ],
)
def test_every_nonsense_is_refused_at_its_field(field, changes):
    assert field in faults(**changes)


def test_several_faults_are_named_at_once():
    assert set(faults(amount=0, dated=date(2027, 1, 1), source="")) == {
        "amount",
        "dated",
        "source",
    }


def test_an_adjustment_may_take_away():
    assert faults(act="adjusted", amount=-5) == {}


@pytest.mark.parametrize(
    ("act", "dated", "is_refused"),
    [
        ("disbursed", date(2025, 6, 30), False),
        ("disbursed", date(2025, 7, 1), True),
        ("adjusted", date(2025, 7, 1), True),
        ("settled", date(2025, 7, 1), False),
        ("need", date(2025, 7, 1), False),
    ],
)
def test_a_source_is_spent_until_its_last_day(act, dated, is_refused):
    found = faults(ENDED, source="district", year=2025, first_year=2025, act=act, dated=dated)

    assert ("30/06/2025" in found.get("dated", "")) is is_refused


def test_money_carried_over_keeps_the_term_of_its_first_year():
    terms = [ENDED, TERM]
    carried = replace(GOOD, first_year=2025)
    assert find_term(terms, carried, is_of_programme=True) == TERM
    assert find_term(terms, GOOD, is_of_programme=True) is None
    late = replace(TERM, last_day=date(2026, 10, 31))
    spent = {"act": "disbursed", "first_year": 2025}

    assert faults(late, **spent, dated=date(2026, 10, 31)) == {}
    assert "31/10/2026" in faults(late, **spent, dated=date(2026, 11, 1))["dated"]


def test_a_term_is_of_its_kind_and_of_programmes_where_it_says_so():
    carried = replace(GOOD, first_year=2025)
    capital, of_programmes = replace(TERM, kind="capital"), replace(TERM, is_of_programmes=True)

    assert find_term([capital], carried, is_of_programme=True) is None
    assert find_term([capital], replace(carried, kind="capital"), is_of_programme=True) == capital
    assert find_term([of_programmes], carried, is_of_programme=False) is None
    assert find_term([of_programmes], carried, is_of_programme=True) == of_programmes


def test_a_last_day_that_is_not_certain_is_asked_about():
    inferred = replace(TERM, last_day=date(2026, 10, 31), is_certain=False, confidence="Đối chiếu.")
    spent = {"act": "disbursed", "first_year": 2025, "dated": date(2026, 11, 1)}

    assert faults(inferred, **spent) == {}
    (asked,) = term_warnings(replace(GOOD, **spent), inferred)
    assert "31/10/2026" in asked
    assert asked.endswith("Đối chiếu.")
    assert term_warnings(replace(GOOD, **spent), replace(inferred, is_certain=True)) == []
    assert term_warnings(replace(GOOD, **spent | {"act": "settled"}), inferred) == []


def test_what_nobody_entered_is_not_known():
    figures = BudgetFigures(allocated=100, adjusted=-20, carried_over=30, disbursed=55)

    assert (figures.available, figures.remaining, figures.rate) == (110, 55, Decimal("50.00"))
    nothing = BudgetFigures()
    assert (nothing.available, nothing.remaining, nothing.rate) == (None, None, None)
    assert nothing.is_empty
    allocated = BudgetFigures(allocated=100)
    assert (allocated.rate, allocated.remaining) == (None, None)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (BudgetFigures(allocated=10, disbursed=10), []),
        (BudgetFigures(allocated=10, disbursed=11), ["Giải ngân vượt"]),
        (BudgetFigures(allocated=5, adjusted=-6), ["Điều chỉnh giảm"]),
        (BudgetFigures(disbursed=1), ["chưa ghi khoản phân bổ"]),
        (BudgetFigures(assigned=9, allocated=10), ["Phân bổ vượt"]),
        (BudgetFigures(settled=3, allocated=5, disbursed=2), ["Quyết toán vượt"]),
        (BudgetFigures(settled=1), ["Đã quyết toán mà chưa ghi giải ngân."]),
    ],
)
def test_figures_that_do_not_fit_are_told(figures, words):
    found = figure_warnings(figures)

    assert len(found) == len(words)
    assert all(word in sentence for word, sentence in zip(words, found, strict=True))


def test_time_elapsed_runs_from_nothing_to_the_whole_year():
    assert elapsed_percent(2027, TODAY) == 0
    assert elapsed_percent(2026, date(2026, 12, 31)) == 100
    assert elapsed_percent(2026, TODAY) == Decimal("88.8")
