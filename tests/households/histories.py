"""Households whose spells carry the causes that really follow from their classes."""

from datetime import timedelta

from households.choices import MovementCause
from households.rules.transitions import transition_cause
from tests.factories.households import HouseholdFactory, StatusFactory


def household_with(village, *history):
    """A household with its spells, each (class, first day), and the causes that follow."""
    household = HouseholdFactory(village=village)
    classes = [poverty_class for poverty_class, _day in history]
    for place, (poverty_class, starts_on) in enumerate(history):
        following = history[place + 1][1] if place + 1 < len(history) else None
        StatusFactory(
            household=household,
            poverty_class=poverty_class,
            starts_on=starts_on,
            ends_on=following and following - timedelta(days=1),
            cause=transition_cause(classes[place - 1], poverty_class, classes[:place])
            if place
            else MovementCause.REGISTERED,
        )
    return household
