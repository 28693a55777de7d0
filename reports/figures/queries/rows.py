"""The rows that the named queries choose from, read once for all indicators of a ward."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from households.choices import LISTED, NeedOutcome
from households.ledger.known import year_end
from households.ledger.selectors.decided import decided_households
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ReviewedHousehold,
    forms_found,
    listed_households,
)
from households.ledger.selectors.members import memberships_on
from households.models import LowIncomeWorker, Person, SupportNeed
from households.person_facts.selectors import facts_by_person
from households.rules.people.birth_dates import age_on
from households.rules.people.facts import StatedFact
from povertyplan.core.text import formatting
from projects.choices import BudgetAct, SupportState
from projects.livelihoods.approved import CountedLivelihood, approved_livelihoods
from projects.models import BudgetEntry, Support
from projects.money.selectors import YearMoney, year_money

if TYPE_CHECKING:
    from reports.figures.facts import WardFacts


def by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The second values of pairs by their first."""
    found: dict[int, list[int]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


class CountedNeed(NamedTuple):
    """A need with the days between which it stood, and whether it was served."""

    pk: int
    asked_on: date
    ended_on: date | None
    outcome: str

    def stands(self, on: date) -> bool:
        return self.asked_on <= on and (self.ended_on is None or self.ended_on > on)

    def is_served(self, year: int, on: date) -> bool:
        ended = self.ended_on
        served = self.outcome == NeedOutcome.SERVED
        return served and ended is not None and ended.year == year and ended <= on


class ListedPerson(NamedTuple):
    """A member of a poor or near-poor household."""

    pk: int
    poverty_class: str
    birth_date: date | None

    def age(self, on: date) -> int | None:
        return age_on(self.birth_date, on) if self.birth_date else None


class ListedPersons(NamedTuple):
    """Those of a day, and what says who they are."""

    on: date
    source: str
    persons: tuple[ListedPerson, ...]


class CountedRows:
    """The rows of a ward by year: two queries a year that is asked for, whatever the indicators."""

    def __init__(self, facts: "WardFacts"):
        self.facts, self.ward = facts, facts.ward
        self.listed = cache(self._listed)
        self.persons = cache(self._persons)
        self.money = cache(self._money)
        self.listed_persons = cache(self._listed_persons)

    def last_day(self, year: int) -> date | None:
        """The last day of a year that has been; None for a year to come."""
        return None if year > self.facts.until.year else min(year_end(year), self.facts.until)

    def day_of_class(self, year: int) -> date | None:
        """The day on which the households of a year are looked at: as the list behind them is."""
        decision = self._decision(year)
        return decision.effective_from if decision else self.facts.closing_day(year)

    def _listed(self, year: int) -> list[ListedHousehold]:
        """The poor and near-poor households that a year counts, with their members."""
        decision, day = self._decision(year), self.facts.closing_day(year)
        if decision is not None:
            return decided_households(decision)
        return listed_households(area=self.ward, on=day) if day else []

    def _decision(self, year: int):
        """What a year counts where the register went on since: its decision."""
        campaign = self.facts.recognised.get(year)
        return campaign.decision if campaign and self.facts.changed_since(year) else None

    def _persons(self, year: int) -> dict[int, list[int]]:
        """By household of that year the keys of its members."""
        day = self.day_of_class(year)
        if day is None:
            return {}
        members = memberships_on([each.pk for each in self.listed(year)], day)
        return by_first(members.values_list("household_id", "person_id"))

    def _listed_persons(self, year: int) -> ListedPersons | None:
        """The members of a year's poor and near-poor households; of a year that runs, of today.

        None where it is not known which households they are.
        """
        day = self.last_day(year)
        if day is None:
            return None
        if self.facts.day_of(year) is not None:
            homes, source = self.listed(year), self.facts.source(year)
            members: Mapping[int, Iterable[int]] = self.persons(year)
        elif year == self.facts.until.year and self.facts.known.knows_day(day):
            homes, source = list(self.facts.listed), f"sổ ngày {formatting.day(day)}"
            rows = memberships_on([each.pk for each in homes], day)
            members = by_first(rows.values_list("household_id", "person_id"))
        else:
            return None
        classes = {each.pk: each.poverty_class for each in homes}
        owners = {person: classes[home] for home in classes for person in members.get(home, ())}
        births = dict(Person.objects.filter(pk__in=owners).values_list("pk", "birth_date"))
        found = tuple(ListedPerson(pk, owners[pk], births[pk]) for pk in owners)
        return ListedPersons(day, source, found)

    @cached_property
    def person_facts(self) -> dict[tuple[int, str], list[StatedFact]]:
        """What was said of insurance and schooling, by person and topic; one query."""
        return facts_by_person(self.ward)

    @cached_property
    def forms(self) -> dict[int, list[ReviewedHousehold]]:
        """By campaign the households that it found poor or near-poor; one query."""
        return forms_found(self.facts.recognised.values(), LISTED)

    @cached_property
    def needs(self) -> list[CountedNeed]:
        rows = SupportNeed.objects.filter(ward=self.ward)
        return [CountedNeed(*row) for row in rows.values_list(*CountedNeed._fields)]

    @cached_property
    def supports(self) -> list[tuple[int, int | None, date]]:
        """What was handed over: the support, its household and its day."""
        rows = Support.objects.filter(ward=self.ward, delivered_on__lte=self.facts.until)
        delivered = rows.standing().exclude(state=SupportState.PROMISED)
        return list(delivered.values_list("pk", "household_id", "delivered_on"))

    def workers(self, year: int) -> dict[int, int]:
        """By person the household of who was a low-income worker at the end of a year."""
        day = self.last_day(year)
        if day is None:
            return {}
        rows = LowIncomeWorker.objects.in_force(on=day).filter(ward=self.ward)
        return dict(rows.values_list("person_id", "household_id"))

    def supported_persons(self, year: int) -> frozenset[int]:
        """The persons to whom something was handed over in a year."""
        rows = Support.objects.standing().filter(ward=self.ward, delivered_on__year=year)
        delivered = rows.filter(delivered_on__lte=self.facts.until, person__isnull=False)
        return frozenset(delivered.values_list("person_id", flat=True))

    @cached_property
    def livelihoods(self) -> list[CountedLivelihood]:
        """The livelihood projects that were approved, with who took part; three queries."""
        return approved_livelihoods(self.ward)

    def _money(self, year: int) -> YearMoney:
        return year_money(ward=self.ward, year=year, today=self.facts.until, until=self.facts.until)

    def spent(self, year: int) -> frozenset[int]:
        """The entries of what was disbursed in a year."""
        rows = BudgetEntry.objects.standing().filter(ward=self.ward, year=year)
        spent = rows.filter(act=BudgetAct.DISBURSED, dated__lte=self.facts.until)
        return frozenset(spent.values_list("pk", flat=True))
