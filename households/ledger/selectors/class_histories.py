"""Every class a household has had, and what a further one would be: new, fallen back, escaped."""

from collections import defaultdict

from households.choices import MovementCause, PovertyClass
from households.models import Decision, HouseholdStatus, ReviewCampaign
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


def changes_written(decision: Decision) -> dict[int, tuple[str, str]]:
    """By household its class before a decision ("" where it had none) and after; two queries."""
    written = HouseholdStatus.objects.filter(decision=decision)
    after = dict(written.values_list("household", "poverty_class"))
    earlier = HouseholdStatus.objects.filter(
        household__in=after, starts_on__lt=decision.effective_from
    )
    before = dict(earlier.order_by("starts_on").values_list("household", "poverty_class"))
    return {pk: (before.get(pk, ""), poverty_class) for pk, poverty_class in after.items()}


def outcomes_written(campaign: ReviewCampaign) -> list[tuple[str, str]]:
    """Class and cause of each spell that a campaign's decision wrote; one query."""
    written = HouseholdStatus.objects.filter(decision__campaign=campaign)
    return list(written.values_list("poverty_class", "cause"))
