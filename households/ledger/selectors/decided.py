"""What a decision says: the households of each class it recognised, whatever happened since."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F

from households.choices import LISTED
from households.ledger.selectors.classes import ClassCounts
from households.models import Decision, HouseholdStatus


def decided_counts(decisions: Iterable[Decision]) -> dict[int, dict[int, ClassCounts]]:
    """Poor and near-poor households by decision and by the village of their form; one query.

    A decision that wrote no status of this register is left out: it says nothing to count.
    """
    written = HouseholdStatus.objects.filter(
        decision__in=list(decisions), household__reviews__campaign=F("decision__campaign")
    )
    rows = (
        written.order_by()
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
