"""What apps above the register show beside the list of needs.

The register does not know supports: the app that sets them against needs registers its page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from povertyplan.core.models import Area, User


@dataclass(frozen=True)
class RelatedPage:
    """A page about the same needs, as a link."""

    label: str
    url: str


# The page for a reader and a ward, of one village if one is asked for; None where they see nothing.
BuildRelatedPage = Callable[[User, Area, Area | None], RelatedPage | None]

_builders: dict[str, BuildRelatedPage] = {}


def register_related_page(name: str, build: BuildRelatedPage) -> None:
    _builders[name] = build


def related_pages(user: User, ward: Area, village: Area | None) -> list[RelatedPage]:
    """The pages that a reader sees, in the order of registering."""
    built = (build(user, ward, village) for build in _builders.values())
    return [page for page in built if page is not None]
