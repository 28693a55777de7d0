"""Whether an act holds on a day. Pure; what nobody wrote down is no reason against it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActStanding(StrEnum):
    """Where an act stands on a day."""

    HOLDS = "holds"
    NOT_YET = "not_yet"
    ENDED = "ended"
    REPLACED = "replaced"


@dataclass(frozen=True)
class ActDays:
    """The days of an act; `heir_from` is the day from which what replaces it holds."""

    dated_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    has_heir: bool = False
    heir_from: date | None = None


def act_standing(days: ActDays, on: date) -> ActStanding:
    """Where an act stands on a day.

    >>> act_standing(ActDays(valid_to=date(2025, 12, 31)), date(2026, 1, 1)).value
    'ended'
    """
    begins = days.valid_from or days.dated_on
    if begins is not None and begins > on:
        return ActStanding.NOT_YET
    if days.has_heir and (days.heir_from is None or days.heir_from <= on):
        return ActStanding.REPLACED
    if days.valid_to is not None and days.valid_to < on:
        return ActStanding.ENDED
    return ActStanding.HOLDS
