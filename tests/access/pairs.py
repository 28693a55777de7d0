"""Somebody with two roles, in one ward or in two: what they see is what the single roles see."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations, product

from django.conf import settings
from django.core.paginator import Page
from django.db import transaction
from django.test import Client
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.choices import Role
from povertyplan.core.models import RowChange, User
from tests.access import canaries
from tests.access.cells import READING
from tests.access.patterns import PATTERNS, places
from tests.access.world import PROVINCE, World
from tests.factories.core import GrantFactory, UserFactory

REFUSED = frozenset({403, 404})
# An administrator of both wards gives somebody of either a role in either.
OFFERS_EVERY_WARD = frozenset({"core:role_grant"})
# The latest report that the reader may read stands beside a target: a role that reads a later one
# puts it in the place of the earlier one of the other role.
SHOWS_THE_LATEST = frozenset({"reports:plan_result_detail"})
# Units and villages are of a ward: nobody reports or enters for a province.
ABOVE_WARDS = (Role.COORDINATOR, Role.LEADER, Role.OBSERVER, Role.ADMINISTRATOR)
TARGETS = ("own", "other village", "other ward")


@dataclass(frozen=True)
class Held:
    """One role over a side of the world: "a0", the ward a, "b1", a village of b, "p0", both."""

    role: Role
    side: str

    def __str__(self):
        return f"{self.role} in {self.side}"


@dataclass(frozen=True)
class PairCell:
    """One request of somebody with two roles, named in the order in which they were granted."""

    holds: tuple[Held, Held]
    view: str
    target: str
    method: str

    def __str__(self):
        first, second = self.holds
        return f"{self.method} {self.view} of {self.target} as {first}, then {second}"

    @property
    def is_of_two_wards(self) -> bool:
        first, second = self.holds
        return first.side[0] != second.side[0] and not self.is_above_wards

    @property
    def is_above_wards(self) -> bool:
        return any(held.side == PROVINCE for held in self.holds)

    @property
    def openers(self) -> list[Held]:
        """The roles of the two to which the rule table opens the view."""
        rule = RULES[self.view]
        writing = self.method not in READING
        return [
            held
            for held in self.holds
            if rule.allows(frozenset({held.role}), writing=writing)
            and not (writing and held.side == PROVINCE and held.role != Role.ADMINISTRATOR)
        ]


@dataclass(frozen=True)
class Answer:
    """A status, the values of the world it shows, and what it changed of which ward."""

    status: int
    values: frozenset[str]
    changes: tuple

    @property
    def is_refused(self) -> bool:
        return self.status in REFUSED


def all_pairs() -> Iterator[tuple[Held, Held]]:
    """Two roles in one ward, one in each of two, or one above both, in both orders of granting."""
    for first, second in permutations(Role, 2):
        yield _held(first, "a"), _held(second, "a")
    for first, second in product(Role, repeat=2):
        yield _held(first, "a"), _held(second, "b")
        yield _held(second, "b"), _held(first, "a")
    for first, above in product(Role, ABOVE_WARDS):
        yield _held(first, "a"), Held(above, PROVINCE)
        yield Held(above, PROVINCE), _held(first, "a")


def all_cells() -> list[PairCell]:
    """Every address whose rows belong to a ward or a village, read and posted, for every pair."""
    return [
        PairCell(holds, view, target, method)
        for view, pattern in PATTERNS.items()
        if RULES[view].scope in (AccessScope.WARD, AccessScope.VILLAGE)
        for holds in all_pairs()
        for target in (TARGETS if pattern.reach else TARGETS[:1])
        for method in sorted(pattern.methods & {"GET", "POST"})
    ]


def _held(role: Role, letter: str) -> Held:
    return Held(role, f"{letter}1" if role == Role.ENTRY_OFFICER else f"{letter}0")


class PairDriver:
    """Asks as each pair and as each of its roles alone, and compares."""

    def __init__(self, world: World):
        self.world = world
        self.sessions: dict[tuple[Held, ...], str] = {}
        self.alone: dict[tuple, Answer] = {}
        self.faults: list[str] = []
        self.opened = 0
        # Above every page stands the ward it is about; whoever has roles in two knows both.
        self.above = {ward.area.name.lower() for ward in (world.a, world.b)}

    def run(self, cells: Iterable[PairCell]) -> None:
        """Compare every cell, without a log line for each refusal."""
        logging.disable(logging.CRITICAL)
        try:
            for cell in cells:
                self._compare(cell)
        finally:
            logging.disable(logging.NOTSET)

    def _compare(self, cell: PairCell) -> None:
        if cell.is_above_wards and not PATTERNS[cell.view].reach:
            self._compare_below(cell)
            return
        single = [self._alone(held, cell) for held in cell.holds]
        opened = [answer for answer in single if not answer.is_refused]
        self.opened += bool(opened)
        if len(opened) == 2 and cell.is_of_two_wards and not PATTERNS[cell.view].reach:
            self._compare_wards(cell, single)
            return
        both = self._ask(cell.holds, cell)
        if not opened:
            if cell.is_above_wards and cell.method == "GET" and both.status == 302:
                # Who reads many wards is led to an address that names one; that one refuses.
                both = self._ask(cell.holds, cell, f"?ward={self.world.a.area.pk}")
            self._note(cell, both.is_refused, f"opened with {both.status}")
            return
        self._same(cell, both, opened)

    def _compare_wards(self, cell: PairCell, single: list[Answer]) -> None:
        """A page that names no record: with each ward in the address, and with none."""
        for held, alone in zip(cell.holds, single, strict=True):
            ward = self._ward(held)
            self._same(cell, self._ask(cell.holds, cell, f"?ward={ward.pk}"), [alone])
        if cell.method == "GET":
            both = self._ask(cell.holds, cell)
            # A page of one ward leads on to one that its address names.
            if both.status != 302:
                self._same(cell, both, single)

    def _compare_below(self, cell: PairCell) -> None:
        """A page that names no record, of somebody who may name every ward of the province."""
        for ward in (self.world.a, self.world.b):
            query = f"?ward={ward.area.pk}"
            alone = [self._alone(held, cell, query) for held in cell.holds]
            opened = [answer for answer in alone if not answer.is_refused]
            self.opened += bool(opened)
            both = self._ask(cell.holds, cell, query)
            if opened:
                self._same(cell, both, opened)
            else:
                self._note(cell, both.is_refused, f"opened with {both.status}")

    def _same(self, cell: PairCell, both: Answer, opened: list[Answer]) -> None:
        statuses = {answer.status for answer in opened}
        if cell.method == "POST":  # what the form refuses to one role alone, the other one does
            opened = [answer for answer in opened if answer.status == both.status] or opened
        wanted = frozenset().union(*(answer.values for answer in opened))
        self._note(cell, both.status in statuses, f"answered {both.status}, not {statuses}")
        more = sorted(both.values - wanted - self.above - self._offered(cell))
        if cell.view in SHOWS_THE_LATEST:
            wanted = min((answer.values - both.values for answer in opened), key=len)
        less = sorted(wanted - both.values - self.above)
        self._note(cell, not more, f"shows {len(more)} more: {more[:8]}")
        self._note(cell, not less, f"shows {len(less)} less: {less[:8]}")
        changes = {answer.changes for answer in opened}
        self._note(cell, both.changes in changes, f"changed {both.changes}, not {changes}")

    def _offered(self, cell: PairCell) -> frozenset[str]:
        """What the form offers to choose from in every ward where a role opens it."""
        if cell.view not in OFFERS_EVERY_WARD:
            return frozenset()
        cells = [replace(cell, target=target, method="GET") for target in TARGETS]
        answers = [self._alone(held, each) for held in cell.holds for each in cells]
        return frozenset().union(*(answer.values for answer in answers if not answer.is_refused))

    def _note(self, cell: PairCell, is_right: bool, words: str) -> None:
        if not is_right:
            self.faults.append(f"{cell}: {words}")
            print(f"FAULT {self.faults[-1]}", flush=True)  # noqa: T201 -- a long run is not waited for

    def _alone(self, held: Held, cell: PairCell, query: str = "") -> Answer:
        key = (held, cell.view, cell.target, cell.method, query)
        if key not in self.alone:
            self.alone[key] = self._ask((held,), cell, query)
        return self.alone[key]

    def _ask(self, holds: tuple[Held, ...], cell: PairCell, query: str = "") -> Answer:
        """The answer, and everything it did undone."""
        client, place = self._client(holds), places(self.world)[cell.target]
        pattern = PATTERNS[cell.view]
        if cell.view == "projects:project_detail":
            address = {"pk": self.world.project.pk}
        else:
            address = pattern.address(place)
        url = reverse(cell.view, kwargs=address) + query
        try:
            with transaction.atomic():
                before = _last_change()
                if cell.method == "GET":
                    response = client.get(url)
                else:
                    response = client.post(url, pattern.payload(place))
                values = canaries.values_in(response) | self._further_pages(client, url, response)
                answer = Answer(response.status_code, values, _changes_since(before))
                raise _Undo
        except _Undo:
            return answer

    @staticmethod
    def _further_pages(client: Client, url: str, response) -> frozenset[str]:
        """What a list shows after its first page: two wards fill more pages than one."""
        page = response.context.get("page") if response.context else None
        if not isinstance(page, Page):
            return frozenset()
        mark, last = "&" if "?" in url else "?", page.paginator.num_pages
        answers = (client.get(f"{url}{mark}page={number}") for number in range(2, last + 1))
        return frozenset().union(*(canaries.values_in(answer) for answer in answers))

    def _client(self, holds: tuple[Held, ...]) -> Client:
        """Signed in, without the cookies of an earlier answer: that one is undone."""
        client = Client(raise_request_exception=False)
        if holds not in self.sessions:
            client.force_login(self._user(holds))
            self.sessions[holds] = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies.clear()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[holds]
        return client

    def _user(self, holds: tuple[Held, ...]) -> User:
        user = UserFactory()
        for held in holds:
            unit = None
            if held.side != PROVINCE:
                unit = (self.world.a if held.side[0] == "a" else self.world.b).unit
            GrantFactory(user=user, role=held.role, area=self._area(held), unit=unit)
        return user

    def _ward(self, held: Held):
        return (self.world.a if held.side[0] == "a" else self.world.b).area

    def _area(self, held: Held):
        ward = self.world.a if held.side[0] == "a" else self.world.b
        areas = {village.side: village.area for village in ward.villages}
        areas[PROVINCE] = self.world.a.area.parent
        return areas.get(held.side, ward.area)


class _Undo(Exception):
    pass


def _last_change() -> int:
    return RowChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _changes_since(last: int) -> tuple:
    """What was done to how many rows of each table and ward."""
    rows = RowChange.objects.filter(pk__gt=last).values_list("table", "operation", "old", "new")
    counted = Counter(
        (table, operation, (new or old).get("ward_id")) for table, operation, old, new in rows
    )
    return tuple(sorted(counted.items(), key=str))
