"""The events of a household, for its page."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from households.choices import SEEN_FROM_THE_OTHER
from households.models import Household, HouseholdEvent

LENGTH = 100


@dataclass(frozen=True)
class EventLine:
    """An event as one of its two households sees it; `other` is the other one, where there is."""

    event: HouseholdEvent
    text: str
    other: Household | None

    @property
    def is_own(self) -> bool:
        """Whether the household of the page may put it right: its own event, no correction."""
        return self.event.corrects_id is None and not self.event.is_withdrawn


def events_of(household: Household, visible: QuerySet[Household]) -> list[EventLine]:
    """What happened to a household, the latest first, corrections among it; three queries.

    Another household is named only where it is among the `visible` ones.
    """
    events = HouseholdEvent.objects.filter(
        Q(household=household)
        | Q(other_household=household)
        | Q(corrects__other_household=household)
    ).select_related(
        "person", "household", "other_household", "from_village", "recorded_by", "corrects__person"
    )
    found = events.prefetch_related("corrections")[:LENGTH]
    lines = [_line(event, household) for event in found]
    others = {line.other.pk for line in lines if line.other}
    seen = set(visible.filter(pk__in=others).values_list("pk", flat=True))
    return [
        line if line.other and line.other.pk in seen else replace(line, other=None)
        for line in lines
    ]


def _line(event: HouseholdEvent, household: Household) -> EventLine:
    if event.household_id == household.pk:
        return EventLine(event, event.get_kind_display(), event.other_household)
    text = SEEN_FROM_THE_OTHER.get(event.kind, event.get_kind_display())
    return EventLine(event, text, event.household)
