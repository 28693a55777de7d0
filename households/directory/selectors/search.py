"""Finding households: search, filters and order.

A page costs the same whatever the size of the ward: one query orders the ids, and only the
households of the page are read whole, by `household_rows`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Concat, Replace
from django.db.models.lookups import IContains, IExact

from households.choices import CampaignKind, CampaignStage, ImportOutcome, WindowRule
from households.field_access import Field
from households.ledger.selectors.classes import LISTED, escaped_keys, listed_among
from households.ledger.selectors.traits import trait_condition, with_ethnic_group
from households.ledger.selectors.transition_tables import (
    counted_in_column,
    households_between_classes,
    households_moved,
    lived_in,
)
from households.models import (
    DEPRIVATION_FIELDS,
    Household,
    HouseholdStatus,
    ImportRow,
    Review,
)
from households.models.household import HouseholdQuerySet, present_on
from households.rules.transitions import MeasuredColumn
from povertyplan.core.models import Area
from povertyplan.core.models.scope import same_ward
from povertyplan.core.text.vietnamese import normalise_text, search_key

MOST_WORDS = 8
CITIZEN_ID_LENGTH = 12
LAST_DIGITS = range(4, 7)

# The households of a list by what is seen of them.
Sights = Mapping[frozenset[Field], QuerySet[Household]]

# Ranks of a match; a member who is not the head comes half a step later.
EXACT, GIVEN_NAME, CONTAINED, NOT_HEAD = 0, 2, 4, 1


# Stands for both lists where a class is asked for.
ON_LISTS = "listed"

# Codes are often typed without their hyphens.
BARE_CODE = Replace(F("code"), Value("-"), Value(""))


@dataclass(frozen=True)
class HouseholdQuery:
    """What a list of households is asked for; all conditions hold at once.

    `on` is the day everything is told of; `year` the year of movements and reviews. With
    `deprived`, `cause` or `reviewed` (any form), `poverty_class` is the class the review of that
    year recorded. `column`
    (of a movement table), `before` and `now` (classes) tell of the move from `after` to `on`.
    `imported` is the import that made or changed the households.
    """

    on: date
    year: int
    words: str = ""
    village: Area | None = None
    poverty_class: str = ""
    newly_escaped: bool = False
    change: str = ""
    deprived: int | None = None
    pending: bool = False
    cause: int | None = None
    reviewed: bool = False
    trait: str = ""
    ethnic_group: str = ""
    imported: int | None = None
    after: date | None = None
    column: MeasuredColumn | None = None
    before: str = ""
    now: str = ""

    @property
    def is_about_moves(self) -> bool:
        """Households that left the register meanwhile count as well."""
        return bool(self.change or self.column or self.before or self.now)

    @property
    def opening(self) -> date:
        """The day moves are counted from: the end of the year before, if none is given."""
        return self.after or date(self.year - 1, 12, 31)


def find_households(
    visible: HouseholdQuerySet,
    query: HouseholdQuery,
    fields: frozenset[Field],
    *,
    persons: Mapping[int, int] | None = None,
    sights: Sights | None = None,
) -> QuerySet | list[int]:
    """Ids of the households that match, best match first, then by the head's given name.

    `visible` is what the user may see, `fields` what the user may search in; `sights` tells them
    by household where they differ. A search comes as a
    list: ranking reads every match anyway, so counting them apart would cost it twice. `persons`
    are those of `persons_behind`, where they are known.
    """
    is_head = Q(memberships__is_head=True) & present_on(query.on, "memberships__")
    is_head &= same_ward(memberships__ward=F("ward"))
    head = FilteredRelation("memberships", condition=is_head)
    found = (
        _filtered(visible, query, persons)
        .alias(head_membership=head)
        .annotate(head_sort=F("head_membership__person__sort_key"))
    )
    by_name = F("head_sort").asc(nulls_last=True)
    words = normalise_text(query.words).split()[:MOST_WORDS]
    if not words:
        return found.order_by(by_name, "pk").values_list("pk", flat=True)
    ranked = (
        found.filter(
            _matches(words, query, sights if sights and len(sights) > 1 else {fields: None})
        )
        .alias(padded_name=Concat(Value(" "), F("memberships__person__full_name"), Value(" ")))
        .values("pk", "head_sort")
        .annotate(rank=Min(_rank(words)))
        .order_by("rank", by_name, "pk")
    )
    return list(ranked.values_list("pk", flat=True))


def persons_behind(visible: QuerySet[Household], query: HouseholdQuery) -> dict[int, int] | None:
    """By household the persons it puts into the cell the list stands behind, if it is one of them.

    They add up to the number of the cell. Three queries.
    """
    if query.column is None or not query.column.counts_persons:
        return None
    if query.village is not None:
        visible = visible.filter(lived_in(query.village, query.opening, query.on))
    return counted_in_column(households=visible, column=query.column, **_days_of_move(query))


def view_counts(
    visible: HouseholdQuerySet, query: HouseholdQuery, *, recorded: HouseholdQuerySet
) -> dict[str, int]:
    """How many households each saved view holds on the day and in the village of the query.

    `recorded` are those whose record the user sees. Four queries.
    """
    if query.village is not None:
        visible = visible.filter(lived_in(query.village, query.on))
        recorded = recorded.filter(lived_in(query.village, query.on))
    registered = visible.registered(on=query.on)
    pending = recorded.registered(on=query.on).filter(Exists(_pending_reviews(query.year)))
    return {
        **listed_among(registered, on=query.on),
        "registered": registered.count(),
        "pending": pending.count(),
        "newly_escaped": len(escaped_keys(visible, on=query.on, rule=WindowRule.PROGRAMME)),
    }


def _spells_of_class(poverty_class: str, on: date) -> QuerySet[HouseholdStatus]:
    return HouseholdStatus.objects.in_force(on=on).filter(
        same_ward(ward=OuterRef("ward")),
        household=OuterRef("pk"),
        poverty_class__in=_classes_asked(poverty_class),
    )


def _classes_asked(poverty_class: str) -> Sequence[str]:
    return LISTED if poverty_class == ON_LISTS else [poverty_class]


def _rows_written(batch: int) -> QuerySet[ImportRow]:
    """The rows by which an import made a household or changed it or one of its members."""
    return ImportRow.objects.filter(
        household=OuterRef("pk"),
        batch=batch,
        outcome__in=[ImportOutcome.CREATED, ImportOutcome.UPDATED],
    )


def _pending_reviews(year: int) -> QuerySet[Review]:
    """Forms of a household in an open campaign of the year that wait to be entered."""
    return Review.objects.pending().filter(
        same_ward(ward=OuterRef("ward"), campaign__ward=OuterRef("ward")),
        household=OuterRef("pk"),
        campaign__year=year,
        campaign__stage=CampaignStage.OPEN,
    )


def _filtered(
    visible: HouseholdQuerySet, query: HouseholdQuery, persons: Mapping[int, int] | None
) -> QuerySet[Household]:
    found = visible if query.is_about_moves else visible.registered(on=query.on)
    if query.village is not None:
        days = (query.opening, query.on) if query.is_about_moves else (query.on,)
        found = found.filter(lived_in(query.village, *days))
    if query.is_about_moves:
        found = found.filter(pk__in=_moved(found, query, persons))
    if query.newly_escaped:
        escaped = escaped_keys(found, on=query.on, rule=WindowRule.PROGRAMME)
        found = found.filter(pk__in=escaped)
    if query.reviewed or query.deprived is not None or query.cause is not None:
        found = found.filter(Exists(_reviews_behind(query)))
    elif query.poverty_class:
        found = found.filter(Exists(_spells_of_class(query.poverty_class, query.on)))
    if query.imported is not None:
        found = found.filter(Exists(_rows_written(query.imported)))
    found = _with_traits(found, query)
    return found.filter(Exists(_pending_reviews(query.year))) if query.pending else found


def _with_traits(found: QuerySet[Household], query: HouseholdQuery) -> QuerySet[Household]:
    if query.trait:
        found = found.filter(trait_condition(query.trait, query.on))
    if query.ethnic_group:
        found = found.filter(with_ethnic_group(query.ethnic_group, query.on))
    return found


def _moved(
    households: QuerySet[Household], query: HouseholdQuery, persons: Mapping[int, int] | None
) -> set[int]:
    """Ids of the households that meet every condition on their move."""
    days = {"households": households, **_days_of_move(query)}
    met: list[Iterable[int]] = []
    if query.change:
        after = date(query.year - 1, 12, 31)
        until = min(date(query.year, 12, 31), max(query.on, after + timedelta(days=1)))
        arrived = households.filter(lived_in(query.village, until)) if query.village else households
        met.append(
            households_moved(households=arrived, cause=query.change, after=after, until=until)
        )
    if persons is not None:
        met.append(persons)
    elif query.column:
        met.append(counted_in_column(column=query.column, **days))
    if query.before or query.now:
        met.append(households_between_classes(before=query.before, now=query.now, **days))
    return set.intersection(*map(set, met))


def _days_of_move(query: HouseholdQuery) -> dict:
    village = query.village.pk if query.village else None
    return {"after": query.opening, "until": query.on, "village": village}


def _reviews_behind(query: HouseholdQuery) -> QuerySet[Review]:
    """Forms, or those behind a deprivation or a cause: the year's annual review, listed classes."""
    classes = _classes_asked(query.poverty_class or ON_LISTS)
    found = Review.objects.done().filter(
        same_ward(ward=OuterRef("ward"), campaign__ward=OuterRef("ward")),
        household=OuterRef("pk"),
        campaign__year=query.year,
        campaign__kind=CampaignKind.ANNUAL,
        recorded_class__in=classes,
    )
    if query.deprived is not None:
        found = found.filter(**{DEPRIVATION_FIELDS[query.deprived - 1]: True})
    return found.filter(causes__number=query.cause) if query.cause is not None else found


def _matches(
    words: list[str],
    query: HouseholdQuery,
    sights: Mapping[frozenset[Field], QuerySet[Household] | None],
) -> Q:
    """What is searched for, in each household as far as its sight goes."""
    condition = Q(pk__in=[])
    for fields, seen in sights.items():
        there = Q() if seen is None else Q(pk__in=seen.values("pk"))
        condition |= there & _members_match(words, query, fields)
    return condition


def _members_match(words: list[str], query: HouseholdQuery, fields: frozenset[Field]) -> Q:
    """Every word is found in one and the same member, or in the household's code."""
    member = present_on(query.on, "memberships__")
    member &= same_ward(memberships__ward=F("ward"), memberships__person__ward=F("ward"))
    if Field.MEMBERS not in fields:
        member &= Q(memberships__is_head=True)
    condition = Q()
    for word in words:
        if not any(letter.isdigit() for letter in word):
            condition &= member & Q(memberships__person__search_key__contains=search_key(word))
            continue
        condition &= _number_matches(word, member, fields)
    return condition


def _number_matches(word: str, member: Q, fields: frozenset[Field]) -> Q:
    found = Q(pk__in=[])
    if Field.RECORD in fields:
        found |= Q(IContains(BARE_CODE, word.replace("-", "")))
    if Field.CITIZEN_ID in fields and word.isdecimal():
        if len(word) == CITIZEN_ID_LENGTH:
            found |= member & Q(memberships__person__citizen_id=word)
        elif len(word) in LAST_DIGITS:
            found |= member & Q(memberships__person__citizen_id__endswith=word)
    return found


def _rank(words: list[str]) -> CombinedExpression:
    """Names with the typed accents first, then given names that begin so, then the rest."""
    letters = [word for word in words if not any(letter.isdigit() for letter in word)]
    if not letters:
        whole = "".join(words).replace("-", "")
        best = [When(Q(IExact(BARE_CODE, whole)), then=Value(EXACT))]
    else:
        begins = "|".join(re.escape(search_key(word)) for word in letters)
        given = Q(memberships__person__search_key__regex=rf"(^| )({begins})[^ ]*$")
        best = [When(_as_typed(letters), then=EXACT), When(given, then=GIVEN_NAME)]
    closeness = Case(*best, default=Value(CONTAINED), output_field=IntegerField())
    not_head = Case(
        When(memberships__is_head=True, then=Value(0)),
        default=Value(NOT_HEAD),
        output_field=IntegerField(),
    )
    return closeness + not_head


def _as_typed(words: list[str]) -> Q:
    """Each word is a whole word of the name, accents included.

    Neither database folds the case of every Vietnamese letter, so three spellings are tried.
    """
    condition = Q()
    for word in words:
        spellings = {word.capitalize(), word.lower(), word.upper()}
        condition &= reduce(
            or_, (Q(padded_name__contains=f" {spelling} ") for spelling in sorted(spellings))
        )
    return condition
