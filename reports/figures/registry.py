"""The figures of a ward by their names."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from households.choices import PovertyClass
from households.ledger.known import year_end
from projects.models import Indicator, Target
from projects.rules.progress import Goal
from projects.targets.selectors import Reached, StandardBreaks, TargetRow, target_rows
from reports.figures import words
from reports.figures.data_fields import ANY_STANDARD, WITHIN_YEAR, DataField, parse_query
from reports.models import StandardBaseline

from . import within_year
from .facts import WardFacts
from .figure import Figure
from .named import FIGURES
from .times import FigureTime

# The rate that stands beside a count.
RATE_OF = {"poor_households": "poor_percent", "near_poor_households": "near_poor_percent"}
# The class whose households a query counts.
CLASS_OF_QUERY = {
    "poor_households": PovertyClass.POOR,
    "near_poor_households": PovertyClass.NEAR_POOR,
}


class FigureRegistry(WardFacts):
    """The facts of a ward, and every figure made of them.

    `FigureRegistry(ward=…, until=…).figure("poor_households", "2025")` answers with the value, its
    print and where it comes from.
    """

    def figure(self, name: str, *parameters: str | int) -> Figure:
        """The figure of a name. Raises KeyError for a name that does not exist."""
        field = DataField(name, tuple(str(parameter) for parameter in parameters))
        return FIGURES[name](self, str(field), *field.parameters)

    def reached(self, indicator: Indicator, year: int) -> Reached | None:
        """What an indicator reached in a year: by its query, or as its unit reported."""
        if not indicator.query:
            return self.reported.get((indicator.pk, year))
        query = parse_query(indicator.query)
        return _as_reached(self.figure(query.name, *query.parameters, year))

    def reached_at(self, indicator: Indicator, when: FigureTime) -> Reached | None:
        """The same of a day or of a part of a year: by its query, or as its unit reported."""
        if when.is_year:
            return self.reached(indicator, when.year)
        query = parse_query(indicator.query) if indicator.query else None
        if query is None or query.name not in WITHIN_YEAR:
            return within_year.reached(self, indicator, when)
        return _as_reached(self.figure(query.name, *query.parameters, when.text))

    def reached_rate(self, indicator: Indicator, year: int) -> Reached | None:
        """The rate beside an indicator's count; None where it has none."""
        rate_name = RATE_OF.get(indicator.query)
        return _as_reached(self.figure(rate_name, year)) if rate_name else None

    def target_rows(
        self, *, year: int, today: date, indicators: Sequence[Indicator] | None = None
    ) -> list[TargetRow]:
        """Targets against what was reached, judged for a year; of all promised indicators.

        A year whose result is known is over, whatever the day.
        """
        if indicators is None:
            indicators = sorted(self.indicators.values(), key=lambda one: (one.order, one.pk))
        return target_rows(
            indicators=indicators,
            targets=self.targets,
            reached=self.reached,
            reached_rate=self.reached_rate,
            year=year,
            today=max(today, year_end(year)) if self.knows(year) else today,
            breaks=StandardBreaks(self._era, self._new_baseline, self._new_baseline_rate),
        )

    def _era(self, indicator: Indicator, year: int) -> int | None:
        """The standard of a year, of an indicator that asks for classes."""
        name = indicator.query.partition(" ")[0]
        if not name or name in ANY_STANDARD:
            return None
        standard = self.standard_of(year)
        return standard.pk if standard else None

    def _new_baseline(self, indicator: Indicator, year: int) -> Reached | None:
        given = self._baseline_of(indicator, year)
        if given is None:
            return None
        return Reached(given.value, given.as_of, words.new_baseline(given))

    def _new_baseline_rate(self, indicator: Indicator, year: int) -> Reached | None:
        given = self._baseline_of(indicator, year)
        if given is None or given.rate is None:
            return None
        return Reached(given.rate, given.as_of, words.new_baseline(given))

    def _baseline_of(self, indicator: Indicator, year: int) -> StandardBaseline | None:
        standard = self.standard_of(year)
        return self.standard_baselines.get((indicator.pk, standard.pk)) if standard else None

    def goal_of(self, target: Target) -> Goal | None:
        """What a target of the whole ward asks, as its row says; None where it is no figure."""
        rows = self.target_rows(year=target.year, today=self.until, indicators=[target.indicator])
        return rows[0].judged.goal


def _as_reached(figure: Figure) -> Reached | None:
    if figure.value is None:
        return None
    return Reached(
        value=Decimal(figure.value), as_of=figure.as_of, source=figure.source, url=figure.url
    )
