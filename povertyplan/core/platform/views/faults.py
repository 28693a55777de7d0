"""The pages of bad days: they ask neither the database nor the session, and also fit a fragment."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.shortcuts import render
from django.template.loader import render_to_string

from povertyplan.core import clock
from povertyplan.core.platform.bad_days import logs
from povertyplan.core.platform.bad_days.outages import Outage, chain_of, outage_of
from povertyplan.core.platform.bad_days.time_limits import RequestTooLong

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FRAGMENT = "components/fault.html"
OUTAGES = {
    Outage.GONE: "faults/gone.html",
    Outage.LOCKED: "faults/locked.html",
    Outage.FULL: "faults/full.html",
    Outage.READ_ONLY: "faults/read_only.html",
}
# What is sent again after this many seconds has a chance.
RETRY_AFTER = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_MUCH):
        return _simple_page(request, "faults/too_large.html", 413)
    return _simple_page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {"exception": str(exception), "layout": _layout(request)}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"layout": _layout(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of a fault of ours, or of the trouble of the database that it came from."""
    error = sys.exc_info()[1]
    outage = outage_of(error)
    if any(isinstance(each, RequestTooLong) for each in chain_of(error)):
        template = "faults/too_long.html"
    elif outage is None:
        return _simple_page(request, "500.html", 500)
    else:
        template = OUTAGES[outage]
    response = _simple_page(request, template, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is of an earlier sign-in.

    A screen that stays as it was typed gets the token of now, with the name of the account that
    would send it: only a page of this site can read the answer, and only its user sends it again.
    """
    is_stale = reason.startswith("CSRF")  # the others are about where a request comes from
    user = getattr(request, "user", None)
    context: dict[str, object] = {}
    if _layout(request) and is_stale and user is not None and user.is_authenticated:
        context = {"token": csrf.get_token(request), "account": str(user)}
    return _simple_page(request, "403_csrf.html", 403, **context)


def _simple_page(
    request: HttpRequest, template: str, status: int, **context: object
) -> HttpResponse:
    """A page without menu, ward and user, none of which may be there."""
    context |= {
        "layout": _layout(request),
        "request": request,
        "demo": settings.DEMO,
        "today": clock.today(),
        "number": logs.request_number(),
    }
    return HttpResponse(render_to_string(template, context), status=status)


def _layout(request: HttpRequest) -> str:
    """What a fault's template extends: its own layout, or a notice for the page that asked."""
    return FRAGMENT if request.headers.get("HX-Request") else ""
