"""Passwords that an administrator hands out: they open one page, the one that changes them."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from povertyplan.core import clock
from povertyplan.core.models import User

VALID_FOR = timedelta(days=7)
# No letter or digit that reads like another one on a printed slip.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4
EXPIRED = (
    "Mật khẩu dùng một lần này đã hết hạn. Nhờ quản trị hệ thống của phường, xã cấp mật khẩu khác."
)
# Where somebody who must change the password may go.
OPEN_VIEWS = frozenset(
    {
        "core:login",
        "core:login_code",
        "core:logout",
        "core:healthz",
        "core:password_change",
        "core:second_factor",
    }
)


def new_password() -> str:
    """Sixteen random letters and digits in groups of four: 79 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


@dataclass(frozen=True)
class NewPassword:
    """A password in clear, and the digest of it that is kept.

    The digest is slow on purpose: it is made before the act, in which others wait.
    """

    text: str = field(repr=False)
    digest: str = field(repr=False)


def prepare_password() -> NewPassword:
    text = new_password()
    return NewPassword(text, make_password(text))


def refuse_expired(user: User) -> None:
    """Called when somebody has typed the right password."""
    if user.one_time_until is not None and user.one_time_until <= clock.real_now():
        raise ValidationError(EXPIRED, code="expired")


class OneTimePasswordMiddleware:
    """Keep whoever signed in with a handed-out password at the page that changes it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or request.user.one_time_until is None:
            return None
        if request.resolver_match.view_name in OPEN_VIEWS:
            return None
        return redirect("core:password_change")
