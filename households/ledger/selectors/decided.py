"""What a decision says: the households of each class it recognised, whatever happened since."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F

from households.choices import LISTED
from households.ledger.selectors.classes import ClassCounts
from households.ledger.selectors.listed_households import ListedHousehold, with_members
from households.models import Decision, HouseholdStatus
from households.models.status import StatusQuerySet
from povertyplan.core.models.scope import same_ward


def decided_counts(decisions: Iterable[Decision]) -> dict[int, dict[int, ClassCounts]]:
    """Poor and near-poor households by decision and by the village of their form; one query.

    A decision that wrote no status of this register is left out: it says nothing to count.
    """
    rows = (
        _written(decisions)
        .order_by()
        .values_list("decision", "household__reviews__village", "poverty_class")
        .annotate(total=Count("pk"))
    )
    found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for decision, village, poverty_class, total in rows:
        villages = found[decision]
        if poverty_class in LISTED:
            villages[village][poverty_class] = total
    return {
        decision: {village: ClassCounts(**classes) for village, classes in villages.items()}
        for decision, villages in found.items()
    }


def decided_households(decision: Decision) -> list[ListedHousehold]:
    """The poor and near-poor households that a decision says, by code, as they were on its day.

    Two queries.
    """
    spells = (
        _written([decision])
        .filter(poverty_class__in=LISTED)
        .annotate(village_then=F("household__reviews__village"))
        .select_related("household")
        .order_by("household__code")
    )
    return with_members(spells, decision.effective_from)


def _written(decisions: Iterable[Decision]) -> StatusQuerySet:
    """What decisions wrote of households with a form, each joined with that form."""
    return HouseholdStatus.objects.filter(
        same_ward(
            ward=F("decision__ward"),
            household__ward=F("decision__ward"),
            household__reviews__ward=F("decision__ward"),
        ),
        decision__in=list(decisions),
        household__reviews__campaign=F("decision__campaign"),
    )
