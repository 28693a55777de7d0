"""Every class a household has had, and what a further one would be: new, fallen back, escaped."""

from collections import defaultdict

from households.choices import MovementCause, PovertyClass
from households.models import HouseholdStatus
from households.rules.transitions import transition_cause


def class_histories(households: list[int]) -> dict[int, list[PovertyClass]]:
    """Every class each household has had, oldest first."""
    histories = defaultdict(list)
    spells = HouseholdStatus.objects.filter(household__in=households).order_by("starts_on")
    for household, poverty_class in spells.values_list("household", "poverty_class"):
        histories[household].append(PovertyClass(poverty_class))
    return histories


def cause_after(history: list[PovertyClass], after: str) -> MovementCause:
    before = history[-1] if history else None
    return transition_cause(before, PovertyClass(after), history[:-1])
