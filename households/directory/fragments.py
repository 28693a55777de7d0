"""What apps above the register show on the page of a household.

The register does not know projects: each app registers its part of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from households.models import Household
from povertyplan.core.models import User


@dataclass(frozen=True)
class HouseholdFragment:
    """A part of the page: its template, and what that finds as `content`."""

    template: str
    content: object


# The part for a household and a reader; None where they see nothing of it.
BuildFragment = Callable[[Household, User], HouseholdFragment | None]

_builders: dict[str, BuildFragment] = {}


def register_fragment(name: str, build: BuildFragment) -> None:
    _builders[name] = build


def fragments_of(household: Household, user: User) -> list[HouseholdFragment]:
    """The parts that a reader sees, in the order of registering."""
    built = (build(household, user) for build in _builders.values())
    return [fragment for fragment in built if fragment is not None]
