"""What was asked for and what was given, set against each other (đối chiếu nhu cầu). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.choices import Recurrence
from projects.rules.overlaps import GivenSupport

# What ends with being given is no claim that somebody may lose afterwards.
RECURRING = frozenset({Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.YEARLY})


@dataclass(frozen=True)
class AskedNeed:
    """An open need as it is compared with what was given; a need of persons names one."""

    key: int
    household: int
    person: int | None
    since: date


def serving(need: AskedNeed, given: Iterable[GivenSupport]) -> list[GivenSupport]:
    """Those of some supports, of kinds that serve the need, which its owner had since it was asked.

    What a household received serves a need of its members, and the other way round.
    """
    return [each for each in given if each.day >= need.since and _is_for(need, each)]


def awaited(need: AskedNeed, promised: Iterable[GivenSupport]) -> list[GivenSupport]:
    """Those of some promises that will serve a need, since whenever: none of them was given yet."""
    return [each for each in promised if _is_for(need, each)]


def may_be_lost(recurrence: str, *, is_delivered: bool) -> bool:
    """Whether it still matters that the recipient is no longer eligible."""
    return not is_delivered or recurrence in RECURRING


def _is_for(need: AskedNeed, each: GivenSupport) -> bool:
    if need.person is not None and each.person is not None:
        return need.person == each.person
    return need.household == each.household
