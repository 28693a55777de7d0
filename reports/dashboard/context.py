"""What one viewer sees of a ward: all of it, or the villages their grants are confined to."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from django.urls import resolve

from households.field_access import Field, fields_throughout
from households.ledger.selectors.classes import ClassCounts, add_up_counts, former_villages
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import villages_of_viewer
from povertyplan.core.models import Area, User
from reports.figures.links import household_list_url, list_opens
from reports.figures.registry import FigureRegistry


class DashboardContext:
    """The figures of a ward as far as a viewer sees them, with the lists the viewer may open."""

    def __init__(self, *, ward: Area, today: date, viewer: User):
        self.ward, self.today, self.viewer = ward, today, viewer
        self.book = FigureRegistry(ward=ward, until=today)
        self.confined_to = villages_of_viewer(viewer, ward)
        self.villages = [
            village for village in Area.objects.villages_of(ward) if self.covers(village.pk)
        ]
        # Only a village that began some day can have come from others.
        begun = any(village.valid_from for village in self.villages)
        self._former = former_villages(ward) if begun else {}
        self._first_days = {village.pk: village.valid_from for village in self.villages}

    @property
    def covers_ward(self) -> bool:
        return self.confined_to is None

    def covers(self, village_id: int) -> bool:
        return self.confined_to is None or village_id in self.confined_to

    @property
    def place(self) -> str:
        """The ward's name, or the names of the villages."""
        if self.covers_ward:
            return self.ward.name
        return ", ".join(village.name for village in self.villages)

    def latest_year(self, year: int) -> int | None:
        """The latest year up to `year` known of all that the viewer sees, or of a part of it."""
        return self.book.known.latest_year(year, self.today, self._places)

    def knows(self, year: int) -> bool:
        """Whether the result of a year is known of all that the viewer sees."""
        return all(self._knows(year, place) for place in self._places)

    @property
    def _places(self) -> Iterable[int | None]:
        return [None] if self.confined_to is None else self.confined_to

    def counts(self, year: int) -> ClassCounts | None:
        """The classes of a year, None where not known; a rate is known of the whole ward only."""
        if not self.knows(year):
            return None
        if self.confined_to is None:
            return self.book.counts(year)
        return self._counts_in(self.confined_to, self.book.counts_by_village(year))

    def registered(self, year: int) -> ClassCounts:
        """What the register counts on the closing day of the year, decision or not."""
        counts = self.book.registered_by_village(year)
        if self.confined_to is None:
            return add_up_counts(counts.values())
        return self._counts_in(self.confined_to, counts)

    def village_counts(self, village: Area, year: int) -> ClassCounts | None:
        """What a village had at the end of a year, or the villages it was merged from."""
        if not self._knows(year, village.pk):
            return None
        return self._counts_in({village.pk}, self.book.counts_by_village(year))

    def _knows(self, year: int, place: int | None) -> bool:
        """A part of a village that was split had nothing before: its results are not known."""
        first_day = self._first_days.get(place) if place else None
        if place and first_day and not self._former.get(place):
            day = self.book.closing_day(year)
            if day is None or day < first_day:
                return False
        return self.book.knows(year, place)

    def _counts_in(self, villages: Iterable[int], counts: Mapping[int, ClassCounts]) -> ClassCounts:
        """What some villages had, and those that were merged into them."""
        whole = {part for pk in villages for part in (pk, *self._former.get(pk, ()))}
        return add_up_counts(counts[part] for part in whole if part in counts)

    def list_url(self, year: int, **filters) -> str:
        """The list of a year cut by filters; "" where the viewer cannot open it cut so."""
        day = self.book.closing_day(year)
        if day is None or not self.opens("households:household_list"):
            return ""
        asked = self.book.list_filters(year) if "class" in filters else {"on": day.isoformat()}
        return self.opening(household_list_url(**asked, **filters))

    def opening(self, url: str) -> str:
        """The address of the list behind a figure; "" where the viewer cannot open it cut so."""
        if not url or not self.opens(resolve(urlsplit(url).path).view_name):
            return ""
        return url if list_opens(url, self._fields) else ""

    @cached_property
    def _fields(self) -> frozenset[Field]:
        return fields_throughout(self.viewer, self.ward)

    def opens(self, view: str) -> bool:
        """Whether the viewer may open a view for all that the figures count."""
        places = [self.ward] if self.covers_ward else self.villages
        return any(places) and all(may_open(self.viewer, view, area=each) for each in places)
