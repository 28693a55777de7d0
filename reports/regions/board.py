"""The board of a region: its sums of a year, and its wards one by one."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property

from households.ledger.selectors.classes import ClassCounts
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.money.selectors import YearMoney, year_money_of_wards
from projects.rules import budget
from projects.rules.budget import BudgetFigures
from reports.figures import words

from .facts import RegionFacts, RegionSum, WardYear


@dataclass(frozen=True)
class WardRow:
    """A ward on the board: its results of the year and of the year before, its money."""

    of_year: WardYear
    before: WardYear | None
    money: YearMoney

    @property
    def ward(self) -> Area:
        return self.of_year.ward

    @property
    def counts(self) -> ClassCounts | None:
        return self.of_year.counts

    @property
    def poor(self) -> int | None:
        return self.counts.poor if self.counts else None

    @property
    def near_poor(self) -> int | None:
        return self.counts.near_poor if self.counts else None

    @property
    def poor_percent(self) -> Decimal | None:
        return self.counts.poor_percent if self.counts else None

    @property
    def households(self) -> int | None:
        return self.counts.total_households if self.counts else None

    @property
    def change(self) -> str:
        """How many poor households more or less; no change where the standard is another one."""
        now, before = self.counts, self.before.counts if self.before else None
        if now is None or before is None or self.crosses_standards:
            return formatting.MISSING
        return words.change(now.poor - before.poor)

    @property
    def crosses_standards(self) -> bool:
        before = self.before.standard if self.before else None
        return before is not None and before != self.of_year.standard

    @property
    def money_rate(self) -> Decimal | None:
        return self.money.rate

    @property
    def severity(self) -> tuple:
        """Sorts the wards: the highest rate first, those of which nothing is known last."""
        if self.counts is None:
            return (1, 0, 0)
        return (0, -(self.counts.poor_percent or 0), -self.counts.poor)


@dataclass(frozen=True)
class RegionBoard:
    facts: RegionFacts = field(repr=False)
    year: int

    @cached_property
    def total(self) -> RegionSum | None:
        return self.facts.total(self.year)

    @cached_property
    def before(self) -> RegionSum | None:
        """The sum of the year before, where it is of the same wards and by the same standard."""
        last = {one.ward.pk for one in self.facts.ward_years(self.year - 1) if one.is_counted}
        now = {one.ward.pk for one in self.ward_years if one.is_counted}
        same = self.facts.standard(self.year - 1) == self.facts.standard(self.year)
        return self.facts.total(self.year - 1) if same and last == now else None

    @property
    def ward_years(self) -> tuple[WardYear, ...]:
        return self.facts.ward_years(self.year)

    @property
    def wards(self) -> int:
        return len(self.ward_years)

    @property
    def counted(self) -> int:
        return sum(one.is_counted for one in self.ward_years)

    @property
    def of_other_standards(self) -> list[WardYear]:
        return [one for one in self.ward_years if one.counts and not one.is_counted]

    @property
    def unknown(self) -> int:
        return sum(one.counts is None for one in self.ward_years)

    @cached_property
    def money(self) -> BudgetFigures:
        """What may be spent and is, of the projects of which both are known."""
        compared = [each.spendable for row in self.rows for each in row.money.compared]
        return budget.add_figures(compared)

    @cached_property
    def with_money(self) -> int:
        return sum(bool(row.money.compared) for row in self.rows)

    @cached_property
    def rows(self) -> list[WardRow]:
        """The wards with the highest rate first."""
        before = {one.ward.pk: one for one in self.facts.ward_years(self.year - 1)}
        keys = [one.ward.pk for one in self.ward_years]
        money = year_money_of_wards(wards=keys, year=self.year, today=self.facts.today)
        rows = [
            WardRow(one, before.get(one.ward.pk), money[one.ward.pk]) for one in self.ward_years
        ]
        return sorted(rows, key=lambda row: row.severity)
