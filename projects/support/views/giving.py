"""Recording supports: of a household, of a group, of many at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import Support
from projects.support import presenters as words
from projects.support.forms.giving import (
    BatchGiftForm,
    BatchQuestionForm,
    GroupGiftForm,
    HouseholdGiftForm,
)
from projects.support.selectors.ledger import head_names
from projects.support.selectors.met_needs import with_need
from projects.support.selectors.recipients import candidates, households_asked
from projects.support.selectors.rights import names_health
from projects.support.services.checks import NOT_WRITER
from projects.support.services.giving import give_support

FORM = ["GET", "HEAD", "POST"]
HOUSEHOLD = "projects:support_household"
BATCH = "projects/support/support_batch.html"
NAMES = {"kind": "kind_choice"}


@require_http_methods(FORM)
def support_new(request):
    """Find the household by its code; or record at once what a group receives."""
    ward = ward_of(request)
    code = request.GET.get("code", "").strip()
    if code:
        visible = Household.objects.visible_to(request.user).filter(ward=ward)
        if household := visible.filter(code__iexact=code).first():
            return redirect(HOUSEHOLD, household.pk)
    form = GroupGiftForm(request.POST or None, **_around(request, ward))
    if given := _given(request, ward, form):
        return redirect(_ledger(given))
    context = {"form": form, "code": code, "unknown": words.UNKNOWN_CODE if code else ""}
    return form_response(request, "projects/support/support_new.html", context)


@require_http_methods(FORM)
def support_household(request, pk):
    """What a household received, or one of its members."""
    visible = Household.objects.visible_to(request.user).select_related("ward", "village")
    household = get_object_or_404(visible, pk=pk)
    if not may_open(request.user, HOUSEHOLD, area=household.ward, writing=True):
        raise PermissionDenied(NOT_WRITER)
    around = _around(request, household.ward)
    form = HouseholdGiftForm(request.POST or None, household=household, **around)
    if _given(request, household.ward, form):
        return redirect("households:household_detail", household.pk)
    head = head_names([household.pk], clock.today()).get(household.pk, "")
    context = {"form": form, "household": household, "head_name": head}
    return form_response(request, "projects/support/support_household.html", context)


@require_http_methods(FORM)
def support_batch(request):
    """Choose kind and day, then tick among those whom the rules do not exclude."""
    ward = ward_of(request)
    # The address may name a ward and ask nothing yet.
    is_asked = not BatchQuestionForm.base_fields.keys().isdisjoint(request.GET)
    question = BatchQuestionForm(request.GET if is_asked else None, ward=ward, user=request.user)
    if not question.is_valid():
        context = {"question": question}
        if request.method != "POST":
            return render(request, BATCH, context)
        return form_response(request, BATCH, context, question)
    asked = question.cleaned_data
    found = _candidates(request.user, ward, asked)
    form = BatchGiftForm(
        request.POST or None,
        support_kind=asked["kind"],
        on=asked["on"],
        candidates=found[: words.MOST_LISTED],
        **_around(request, ward),
    )
    if given := _given(request, ward, form):
        return redirect(_ledger(given))
    context = {
        "question": question,
        "form": form,
        "about": words.describe_kind(asked["kind"]),
        "on": asked["on"],
        "lines": words.describe_candidates(
            found[: words.MOST_LISTED],
            form.ticked(),
            names_health=names_health(request.user, ward),
        ),
        "too_many": words.TOO_MANY if len(found) > words.MOST_LISTED else "",
        "query": request.GET.urlencode(),
    }
    return form_response(request, BATCH, context)


def _around(request, ward) -> dict:
    return {"ward": ward, "user": request.user, "today": clock.today()}


def _given(request, ward, form) -> Support | None:
    """What a posted form records; None where it is wrong, or refused, which then stands in it."""
    if request.method != "POST" or not form.is_valid():
        return None
    receivers = form.receivers()
    given = perform(
        form,
        give_support,
        names=NAMES if "kind_choice" in form.fields else {},
        ward=ward,
        gift=form.gift(),
        receivers=receivers,
        reasons=form.reasons(),
        key=form.cleaned_data["key"],
        by=request.user,
    )
    if given:
        messages.success(request, words.describe_given(given, len(receivers)))
    return given


def _candidates(user, ward, asked):
    visible = Household.objects.visible_to(user).filter(ward=ward).select_related("village")
    if village := asked["village"]:
        visible = visible.filter(village=village)
    wanted = households_asked(asked["kind"], visible, asked["on"])
    found = candidates(asked["kind"], list(wanted.order_by("village", "code")), asked["on"])
    return with_need(found, asked["kind"], user) if asked["in_need"] else found


def _ledger(given: Support) -> str:
    return f"{reverse('projects:support_list')}?year={given.year}"
