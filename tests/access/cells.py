"""The cells of the access matrix: what is asked, and what the rule table says must come back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.choices import Role
from tests.access.patterns import PATTERNS, places
from tests.access.patterns.pattern import HUGE, MISSING, Pattern, Place
from tests.access.world import GRANTS, PROVINCE, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
SEES_DRAFTS = frozenset({Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER})
ANONYMOUS = "anonymous"
SIGNED_OUT = frozenset({ANONYMOUS, "disabled"})
TWO_WARDS = "leader there, observer here"
# Pages that only list what their reader may correct.
LEAD_TO_FORMS = frozenset({"households:household_events"})
OWN_WARD = "own ward"  # the query that names the ward


@dataclass(frozen=True)
class Cell:
    """One request of somebody to one address."""

    view: str
    role: str
    target: str
    method: str
    query: str

    def __str__(self):
        return f"{self.method} {self.view} of {self.target} as {self.role}, {self.query}"


def works_above(role: str) -> bool:
    """Whether somebody of the world holds a role over the province of both wards."""
    return any(side == PROVINCE for _role, side in GRANTS.get(role, ()))


def _names_a_ward(cell: Cell) -> bool:
    """Whether pages of one ward have to be told which, and the cell does not tell."""
    return cell.query != OWN_WARD and (cell.role == TWO_WARDS or works_above(cell.role))


def telling(cells: Sequence) -> Iterator:
    """The cells, and a line for each address that is done: `-s` shows how far a long run is."""
    done = 0
    for view, alike in groupby(cells, key=attrgetter("view")):
        for cell in alike:
            yield cell
            done += 1
        print(f"{done} of {len(cells)}: {view}", flush=True)  # noqa: T201


def all_cells(world: World) -> list[Cell]:
    roles = (ANONYMOUS, *world.users)
    return [cell for view in PATTERNS for cell in cells_of(view, roles)]


def cells_of(view: str, roles: Iterable[str]) -> Iterator[Cell]:
    pattern = PATTERNS[view]
    for role in roles:
        for target in targets(view, pattern):
            for method in METHODS:
                for query in _queries_of(pattern, method):
                    yield Cell(view, role, target, method, query)
                if target == "own" and works_above(role) and method in ("GET", "POST"):
                    yield Cell(view, role, target, method, OWN_WARD)


def targets(view: str, pattern: Pattern) -> Iterator[str]:
    if view == "projects:project_detail":
        yield from ("own", "missing", "huge")
        return
    yield "own"
    if pattern.reach == "village":
        yield "other village"
    if pattern.reach:
        yield from ("other ward", "missing", "huge")
    if pattern.draft:
        yield "own draft"


def _queries_of(pattern: Pattern, method: str) -> tuple[str, ...]:
    if method in ("GET", "HEAD") and not pattern.is_slow:
        return ("plain", "foreign ward", "foreign village", "nonsense")
    return ("plain",)


def query(world: World, name: str) -> str:
    """The query string: filters that name records of others, or no sense at all."""
    by_name = places(world)
    if name == "plain":
        return ""
    if name == OWN_WARD:
        return urlencode({"ward": world.a.area.pk})
    if name == "nonsense":
        values = {"village": HUGE, "who": "' OR 1=1 --", "page": "-1", "on": "31/02/2026"}
        return urlencode(values | {"q": "%_'\"<b>", "class": "x", "show": "?", "act": "x"})
    place = by_name["other ward" if name == "foreign ward" else "other village"]
    head = place.village.first.memberships.get(is_head=True).person
    officer = world.users["coordinator of another ward"]
    values = {"village": place.village.area.pk, "q": head.full_name, "who": officer.pk}
    return urlencode(values)


def url(world: World, cell: Cell) -> str:
    pattern = PATTERNS[cell.view]
    own = pattern.address(places(world)["own"])
    filled = {
        "own": own,
        "own draft": pattern.draft(places(world)["own"]) if pattern.draft else {},
        "missing": own | {list(own)[-1]: MISSING} if own else {},
        "huge": own | {list(own)[-1]: HUGE} if own else {},
    }
    if cell.target in filled:
        address = filled[cell.target]
    else:
        address = pattern.address(places(world)[cell.target])
    words = query(world, cell.query)
    return reverse(cell.view, kwargs=address) + (f"?{words}" if words else "")


def expected(world: World, cell: Cell) -> frozenset[int]:
    """The statuses that the rule table and the scope allow as an answer."""
    rule, pattern = RULES[cell.view], PATTERNS[cell.view]
    if rule.scope == AccessScope.PUBLIC:
        return _public(cell, pattern)
    if cell.role in SIGNED_OUT:
        return frozenset({302})
    grants = world.grants[cell.role]
    held = _roles_of(grants, cell)
    if rule.scope != AccessScope.SELF and not rule.allows(held, writing=cell.method not in READING):
        return frozenset({403})
    if cell.target == "huge" and not _ends_in_a_word(world, pattern):
        return frozenset({404})
    if cell.method not in pattern.methods:
        return frozenset({405})
    return _object(world, cell, grants)


def _roles_of(grants, cell: Cell) -> frozenset[str]:
    """The roles held anywhere; above the wards nobody but an administrator writes."""
    return frozenset(
        role
        for role, side in grants
        if cell.method in READING or side != PROVINCE or role == Role.ADMINISTRATOR
    )


def _ends_in_a_word(world: World, pattern: Pattern) -> bool:
    """Whether the last part of the address is no number: then a huge one is an unknown word."""
    address = pattern.address(places(world)["own"])
    return isinstance(list(address.values())[-1], str)


def is_refused_at_the_door(world: World, cell: Cell) -> bool:
    """Whether signing in, the role or the method decides, before any record is looked for."""
    return cell.role in SIGNED_OUT or expected(world, cell) in ({403}, {405})


def _public(cell: Cell, pattern: Pattern) -> frozenset[int]:
    if cell.view == "core:login" and cell.role not in SIGNED_OUT:
        return frozenset({302})
    return frozenset({200 if cell.method in pattern.methods else 405})


def _object(world: World, cell: Cell, grants) -> frozenset[int]:
    refused = frozenset({302, 403, 404}) if _may_be_only_read(cell) else frozenset()
    return _status_of_object(world, cell, grants) | refused


def _may_be_only_read(cell: Cell) -> bool:
    """Whether a form of a ward is opened from above it: its view may ask first who writes there."""
    is_form = RULES[cell.view].writes or cell.view in LEAD_TO_FORMS
    return works_above(cell.role) and bool(PATTERNS[cell.view].reach and is_form)


def _status_of_object(world: World, cell: Cell, grants) -> frozenset[int]:
    rule, pattern = RULES[cell.view], PATTERNS[cell.view]
    if rule.scope == AccessScope.REGION:
        above = {role for role, side in grants if side == PROVINCE}
        return frozenset({200 if above & rule.reads and cell.query != OWN_WARD else 404})
    there = _held_over(_place(world, cell), pattern.reach, grants) & _roles_of(grants, cell)
    if cell.target in ("missing", "huge"):
        # Only the last key is of nothing: what it would stand in may refuse first.
        refused = pattern.reach and not rule.allows(there, writing=cell.method not in READING)
        if _names_a_ward(cell) and not pattern.reach:
            # A page of one ward asks which, before it looks for what is no ward's own.
            return frozenset({302, 404})
        return frozenset({403, 404}) if refused else frozenset({404})
    if pattern.reach and not there:
        return frozenset({404})
    if cell.target == "own draft" and SEES_DRAFTS.isdisjoint(there):
        return frozenset({404})
    if pattern.reach and not rule.allows(there, writing=cell.method not in READING):
        return frozenset({403, 404})
    return _granted(cell, pattern, there)


def sent_place(world: World, cell: Cell) -> Place:
    """Whose records a body speaks of: where the address names no record, the sender's own ward."""
    grants = world.grants.get(cell.role, ())
    if not PATTERNS[cell.view].reach and grants and grants[0][1][0] == "b":
        return places(world)["other ward"]
    return _place(world, cell)


def _place(world: World, cell: Cell) -> Place:
    """Whose record the address names, or would stand in."""
    return places(world).get(cell.target, places(world)["own"])


def _held_over(place, reach: str, grants) -> frozenset[str]:
    """The roles somebody holds over a place; a village's grant reaches what is the ward's."""
    letter = place.ward.side[0]
    return frozenset(
        role
        for role, side in grants
        if side == PROVINCE
        or (side[0] == letter and (reach == "ward" or side[1] == "0" or side == place.village.side))
    )


def _granted(cell: Cell, pattern: Pattern, there: frozenset[str]) -> frozenset[int]:
    if _names_a_ward(cell) and not pattern.reach:
        # A page of one ward leads on to an address that names it, and a body that speaks of the
        # other ward is refused. Pairs of roles have a test of their own.
        refused = {422} if cell.method not in READING else set()
        return frozenset({pattern.status, pattern.posted, 302, 403} | refused)
    if cell.method in ("POST", "PUT"):
        is_taken = not pattern.reach or there & pattern.doers
        return frozenset({pattern.posted if is_taken else 422})
    if cell.query == OWN_WARD and RULES[cell.view].writes:
        return frozenset({pattern.status, 403, 404})
    return frozenset({200 if cell.method == "OPTIONS" else pattern.status})


def is_granted_write(world: World, cell: Cell) -> bool:
    """Whether the cell is a post that may change rows."""
    return (
        cell.method == "POST"
        and cell.role not in SIGNED_OUT
        and RULES[cell.view].scope != AccessScope.PUBLIC
        and bool(expected(world, cell) & {200, 302})
    )


def reachable(world: World, cell: Cell) -> frozenset[str]:
    """The sides whose canaries somebody may see at all."""
    sides: set[str] = set()
    for role, over in world.grants.get(cell.role, ()):
        for side in ("a0", "b0") if over == PROVINCE else (over,):
            sides |= _sides_around(role, side)
    return frozenset(sides)


def _sides_around(role: Role, side: str) -> set[str]:
    around = {f"{side[0]}0"}
    if side[1] != "0":
        return around | {side}
    return around if role == Role.ADMINISTRATOR else around | {f"{side[0]}1", f"{side[0]}2"}
