"""One household over the years: its class, its survey forms, what was done to its record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from households.choices import CampaignStage, EventKind, MovementCause
from households.entry.survey.selectors.journal import JournalEntry
from households.ledger.known import KnownPeriods, year_end
from households.models import (
    Decision,
    Household,
    HouseholdStatus,
    ListedResult,
    Membership,
    Person,
    PovertyCause,
    Review,
)
from povertyplan.core.models import AuditEvent

JOURNAL_LENGTH = 50


@dataclass(frozen=True)
class YearStatus:
    """The class at the end of a year, and how it came about in that year.

    Where the year is not known it is the class recognised last, with the basis of that one.
    """

    year: int
    poverty_class: str
    change: str
    basis: Decision | ListedResult | None
    is_current: bool
    is_known: bool = True


@dataclass(frozen=True)
class IndicatorHistory:
    """One indicator over the campaigns: deprived, not deprived, or (None) not asked."""

    number: int
    name: str
    cells: tuple[bool | None, ...]


@dataclass(frozen=True)
class DeprivationMatrix:
    """The survey forms of a household, oldest first, and the indicators they found."""

    reviews: tuple[Review, ...]
    rows: tuple[IndicatorHistory, ...]

    @property
    def latest(self) -> Review | None:
        return self.reviews[-1] if self.reviews else None


@dataclass(frozen=True)
class InitialStatus:
    """What a list said of a class recognised before, with the causes by name."""

    result: ListedResult
    causes: tuple[str, ...]


def status_by_year(
    spells: Sequence[HouseholdStatus],
    years: Iterable[int],
    on: date,
    known: KnownPeriods,
    village: int,
) -> list[YearStatus]:
    """The class on the day that closes each year (of the year of `on`: on that day at most).

    `spells` are the whole ledger of one household, oldest first, with their decisions; `known`
    says of which years its village has a result.
    """
    return [
        _year_status(spells, year, on, known, is_known=known.knows_year(year, on, village))
        for year in years
    ]


def ledger_of(household: Household) -> list[HouseholdStatus]:
    """The spells of a household, oldest first, with what they rest on; one query."""
    return list(household.statuses.select_related("decision", "listed").order_by("starts_on"))


def initial_statuses(spells: Sequence[HouseholdStatus]) -> list[InitialStatus]:
    """What lists said of the spells that no decision of this register began; at most one query."""
    results = [spell.listed for spell in spells if hasattr(spell, "listed")]
    if not results:
        return []
    names = dict(PovertyCause.objects.values_list("number", "name"))
    return [
        InitialStatus(result, tuple(names[number] for number in result.causes if number in names))
        for result in results
    ]


@dataclass(frozen=True)
class FormerMember:
    """Somebody who left a household, and how as far as it is recorded."""

    person: Person
    relation: str
    left_on: date
    how: str


HOW_MEMBERS_LEAVE = (
    EventKind.DEATH,
    EventKind.MEMBER_LEFT,
    EventKind.MEMBER_MOVED,
    EventKind.SPLIT,
)


def former_members_of(household: Household, present: Sequence[Membership]) -> list[FormerMember]:
    """Who left the household, the last first, without those `present`; three queries.

    A membership that ended on the day it began was a mistake taken back.
    """
    ended = household.memberships.filter(left_on__gt=F("joined_on"))
    rows = ended.exclude(person__in=[member.person_id for member in present])
    last = {row.person_id: row for row in rows.select_related("person").order_by("left_on", "pk")}
    ended_on = [(row.left_on, row.pk, row) for row in last.values() if row.left_on]
    events = household.events.standing().filter(kind__in=HOW_MEMBERS_LEAVE).order_by("pk")
    how = {
        (event.person_id, event.effective_day): event.get_kind_display()
        for event in events.prefetch_related("corrections")
    }
    return [
        FormerMember(
            person=row.person,
            relation=row.get_relation_display(),
            left_on=left_on,
            how=how.get((row.person_id, left_on), how.get((None, left_on), "")),
        )
        for left_on, _pk, row in sorted(ended_on, key=lambda each: each[:2], reverse=True)
    ]


def deprivation_matrix(household: Household) -> DeprivationMatrix:
    """Deprivations over the campaigns whose form is in; four queries whatever the years.

    The names of the indicators are those of the latest form's standard.
    """
    reviews = list(
        household.reviews.done()
        .select_related("campaign__standard")
        .prefetch_related("causes")
        .order_by("campaign__year", "campaign__opens_on")
    )
    if not reviews:
        return DeprivationMatrix((), ())
    indicators = reviews[-1].campaign.standard.indicators.order_by("number")
    found = [review.deprivations for review in reviews]
    return DeprivationMatrix(
        reviews=tuple(reviews),
        rows=tuple(
            IndicatorHistory(
                indicator.number,
                indicator.name,
                tuple(indicator.number in numbers for numbers in found),
            )
            for indicator in indicators
        ),
    )


def journal_of(household: Household) -> list[JournalEntry]:
    """The latest acts on a household and on its survey forms, newest first; two queries."""
    review_ids = list(household.reviews.values_list("pk", flat=True))
    events = AuditEvent.objects.filter(
        Q(object_type=Household._meta.label_lower, object_id=household.pk)
        | Q(object_type=Review._meta.label_lower, object_id__in=review_ids),
    ).select_related("actor")
    return [
        JournalEntry(event.at, str(event.actor or ""), event.summary, event.reason)
        for event in events[:JOURNAL_LENGTH]
    ]


def open_review_of(household: Household) -> Review | None:
    """The form of a campaign that is still open, if the household is on its list."""
    return (
        household.reviews.filter(campaign__stage=CampaignStage.OPEN)
        .select_related("campaign")
        .order_by("-campaign__opens_on")
        .first()
    )


def _year_status(
    spells: Sequence[HouseholdStatus], year: int, on: date, known: KnownPeriods, *, is_known: bool
) -> YearStatus:
    last_day = _last_day(year, on, known)
    spell = next((spell for spell in spells if spell.is_in_force(last_day)), None)
    before = _last_day(year - 1, on, known)
    # A spell still to begin tells nothing of the day it is asked for.
    started = [spell for spell in spells if before < spell.starts_on <= min(last_day, on)]
    changes = [spell for spell in started if spell.cause != MovementCause.UNCHANGED]
    return YearStatus(
        year=year,
        poverty_class=spell.poverty_class if spell else "",
        change=changes[-1].get_cause_display() if changes else "",
        basis=spell.basis if spell and last_day <= on else None,
        is_current=year == on.year,
        is_known=is_known,
    )


def _last_day(year: int, on: date, known: KnownPeriods) -> date:
    """The day that closes a year; of a year not known 31/12, of that of `on` this day."""
    return known.closing_day(year, on) or (on if year == on.year else year_end(year))
