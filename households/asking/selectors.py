"""What is known of some households' needs: the last answers, the open needs, what they lack."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from households.models import Household, NeedInquiry, NeedKind, Review, SupportNeed
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of


@dataclass(frozen=True)
class FormFindings:
    """What the latest form of a household says that it lacks: numbers of a standard, causes."""

    standard: int
    numbers: frozenset[int]
    causes: frozenset[int]


@dataclass(frozen=True)
class NeedOrigin:
    """The deprivation or the cause that a need comes from, by key; at most one of them."""

    indicator: int | None = None
    cause: int | None = None


def kinds_of(ward: Area | int) -> list[NeedKind]:
    """The kinds that a ward asks for, with what each removes; three queries."""
    kinds = NeedKind.objects.of_ward(ward).offered()
    return list(kinds.prefetch_related("indicators", "causes"))


def household_kinds(ward: Area | int) -> list[NeedKind]:
    """The kinds that a ward asks for and that no person has to be named for; one query."""
    return list(NeedKind.objects.of_ward(ward).offered().filter(for_persons=False))


def open_needs_of(
    households: Collection[int] | QuerySet[Household], kind: NeedKind | None = None
) -> list[SupportNeed]:
    """The needs of some households that stand, of one kind if asked so; one query."""
    needs = SupportNeed.objects.open().filter(about_any_of(households))
    if kind is not None:
        needs = needs.filter(kind=kind)
    related = needs.select_related("kind", "person", "household__village")
    return list(related.order_by("household", "kind__order", "pk"))


def last_answers(
    households: Collection[int], wards: Collection[int] | None = None
) -> dict[int, NeedInquiry]:
    """By household the latest time it was asked; one query.

    Where they are many, their `wards` lead PostgreSQL past the answers of all others.
    """
    rows = NeedInquiry.objects.filter(household__in=households).order_by("asked_on", "pk")
    if wards is not None:
        rows = rows.filter(ward__in=wards)
    return {row.household_id: row for row in rows}


def answers_in(kinds: Collection[NeedKind], households: Collection[int]) -> dict[int, list[int]]:
    """By household the keys of those kinds that it needs; none where it said it needs nothing.

    One that is missing was not asked, or has needs of other kinds only; two queries.
    """
    wanted = {kind.pk for kind in kinds}
    rows = SupportNeed.objects.open().filter(household__in=households)
    named: dict[int, set[int]] = {}
    for household, kind in rows.values_list("household_id", "kind_id"):
        named.setdefault(household, set()).add(kind)
    none: dict[int, list[int]] = {
        pk: [] for pk, last in last_answers(households).items() if not last.has_needs
    }
    found = {pk: sorted(keys & wanted) for pk, keys in named.items()}
    others_only = {pk for pk, keys in found.items() if not keys}
    return {pk: keys for pk, keys in {**none, **found}.items() if pk not in others_only}


def findings_of(households: Collection[int]) -> dict[int, FormFindings]:
    """By household what its latest form says; two queries."""
    rows = Review.objects.done().filter(household__in=households)
    ordered = rows.select_related("campaign").order_by("campaign__year", "campaign__opens_on")
    latest = {review.household_id: review for review in ordered}
    causes = Review.causes.through.objects.filter(review__in=latest.values())
    named: dict[int, set[int]] = {}
    for review, cause in causes.values_list("review_id", "povertycause_id"):
        named.setdefault(review, set()).add(cause)
    return {
        household: FormFindings(
            standard=review.campaign.standard_id,
            numbers=frozenset(review.deprivations),
            causes=frozenset(named.get(review.pk, ())),
        )
        for household, review in latest.items()
    }


def origin_of(kind: NeedKind, findings: FormFindings | None) -> NeedOrigin:
    """The first deprivation, else the first cause of the form that a kind removes."""
    if findings is None:
        return NeedOrigin()
    for indicator in kind.indicators.all():
        if indicator.standard_id == findings.standard and indicator.number in findings.numbers:
            return NeedOrigin(indicator=indicator.pk)
    removed = (cause.pk for cause in kind.causes.all() if cause.pk in findings.causes)
    return NeedOrigin(cause=next(removed, None))


def by_household(needs: Iterable[SupportNeed]) -> dict[int, list[SupportNeed]]:
    found: dict[int, list[SupportNeed]] = {}
    for need in needs:
        found.setdefault(need.household_id, []).append(need)
    return found
