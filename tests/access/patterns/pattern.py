"""How an address of the site is reached in the world of canaries."""

from collections.abc import Callable
from dataclasses import dataclass

from povertyplan.core.choices import Role
from tests.access.world import Village, Ward

MISSING = 2**40

HUGE = 2**70

SAFE = frozenset({"GET", "HEAD"})

FORM = SAFE | {"POST"}

FORM_WITHOUT_HEAD = frozenset({"GET", "POST"})

POST_ALONE = frozenset({"POST"})

Address = dict[str, int]


@dataclass(frozen=True)
class Place:
    """A target: the village (or, for what belongs to a ward, the first village) of a ward."""

    ward: Ward
    village: Village


@dataclass(frozen=True)
class Pattern:
    """`reach` is "village", "ward" or "" where the address names no record.

    `status` is the answer to an allowed request, `posted` that to a post that means it. `shows`
    says that whoever may open the page sees a canary of the place; `is_invented` that its figures
    belong to nobody; `draft` leads to a document that only some roles see before its issue. `doers`
    are those whose post is taken where the form refuses others who open the page.
    """

    methods: frozenset[str] = SAFE
    reach: str = ""
    address: Callable[[Place], Address] = lambda place: {}
    payload: Callable[[Place], dict] = lambda place: {}
    posted: int = 302
    status: int = 200
    shows: bool = True
    is_slow: bool = False
    is_invented: bool = False
    draft: Callable[[Place], Address] | None = None
    doers: frozenset[str] = frozenset(Role)
