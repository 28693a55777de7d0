"""What the summary tables of a ward are counted from: its facts, with the rows of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from households.ledger.known import KnownPeriods
from households.ledger.selectors.classes import (
    ClassCounts,
    add_up_counts,
    listed_counts_over_time,
    villages_on,
)
from households.ledger.selectors.listed_households import ListedHousehold, ReviewedHousehold
from households.ledger.selectors.transition_tables import moves_between
from households.ledger.selectors.transitions import Transition
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.figures.facts import WardFacts

from .shape import LeadColumn, TableCell, TableRow

NUMBER_LEAD = LeadColumn("TT", 4, centred=True)
VILLAGE_LEAD = LeadColumn("Thôn, tổ dân phố", 16)
UNIT_LEAD = LeadColumn("Đơn vị tính", 7)

TOTAL = "Tổng cộng"
HOUSEHOLDS, PERSONS = "Hộ", "Nhân khẩu"


@dataclass(frozen=True)
class TableArea:
    """A village, or the whole ward where `pk` is None."""

    name: str
    pk: int | None = None

    @property
    def is_ward(self) -> bool:
        return self.pk is None

    def holds(self, village: int) -> bool:
        return self.pk is None or self.pk == village


class TableFacts(WardFacts):
    """The facts of a ward over a period, each part read when the first table asks for it.

    The end of `after` opens the period, the end of `until` closes it.
    """

    def __init__(self, *, ward: Area, after: date, until: date, known: KnownPeriods | None = None):
        super().__init__(ward=ward, until=until)
        self.after = after
        if known is not None:
            self.known = known

    @cached_property
    def whole(self) -> TableArea:
        """The row of the ward itself."""
        return TableArea(self.ward.name)

    @cached_property
    def villages(self) -> tuple[TableArea, ...]:
        """The villages of the closing day in their order."""
        inhabited = listed_counts_over_time(ward=self.ward, days=[self.until])[self.until]
        areas = villages_on(self.ward, self.until, inhabited=inhabited)
        return tuple(TableArea(area.name, area.pk) for area in areas)

    @cached_property
    def former(self) -> tuple[TableArea, ...]:
        """Villages that were merged in the period, which only its moves know."""
        seen = {village for move in self.moves for village in (move.village, move.village_before)}
        inhabited = {village.pk for village in self.villages}
        gone = {village for village in seen if village is not None} - inhabited
        areas = Area.objects.filter(parent=self.ward, pk__in=gone).in_order()
        return tuple(TableArea(f"{area.name} (đã nhập)", area.pk) for area in areas)

    @property
    def places(self) -> tuple[TableArea, ...]:
        """The villages in their order, then the ward."""
        return (*self.villages, self.whole)

    def standards_crossed(self) -> tuple[str, str] | None:
        """The standards of both ends of the period, where they are two."""
        before, after = self.standard_on(self.after), self.standard_on(self.until)
        return (str(before), str(after)) if before and after and before != after else None

    def knows_closing(self, place: TableArea) -> bool:
        """Whether the classes of the closing day are known in a place."""
        return self.known.knows_day(self.until, place.pk)

    def knows_moves(self, place: TableArea) -> bool:
        """Whether both ends of the period are: what came and went between them."""
        return self.knows_closing(place) and self.known.knows_day(self.after, place.pk)

    @cached_property
    def moves(self) -> tuple[Transition, ...]:
        return tuple(moves_between(area=self.ward, after=self.after, until=self.until))

    @cached_property
    def opening(self) -> dict[int, ClassCounts]:
        """The counts of the opening day by village, read on another way than the moves."""
        return {row.village.pk: row.counts for row in self.village_counts(self.after)}

    @cached_property
    def closing(self) -> dict[int | None, ClassCounts]:
        """The counts of the closing day by village, the ward's under None."""
        villages = self.village_counts(self.until)
        whole = add_up_counts((row.counts for row in villages), self.population(self.until))
        closing: dict[int | None, ClassCounts] = {row.village.pk: row.counts for row in villages}
        return closing | {None: whole}


Item = TypeVar("Item", ListedHousehold, Transition, ReviewedHousehold)


def inside(place: TableArea, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if place.holds(item.village)]


def leads_of(facts: TableFacts, place: TableArea) -> tuple[str, str]:
    """The first texts of a row: number and name of the village; a total has no number."""
    if place.is_ward:
        return ("", TOTAL)
    known = facts.villages
    if place not in known:
        known = (*known, *facts.former)
    return (str(known.index(place) + 1), place.name)


def row_of(
    facts: TableFacts, place: TableArea, cells: Iterable[TableCell], *, keeps: int = 0
) -> TableRow:
    """The row of a place: dashes where its closing day is not known, after `keeps` cells."""
    row = TableRow(leads_of(facts, place), tuple(cells), is_total=place.is_ward)
    return row if facts.knows_closing(place) else row.without_figures(keeps)


def unknown_problems(facts: TableFacts, day: date, places: Iterable[TableArea]) -> list[str]:
    """A sentence that names the places of which a day is not known; none where all are."""
    missing = [place.name for place in places if not facts.known.knows_day(day, place.pk)]
    if not missing:
        return []
    return [
        f"Chưa có số liệu ngày {formatting.day(day)} của {', '.join(missing)}: chưa có kết quả "
        "được công nhận hoặc danh sách nhập vào sổ; ô số liệu để “–”."
    ]


def unit_leads(facts: TableFacts, place: TableArea, unit: str) -> tuple[str, str, str]:
    """The first texts of one of two rows; the name stands on the row of households only."""
    return (*leads_of(facts, place), unit) if unit == HOUSEHOLDS else ("", "", unit)
