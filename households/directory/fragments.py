"""What apps above the register show on the page of a household.

The register does not know projects: each app registers its part of the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from households.models import Household, Membership
from povertyplan.core.models import User


@dataclass(frozen=True)
class HouseholdFragment:
    """A part of the page: its template, and what that finds as `content`."""

    template: str
    content: object


@dataclass(frozen=True)
class HouseholdPage:
    """The page of a household for a reader, with its members of now or of its last day."""

    household: Household
    user: User
    members: Sequence[Membership]


# None where the reader sees nothing of that part.
BuildFragment = Callable[[HouseholdPage], HouseholdFragment | None]

_builders: dict[str, BuildFragment] = {}


def register_fragment(name: str, build: BuildFragment) -> None:
    _builders[name] = build


def fragments_of(page: HouseholdPage) -> list[HouseholdFragment]:
    """The parts that a reader sees, in the order of registering."""
    built = (build(page) for build in _builders.values())
    return [fragment for fragment in built if fragment is not None]
