"""One household's pledge: recording it, reading it, changing it, withdrawing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.ledger.selectors.known import known_periods
from households.ledger.selectors.members import memberships_on
from households.models import EscapePledge, Household
from households.pledges import presenters as words
from households.pledges.forms import EndForm, PledgeChangeForm, PledgeForm, pledge_initial
from households.pledges.selectors import pledge_lines
from households.pledges.services.pledging import change_pledge, pledge_escape, withdraw_pledge
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform

FORM = ["GET", "HEAD", "POST"]
DETAIL, NEW, EDIT, WITHDRAW = (
    "households:pledge_detail",
    "households:pledge_new",
    "households:pledge_edit",
    "households:pledge_withdraw",
)
HELPER, VISIT, PAPER = "households:helper_new", "households:visit_new", "reports:pledge_paper"


@require_safe
def pledge_detail(request, pk):
    pledge = pledge_or_404(request.user, pk)
    village = pledge.household.village
    (line,) = pledge_lines(_alone(pledge), known=known_periods(pledge.ward), today=clock.today())
    context = {
        "line": line,
        "is_open": pledge.withdrawn_on is None and pledge.household.closed_on is None,
        "pledge": pledge,
        "helpers": pledge.helpers.select_related("unit").order_by("-from_on", "-pk"),
        "visits": pledge.visits.select_related("helper", "recorded_by"),
        "may_edit": may_open(request.user, EDIT, area=village, writing=True),
        "may_assign": may_open(request.user, HELPER, area=village, writing=True),
        "may_visit": may_open(request.user, VISIT, area=village, writing=True),
        "may_print": may_open(request.user, PAPER, area=village, writing=True),
    }
    return render(request, "households/pledges/pledge_detail.html", context)


@require_http_methods(FORM)
def pledge_new(request, pk):
    """A household registers."""
    visible = Household.objects.visible_to(request.user).select_related("ward", "village")
    household = get_object_or_404(visible, pk=pk)
    refuse_reader(request.user, NEW, household.village)
    today = clock.today()
    posted = request.POST if request.method == "POST" else None
    form = PledgeForm(posted, initial={"pledged_on": today, "year": today.year})
    if posted is not None and form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"]}
        pledge = perform(form, pledge_escape, household=household, **values, by=request.user)
        if pledge:
            messages.success(request, words.describe_pledged(pledge))
            return redirect(DETAIL, pledge.pk)
    heads = memberships_on([household.pk], today, or_last=True).filter(is_head=True)
    context = {
        "form": form,
        "household": household,
        "head_name": heads.values_list("person__full_name", flat=True).first(),
    }
    return form_response(request, "households/pledges/pledge_form.html", context)


@require_http_methods(FORM)
def pledge_edit(request, pk):
    pledge = pledge_or_404(request.user, pk)
    refuse_reader(request.user, EDIT, pledge.household.village)
    posted = request.POST if request.method == "POST" else None
    form = PledgeChangeForm(posted, initial=pledge_initial(pledge))
    if posted is not None and form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        saved = perform(form, change_pledge, pledge=pledge, **values, by=request.user)
        if saved:
            messages.success(request, words.describe_changed(saved))
            return redirect(DETAIL, saved.pk)
    context = {"form": form, "household": pledge.household, "pledge": pledge}
    return form_response(request, "households/pledges/pledge_form.html", context)


@require_http_methods(FORM)
def pledge_withdraw(request, pk):
    pledge = pledge_or_404(request.user, pk)
    refuse_reader(request.user, WITHDRAW, pledge.household.village)
    initial = {"on": clock.today(), "version": pledge.version}
    posted = request.POST if request.method == "POST" else None
    form = EndForm(posted, initial=initial)
    if posted is not None and form.is_valid():
        ended = perform(form, withdraw_pledge, pledge=pledge, **form.cleaned_data, by=request.user)
        if ended:
            messages.success(request, words.describe_withdrawn(ended))
            return redirect(DETAIL, ended.pk)
    context = {"form": form, "pledge": pledge}
    return form_response(request, "households/pledges/pledge_withdraw.html", context)


def pledge_or_404(user, pk) -> EscapePledge:
    rows = EscapePledge.objects.visible_to(user).select_related("household__village", "ward")
    return get_object_or_404(rows, pk=pk)


def refuse_reader(user, view, village) -> None:
    """Whose role writes in another ward or village only does not write here."""
    if not may_open(user, view, area=village, writing=True):
        raise PermissionDenied(words.NOT_WRITER)


def _alone(pledge):
    rows = EscapePledge.objects.filter(pk=pledge.pk)
    return rows.select_related("household__village", "ward")
