"""What the ledger of a ward knows: its yearly decisions and its listed results."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from households.choices import CampaignKind
from households.ledger.known import KnownPeriods, Village, year_of_result
from households.models import Decision, HouseholdEvent, ListedResult
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area


def known_periods(ward: Area) -> KnownPeriods:
    """Which days and years of a ward are known; two queries, four where lists were read in."""
    return known_periods_of([ward.pk])[ward.pk]


def known_periods_of(wards: Sequence[int]) -> dict[int, KnownPeriods]:
    """The same of several wards at once, by their keys; as many queries."""
    decisions = Decision.objects.in_force().filter(
        ward__in=wards, campaign__kind=CampaignKind.ANNUAL
    )
    decided: dict[int, dict[int, date]] = defaultdict(dict)
    for ward, year, first_day in decisions.values_list("ward", "campaign__year", "effective_from"):
        decided[ward][year] = first_day
    listed = _listed_days(wards)
    villages = _villages(list(listed)) if listed else {}
    return {
        ward: KnownPeriods(decided[ward], listed.get(ward, {}), villages.get(ward, {}))
        for ward in wards
    }


ListedDays = dict[int, dict[int | None, date]]


def _listed_days(wards: Sequence[int]) -> dict[int, ListedDays]:
    """By ward and village, by year of the result, from which day its last listed spell holds."""
    left = HouseholdEvent.objects.filter(
        household=OuterRef("status__household"),
        from_village__isnull=False,
        happened_on__gt=OuterRef("status__starts_on"),
    ).order_by("happened_on", "pk")
    rows = ListedResult.objects.filter(status__ward__in=wards).annotate(
        village=Coalesce(
            Subquery(left.values("from_village")[:1]),
            "status__household__village",
            output_field=BigIntegerField(),
        )
    )
    days: dict[int, ListedDays] = defaultdict(lambda: defaultdict(dict))
    for ward, village, decided_on, starts_on in (
        rows.order_by()
        .values_list("status__ward", "village", "decided_on", "status__starts_on")
        .distinct()
    ):
        year = year_of_result(decided_on) if decided_on else None
        # A result that the register knows only since a later year does not cover its own.
        if year != year_of_result(starts_on):
            year = None
        own = days[ward][village]
        own[year] = max(starts_on, own.get(year, starts_on))
    return {ward: dict(villages) for ward, villages in days.items()}


def _villages(wards: Sequence[int]) -> dict[int, dict[int, Village]]:
    areas = Area.objects.filter(parent__in=wards, kind=AreaKind.VILLAGE)
    made_of: dict[int, set[int]] = defaultdict(set)
    merged = Area.predecessors.through.objects.filter(from_area__parent__in=wards)
    for new, old in merged.values_list("from_area", "to_area"):
        made_of[new].add(old)
    found: dict[int, dict[int, Village]] = defaultdict(dict)
    for ward, pk, first_day, last_day in areas.values_list(
        "parent", "pk", "valid_from", "valid_to"
    ):
        if ward is not None:
            found[ward][pk] = Village(first_day, last_day, frozenset(made_of[pk]))
    return found
