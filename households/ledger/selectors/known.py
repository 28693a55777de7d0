"""What the ledger of a ward knows: its yearly decisions and its listed results."""

from collections import defaultdict
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
    decisions = Decision.objects.in_force().filter(ward=ward, campaign__kind=CampaignKind.ANNUAL)
    decided = dict(decisions.values_list("campaign__year", "effective_from"))
    listed = _listed_days(ward)
    return KnownPeriods(decided, listed, _villages(ward) if listed else {})


def _listed_days(ward: Area) -> dict[int, dict[int | None, date]]:
    """By village, by year of the result, from which day its last listed spell holds."""
    left = HouseholdEvent.objects.filter(
        household=OuterRef("status__household"),
        from_village__isnull=False,
        happened_on__gt=OuterRef("status__starts_on"),
    ).order_by("happened_on", "pk")
    rows = ListedResult.objects.filter(status__ward=ward).annotate(
        village=Coalesce(
            Subquery(left.values("from_village")[:1]),
            "status__household__village",
            output_field=BigIntegerField(),
        )
    )
    days: dict[int, dict[int | None, date]] = defaultdict(dict)
    for village, decided_on, starts_on in (
        rows.order_by().values_list("village", "decided_on", "status__starts_on").distinct()
    ):
        year = year_of_result(decided_on) if decided_on else None
        # A result that the register knows only since a later year does not cover its own.
        if year != year_of_result(starts_on):
            year = None
        days[village][year] = max(starts_on, days[village].get(year, starts_on))
    return dict(days)


def _villages(ward: Area) -> dict[int, Village]:
    areas = Area.objects.filter(parent=ward, kind=AreaKind.VILLAGE)
    made_of: dict[int, set[int]] = defaultdict(set)
    merged = Area.predecessors.through.objects.filter(from_area__parent=ward)
    for new, old in merged.values_list("from_area", "to_area"):
        made_of[new].add(old)
    return {
        pk: Village(first_day, last_day, frozenset(made_of[pk]))
        for pk, first_day, last_day in areas.values_list("pk", "valid_from", "valid_to")
    }
