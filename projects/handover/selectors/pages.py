"""What the page of lists shows: each list with how many it takes in, changes, takes off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from projects.choices import HandoverChange
from projects.models import HandoverList, HandoverRow


@dataclass(frozen=True)
class CountedList:
    handover_list: HandoverList
    added: int
    changed: int
    removed: int


def count_changes(lists: Iterable[HandoverList]) -> list[CountedList]:
    """Each list with its changes by what they tell; one query."""
    lists = list(lists)
    rows = HandoverRow.objects.changes().filter(handover_list__in=lists).order_by()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    grouped = rows.values_list("handover_list", "change").annotate(total=Count("pk"))
    for pk, change, total in grouped:
        counts[pk][change] = total
    return [
        CountedList(
            each,
            added=counts[each.pk].get(HandoverChange.ADDED, 0),
            changed=counts[each.pk].get(HandoverChange.CHANGED, 0),
            removed=counts[each.pk].get(HandoverChange.REMOVED, 0),
        )
        for each in lists
    ]
