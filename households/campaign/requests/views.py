"""Requests of households: the list, a new one, joining one to a household, setting one aside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.campaign.requests import presenters as words
from households.campaign.requests.forms import RequestCloseForm, RequestForm, RequestLinkForm
from households.campaign.requests.selectors import (
    LISTS,
    listed_requests,
    request_counts,
    review_to_join,
)
from households.campaign.requests.services import (
    NOT_WAITING,
    close_request,
    link_request,
    record_request,
)
from households.models import ReviewRequest
from povertyplan.core.access.rules import may_open
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

LIST = "households:request_list"
NEW = "households:request_new"
LINK = "households:request_link"
CLOSE = "households:request_close"
UNLISTED = "households:campaign_unlisted"
A_PAGE = 50


@require_safe
def request_list(request):
    name = request.GET.get("state", "")
    name = name if name in LISTS else ""
    counts = request_counts(request.user)
    page = Paginator(listed_requests(request.user, name), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "name": name,
        "prefix": f"state={name}&" if name else "",
        "tabs": [
            {
                "label": words.LISTS[key],
                "url": f"?state={key}" if key else "?",
                "active": key == name,
                "count": counts[key],
            }
            for key in LISTS
        ],
        "may_write": may_open(request.user, NEW, writing=True),
        "villages_to_write": _villages_to_write(request.user, page),
        "joinable": _reviews_to_join(request.user),
    }
    return render(request, "households/campaign/request_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request):
    """Write down what somebody asked for."""
    form = RequestForm(request.POST or None, villages=_villages_of(request.user))
    if request.method == "POST" and form.is_valid():
        saved = perform(form, record_request, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, words.RECORDED)
            return redirect_to_row(saved, LIST)
    return form_response(request, "households/campaign/request_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def request_link(request, pk):
    """Ask which household of the register a request is about."""
    asked = _request_or_404(request.user, pk, LINK)
    initial = {
        "version": asked.version,
        "household_code": asked.household.code if asked.household else "",
    }
    form = RequestLinkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, link_request, request=asked, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, words.linked(asked.household))
            return redirect_to_row(saved, LIST)
    return _request_page(request, "households/campaign/request_link.html", asked, form)


@require_http_methods(["GET", "HEAD", "POST"])
def request_close(request, pk):
    """Ask why a request is set aside, and set it aside."""
    asked = _request_or_404(request.user, pk, CLOSE)
    form = RequestCloseForm(request.POST or None, initial={"version": asked.version})
    if request.method == "POST" and form.is_valid():
        saved = perform(form, close_request, request=asked, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, words.CLOSED)
            return redirect(LIST)
    return _request_page(request, "households/campaign/request_close.html", asked, form)


def _reviews_to_join(user):
    """The open reviews into which a user may take late requests, one a ward."""
    wards = [ward for ward in user.wards if may_open(user, UNLISTED, area=ward, writing=True)]
    return [review for review in map(review_to_join, wards) if review]


def _villages_of(user):
    """The villages for which a user may write a request down."""
    villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, valid_to=None)
    own = [village.pk for village in villages if may_open(user, NEW, area=village, writing=True)]
    return Area.objects.filter(pk__in=own).in_order()


def _villages_to_write(user, requests):
    villages = {asked.village for asked in requests}
    return {each.pk for each in villages if may_open(user, LINK, area=each, writing=True)}


def _request_or_404(user, pk, view):
    requests = ReviewRequest.objects.visible_to(user).select_related(
        "village", "household", "ward", "campaign"
    )
    asked = get_object_or_404(requests, pk=pk)
    if not may_open(user, view, area=asked.village, writing=True):
        raise PermissionDenied(words.NO_RIGHT)
    return asked


def _request_page(request, template, asked, form):
    lock = "" if asked.is_waiting else NOT_WAITING
    return form_response(request, template, {"asked": asked, "form": form, "lock": lock})
