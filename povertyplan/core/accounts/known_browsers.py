"""Which accounts a browser has signed in to, in a signed cookie. A new password makes it void."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from povertyplan.core.models import User

KNOWN_COOKIE = "known_accounts"
KNOWN_FOR = timedelta(days=180)
ACCOUNTS_IN_COOKIE = 10
FINGERPRINT_LENGTH = 16


def remember(response: HttpResponse, request: HttpRequest, user: User) -> None:
    """Let this browser be known to the account that has just signed in."""
    accounts = _accounts(request)
    accounts.pop(str(user.pk), None)  # the last one stands at the end
    accounts[str(user.pk)] = _fingerprint(user)
    latest = dict(list(accounts.items())[-ACCOUNTS_IN_COOKIE:])
    response.set_cookie(
        KNOWN_COOKIE,
        signing.dumps(latest, salt=KNOWN_COOKIE),
        max_age=KNOWN_FOR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def last_account(request: HttpRequest) -> User | None:
    """The account that signed in last in this browser, while its password is the same."""
    accounts = _accounts(request)
    user = User.objects.filter(pk=[*accounts][-1], is_active=True).first() if accounts else None
    return user if user and is_known_to(request, user.username) else None


def is_known_to(request: HttpRequest, username: str) -> bool:
    accounts = _accounts(request)
    user = User.objects.filter(username=username).first() if accounts else None
    if user is None:
        return False
    return constant_time_compare(accounts.get(str(user.pk), ""), _fingerprint(user))


def _accounts(request: HttpRequest) -> dict[str, str]:
    try:
        return signing.loads(
            request.COOKIES.get(KNOWN_COOKIE, ""), salt=KNOWN_COOKIE, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return {}


def _fingerprint(user: User) -> str:
    return user.password_mark[:FINGERPRINT_LENGTH]
