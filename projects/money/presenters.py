"""Money in words: lines of the tables, warnings, answers to an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting
from projects.choices import BudgetKind, BudgetSource, ProgrammeKind
from projects.models import BudgetEntry, WardProject
from projects.money.selectors import ProjectMoney, SourceMoney, YearMoney
from projects.money.services.entries import ANOTHER_UNITS, document_text, entry_text
from projects.rules.budget import BudgetFigures, SpendingTerm

NOT_YOURS = ANOTHER_UNITS
REGISTER = RegisterWords(
    "Kinh phí",
    "khoản",
    "Kinh phí",
    (
        "Mỗi dòng một khoản.",
        "Khoản đã có, kể cả khoản đã hủy, thì không ghi lần nữa: cần ghi lại khoản đã hủy thì ghi "
        "trên màn hình.",
    ),
)


@dataclass(frozen=True)
class MoneyCells:
    """The figures of a line as its cells print them; empty where nothing was entered."""

    is_empty: bool
    cells: tuple[tuple[str, str], ...]


def money_cells(money: SourceMoney | ProjectMoney | YearMoney) -> MoneyCells:
    figures = money.figures
    amounts = (
        ("Nhu cầu", figures.need),
        ("Được giao", figures.assigned),
        ("Được sử dụng", figures.available),
        ("Giải ngân", figures.disbursed),
    )
    cells = [(label, formatting.number(amount)) for label, amount in amounts]
    cells.append(("Tỷ lệ giải ngân", formatting.percent(money.rate, 1)))
    cells.append(("Quyết toán", formatting.number(figures.settled)))
    return MoneyCells(figures.is_empty, tuple(cells))


@dataclass(frozen=True)
class ProjectMoneyLine:
    """A project in the table of a year."""

    ward_project: WardProject
    money: MoneyCells
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class SourceMoneyLine:
    """A source in the table of a project, with how its share to spend came about."""

    name: str
    kind: str
    money: MoneyCells
    parts: str
    warnings: tuple[str, ...]


def project_lines(money: YearMoney) -> list[ProjectMoneyLine]:
    return [
        ProjectMoneyLine(each.ward_project, money_cells(each), _project_warnings(each))
        for each in money.projects
    ]


def source_lines(money: ProjectMoney) -> list[SourceMoneyLine]:
    return [
        SourceMoneyLine(
            name=str(each.source.label),
            kind=str(each.kind.label),
            money=money_cells(each),
            parts=_parts(each.figures),
            warnings=(*each.warnings, *_bare(each.undocumented)),
        )
        for each in money.sources
    ]


def describe_pace(money: YearMoney) -> str:
    """Plan against what is disbursed against the time that has passed."""
    passed = f"Năm {money.year} đã qua {formatting.percent(money.elapsed, 1)} thời gian"
    if money.rate is None:
        return f"{passed}; giải ngân: chưa có số liệu."
    return f"{passed}; đã giải ngân {formatting.percent(money.rate, 1)} số được sử dụng."


def total_notes(money: YearMoney) -> list[str]:
    """What the total leaves out: projects without figures, and those without a rate."""
    found = []
    if money.without_figures:
        count = formatting.number(money.without_figures)
        found.append(f"{count} dự án chưa có số liệu, không có trong tổng.")
    if 0 < len(money.compared) < len(money.projects):
        compared, every = map(formatting.number, (len(money.compared), len(money.projects)))
        found.append(
            f"Tỷ lệ tính trên {compared}/{every} dự án có đủ số được sử dụng và số giải ngân."
        )
    return found


def _project_warnings(money: ProjectMoney) -> tuple[str, ...]:
    warnings = [
        f"{_name(each)}: {sentence}" for each in money.sources for sentence in each.warnings
    ]
    return (*warnings, *_outside(money.unallocated), *_bare(money.undocumented))


def _outside(spent: int | None) -> tuple[str, ...]:
    """What was spent of sources of which nothing may be, beside a rate that leaves it out."""
    if not spent:
        return ()
    return (f"{formatting.number(spent)} đồng giải ngân ngoài số được sử dụng, không tính tỷ lệ.",)


def _name(money: SourceMoney) -> str:
    return f"{money.source.label} ({money.kind.label.lower()})"


def _bare(count: int) -> tuple[str, ...]:
    return (f"{formatting.number(count)} khoản không có văn bản.",) if count else ()


def _parts(figures: BudgetFigures) -> str:
    """How what may be spent came about, where it is more than an allocation."""
    if figures.adjusted is None and figures.carried_over is None:
        return ""
    named = (
        ("phân bổ", figures.allocated),
        ("điều chỉnh", figures.adjusted),
        ("chuyển nguồn", figures.carried_over),
    )
    return "; ".join(
        f"{name} {formatting.number(value)}" for name, value in named if value is not None
    )


@dataclass(frozen=True)
class EntryLine:
    """An entry of the list; `state` says what became of it, "" for one that counts."""

    entry: BudgetEntry
    amount: str
    document: str
    state: str
    reason: str
    may_reverse: bool


def entry_lines(entries: Iterable[BudgetEntry], *, may_write: bool) -> list[EntryLine]:
    return [_entry_line(entry, may_write) for entry in entries]


def _entry_line(entry: BudgetEntry, may_write: bool) -> EntryLine:
    reversal = getattr(entry, "reversed_by", None)
    if reversal is not None:
        state = f"Đã hủy ngày {formatting.day(reversal.dated)}"
    else:
        state = "Bút toán hủy" if entry.reverses_id else ""
    return EntryLine(
        entry=entry,
        amount=formatting.number(entry.amount),
        document=document_text(entry),
        state=state,
        reason=reversal.reason if reversal is not None else entry.reason,
        may_reverse=may_write and not state,
    )


def describe_terms(terms: Sequence[SpendingTerm], money: ProjectMoney) -> list[str]:
    """Until when the sources of a page may be spent, with the reason and how sure it is."""
    found: dict[SpendingTerm, list[str]] = {}
    is_of_programme = money.ward_project.project.programme.kind == ProgrammeKind.NATIONAL
    kinds = {(each.source.value, kind) for each in money.sources for kind in ("", each.kind.value)}
    for term in terms:
        if (term.source, term.kind) in kinds and (is_of_programme or not term.is_of_programmes):
            found.setdefault(replace(term, source=""), []).append(term.source)
    return [_term(term, sources) for term, sources in found.items()]


def _term(term: SpendingTerm, sources: list[str]) -> str:
    names = ", ".join(str(BudgetSource(s).label) for s in sources)
    kind = f" ({BudgetKind(term.kind).label.lower()})" if term.kind else ""
    return (
        f"{names}{kind}, vốn {formatting.years(term.year_from, term.year_to)}: dùng đến hết ngày"
        f" {formatting.day(term.last_day)} ({term.legal_reference}). {term.confidence}"
    )


def describe_entered(entry: BudgetEntry) -> str:
    return f"Đã ghi: {entry_text(entry)}."


def describe_reversed(entry: BudgetEntry) -> str:
    return f"Đã hủy: {entry_text(entry)}. Khoản này không còn tính vào số liệu."


def register_title(year: int) -> str:
    return f"Kinh phí năm {year}"
