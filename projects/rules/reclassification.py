"""What another class of a household does to its right to a kind of support. Pure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from projects.choices import Eligibility, RightsChange
from projects.rules.eligibility import Judgement, RecipientFacts

_CHANGES = {
    Eligibility.YES: RightsChange.GAINED,
    Eligibility.TO_VERIFY: RightsChange.TO_VERIFY,
    Eligibility.NO: RightsChange.LOST,
}


def reclassified_facts(
    facts: RecipientFacts, *, after: str, left_classes: Collection[str], day: date
) -> RecipientFacts:
    """The facts of a household that moves from its class to another one on a day.

    `left_classes` are those a household must have left to count as newly escaped.
    """
    escaped_on = facts.escaped_on
    if after in left_classes:
        escaped_on = None
    elif facts.poverty_class in left_classes:
        escaped_on = day
    return replace(facts, poverty_class=after, escaped_on=escaped_on)


def change_of_rights(before: Judgement, after: Judgement) -> RightsChange | None:
    """What changes; None where the rules say the same as before."""
    return None if before.verdict == after.verdict else _CHANGES[after.verdict]
