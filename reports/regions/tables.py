"""The official tables of a region: a line for each ward, in place of its villages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse

from households.ledger.known import year_end
from households.ledger.selectors.classes import ClassCounts
from households.ledger.selectors.listed_households import ListedHousehold, ReviewedHousehold
from households.ledger.selectors.many_wards import (
    class_counts_by_ward,
    listed_by_ward,
    moves_by_ward,
    populations_by_ward,
    reviewed_by_ward,
)
from households.ledger.selectors.transitions import Transition
from households.models import ReviewCampaign
from povertyplan.core.areas import WARD
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.printing.tree import Cell, Text
from reports.tables.catalogue import TABLES
from reports.tables.facts import VILLAGE_LEAD, TableArea, TableFacts, unknown_problems
from reports.tables.shape import LeadColumn, OfficialTable, TableRow

from .facts import RegionFacts, with_population

NO_FORMS = (
    "{}: kết quả năm {} nhập từ danh sách, không có phiếu rà soát; biểu này không cộng, ô để “–”."
)
NO_POPULATION = "Chưa có tổng số hộ của {} ngày {}; tỷ lệ của tổng để “–”."
RESULTS = 1  # the table that has populations
WARD_LEAD = LeadColumn("Phường, xã", VILLAGE_LEAD.width)
# Those whose figures come from the forms of a review, and the lists of persons, which are no sums.
OF_FORMS = frozenset({4, 5, 6, 7, 10, 11})
BUILDERS: Mapping[int, Callable[[TableFacts], OfficialTable]] = {
    kind.number: kind.build for kind in TABLES.values() if not kind.names_persons
}
MOVEMENTS = frozenset({2, 3})


@dataclass(frozen=True)
class _KnownWards:
    """Which wards the sums count, on the first and on the last day of a year."""

    closing_day: date
    closing: frozenset[int]
    opening: frozenset[int]

    def knows_day(self, on: date, place: int | None = None) -> bool:
        known = self.closing if on == self.closing_day else self.opening
        return bool(known) if place is None else place in known


class RegionTableFacts(TableFacts):
    """What the tables of a ward ask, answered with wards where those have villages.

    Each ward counts on the days of its own tables, so that the sums are sums of those.
    """

    def __init__(self, region: RegionFacts, year: int, *, by_forms: bool = False):
        self.region, self.year, self.by_forms = region, year, by_forms
        super().__init__(ward=region.regions[0], after=year_end(year - 1), until=region.day(year))
        counted = frozenset(one.ward.pk for one in region.ward_years(year) if one.is_counted)
        opened = {
            one.ward.pk: one.standard for one in region.ward_years(year - 1) if one.is_counted
        }
        standard = region.standard(year)
        same = frozenset(pk for pk in counted if pk in opened and opened[pk] == standard)
        self.wards_known = _KnownWards(self.until, counted, same)

    def standards_crossed(self) -> tuple[str, str] | None:
        """Nothing: wards whose standard changed are not counted."""
        return None

    @property
    def known(self):
        return self.wards_known

    @cached_property
    def whole(self) -> TableArea:
        return TableArea(self.region.place)

    @cached_property
    def villages(self) -> tuple[TableArea, ...]:
        return tuple(TableArea(ward.name, ward.pk) for ward in self.region.wards_of(self.year))

    @property
    def former(self) -> tuple[TableArea, ...]:
        return ()

    @property
    def opening(self) -> dict[int, ClassCounts]:
        """Each ward's own table compares its opening with the year before."""
        return {}

    @cached_property
    def moves(self) -> tuple[Transition, ...]:
        before = self.region.closing_days(self.year - 1)
        closing = self.region.closing_days(self.year)
        compared = self.wards_known.closing & self.wards_known.opening
        return tuple(moves_by_ward({pk: (before[pk], closing[pk]) for pk in compared}))

    @cached_property
    def closing(self) -> dict[int | None, ClassCounts]:
        """Of a ward that is not counted the population alone, which the sum leaves out."""
        days = self.region.closing_days(self.year)
        of_wards = class_counts_by_ward({pk: days[pk] for pk in self.wards_known.closing})
        others = {
            ward.pk: self.until
            for ward in self.region.wards_of(self.year)
            if ward.pk not in of_wards
        }
        given = populations_by_ward(others)
        found: dict[int | None, ClassCounts] = {None: _sum(list(of_wards.values()))}
        for pk in others:
            found[pk] = with_population(ClassCounts(), given[pk])
        for pk, counts in of_wards.items():
            found[pk] = counts
        return found

    @cached_property
    def review(self) -> ReviewCampaign | None:
        """One of the reviews that are added: they are of one year and one standard."""
        return next(iter(self.reviews.values()), None)

    @cached_property
    def reviews(self) -> dict[int, ReviewCampaign]:
        """The year's review of each counted ward that has one."""
        found = ((pk, self.region.reviews.get(pk, {})) for pk in sorted(self.wards_known.closing))
        return {pk: years[self.year] for pk, years in found if self.year in years}

    @cached_property
    def _counted_days(self) -> dict[int, date]:
        days = self.region.closing_days(self.year)
        return {pk: days[pk] for pk in self.wards_known.closing}

    @cached_property
    def listed(self) -> tuple[ListedHousehold, ...]:
        """Those of the lists; where a table asks forms, of the wards alone that have them."""
        days = self._counted_days
        asked = {pk: day for pk, day in days.items() if not self.by_forms or pk in self.reviews}
        return tuple(listed_by_ward(asked))

    @cached_property
    def reviewed(self) -> tuple[ReviewedHousehold, ...]:
        return tuple(reviewed_by_ward(self.reviews, self._counted_days))

    @property
    def without_forms(self) -> tuple[TableArea, ...]:
        """Counted wards whose results came from a list."""
        known = self.wards_known.closing - set(self.reviews)
        return tuple(place for place in self.villages if place.pk in known)

    def problems_of(self, number: int) -> tuple[str, ...]:
        """What a table of the region lacks; what else a ward's own fails, that table says."""
        if number == RESULTS:
            return self.problems
        lacking = self.without_forms if number in OF_FORMS else ()
        names = ", ".join(place.name for place in lacking)
        problems = (NO_FORMS.format(names, self.year),) if lacking else ()
        return (*unknown_problems(self, self.until, self.places), *problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """What table 1 lacks; what else a ward's own table fails, that table says."""
        counted = [place for place in self.villages if place.pk in self.wards_known.closing]
        missing = [each.name for each in counted if not self.closing[each.pk].total_households]
        lacking = (
            [NO_POPULATION.format(", ".join(missing), formatting.day(self.until))]
            if missing
            else []
        )
        return (*unknown_problems(self, self.until, self.places), *lacking)


def build_region_table(facts: RegionFacts, number: int, year: int) -> OfficialTable:
    """A table of a year that adds up, each figure opening the table of its ward.

    Raises KeyError for another number.
    """
    counted = RegionTableFacts(facts, year, by_forms=number in OF_FORMS)
    table = BUILDERS[number](counted)
    wards = facts.wards_of(year)
    lines = (len(table.rows) - len(table.totals)) // len(wards) if wards else 1
    silent = _silent_wards(counted, number)
    of_lines = [ward for ward in wards for _line in range(lines)]
    opened = [
        _opening(
            row.without_figures() if ward.pk in silent else row, _table_url(number, ward, year)
        )
        for row, ward in zip(table.parts, of_lines, strict=True)
    ]
    return replace(
        table,
        title=TABLES[number].title,
        problems=table.problems if number in MOVEMENTS else counted.problems_of(number),
        leads=tuple(WARD_LEAD if lead == VILLAGE_LEAD else lead for lead in table.leads),
        head=tuple(tuple(_renamed(cell) for cell in row) for row in table.head),
        rows=(*opened, *(_opening(row, "") for row in table.totals)),
    )


def _silent_wards(facts: RegionTableFacts, number: int) -> frozenset[int]:
    """The wards whose line of a table is not known: no result, or a result without forms."""
    if number not in OF_FORMS:
        return frozenset()
    known = set(facts.reviews)
    return frozenset(place.pk for place in facts.villages if place.pk and place.pk not in known)


def _table_url(number: int, ward: Area, year: int) -> str:
    return reverse("reports:table_detail", args=[number], query={WARD: ward.pk, "year": year})


def _opening(row: TableRow, url: str) -> TableRow:
    cells = (replace(one, url=url if one.is_number else "", needs=frozenset()) for one in row.cells)
    return replace(row, cells=tuple(cells))


def _renamed(cell: Cell | Text) -> Cell | Text:
    text = cell.text if isinstance(cell, Cell) else cell
    if text != VILLAGE_LEAD.title:
        return cell
    return replace(cell, text=WARD_LEAD.title) if isinstance(cell, Cell) else WARD_LEAD.title


def _sum(parts: list[ClassCounts]) -> ClassCounts:
    """All wards together; a population only where every one was given."""
    return ClassCounts(
        poor=sum(part.poor for part in parts),
        near_poor=sum(part.near_poor for part in parts),
        average_living=sum(part.average_living for part in parts),
        not_poor=sum(part.not_poor for part in parts),
        poor_persons=sum(part.poor_persons for part in parts),
        near_poor_persons=sum(part.near_poor_persons for part in parts),
        average_living_persons=sum(part.average_living_persons for part in parts),
        total_households=_whole([part.total_households for part in parts]),
        total_persons=_whole([part.total_persons for part in parts]),
    )


def _whole(figures: list[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None
