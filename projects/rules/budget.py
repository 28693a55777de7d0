"""What an entry of money may say, and what the figures of a year tell (kinh phí). Pure.

A figure that nobody entered is not known, never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from povertyplan.core.text import formatting
from projects.choices import BudgetAct, BudgetKind, BudgetSource

LARGEST_AMOUNT = 10**15
YEARS_AFTER = 2  # a settlement follows its year

UNKNOWN_CHOICE = "Chọn trong danh sách."
NOT_WHOLE = "Nhập số đồng nguyên, không có phần lẻ."
NOT_POSITIVE = "Nhập số tiền lớn hơn 0."
NOT_NOTHING = "Số điều chỉnh phải khác 0: số tăng, hoặc số giảm có dấu trừ."
TOO_LARGE = f"Số tiền lớn nhất là {formatting.number(LARGEST_AMOUNT)} đồng."
DAY_TO_COME = "Ngày này chưa đến."
NUMBER_MISSING = "Nhập số văn bản, hoặc bỏ ngày và trích yếu."
FIRST_YEAR_LATER = "Vốn không thể là của năm sau năm ngân sách."
CARRIED_FROM_BEFORE = "Chuyển nguồn thì vốn phải là của một năm trước."
NO_DOCUMENT = "Khoản này không có văn bản."
SAME_ENTRY = "Đã có một khoản cùng nguồn, nghiệp vụ, ngày và số tiền này."
OWN_YEAR = "Chỉ chuyển nguồn, điều chỉnh, giải ngân, quyết toán mới dùng vốn của năm trước."

# What may be done with money that was given for an earlier year.
OF_EARLIER_YEARS = frozenset(
    {BudgetAct.CARRIED_OVER, BudgetAct.ADJUSTED, BudgetAct.DISBURSED, BudgetAct.SETTLED}
)
# What the last day of a source ends. A need is no money, and a settlement follows that day.
ENDED_BY_PERIOD = frozenset(BudgetAct) - {BudgetAct.NEED, BudgetAct.SETTLED}


@dataclass(frozen=True)
class BudgetDraft:
    """An entry of money before it is written; without a number it has no document."""

    act: str
    source: str
    kind: str
    year: int
    first_year: int
    amount: int
    dated: date
    document_number: str = ""
    document_date: date | None = None
    document_subject: str = ""
    note: str = ""


@dataclass(frozen=True)
class SpendingTerm:
    """Until when money of some years may be spent, and why. What is not certain refuses nothing.

    Without a kind it is of every kind; `is_of_programmes` of national target programmes alone.
    """

    source: str
    year_from: int
    year_to: int
    last_day: date
    legal_reference: str
    confidence: str = ""
    kind: str = ""
    is_of_programmes: bool = False
    is_certain: bool = True


def find_term(
    terms: Iterable[SpendingTerm], draft: BudgetDraft, *, is_of_programme: bool
) -> SpendingTerm | None:
    """The term of the money of an entry; None where nobody knows its last day."""
    for term in terms:
        is_of_money = term.source == draft.source and term.kind in ("", draft.kind)
        is_of_years = term.year_from <= draft.first_year <= term.year_to
        if is_of_money and is_of_years and (is_of_programme or not term.is_of_programmes):
            return term
    return None


def draft_faults(
    draft: BudgetDraft, *, today: date, project_years: tuple[int, int], term: SpendingTerm | None
) -> dict[str, str]:
    """What cannot be, one sentence a field; `project_years` are those the ward carries it out."""
    first, last = project_years
    known = {"act": BudgetAct, "source": BudgetSource, "kind": BudgetKind}
    faults = {
        name: UNKNOWN_CHOICE
        for name, choices in known.items()
        if getattr(draft, name) not in choices.values
    }
    if not first <= draft.year <= last:
        faults["year"] = f"Phường, xã thực hiện dự án này trong {formatting.years(first, last)}."
    faults["amount"] = _fault_of_amount(draft)
    faults["first_year"] = _fault_of_first_year(draft)
    faults["dated"] = _fault_of_day(draft, today)
    if term is not None and term.is_certain:
        faults["dated"] = faults["dated"] or _words_of_term(draft, term)
    faults |= _faults_of_document(draft, today)
    return {name: fault for name, fault in faults.items() if fault}


def _fault_of_amount(draft: BudgetDraft) -> str:
    if not isinstance(draft.amount, int) or isinstance(draft.amount, bool):
        return NOT_WHOLE
    if draft.act == BudgetAct.ADJUSTED:
        if not draft.amount:
            return NOT_NOTHING
    elif draft.amount <= 0:
        return NOT_POSITIVE
    return TOO_LARGE if abs(draft.amount) > LARGEST_AMOUNT else ""


def _fault_of_first_year(draft: BudgetDraft) -> str:
    if draft.first_year > draft.year:
        return FIRST_YEAR_LATER
    if draft.act == BudgetAct.CARRIED_OVER and draft.first_year == draft.year:
        return CARRIED_FROM_BEFORE
    if draft.first_year < draft.year and draft.act not in OF_EARLIER_YEARS:
        return OWN_YEAR
    return ""


def _fault_of_day(draft: BudgetDraft, today: date) -> str:
    """A budget is assigned before its year begins, and settled after it."""
    if draft.dated > today:
        return DAY_TO_COME
    is_spending = draft.act in (BudgetAct.DISBURSED, BudgetAct.SETTLED)
    earliest = draft.year if is_spending else draft.year - 1
    latest = draft.year + YEARS_AFTER
    if earliest <= draft.dated.year <= latest:
        return ""
    return f"Ngân sách năm {draft.year}: nhập một ngày trong {formatting.years(earliest, latest)}."


def term_warnings(draft: BudgetDraft, term: SpendingTerm | None) -> list[str]:
    """What to ask about an entry after a last day that is not certain."""
    if term is None or term.is_certain:
        return []
    words = _words_of_term(draft, term)
    return [f"{words} {term.confidence}".strip()] if words else []


def _words_of_term(draft: BudgetDraft, term: SpendingTerm) -> str:
    """That the day of an entry is after the last one of its money; "" where it is not."""
    if draft.act not in ENDED_BY_PERIOD or draft.dated <= term.last_day:
        return ""
    source = BudgetSource(term.source).label
    return (
        f"{source}, vốn năm {draft.first_year}: chỉ dùng đến hết ngày"
        f" {formatting.day(term.last_day)} ({term.legal_reference})."
    )


def _faults_of_document(draft: BudgetDraft, today: date) -> dict[str, str]:
    has_rest = draft.document_date is not None or draft.document_subject
    return {
        "document_number": NUMBER_MISSING if has_rest and not draft.document_number else "",
        "document_date": (
            DAY_TO_COME if draft.document_date is not None and draft.document_date > today else ""
        ),
    }


@dataclass(frozen=True)
class BudgetFigures:
    """Whole đồng by act; None where nothing was entered."""

    need: int | None = None
    assigned: int | None = None
    allocated: int | None = None
    adjusted: int | None = None
    carried_over: int | None = None
    disbursed: int | None = None
    settled: int | None = None

    @property
    def available(self) -> int | None:
        """What may be spent: allocated, as adjusted since, with what was carried over."""
        return _sum([self.allocated, self.adjusted, self.carried_over])

    @property
    def remaining(self) -> int | None:
        """What is left to spend; not known where nothing is known to be disbursed."""
        if self.available is None or self.disbursed is None:
            return None
        return self.available - self.disbursed

    @property
    def rate(self) -> Decimal | None:
        """The share of what may be spent that is disbursed, in percent as it is shown.

        Rounded once: 90 of 165 is 54,5%, not the 54,6% of 54,55.

        >>> BudgetFigures(allocated=165, disbursed=90).rate
        Decimal('54.5')
        """
        if self.available is None or self.available <= 0:
            return None
        return formatting.rate(self.disbursed, self.available, 1)

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, each.name) is None for each in fields(self))


def add_figures(parts: Sequence[BudgetFigures]) -> BudgetFigures:
    """The sum, act by act; what no part knows is not known of the sum.

    >>> add_figures([BudgetFigures(need=3), BudgetFigures(need=4, settled=1)])
    ... # doctest: +NORMALIZE_WHITESPACE
    BudgetFigures(need=7, assigned=None, allocated=None, adjusted=None, carried_over=None,
        disbursed=None, settled=1)
    """
    return BudgetFigures(
        **{
            each.name: _sum([getattr(part, each.name) for part in parts])
            for each in fields(BudgetFigures)
        }
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def figure_warnings(figures: BudgetFigures) -> list[str]:
    """What should be looked at in the money of one source."""
    found = []
    if figures.disbursed is not None and figures.available is None:
        found.append("Đã giải ngân mà chưa ghi khoản phân bổ nào.")
    elif figures.available is not None and figures.available < 0:
        found.append("Điều chỉnh giảm nhiều hơn số đã phân bổ.")
    elif figures.remaining is not None and figures.remaining < 0:
        found.append(f"Giải ngân vượt số được phân bổ {formatting.money(-figures.remaining)}.")
    if figures.assigned is not None and (figures.allocated or 0) > figures.assigned:
        over = (figures.allocated or 0) - figures.assigned
        found.append(f"Phân bổ vượt số được giao {formatting.money(over)}.")
    if figures.settled is not None:
        found += _settlement_warnings(figures.settled, figures.disbursed)
    return found


def _settlement_warnings(settled: int, disbursed: int | None) -> list[str]:
    if disbursed is None:
        return ["Đã quyết toán mà chưa ghi giải ngân."]
    if settled <= disbursed:
        return []
    return [f"Quyết toán vượt số đã giải ngân {formatting.money(settled - disbursed)}."]


def year_warnings(figures: BudgetFigures, *, first_year: int, year: int) -> list[str]:
    """The same of the money of one source that was given for one year, spent in another."""
    found = figure_warnings(figures)
    if first_year == year:
        return found
    return [f"Vốn năm {first_year}: {sentence[0].lower()}{sentence[1:]}" for sentence in found]


def add_spendable(parts: Iterable[BudgetFigures]) -> BudgetFigures:
    """The sum of those parts of which it is known what may be spent: a rate is one of these.

    >>> add_spendable([BudgetFigures(disbursed=5), BudgetFigures(allocated=10)]).rate is None
    True
    """
    return add_figures([part for part in parts if part.available is not None])


def elapsed_percent(year: int, today: date) -> Decimal:
    """How much of a year is over on a day, in percent.

    >>> elapsed_percent(2026, date(2026, 7, 2)), elapsed_percent(2025, date(2026, 7, 2))
    (Decimal('50.1'), Decimal('100.0'))
    """
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    passed = min(max((today - first).days + 1, 0), (after - first).days)
    return formatting.rounded(Decimal(passed) * 100 / (after - first).days, 1)
