"""Who needs what and received what (ai cần gì, đã nhận gì); ending the needs that were met."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.asking.selectors import open_needs_of
from households.models import Household
from households.needs.selectors.lists import (
    counts_by_kind,
    need_lines,
    needs_of_year,
    totals_of_lines,
)
from households.needs.services.ending import end_served_needs
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from projects.gaps import presenters as words
from projects.gaps.forms import GapForm, MetNeedsForm
from projects.gaps.selectors.lists import GapLine, gap_lists
from projects.gaps.selectors.overview import (
    gap_overview,
    removed_deprivations,
)
from projects.support.selectors.ledger import head_names
from projects.support.selectors.met_needs import delivered_supports, met_needs
from projects.support.selectors.rights import kinds_to_read, names_health
from projects.support.services.checks import earlier_text

GAP, MET = "projects:need_gap", "projects:need_met"
BATCH = "projects:support_batch"


@require_safe
def need_gap(request):
    """All kinds in a table; of one kind its lists."""
    ward, today = ward_of(request), clock.today()
    form = GapForm(request.GET, ward=ward, user=request.user)
    kind, village = form.value("kind"), form.value("village")
    reader = user_opening(request.user, GAP)
    households = Household.objects.visible_to(reader).filter(ward=ward)
    if village:
        households = households.filter(village=village)
    context = {
        "form": form,
        "kind": kind,
        "village": village,
        "today": today,
        "may_end": may_open(request.user, MET, area=ward, writing=True),
    }
    if kind is None:
        scope = {"households": households, "ward": ward, "reader": reader}
        overview = gap_overview(kinds=form.kinds(), **scope, on=today)
        context["overview"] = overview
        context["deprivations"] = removed_deprivations(form.kinds(), today)
    else:
        scope = {"kind": kind, "households": households, "ward": ward, "reader": reader}
        context |= _lists(request, form, gap_lists(**scope, on=today))
        context["count"] = counts_by_kind([kind], needs_of_year(households, today.year))[0]
        context["not_asked"] = totals_of_lines(need_lines(households, today)).not_asked
        kinds = kinds_to_read(reader, ward).filter(needs=kind).valid_on(today)
        context["support_kinds"] = kinds.prefetch_related("projects")
        context["may_give"] = may_open(request.user, BATCH, area=ward, writing=True)
    return render(request, "projects/gaps/need_gap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_met(request):
    """End as served the needs for which something was delivered, on the day it was."""
    ward = ward_of(request)
    lines = _met_lines(request.user, ward)
    form = MetNeedsForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        ended = perform(form, end_served_needs, ward=ward, ends=form.ends(), by=request.user)
        if ended:
            messages.success(request, words.describe_met(ended))
            return redirect(GAP)
    ticked = form.ticked()
    rows = [(value, line, value in ticked) for value, line in form.lines.items()]
    return form_response(request, "projects/gaps/need_met.html", {"form": form, "rows": rows})


def _lists(request, form, lists):
    show = form.value("show") or words.FIRST_LIST
    asked = {name: request.GET[name] for name in ("kind", "village") if request.GET.get(name)}
    lines = getattr(lists, show)
    return {
        "tabs": words.tabs_of(lists, asked, show),
        "show": show,
        "column": words.COLUMNS.get(show, words.SUPPORT_COLUMN),
        "has_reason": show not in words.COLUMNS,
        "lines": lines[: words.MOST_SHOWN],
        "batch": words.batch_query(request.GET.get("village", ""), show),
        "met_count": len(lists.met),
        "too_many": words.TOO_MANY if len(lines) > words.MOST_SHOWN else "",
    }


def _met_lines(user, ward) -> list[GapLine]:
    writer = user_opening(user, MET, writing=True)
    households = Household.objects.visible_to(writer).filter(ward=ward)
    needs = open_needs_of(households)
    kinds = {need.kind for need in needs}
    met = met_needs(needs, delivered_supports(households, writer, kinds))
    heads = head_names([need.household_id for need in needs if need.pk in met], clock.today())
    names = names_health(writer, ward)
    return [
        GapLine(
            household=need.household,
            head_name=heads.get(need.household_id, ""),
            person_name=str(need.person or ""),
            since=need.asked_on,
            support=met[need.pk],
            reason=earlier_text(met[need.pk], names_health=names),
            need=need,
        )
        for need in needs
        if need.pk in met
    ]
