"""The target of a ward shared out among its villages."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.periods.selectors import hold_whole_year, locks_in_year
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from projects.models import Indicator, Target
from projects.targets.services.villages import set_village_targets
from reports.figures.registry import CLASS_OF_QUERY
from reports.targets import presenters as words
from reports.targets.forms.villages import VillageTargetsForm
from reports.targets.proposals import village_proposals


@require_http_methods(["GET", "HEAD", "POST"])
def village_targets(request, pk, year):
    """What each village is to have left, first as the distance of its households proposes it."""
    target = _target_or_404(request.user, pk, year)
    proposals = village_proposals(target=target, today=clock.today())
    form = VillageTargetsForm(request.POST or None, proposals=proposals.villages)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form,
            set_village_targets,
            indicator=target.indicator,
            year=year,
            villages=form.promises(),
            ward_left=proposals.ward_left,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        if saved is not None:
            messages.success(request, words.describe_villages_set(saved, year))
            return redirect(words.list_url(year, target.indicator))
        if newer_row(form):
            form = _again(form, target)
    locks = locks_in_year(target.ward, year)
    context = {
        "form": form,
        "target": target,
        "indicator": target.indicator,
        "year": year,
        "proposals": proposals,
        "sum": words.describe_village_sum(proposals, form),
        "locks": locks,
        "is_locked": hold_whole_year(locks),
    }
    if form.is_bound and any(line.errors for line in form.lines):
        return render(request, "reports/targets/village_targets.html", context, status=422)
    return form_response(request, "reports/targets/village_targets.html", context, *form.lines)


def _target_or_404(user, pk, year) -> Target:
    indicators = Indicator.objects.visible_to(user).select_related("ward")
    indicator = get_object_or_404(indicators, pk=pk)
    if indicator.query not in CLASS_OF_QUERY:
        raise Http404(words.NOT_OF_HOUSEHOLDS)
    promised = Target.objects.in_force().filter(area=indicator.ward, year=year)
    target = get_object_or_404(promised.select_related("ward"), indicator=indicator)
    target.indicator = indicator
    return target


def _again(form, target) -> VillageTargetsForm:
    """The form as it was typed, knowing what somebody else set meanwhile."""
    proposals = village_proposals(target=target, today=clock.today())
    data = form.data.copy()
    for each in proposals.villages:
        data[f"v{each.village.pk}-seen"] = str(each.standing.pk) if each.standing else ""
    again = VillageTargetsForm(data, proposals=proposals.villages)
    again.is_valid()
    for sentence in form.non_field_errors():
        again.add_error(None, sentence)
    return again
