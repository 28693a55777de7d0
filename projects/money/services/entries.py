"""Entries of money: written, and reversed with a reason; never changed (khoản kinh phí)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, PeriodLock, User
from povertyplan.core.periods.locked import explain_lock, locks_in_force, refuse_locked_year
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from projects.models import BudgetEntry, WardProject
from projects.money.selectors import (
    draft_warnings,
    may_write_money,
    money_projects,
    spending_terms,
    term_of,
)
from projects.rules.budget import BudgetDraft, SpendingTerm, draft_faults

ANOTHER_UNITS = "Kinh phí của dự án này do đơn vị chủ trì ghi."
REASON_MISSING = "Nêu lý do hủy."
REVERSED_ALREADY = "Khoản này vừa được hủy ở nơi khác. Tải lại trang để xem."
IS_A_REVERSAL = "Khoản này là bút toán hủy, không hủy được nữa. Ghi lại khoản đúng."
KEPT = (
    "ward", "ward_project", "year", "first_year", "source", "kind", "act", "document_number",
    "document_date", "document_subject",
)  # fmt: skip


@audit.business_act(label="Ghi khoản kinh phí")
def add_entry(
    *, ward_project: WardProject, draft: BudgetDraft, key: str | None = None, by: User
) -> BudgetEntry:
    """Write an entry of a project's money. Raises ValidationError keyed by field."""

    def create() -> BudgetEntry:
        check = EntryCheck.of(ward_project.ward, {draft.year}, by)
        if faults := check.faults(ward_project, draft):
            raise ValidationError(faults)
        return write_entry(ward_project, draft)

    content = asdict(draft) | {"ward_project": ward_project.pk}
    return once(
        key=key, act="add_entry", content=content, model=BudgetEntry, create=create, by=by
    )  # fmt: skip


def doubts_of(ward_project: WardProject, draft: BudgetDraft, *, by: User) -> list[str]:
    """What to ask about before an entry is written; nothing of one that is refused anyway."""
    check = EntryCheck.of(ward_project.ward, {draft.year}, by)
    return [] if check.faults(ward_project, draft) else draft_warnings(ward_project, draft)


@audit.business_act(label="Ghi hủy khoản kinh phí")
def reverse_entry(*, entry: BudgetEntry, reason: str, by: User) -> BudgetEntry:
    """Take an entry out of the figures: it stays, with its opposite and the reason.

    Raises ValidationError, also where somebody reversed it meanwhile.
    """
    if not may_write_money(by, entry.ward_project, entry.year):
        raise ValidationError(ANOTHER_UNITS, code="unit")
    stated = stated_reason(reason, REASON_MISSING)
    if entry.reverses_id is not None:
        raise ValidationError(IS_A_REVERSAL, code="reversal")
    refuse_locked_year(entry.ward, entry.year)
    values = {name: getattr(entry, name) for name in KEPT}
    facts = {"amount": -entry.amount, "dated": clock.today(), "reverses": entry, "reason": stated}
    try:
        with transaction.atomic():
            reversal = BudgetEntry.objects.create(**values, **facts)
    except IntegrityError as twice:
        if not BudgetEntry.objects.filter(reverses=entry).exists():
            raise
        raise ValidationError(REVERSED_ALREADY, code="reversed") from twice
    audit.record(reversal, f"Hủy: {entry_text(entry)}.", ward=entry.ward, reason=stated)
    return reversal


@dataclass(frozen=True)
class EntryCheck:
    """What the entries of some years are checked against, read once for all of them."""

    terms: Sequence[SpendingTerm]
    locks: Sequence[PeriodLock]
    writable: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, ward: Area, years: Iterable[int], by: User) -> "EntryCheck":
        held = set(years)
        return cls(
            terms=spending_terms(),
            locks=locks_in_force(ward),
            writable={year: money_projects(by, ward, year) for year in held},
        )

    def faults(self, ward_project: WardProject, draft: BudgetDraft) -> dict[str, str]:
        """What cannot be of an entry, one sentence a field."""
        if ward_project.pk not in self.writable[draft.year]:
            return {"ward_project": ANOTHER_UNITS}
        if lock := next((each for each in self.locks if _holds(each, draft)), None):
            return {"year" if lock.part.is_whole_year else "dated": explain_lock(lock)}
        return draft_faults(
            draft,
            today=clock.today(),
            project_years=(ward_project.year_from, ward_project.year_to),
            term=term_of(self.terms, ward_project, draft),
        )


def _holds(lock: PeriodLock, draft: BudgetDraft) -> bool:
    """A year's lock holds the money of its budget year, that of a part what is dated in it."""
    if lock.part.is_whole_year:
        return lock.year == draft.year
    return lock.holds_day(draft.dated)


def write_entry(ward_project: WardProject, draft: BudgetDraft) -> BudgetEntry:
    """A checked entry with its line of the journal."""
    entry = BudgetEntry.objects.create(
        ward=ward_project.ward, ward_project=ward_project, **asdict(draft)
    )
    audit.record(entry, f"{entry_text(entry)}.", ward=entry.ward)
    return entry


def entry_text(entry: BudgetEntry) -> str:
    """An entry in one line: "Dự án 2, năm 2026: Giao 90.000.000 đồng, Ngân sách tỉnh, …"."""
    parts = [
        f"{entry.get_act_display()} {formatting.money(entry.amount)}",
        entry.get_source_display(),
        entry.get_kind_display(),
        f"ngày {formatting.day(entry.dated)}",
    ]
    if entry.first_year != entry.year:
        parts.append(f"vốn năm {entry.first_year}")
    return f"{entry.ward_project.project}, năm {entry.year}: {', '.join(parts)}"


def document_text(entry: BudgetEntry) -> str:
    """The document in one line; "" where there is none."""
    if not entry.document_number:
        return ""
    parts = [entry.document_number]
    if entry.document_date:
        parts.append(f"ngày {formatting.day(entry.document_date)}")
    words = " ".join(parts)
    return f"{words}, {entry.document_subject}" if entry.document_subject else words
