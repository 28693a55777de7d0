"""Who writes is signed with keys that come from SECRET_KEY (ADR 22).

The token of an act carries a signature that no database can make, so `verify_audit` finds an act
that only says whose it is. PostgreSQL holds a second key, which the site's role cannot read, and
refuses to write under facts without the seal of this very transaction.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q

from povertyplan.core import clock
from povertyplan.core.models import RowChange

# Of the 24 bytes of a token: when it was made, what makes it unlike others, its signature.
WHEN, LONELY, SIGNATURE = 4, 8, 12
SEPARATOR = "\x1f"
BLOCK = 64
# The clocks of site and database may differ, and a transaction lasts.
EARLIEST, LATEST = timedelta(minutes=10), timedelta(hours=2)


@dataclass(frozen=True)
class Forged:
    """Changes that one token joins, and that nobody of the program signed."""

    first: int
    count: int
    actor: str
    act: str


def make_token(*, actor: str, act: str, source: str) -> str:
    """A token that joins the changes of one act, 32 characters, and proves whose they are."""
    head = int(clock.real_now().timestamp()).to_bytes(WHEN, "big") + secrets.token_bytes(LONELY)
    return _as_text(head + _sign(settings.SECRET_KEY, head, [actor, act, source]))


def is_signed(token: str, *, actor: str, act: str, source: str) -> bool:
    """Whether a token was made for these facts, with the key of now or one of before."""
    try:
        whole = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return False
    head, signature = whole[: WHEN + LONELY], whole[WHEN + LONELY :]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        hmac.compare_digest(_sign(key, head, [actor, act, source]), signature) for key in keys
    )


def seal(transaction: str, *, token: str, actor: str, act: str, source: str) -> str:
    """What PostgreSQL asks for beside the facts: it fits one transaction."""
    text = SEPARATOR.join([transaction, token, actor, act, source])
    return hmac.new(database_key(), text.encode(), hashlib.sha256).hexdigest()


def database_key() -> bytes:
    """The key that PostgreSQL keeps from the site's role; nothing else follows from it."""
    return _key(settings.SECRET_KEY, "povertyplan.context")


def pads() -> tuple[bytes, bytes]:
    """The key as HMAC uses it, inside and outside."""
    key = database_key().ljust(BLOCK, b"\0")
    return bytes(each ^ 0x36 for each in key), bytes(each ^ 0x5C for each in key)


def signed_from() -> int | None:
    """The first change that carries a signature of ours; what is older was never signed."""
    first = None
    for each in _acts():
        if (first is None or each["first"] < first) and _fits(each):
            first = each["first"]
    return first


def forged() -> Iterator[Forged]:
    """Changes that name somebody, or an act, without a signature that fits them.

    On SQLite, where one act writes at a time, a token that comes again later was copied.
    """
    begin = signed_from()
    if begin is None:
        return
    for each in _acts().filter(last__gt=begin):
        if not _fits(each) or (connection.vendor == "sqlite" and _is_torn(each)):
            yield Forged(each["first"], each["count"], each["actor"], each["act"])


def _acts():
    said = ~Q(actor="sql", act="", source="", token="")
    facts = RowChange.objects.filter(said).order_by().values("token", "actor", "act", "source")
    return facts.annotate(
        first=Min("pk"), last=Max("pk"), count=Count("pk"), begun=Min("at"), ended=Max("at")
    ).order_by("first")


def _fits(facts: dict) -> bool:
    token = facts["token"]
    if not is_signed(token, actor=facts["actor"], act=facts["act"], source=facts["source"]):
        return False
    made = _made_at(token)
    return made - EARLIEST <= facts["begun"] and facts["ended"] <= made + LATEST


def _is_torn(facts: dict) -> bool:
    return facts["last"] - facts["first"] + 1 != facts["count"]


def _made_at(token: str) -> datetime:
    seconds = base64.urlsafe_b64decode(token)[:WHEN]
    return datetime.fromtimestamp(int.from_bytes(seconds, "big"), UTC)


def _sign(secret: str | bytes, head: bytes, facts: list[str]) -> bytes:
    text = head + SEPARATOR.join(facts).encode()
    return hmac.new(_key(secret, "povertyplan.token"), text, hashlib.sha256).digest()[:SIGNATURE]


def _key(secret: str | bytes, purpose: str) -> bytes:
    secret = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


def _as_text(whole: bytes) -> str:
    return base64.urlsafe_b64encode(whole).decode("ascii")
