"""What nouns above the programme show on the page of a project.

The programme does not know them: each noun registers its part of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from povertyplan.core.models import User
from projects.models import WardProject


@dataclass(frozen=True)
class ProjectFragment:
    """A part of the page: its template, and what that finds as `content`."""

    template: str
    content: object


# The part for a project that the ward carries out in a year, and for a reader.
BuildProjectFragment = Callable[[WardProject, int, User], ProjectFragment | None]

_builders: dict[str, BuildProjectFragment] = {}


def register_project_fragment(name: str, build: BuildProjectFragment) -> None:
    _builders[name] = build


def fragments_of_project(ward_project: WardProject, year: int, user: User) -> list[ProjectFragment]:
    """The parts that a reader sees, in the order of registering."""
    built = (build(ward_project, year, user) for build in _builders.values())
    return [fragment for fragment in built if fragment is not None]
