"""The publication plan of a ward: what its rules ask for what happened, and how far it has come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from households.campaign.holidays.selectors import working_calendar
from households.models import Decision
from households.rules.working_days import WorkingCalendar
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import read_key
from projects.choices import BudgetSource, PublicationState, PublicationTrigger
from projects.donations.selectors import spending_days
from projects.models import Publication, PublicationRule, Support
from projects.rules.publicity import (
    Occasion,
    due_on,
    gift_in_words,
    publication_state,
    quarter_of,
)

# With its key an occasion names one decision, and so the ward of that.
OF_A_DECISION = "decision-"


@dataclass(frozen=True)
class PlannedPublication:
    """One occasion in one place, with what was published of it."""

    rule: PublicationRule
    occasion: Occasion
    due_on: date
    state: PublicationState
    publications: tuple[Publication, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to publish it."""
        return self.state in (
            PublicationState.TO_COME,
            PublicationState.MISSED,
            PublicationState.TOO_SHORT,
        )


@dataclass(frozen=True)
class _GivenDay:
    """Supports of one kind and source that were decided on one day and delivered on one."""

    kind: str
    kind_name: str
    source: str
    decided_on: date
    delivered_on: date | None


def publication_rules() -> list[PublicationRule]:
    return list(PublicationRule.objects.all())


def publication_plan(
    ward: Area, first: date, last: date, rules: Sequence[PublicationRule]
) -> list[PlannedPublication]:
    """What is to be published of what happened in some days, soonest due first."""
    occasions = list(_occasions(ward, first, last)) if rules else []
    asked = [(rule, each) for rule in rules for each in occasions if _asks(rule, each)]
    if not asked:
        return []
    posted = _posted(ward, first, last)
    calendar = working_calendar(ward, range(first.year, last.year + 2))
    found = [
        _planned(rule, each, calendar, posted.get((rule.pk, each.key), [])) for rule, each in asked
    ]
    return sorted(found, key=lambda each: (each.due_on, each.rule.order, each.occasion.key))


def plan_of_year(
    ward: Area, year: int, rules: Sequence[PublicationRule]
) -> list[PlannedPublication]:
    return publication_plan(ward, date(year, 1, 1), date(year, 12, 31), rules)


def publications_begun(reader: User, ward: Area, first: date, last: date) -> QuerySet[Publication]:
    """What was put up in some days, as the list of a quarter has it."""
    rows = Publication.objects.visible_to(reader).filter(ward=ward).standing()
    begun = rows.filter(posted_from__range=(first, last)).select_related("rule")
    return begun.order_by("posted_from", "pk")


def _planned(
    rule: PublicationRule,
    occasion: Occasion,
    calendar: WorkingCalendar,
    posted: Sequence[Publication],
) -> PlannedPublication:
    due = due_on(occasion, rule.due_days, calendar)
    state = publication_state(
        due=due,
        min_days=rule.min_days,
        posted=[(each.posted_from, each.posted_to) for each in posted],
        today=clock.today(),
    )
    return PlannedPublication(rule, occasion, due, state, tuple(posted))


def _asks(rule: PublicationRule, occasion: Occasion) -> bool:
    if rule.trigger != occasion.trigger or not rule.holds_on(occasion.happened_on):
        return False
    kind = occasion.key.partition("_")[0]
    return not rule.support_kinds or kind in rule.support_kinds


def _posted(ward: Area, first: date, last: date) -> dict[tuple[int, str], list[Publication]]:
    rows = Publication.objects.filter(ward=ward, happened_on__range=(first, last)).standing()
    found: dict[tuple[int, str], list[Publication]] = defaultdict(list)
    for row in rows.select_related("rule").order_by("posted_from", "pk"):
        found[row.rule_id, row.occasion].append(row)
    return found


def ward_of_occasion(wards: Iterable[Area], key: str) -> Area | None:
    """The one of some wards whose decision an occasion is; None for any other occasion."""
    decision = read_key(key.removeprefix(OF_A_DECISION)) if key.startswith(OF_A_DECISION) else None
    if decision is None:
        return None
    ward = Decision.objects.filter(pk=decision).values_list("ward", flat=True).first()
    return next((each for each in wards if each.pk == ward), None)


def _occasions(ward: Area, first: date, last: date) -> Iterator[Occasion]:
    decisions = Decision.objects.in_force().filter(ward=ward, decided_on__range=(first, last))
    for decision in decisions.order_by("decided_on", "pk"):
        key, trigger = f"{OF_A_DECISION}{decision.pk}", PublicationTrigger.DECISION
        yield Occasion(trigger, key, str(decision), decision.decided_on)
    given = list(_given_days(ward, first, last))
    yield from _gift_occasions(given, first, last)
    yield from _quarters(PublicationTrigger.SUPPORTS, _delivered(given), first, last)
    mobilised = _delivered(each for each in given if each.source == BudgetSource.MOBILISED)
    donated = [*mobilised, *spending_days(ward=ward, first=first, last=last)]
    yield from _quarters(PublicationTrigger.DONATIONS, donated, first, last)
    days = Publication.objects.filter(ward=ward, posted_from__range=(first, last)).standing()
    begun = days.order_by().values_list("posted_from", flat=True).distinct()
    yield from _quarters(PublicationTrigger.PUBLICATIONS, begun, first, last)


def _given_days(ward: Area, first: date, last: date) -> Iterator[_GivenDay]:
    """By kind and source the days of deciding and delivering; without a promise they are one."""
    decided = Coalesce("promised_on", "delivered_on")
    rows = Support.objects.filter(ward=ward).standing().annotate(decided_on=decided)
    near = rows.filter(decided_on__lte=last).exclude(delivered_on__lt=first)
    grouped = near.order_by().values_list(
        "kind__code", "kind__name", "source", "decided_on", "delivered_on"
    )
    for row in grouped.distinct():
        yield _GivenDay(*row)


def _gift_occasions(given: Iterable[_GivenDay], first: date, last: date) -> Iterator[Occasion]:
    decided = sorted({(each.decided_on, each.kind, each.kind_name) for each in given})
    for day, kind, name in decided:
        if first <= day <= last:
            label = gift_in_words(name, day)
            for trigger in (PublicationTrigger.BEFORE_GIFT, PublicationTrigger.AFTER_GIFT):
                yield Occasion(trigger, f"{kind}_{day.isoformat()}", label, day)


def _delivered(given: Iterable[_GivenDay]) -> Iterator[date]:
    return (each.delivered_on for each in given if each.delivered_on)


def _quarters(trigger: str, days: Iterable[date], first: date, last: date) -> Iterator[Occasion]:
    """The quarters of some days, each with its last day; those that end in the time asked for."""
    quarters = {quarter_of(day) for day in days}
    for quarter in sorted(quarters, key=lambda each: each.first):
        if first <= quarter.last <= last:
            key = f"quarter-{quarter.year}-{quarter.number}"
            yield Occasion(trigger, key, str(quarter), quarter.last)
