"""A session ends when nobody uses it, and at the end of a working day; nothing signed in is kept.

Sessions lie in the database, so that ending one is final. Django ends those of a user who is
disabled or gets a new password.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from povertyplan.core import clock
from povertyplan.core.accounts import kept_forms, known_browsers
from povertyplan.core.models import KeptForm

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
# A session is written at most once in this time, not with every page.
SEEN_STEP = timedelta(minutes=1)
ENDED = {
    "idle": "Phiên làm việc đã hết vì lâu không có thao tác. Đăng nhập lại để tiếp tục.",
    "limit": "Phiên làm việc đã kéo dài hết thời gian cho phép. Đăng nhập lại để tiếp tục.",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


# The one signal we listen to: whichever way somebody signs in, the session gets its times.
@receiver(user_logged_in)
def start(sender, request, user, **kwargs):
    """Write down when a session began."""
    now = clock.real_now().timestamp()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now


class SessionLimitsMiddleware:
    """Sign out of a session that has been idle or has lasted too long.

    `request.ended` then says why, as a key of ENDED, and `request.ended_user` whose it was.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if reason := _end_of(request.session):
                request.ended, request.ended_user = reason, request.user
                logout(request)
            else:
                _see(request.session)
        return self.get_response(request)


def _end_of(session) -> str:
    """Why a session is over, as a key of ENDED; empty while it goes on.

    A session without its times was not begun by signing in, and is over.
    """
    now = clock.real_now()
    if now - _moment(session, SIGNED_IN_AT) > settings.SESSION_LIMIT:
        return "limit"
    return "idle" if now - _moment(session, SEEN_AT) > settings.SESSION_IDLE_LIMIT else ""


def _moment(session, key: str) -> datetime:
    return datetime.fromtimestamp(session.get(key, 0), UTC)


def _see(session) -> None:
    now = clock.real_now()
    if now - _moment(session, SEEN_AT) >= SEEN_STEP:
        session[SEEN_AT] = now.timestamp()


class SignInMiddleware(LoginRequiredMiddleware):
    """Send anonymous visitors to sign in; a fragment asks the whole page to go there.

    A form that comes too late is kept. The token of a post has been checked before.
    """

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return ask_to_sign_in(request)
        owner = getattr(request, "ended_user", None) or known_browsers.last_account(request)
        return ask_to_sign_in(request, kept_forms.keep(request, owner))


def ask_to_sign_in(request: HttpRequest, kept: KeptForm | None = None) -> HttpResponse:
    """Lead to the log-in page and from there to the kept form, or back to where the user was."""
    query = {"next": reverse("core:kept_form", args=[kept.key]) if kept else place(request)}
    if reason := getattr(request, "ended", ""):
        query["ended"] = reason
    if kept:
        query["kept"] = "1"
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query, safe='/')}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return redirect(url)


def place(request: HttpRequest) -> str:
    """The page to come back to: a form or fragment is reached through the page that holds it."""
    if request.method in SAFE_METHODS and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class NoStoreMiddleware:
    """Let no browser or proxy keep a page: the next person at the machine finds nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cache-Control"] = "no-store, private"
        return response
