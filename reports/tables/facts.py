"""What the summary tables of a ward are counted from, read once: 16 queries for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from households.choices import PovertyClass
from households.ledger.selectors.classes import VillageCounts, class_counts_by_village
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ReviewedHousehold,
    listed_households,
    review_in_force,
    reviewed_households,
)
from households.ledger.selectors.transition_tables import moves_between
from households.ledger.selectors.transitions import Transition
from households.models import AreaYear, PovertyCause, ReviewCampaign
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area

from .shape import LeadColumn

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


@dataclass(frozen=True)
class Population:
    households: int | None = None
    persons: int | None = None


@dataclass(frozen=True)
class ReviewedYear:
    """The review behind deprivations and causes: its year, indicator names, causes by number."""

    year: int
    indicators: tuple[tuple[int, str], ...]
    causes: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class TableFacts:
    """The ward on two days: the end of `after` opens a period, the end of `until` closes it.

    `average` are the households of average living (mức sống trung bình) on the closing day.
    `opening` are the counts of the register on `after`, read on another way than the moves;
    `former` are villages that were merged in between, which only the opening knows.
    """

    ward: TableArea
    after: date
    until: date
    villages: tuple[TableArea, ...]
    listed: tuple[ListedHousehold, ...]
    average: tuple[ListedHousehold, ...] = ()
    moves: tuple[Transition, ...] = ()
    former: tuple[TableArea, ...] = ()
    populations: dict[int | None, Population] = field(default_factory=dict)
    opening: tuple[VillageCounts, ...] = ()
    review: ReviewedYear | None = None
    reviewed: tuple[ReviewedHousehold, ...] = ()

    @property
    def places(self) -> tuple[TableArea, ...]:
        """The villages in their order, then the ward."""
        return (*self.villages, self.ward)

    def population(self, place: TableArea) -> Population:
        return self.populations.get(place.pk, Population())


Item = TypeVar("Item", ListedHousehold, Transition, ReviewedHousehold)


def inside(place: TableArea, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if place.holds(item.village)]


def leads_of(facts: TableFacts, place: TableArea) -> tuple[str, str]:
    """The first texts of a row: number and name of the village; a total has no number."""
    if place.is_ward:
        return ("", TOTAL)
    return (str((*facts.villages, *facts.former).index(place) + 1), place.name)


def unit_leads(facts: TableFacts, place: TableArea, unit: str) -> tuple[str, str, str]:
    """The first texts of one of two rows; the name stands on the row of households only."""
    return (*leads_of(facts, place), unit) if unit == HOUSEHOLDS else ("", "", unit)


def read_facts(*, ward: Area, after: date, until: date) -> TableFacts:
    """Read what every summary table of a ward needs. `after` must be before `until`."""
    listed = listed_households(area=ward, on=until)
    average = listed_households(area=ward, on=until, classes=[PovertyClass.AVERAGE_LIVING])
    moves = moves_between(area=ward, after=after, until=until)
    campaign = review_in_force(ward=ward, on=until)
    areas = Area.objects.filter(parent=ward, kind=AreaKind.VILLAGE).order_by("order", "pk")
    inhabited = {household.village for household in (*listed, *average)}
    villages = [area for area in areas if area.pk in inhabited or _stands(area, until)]
    moved = {village for move in moves for village in (move.village, move.village_before)}
    former = [area for area in areas if area.pk in moved and area not in villages]
    return TableFacts(
        ward=TableArea(ward.name),
        after=after,
        until=until,
        villages=tuple(TableArea(area.name, area.pk) for area in villages),
        listed=tuple(listed),
        average=tuple(average),
        moves=tuple(moves),
        former=tuple(TableArea(f"{area.name} (đã nhập)", area.pk) for area in former),
        populations=_populations(ward, until),
        opening=tuple(class_counts_by_village(ward=ward, on=after)),
        review=_review(campaign),
        reviewed=tuple(reviewed_households(campaign=campaign, on=until)) if campaign else (),
    )


def _stands(area: Area, on: date) -> bool:
    """Whether a village exists on a day."""
    begun = area.valid_from is None or area.valid_from <= on
    return begun and (area.valid_to is None or area.valid_to >= on)


def _populations(ward: Area, on: date) -> dict[int | None, Population]:
    """The latest known population of the ward (None) and its villages; one query."""
    known: dict[int | None, Population] = {}
    for row in AreaYear.objects.filter(ward=ward, on__lte=on).order_by("on"):
        key = None if row.area_id == ward.pk else row.area_id
        known[key] = Population(row.households, row.persons)
    return known


def _review(campaign: ReviewCampaign | None) -> ReviewedYear | None:
    if campaign is None:
        return None
    return ReviewedYear(
        year=campaign.year,
        indicators=tuple(
            campaign.standard.indicators.order_by("number").values_list("number", "name")
        ),
        causes=tuple(PovertyCause.objects.order_by("number").values_list("number", "name")),
    )
