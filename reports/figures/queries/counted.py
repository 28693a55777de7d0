"""What a named query finds: the rows it counts, and those they are a share of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from povertyplan.core.text import formatting
from reports.figures.figure import PERCENT, RATE_DECIMALS, Figure

if TYPE_CHECKING:
    from reports.figures.facts import WardFacts


@dataclass(frozen=True)
class CountedSet:
    """The keys of the rows behind a number, with their day, their source and their list.

    A share is one of `whole`, or of `total` where nobody has a list of them: all who live in the
    ward. `value` stands where rows are added up instead of counted.
    """

    counted: frozenset[int]
    as_of: date
    source: str
    whole: frozenset[int] | None = None
    total: int | None = None
    value: Decimal | None = None
    url: str = ""

    @property
    def out_of(self) -> int | None:
        return self.total if self.whole is None else len(self.whole)

    @property
    def parts(self) -> str:
        """The share in its two numbers: "12/345"."""
        return f"{formatting.number(len(self.counted))}/{formatting.number(self.out_of)}"


@dataclass(frozen=True)
class NotCounted:
    """Why there is no number, in a sentence: it is not known, which is not 0."""

    reason: str


NO_WHOLE = "Mẫu số của năm {} là 0 nên không có tỷ lệ."
Finder = Callable[..., CountedSet | NotCounted]


@dataclass(frozen=True)
class NamedQuery:
    """A function that finds the rows of a year, and the unit of the number they make.

    It takes the facts of a ward, numbers of indicators where the query has any, and the year.
    """

    find: Finder
    unit: str

    def figure(self, facts: "WardFacts", name: str, *parameters: str) -> Figure:
        *numbers, year = map(int, parameters)
        found = self.find(facts, *numbers, year)
        if isinstance(found, NotCounted):
            return Figure(name, None, self.unit, reason=found.reason)
        is_rate, value = self.unit == PERCENT, self._value(found)
        if value is None:
            return Figure(name, None, self.unit, as_of=found.as_of, reason=NO_WHOLE.format(year))
        return Figure(
            name,
            value,
            self.unit,
            as_of=found.as_of,
            source=f"{found.parts} {found.source}" if is_rate and found.out_of else found.source,
            url=found.url,
            decimals=RATE_DECIMALS if is_rate else None,
        )

    def _value(self, found: CountedSet) -> int | Decimal | None:
        if found.value is not None:
            return found.value
        if self.unit == PERCENT:
            return formatting.rate(len(found.counted), found.out_of)
        return len(found.counted)
