"""What nouns above the programme show on the page of a project.

The programme does not know them: each noun registers its part of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from povertyplan.core.models import User
from projects.models import WardProject


@dataclass(frozen=True)
class ProjectFragment:
    """A part of the page: its template, and what that finds as `content`."""

    template: str
    content: object


Known = TypeVar("Known")


@dataclass(frozen=True)
class ProjectPage:
    """The page of a project that the ward carries out in a year, for a reader."""

    ward_project: WardProject
    year: int
    user: User
    _known: dict[Callable, Any] = field(default_factory=dict)

    def read(self, selector: Callable[..., Known]) -> Known:
        """What several parts show of the project, read once for all of them."""
        if selector not in self._known:
            self._known[selector] = selector(ward_project=self.ward_project, year=self.year)
        return self._known[selector]


BuildProjectFragment = Callable[[ProjectPage], ProjectFragment | None]

_builders: dict[str, BuildProjectFragment] = {}


def register_project_fragment(name: str, build: BuildProjectFragment) -> None:
    _builders[name] = build


def fragments_of_project(ward_project: WardProject, year: int, user: User) -> list[ProjectFragment]:
    """The parts that a reader sees, in the order of registering."""
    page = ProjectPage(ward_project, year, user)
    built = (build(page) for build in _builders.values())
    return [fragment for fragment in built if fragment is not None]
