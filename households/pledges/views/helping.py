"""Who helps a household that registered, and the visits to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from households.models import HelperVisit, HouseholdHelper
from households.pledges import presenters as words
from households.pledges.forms import EndForm, HelperForm, VisitForm, VisitWithdrawForm
from households.pledges.services.helping import (
    assign_helper,
    end_helper,
    record_visit,
    withdraw_visit,
)
from households.pledges.views.pledging import DETAIL, FORM, pledge_or_404, refuse_reader
from povertyplan.core import clock
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

HELPER, HELPER_END = "households:helper_new", "households:helper_end"
VISIT, VISIT_WITHDRAW = "households:visit_new", "households:visit_withdraw"


@require_http_methods(FORM)
def helper_new(request, pk):
    """Somebody is to help a household."""
    pledge = pledge_or_404(request.user, pk)
    refuse_reader(request.user, HELPER, pledge.household.village)
    initial = {"from_on": max(pledge.pledged_on, clock.today())}
    posted = request.POST if request.method == "POST" else None
    form = HelperForm(posted, ward=pledge.ward, initial=initial)
    if posted is not None and form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"]}
        helper = perform(form, assign_helper, pledge=pledge, **values, by=request.user)
        if helper:
            messages.success(request, words.describe_helper(helper))
            return redirect_to_row(helper, DETAIL, pledge.pk)
    context = {"form": form, "pledge": pledge}
    return form_response(request, "households/pledges/helper_new.html", context)


@require_http_methods(FORM)
def helper_end(request, pk):
    rows = HouseholdHelper.objects.visible_to(request.user)
    helper = get_object_or_404(rows.select_related("pledge__household__village", "ward"), pk=pk)
    refuse_reader(request.user, HELPER_END, helper.pledge.household.village)
    initial = {"on": max(helper.from_on, clock.today()), "version": helper.version}
    posted = request.POST if request.method == "POST" else None
    form = EndForm(posted, initial=initial)
    if posted is not None and form.is_valid():
        ended = perform(form, end_helper, helper=helper, **form.cleaned_data, by=request.user)
        if ended:
            messages.success(request, words.describe_helper_ended(ended))
            return redirect_to_row(ended, DETAIL, helper.pledge_id)
    context = {"form": form, "helper": helper, "pledge": helper.pledge}
    return form_response(request, "households/pledges/helper_end.html", context)


@require_http_methods(FORM)
def visit_new(request, pk):
    """Somebody was at the household."""
    pledge = pledge_or_404(request.user, pk)
    refuse_reader(request.user, VISIT, pledge.household.village)
    posted = request.POST if request.method == "POST" else None
    form = VisitForm(posted, pledge=pledge, initial={"visited_on": clock.today()})
    if posted is not None and form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"]}
        visit = perform(form, record_visit, pledge=pledge, **values, by=request.user)
        if visit:
            messages.success(request, words.describe_visit(visit))
            return redirect_to_row(visit, DETAIL, pledge.pk)
    context = {"form": form, "pledge": pledge}
    return form_response(request, "households/pledges/visit_new.html", context)


@require_http_methods(FORM)
def visit_withdraw(request, pk):
    rows = HelperVisit.objects.visible_to(request.user)
    visit = get_object_or_404(rows.select_related("pledge__household__village", "ward"), pk=pk)
    refuse_reader(request.user, VISIT_WITHDRAW, visit.pledge.household.village)
    posted = request.POST if request.method == "POST" else None
    form = VisitWithdrawForm(posted, initial={"version": visit.version})
    if posted is not None and form.is_valid():
        gone = perform(form, withdraw_visit, visit=visit, **form.cleaned_data, by=request.user)
        if gone:
            messages.success(request, words.describe_visit_withdrawn(gone))
            return redirect_to_row(gone, DETAIL, visit.pledge_id)
    context = {"form": form, "visit": visit, "pledge": visit.pledge}
    return form_response(request, "households/pledges/visit_withdraw.html", context)
