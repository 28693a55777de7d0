"""Guessing passwords is slow, and one office behind one address is not locked out.

Tries are counted for each account, never for an address alone. A browser that has signed in to
an account before is known to it by a signed cookie and counts apart from strangers, so that
somebody who guesses from elsewhere, or from the next desk, cannot lock the owner out. Both
together leave at most 20 wrong tries for an account in an hour.

A password costs a third of a second to look at, also one for a name that does not exist, so that
the time tells nothing. Of invented names only a few are looked at in a minute; and a name whose
tries are used up is answered without writing anything.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from povertyplan.core import clock, locks
from povertyplan.core.accounts import known_browsers
from povertyplan.core.models import LoginTry, User

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most `tries` in any period of this length."""

    tries: int
    period: timedelta

    def free_at(self, moments: list[datetime], now: datetime) -> datetime | None:
        """When the next try is allowed; None for at once."""
        recent = sorted(moment for moment in moments if moment > now - self.period)
        return recent[-self.tries] + self.period if len(recent) >= self.tries else None


FROM_ONE_ADDRESS = Limit(tries=5, period=timedelta(minutes=15))
FROM_STRANGERS = Limit(tries=10, period=KEPT_FOR)
FROM_KNOWN_BROWSERS = Limit(tries=10, period=KEPT_FOR)
# Invented names whose password is looked at: from one address, and from all of them. The second
# is short, so that even the first of a flood take no processor for longer than a second.
INVENTED_FROM_ONE_ADDRESS = Limit(tries=6, period=timedelta(minutes=1))
INVENTED = Limit(tries=4, period=timedelta(seconds=6))
# Tries that bring a code with them, for a name that others have used up. A code guessed at each
# would be right once in 5,000 hours, and the password is asked as well.
WITH_CODE_FROM_ONE_ADDRESS = Limit(tries=5, period=timedelta(minutes=15))
WITH_CODE = Limit(tries=60, period=KEPT_FOR)


class Locked(Exception):
    """No try is allowed before `free_at`."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__(free_at)
        self.free_at = free_at


class NoSuchName(Exception):
    """A name that does not exist, after too many of them: its password is not looked at."""


def take_a_try(request: HttpRequest, username: str) -> LoginTry:
    """Count a try. Raises Locked where none is allowed now, NoSuchName beside a flood of names.

    It is counted before the password is looked at: tries sent at the same moment would
    otherwise all be allowed by the same count.
    """
    username, now = username[:150], clock.real_now()
    address, is_known = client_address(request), known_browsers.is_known_to(request, username)
    if free_at := _free_at(username, address, is_known, now):
        raise Locked(free_at)
    is_invented = not User.objects.filter(username=username).exists()
    if is_invented and _are_too_many(address, now):
        raise NoSuchName
    with transaction.atomic():
        _one_at_a_time(username)
        if is_invented:
            _one_at_a_time("")
            if _are_too_many(address, now):
                raise NoSuchName
        LoginTry.objects.filter(at__lte=now - KEPT_FOR).delete()
        free_at = _free_at(username, address, is_known, now)
        if free_at is None:
            return LoginTry.objects.create(
                username=username, address=address, is_known=is_known, at=now
            )
    raise Locked(free_at)  # outside, so that old tries stay deleted


def take_an_owners_try(request: HttpRequest, username: str) -> LoginTry:
    """Count a try for a used-up name that brings a code. Raises Locked where none is allowed now.

    Those who use up the name without a code take nothing from these.
    """
    username, now = username[:150], clock.real_now()
    address = client_address(request)
    with transaction.atomic():
        _one_at_a_time(username)
        tries = list(_tries(username, now).filter(with_code=True))
        from_here = [each.at for each in tries if each.address == address]
        free_at = _latest(
            WITH_CODE.free_at([each.at for each in tries], now),
            WITH_CODE_FROM_ONE_ADDRESS.free_at(from_here, now),
        )
        if free_at is None:
            return LoginTry.objects.create(
                username=username, address=address, with_code=True, at=now
            )
    raise Locked(free_at)


def free_for(request: HttpRequest, username: str) -> datetime:
    """When the next try without a code is allowed; now, where one is."""
    username, now = username[:150], clock.real_now()
    is_known = known_browsers.is_known_to(request, username)
    return _free_at(username, client_address(request), is_known, now) or now


def give_back_try(taken: LoginTry) -> None:
    """A try with the right password does not count."""
    LoginTry.objects.filter(pk=taken.pk).delete()


def forget_tries(username: str) -> int:
    """Lift the lock of an account; returns how many tries were counted for it."""
    return LoginTry.objects.filter(username=username).delete()[0]


def has_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the user's password; a wrong one counts like a wrong try to sign in.

    Raises Locked when no try is allowed now.
    """
    taken = take_a_try(request, user.username)
    if not user.check_password(password):
        return False
    give_back_try(taken)
    return True


def _one_at_a_time(username: str) -> None:
    locks.wait_turn("login", username)


def _free_at(username: str, address: str, is_known: bool, now: datetime) -> datetime | None:
    tries = list(_tries(username, now).filter(is_known=is_known, with_code=False))
    moments = [each.at for each in tries]
    if is_known:
        return FROM_KNOWN_BROWSERS.free_at(moments, now)
    from_here = [each.at for each in tries if each.address == address]
    return _latest(FROM_STRANGERS.free_at(moments, now), FROM_ONE_ADDRESS.free_at(from_here, now))


def _are_too_many(address: str, now: datetime) -> bool:
    """Whether too many invented names were tried just before."""
    recent = LoginTry.objects.filter(at__gt=now - INVENTED_FROM_ONE_ADDRESS.period)
    invented = list(recent.exclude(username__in=User.objects.values("username")))
    from_here = [each.at for each in invented if each.address == address]
    return bool(
        INVENTED.free_at([each.at for each in invented], now)
        or INVENTED_FROM_ONE_ADDRESS.free_at(from_here, now)
    )


def _tries(username: str, now: datetime) -> QuerySet[LoginTry]:
    return LoginTry.objects.filter(username=username, at__gt=now - KEPT_FOR)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def client_address(request: HttpRequest) -> str:
    """The address of the browser, read behind as many proxies as the settings name.

    Each proxy appends the address it was called from, so everything further left in the header
    was written by the client and counts for nothing.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return forwarded[-proxies].strip()[:45]
    return request.META.get("REMOTE_ADDR", "")


def locked_response(
    request: HttpRequest, free_at: datetime, form: Form | None = None
) -> HttpResponse:
    """Say that no try is allowed now, and from when on; `form` lets the owner in with a code."""
    now = clock.real_now()
    context = {
        "minutes": math.ceil((free_at - now).total_seconds() / 60),
        "form": form,
        "next": request.POST.get("next", ""),
        "free_at": free_at.astimezone(clock.HANOI) + timedelta(seconds=59),
    }
    locked = render(request, "core/accounts/locked.html", context, status=429)
    locked["Retry-After"] = math.ceil((free_at - now).total_seconds())
    return locked
