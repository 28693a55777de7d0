"""Sending the cells of the matrix and judging the answers."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.db.models import Max, Model
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from households.field_access import FIELD_READERS, Field
from povertyplan.access import RULES
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.models import RowChange
from tests.access import canaries
from tests.access.cells import (
    ANONYMOUS,
    SIGNED_OUT,
    TWO_WARDS,
    Cell,
    expected,
    is_granted_write,
    reachable,
    sent_place,
    url,
)
from tests.access.patterns import PATTERNS
from tests.access.world import PROVINCE, World

READERS = {
    canaries.SCORE: FIELD_READERS[Field.SCORES],
    canaries.ETHNICITY: FIELD_READERS[Field.ETHNICITY],
    canaries.PERSONAL_NUMBER: FIELD_READERS[Field.CITIZEN_ID],
}
# Posts that hand out whole citizen numbers, each leaving an access record.
REVEALS = {
    ("households:reveal_citizen_id", "POST"),
    ("households:household_export", "POST"),
    ("households:import_report", "POST"),
    # Certificates name the head's number; each making is written down with its purpose.
    ("reports:handover_file", "POST"),
    ("reports:receipt_file", "POST"),
    ("reports:village_paper", "POST"),
    ("reports:village_pack", "POST"),
    ("reports:campaign_paper", "POST"),
}

# What a refused act may leave: long work that failed says why on its page.
LEFT_BEHIND = {"core.Job"}

OURS = ("core", "households", "projects", "reports")
# Written by signing in and by the machinery of the journal, not by business.
UNWATCHED = frozenset(
    {
        "core.LoginTry",
        "core.ChainHead",
        "core.ChainLink",
        "core.HeadRecord",
        "core.UnsealedChange",
        "core.WriteContext",
    }
)


@dataclass
class Tally:
    """What came of the cells: faults in words, and what was proved on the way."""

    cells: int = 0
    faults: list[str] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    shown: set[str] = field(default_factory=set)
    proved: set[str] = field(default_factory=set)
    red: set[str] = field(default_factory=set)

    def fault(self, cell: Cell, words: str) -> None:
        self.faults.append(f"{cell}: {words}")
        print(f"FAULT {self.faults[-1]}", flush=True)  # noqa: T201 -- a long run is not waited for
        self.red.add(cell.view)


class Driver:
    """One signed-in browser for each role of the world."""

    def __init__(self, world: World):
        self.world = world
        self.sessions: dict[str, str] = {}
        self.untouched: dict[str, str] = {}
        self.addresses: dict[tuple[str, str, str], str] = {}
        self.last_change = 0

    def run(self, cells: Iterable[Cell]) -> Tally:
        """Send the cells, without a log line for each refusal."""
        logging.disable(logging.CRITICAL)
        try:
            return self._run(cells)
        finally:
            logging.disable(logging.NOTSET)

    def _run(self, cells: Iterable[Cell]) -> Tally:
        tally = Tally()
        self.last_change = _last_change()
        for cell in cells:
            tally.cells += 1
            self.sign_in(cell.role)
            if is_granted_write(self.world, cell):
                self._write(cell, tally)
            else:
                self._refused_or_read(cell, tally)
        return tally

    def _refused_or_read(self, cell: Cell, tally: Tally) -> None:
        self._judge(cell, self.send(cell), tally)
        if (last := _last_change()) != self.last_change:
            tally.fault(cell, "changed rows")
            self.last_change = last

    def _write(self, cell: Cell, tally: Tally) -> None:
        """An allowed write: it happens, touches no other ward, and is undone."""
        foreign = "a" if self._written(cell) == "b" else "b"
        # No cell leaves anything behind, so the other ward is the same before each of them.
        if foreign not in self.untouched:
            self.untouched[foreign] = snapshot(_ward_of(self.world, foreign))
        try:
            with transaction.atomic():
                self._judge(cell, self.send(cell), tally)
                if snapshot(_ward_of(self.world, foreign)) != self.untouched[foreign]:
                    tally.fault(cell, "changed rows of another ward")
                raise _Undo
        except _Undo:
            pass

    def _written(self, cell: Cell) -> str:
        """The ward that a write is in: that of the record, else that of the first grant."""
        if PATTERNS[cell.view].reach:
            return "b" if cell.target == "other ward" else "a"
        # What is everybody's own writes in no ward; then the first stands for "this one".
        grants = self.world.grants[cell.role]
        return grants[0][1][0] if grants else "a"

    def send(self, cell: Cell):
        """The answer to a cell."""
        return self._client(cell).generic(cell.method, self._url(cell), **self._body(cell))

    def _url(self, cell: Cell) -> str:
        """Looked up once: no cell leaves anything behind that would change it."""
        key = (cell.view, cell.target, cell.query)
        if key not in self.addresses:
            self.addresses[key] = url(self.world, cell)
        return self.addresses[key]

    def post(self, cell: Cell, content: bytes, kind: str):
        """The answer to a post of other content than the cell's own."""
        return self._client(cell).generic("POST", self._url(cell), data=content, content_type=kind)

    def sign_in(self, role: str) -> None:
        """Open the session of a role, once: not inside what will be undone."""
        if role != ANONYMOUS and role not in self.sessions:
            self.sessions[role] = _session_of(self.world.users[role])

    def _client(self, cell: Cell) -> Client:
        self.sign_in(cell.role)
        client = Client(raise_request_exception=False)
        if cell.role != ANONYMOUS:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[cell.role]
        return client

    def _body(self, cell: Cell) -> dict:
        if cell.method in ("GET", "HEAD", "OPTIONS"):
            return {}
        content, kind = encode(PATTERNS[cell.view].payload(sent_place(self.world, cell)))
        return {"data": content, "content_type": kind}

    def _judge(self, cell: Cell, response, tally: Tally) -> None:
        tally.statuses[response.status_code] += 1
        if response.status_code not in expected(self.world, cell):
            wanted = sorted(expected(self.world, cell))
            tally.fault(cell, f"answered {response.status_code}, not {wanted}")
        seen = canaries.found(response, sent=self._known(cell))
        if PATTERNS[cell.view].is_invented:
            seen = set()
        sides = reachable(self.world, cell)
        if leaks := {each for each in seen if each[1] not in sides}:
            tally.fault(cell, f"gave away {sorted(leaks)}")
        if secrets := {each for each in seen if not self._may_know(cell, each)}:
            tally.fault(cell, f"showed sensitive {sorted(secrets)}")
        if response.status_code == 200 and any(side in sides for _kind, side in seen):
            tally.shown.add(cell.view)
        allowed = response.status_code in (200, PATTERNS[cell.view].posted)
        if allowed and cell.target == "other ward" and cell.role not in SIGNED_OUT:
            tally.proved.add(cell.view)

    def _known(self, cell: Cell) -> str:
        """What the request itself says: its address and the names of its own user.

        Whoever has a role in two wards is known in both.
        """
        users = [self.world.users.get(cell.role), self.world.users[TWO_WARDS]]
        names = [f"{user.username} {user.full_name} {user.job_title}" for user in users if user]
        return f"{self._url(cell)} {' '.join(names)}".lower()

    def _may_know(self, cell: Cell, seen: tuple[str, str]) -> bool:
        """Whether the table of sensitive fields opens this kind of value to the role, there."""
        kind, side = seen
        if kind not in READERS:
            return True
        if kind == canaries.PERSONAL_NUMBER and (cell.view, cell.method) not in REVEALS:
            return False
        held = {
            role
            for role, over in self.world.grants.get(cell.role, ())
            if over[0] == side[0] or over == PROVINCE
        }
        return not READERS[kind].isdisjoint(held)


class _Undo(Exception):
    pass


def encode(values: dict) -> tuple[bytes, str]:
    """The body of a form and its content type."""
    return encode_multipart(BOUNDARY, values), MULTIPART_CONTENT


def _session_of(user) -> str:
    client = Client()
    client.force_login(user)
    assert client.session[SESSION_KEY] == str(user.pk)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _last_change() -> int:
    return RowChange.objects.aggregate(last=Max("pk"))["last"] or 0


def _ward_of(world: World, letter: str) -> int:
    return (world.a if letter == "a" else world.b).area.pk


def models():
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS and model._meta.label not in UNWATCHED
    ]


def snapshot(ward: int | None = None) -> str:
    """A digest of every row of ours, or of those of one ward."""
    digest = hashlib.sha256()
    for model in models():
        names = tuple(
            each.name for each in model._meta.local_concrete_fields if each.name != "last_login"
        )
        path = _path_to_ward(names)
        if model._meta.label in LEFT_BEHIND:
            continue
        if ward is None:
            digest.update(repr(stored(model, names)).encode())
        elif path:
            digest.update(repr(stored(model, names, (path, ward))).encode())
    return digest.hexdigest()


def _path_to_ward(names: tuple[str, ...]) -> str:
    if "ward" in names:
        return "ward"
    return "document__ward" if "document" in names else ""


def stored(
    model: type[Model], names: tuple[str, ...], condition: tuple[str, int] | None = None
) -> list[tuple]:
    """The rows of a table as the database hands them out: only ever compared with each other."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(model, names, condition))
        return cursor.fetchall()


@cache
def _statement(model, names, condition) -> tuple[str, tuple]:
    # Writing the query takes longer than asking it, and the same are asked hundreds of times.
    rows = model._base_manager.order_by("pk").values_list(*names)
    rows = rows.filter(**dict([condition])) if condition else rows
    return rows.query.sql_with_params()


def scoped_views() -> set[str]:
    """The patterns whose rows belong to a ward or a village, by their rules."""
    return {
        name for name in PATTERNS if RULES[name].scope in (AccessScope.WARD, AccessScope.VILLAGE)
    }
