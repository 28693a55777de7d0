"""How each address of the site is reached in the world of canaries; a new one needs a line here.

A pattern says which methods its view takes, how far its rows reach, how its address is filled for
each target, and what a post that means it sends and is answered.
"""

import os
from collections.abc import Iterator
from itertools import chain

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.patterns.core import CORE
from tests.access.patterns.intake import INTAKE
from tests.access.patterns.pattern import Pattern, Place
from tests.access.patterns.plans import PLANS
from tests.access.patterns.projects import PROJECTS
from tests.access.patterns.register import REGISTER
from tests.access.patterns.registers import OF_REGISTERS
from tests.access.patterns.reports import REPORTS
from tests.access.patterns.reviews import REVIEWS
from tests.access.world import World

PATTERNS: dict[str, Pattern] = {
    **CORE,
    **REGISTER,
    **REVIEWS,
    **INTAKE,
    **PROJECTS,
    **PLANS,
    **REPORTS,
    **OF_REGISTERS,
}


def views_of_part(part: int, parts: int) -> set[str]:
    """Every `parts`-th address; where ACCESS_VIEWS names some (app:view,…), only of those."""
    named = os.environ.get("ACCESS_VIEWS")
    chosen = set(named.split(",")) if named else set(PATTERNS)
    assert chosen <= set(PATTERNS), f"ACCESS_VIEWS: {sorted(chosen - set(PATTERNS))}"
    return chosen & set(sorted(PATTERNS)[part::parts])


def places(world: World) -> dict[str, Place]:
    return {
        "own": Place(world.a, world.a.villages[0]),
        "other village": Place(world.a, world.a.villages[1]),
        "other ward": Place(world.b, world.b.villages[0]),
    }


def resolved() -> Iterator[str]:
    """The full name of every address the resolver knows."""
    return chain.from_iterable(_names(each, "") for each in get_resolver().url_patterns)


def _names(each: URLPattern | URLResolver, namespace: str) -> Iterator[str]:
    if isinstance(each, URLPattern):
        yield f"{namespace}{each.name}"
        return
    inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
    for below in each.url_patterns:
        yield from _names(below, inner)
