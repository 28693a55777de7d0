"""What uses a unit, and how it passes to the unit that follows.

The core does not know projects and documents: each app registers what it keeps of units.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Unit, User


@dataclass(frozen=True)
class UnitHandover:
    """A unit that ends with `last_day`, the one that takes over, and who says so."""

    unit: Unit
    successor: Unit
    last_day: date
    by: User


@dataclass(frozen=True)
class UnitUse:
    """`sentences` name what uses a unit after a day; `hand_over` gives it to the successor."""

    sentences: Callable[[Unit, date], Iterator[str]]
    hand_over: Callable[[UnitHandover], None]


_uses: dict[str, UnitUse] = {}


def register_use(name: str, use: UnitUse) -> None:
    _uses[name] = use


def uses_of(unit: Unit, last_day: date) -> list[str]:
    """Everything that uses a unit after its last day, a sentence each."""
    return [sentence for use in _uses.values() for sentence in use.sentences(unit, last_day)]


def hand_over_uses(handover: UnitHandover) -> None:
    for use in _uses.values():
        use.hand_over(handover)
