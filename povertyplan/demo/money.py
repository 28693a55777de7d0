"""Invented money of the demonstration's projects in 2025 and 2026, so that each warning shows.

Nothing of it comes from a real ward; every entry says so in its note.
"""

from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Area, User
from projects.choices import BudgetAct, BudgetKind, BudgetSource
from projects.models import WardProject
from projects.money.services.entries import add_entry, reverse_entry
from projects.rules.budget import BudgetDraft

INVENTED = "Số liệu giả định của dữ liệu mẫu"
PROGRAMME = "GNBV-2021-2025"
MILLION = 1_000_000
CENTRAL, PROVINCIAL, DISTRICT = (
    BudgetSource.CENTRAL,
    BudgetSource.PROVINCIAL,
    BudgetSource.DISTRICT,
)
WARD, MOBILISED = BudgetSource.WARD, BudgetSource.MOBILISED


@dataclass(frozen=True)
class InventedEntry:
    """An entry in millions of đồng; without a number it has no document."""

    code: str
    year: int
    act: BudgetAct
    source: BudgetSource
    millions: int
    dated: date
    number: str = ""
    first_year: int = 0


NEED, ASSIGNED, ALLOCATED = BudgetAct.NEED, BudgetAct.ASSIGNED, BudgetAct.ALLOCATED
ADJUSTED, CARRIED = BudgetAct.ADJUSTED, BudgetAct.CARRIED_OVER
DISBURSED, SETTLED = BudgetAct.DISBURSED, BudgetAct.SETTLED

ENTRIES = (
    InventedEntry("2", 2025, NEED, CENTRAL, 620, date(2024, 10, 8), "41/BC-UBND"),
    InventedEntry("2", 2025, ASSIGNED, CENTRAL, 540, date(2025, 2, 14), "118/QĐ-UBND"),
    InventedEntry("2", 2025, ALLOCATED, CENTRAL, 540, date(2025, 3, 3), "36/QĐ-UBND"),
    InventedEntry("2", 2025, ALLOCATED, DISTRICT, 60, date(2025, 3, 3), "36/QĐ-UBND"),
    InventedEntry("2", 2025, DISBURSED, CENTRAL, 410, date(2025, 11, 28), "Chứng từ 512"),
    InventedEntry("2", 2025, DISBURSED, DISTRICT, 60, date(2025, 6, 20), "Chứng từ 207"),
    InventedEntry("2", 2025, SETTLED, CENTRAL, 410, date(2026, 1, 27), "12/BC-UBND"),
    InventedEntry("2", 2026, CARRIED, CENTRAL, 130, date(2026, 1, 30), "29/QĐ-UBND", 2025),
    InventedEntry("2", 2026, NEED, CENTRAL, 480, date(2025, 10, 6), "77/BC-UBND"),
    InventedEntry("2", 2026, ASSIGNED, PROVINCIAL, 300, date(2026, 2, 11), "95/QĐ-UBND"),
    InventedEntry("2", 2026, ALLOCATED, PROVINCIAL, 300, date(2026, 2, 27), "44/QĐ-UBND"),
    InventedEntry("2", 2026, ADJUSTED, PROVINCIAL, -40, date(2026, 8, 14), "163/QĐ-UBND"),
    InventedEntry("2", 2026, DISBURSED, PROVINCIAL, 195, date(2026, 9, 18), "Chứng từ 388"),
    InventedEntry("2", 2026, DISBURSED, CENTRAL, 118, date(2026, 10, 9), "Chứng từ 421", 2025),
    InventedEntry("3.1", 2025, ALLOCATED, CENTRAL, 210, date(2025, 3, 3), "36/QĐ-UBND"),
    InventedEntry("3.1", 2025, DISBURSED, CENTRAL, 210, date(2025, 10, 15), "Chứng từ 440"),
    InventedEntry("3.1", 2025, SETTLED, CENTRAL, 214, date(2026, 1, 27), "12/BC-UBND"),
    InventedEntry("3.1", 2026, ASSIGNED, PROVINCIAL, 150, date(2026, 2, 11), "95/QĐ-UBND"),
    InventedEntry("3.1", 2026, ALLOCATED, PROVINCIAL, 165, date(2026, 2, 27), "44/QĐ-UBND"),
    InventedEntry("3.1", 2026, DISBURSED, PROVINCIAL, 90, date(2026, 7, 22), "Chứng từ 301"),
    InventedEntry("3.2", 2026, ALLOCATED, WARD, 25, date(2026, 3, 9), "51/QĐ-UBND"),
    InventedEntry("3.2", 2026, DISBURSED, WARD, 28, date(2026, 9, 4), "Chứng từ 352"),
    InventedEntry("3.2", 2026, DISBURSED, MOBILISED, 12, date(2026, 6, 1)),
    InventedEntry("6.2", 2025, ALLOCATED, WARD, 30, date(2025, 4, 7), "58/QĐ-UBND"),
    InventedEntry("6.2", 2025, DISBURSED, WARD, 30, date(2025, 12, 10), "Chứng từ 530"),
    InventedEntry("6.2", 2026, NEED, WARD, 40, date(2025, 10, 6)),
    InventedEntry("7.1", 2026, ASSIGNED, CENTRAL, 45, date(2026, 2, 11), "95/QĐ-UBND"),
)
MISTAKEN = InventedEntry("7.1", 2026, ALLOCATED, CENTRAL, 450, date(2026, 3, 9), "51/QĐ-UBND")


def invent_money(*, ward: Area, officer: User) -> None:
    """Write the invented entries, and reverse the one that was a mistake."""
    rows = WardProject.objects.filter(ward=ward, project__programme__code=PROGRAMME)
    found = rows.select_related("ward", "project__parent", "project__programme")
    projects = {row.project.code: row for row in found}
    for each in ENTRIES:
        _add(projects[each.code], each, officer)
    mistaken = _add(projects[MISTAKEN.code], MISTAKEN, officer)
    reverse_entry(entry=mistaken, reason="Ghi thừa một số 0", by=officer, source="command")


def _add(project: WardProject, each: InventedEntry, by: User):
    draft = BudgetDraft(
        act=each.act,
        source=each.source,
        kind=BudgetKind.RECURRENT,
        year=each.year,
        first_year=each.first_year or each.year,
        amount=each.millions * MILLION,
        dated=each.dated,
        document_number=each.number,
        note=INVENTED,
    )
    return add_entry(ward_project=project, draft=draft, by=by, source="command")
