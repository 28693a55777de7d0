"""What a document of the superior level asks of the ward for a year."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.periods.selectors import hold_whole_year, locks_in_year
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from projects.targets.selectors import indicators_of
from reports.targets import presenters as words
from reports.targets.forms.years import AssignedYearForm
from reports.targets.selectors import assigned_targets
from reports.targets.services.assigned import set_assigned_targets


@require_http_methods(["GET", "HEAD", "POST"])
def assigned_year(request, year):
    """The grid of a year's targets, with what the superior level asks of each."""
    ward = ward_of(request)
    years.check_reach(year)
    posted = request.POST if request.method == "POST" else None
    form = _form(ward, year, posted)
    if posted is not None and form.is_valid():
        values = {
            "targets": form.promises(),
            "document": form.assigning_document(),
            "reason": form.cleaned_data["reason"],
        }
        saved = perform(form, set_assigned_targets, ward=ward, year=year, by=request.user, **values)
        if saved is not None:
            messages.success(request, words.describe_assigned_set(saved, year))
            return redirect(words.list_url(year, saved[0].indicator if saved else None))
        if newer := newer_row(form):
            form = _with_newer(form, ward, year, newer)
    locks = locks_in_year(ward, year)
    context = {
        "form": form,
        "year": year,
        "locks": locks,
        "is_locked": hold_whole_year(locks),
        "around": (year - 1, year + 1),
    }
    return form_response(request, "reports/targets/assigned_year.html", context, *form.lines)


def _form(ward, year, data) -> AssignedYearForm:
    standing = assigned_targets(ward, year)
    return AssignedYearForm(data, indicators=indicators_of(ward), standing=standing)


def _with_newer(form, ward, year, newer) -> AssignedYearForm:
    """The form as it was typed, knowing what somebody else recorded meanwhile."""
    data = form.data.copy()
    data[f"i{newer.indicator_id}-seen"] = str(newer.pk)
    again = _form(ward, year, data)
    again.is_valid()
    for sentence in form.non_field_errors():
        again.add_error(None, sentence)
    return again
