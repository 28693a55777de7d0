"""The figures of several wards at once, each counted as its own pages count it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, F

from households.choices import LISTED, CampaignKind, CampaignStage
from households.ledger.selectors.classes import (
    WITH_PERSONS,
    ClassCounts,
    population_by,
    registered_on,
)
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ReviewedHousehold,
    as_reviewed,
    with_members,
)
from households.ledger.selectors.transitions import (
    Transition,
    in_force_on_either,
    transitions_with_persons,
)
from households.models import AreaYear, HouseholdStatus, Membership, Review, ReviewCampaign
from households.models.status import in_force_on
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.models.scope import same_ward

WardDays = Mapping[int, date]  # by ward the day that is asked about


def listed_counts_by_ward(days: WardDays) -> dict[int, ClassCounts]:
    """Poor and near-poor households, each ward's on its own day; one query a different day."""
    found: dict[int, dict[str, int]] = {ward: {} for ward in days}
    for day, wards in _by_day(days):
        spells = HouseholdStatus.objects.filter(ward__in=wards, poverty_class__in=LISTED)
        _count(found, spells.in_force(on=day).filter(registered_on(day)), "poverty_class")
    return {ward: ClassCounts(**classes) for ward, classes in found.items()}


def class_counts_by_ward(days: WardDays) -> dict[int, ClassCounts]:
    """The classes with their persons and the population; two queries a different day, and one."""
    found: dict[int, dict[str, int]] = {ward: {} for ward in days}
    for day, wards in _by_day(days):
        spells = HouseholdStatus.objects.filter(ward__in=wards)
        _count(found, spells.in_force(on=day).filter(registered_on(day)), "poverty_class")
        members = Membership.objects.filter(ward__in=wards).present(on=day)
        listed = members.filter(
            registered_on(day),
            in_force_on(day, "household__statuses__"),
            same_ward(household__statuses__ward__in=wards),
            household__statuses__poverty_class__in=WITH_PERSONS,
        )
        _count(found, listed, "household__statuses__poverty_class", "_persons")
    given = populations_by_ward(days)
    return {ward: ClassCounts(**classes, **_totals(given[ward])) for ward, classes in found.items()}


def populations_by_ward(days: WardDays) -> dict[int, AreaYear | None]:
    """The population of each ward that was given by its day; one query."""
    given: dict[int, list[AreaYear]] = defaultdict(list)
    for row in AreaYear.objects.filter(area__in=days).order_by("-on"):
        given[row.area_id].append(row)
    return {ward: population_by(given[ward], day) for ward, day in days.items()}


def reviews_of_wards(wards: Iterable[int], until: date) -> dict[int, dict[int, ReviewCampaign]]:
    """By ward and year the yearly reviews whose results held by a day; one query."""
    rows = (
        ReviewCampaign.objects.standing()
        .filter(ward__in=list(wards), kind=CampaignKind.ANNUAL, stage=CampaignStage.RECOGNISED)
        .with_decision()
        .select_related("standard")
    )
    found: dict[int, dict[int, ReviewCampaign]] = defaultdict(dict)
    for campaign in rows:
        if campaign.decision and campaign.decision.effective_from <= until:
            found[campaign.ward_id][campaign.year] = campaign
    return found


def listed_by_ward(days: WardDays) -> list[ListedHousehold]:
    """The poor and near-poor households, each ward's on its own day, with the ward for a village.

    Two queries a different day.
    """
    found: list[ListedHousehold] = []
    for day, wards in _by_day(days):
        spells = HouseholdStatus.objects.in_force(on=day).filter(
            registered_on(day), ward__in=wards, poverty_class__in=LISTED
        )
        own = spells.annotate(village_then=F("ward_id")).select_related("household")
        found += with_members(own.order_by("household__code"), day)
    return found


def reviewed_by_ward(
    campaigns: Mapping[int, ReviewCampaign], days: WardDays
) -> list[ReviewedHousehold]:
    """What each ward's review found of those that stand on its day, with the ward for a village.

    Two queries a different day.
    """
    found: list[ReviewedHousehold] = []
    for day, wards in _by_day({ward: days[ward] for ward in campaigns}):
        forms = Review.objects.done().filter(campaign__in=[campaigns[ward] for ward in wards])
        found += as_reviewed(forms.annotate(village_then=F("ward_id")), day)
    return found


def moves_by_ward(spans: Mapping[int, tuple[date, date]]) -> list[Transition]:
    """What happened to the listed households between the days of each ward.

    A move has its ward where others have their village; three queries a different span.
    """
    villages = Area.objects.filter(parent__in=spans, kind=AreaKind.VILLAGE)
    home = {pk: ward for pk, ward in villages.values_list("pk", "parent") if ward is not None}
    moves = []
    for (after, until), wards in _by_day(spans):
        spells = HouseholdStatus.objects.filter(ward__in=wards, poverty_class__in=LISTED)
        found = transitions_with_persons(in_force_on_either(spells, after, until), after, until)
        moves += [
            replace(move, village=home[move.village], village_before=home[move.village])
            for move in found
        ]
    return moves


def _by_day(days: Mapping[int, Any]) -> Iterator[tuple[Any, list[int]]]:
    """The wards that ask about the same."""
    ordered = sorted(days, key=lambda ward: (days[ward], ward))
    for day, wards in groupby(ordered, key=lambda ward: days[ward]):
        yield day, list(wards)


def _count(found: dict[int, dict[str, int]], rows, group: str, measure: str = "") -> None:
    for ward, name, total in rows.order_by().values_list("ward", group).annotate(total=Count("pk")):
        found[ward][f"{name}{measure}"] = total


def _totals(population: AreaYear | None) -> dict[str, Any]:
    if population is None:
        return {}
    return {"total_households": population.households, "total_persons": population.persons}
