"""The targets of a ward: the table of all years, and the grid in which a year is set."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.periods.selectors import hold_whole_year, locks_in_year
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from projects.targets.selectors import indicators_of, targets_of
from projects.targets.services.targets import set_targets
from reports.printing.pdf import PrintingUnavailable
from reports.targets import presenters as words
from reports.targets.forms.pasted_targets import TargetPasteForm
from reports.targets.forms.years import TargetYearForm
from reports.targets.papers import FORMATS, write_target_table
from reports.targets.selectors import build_target_table

REPORT = "reports:actual_register_import"


@require_safe
def target_list(request):
    """The targets of all years; progress speaks about the chosen one."""
    ward, today = ward_of(request), clock.today()
    asked = years.year_of(request) if "year" in request.GET else None
    table = build_target_table(ward=ward, year=asked, today=today, viewer=request.user)
    context = {
        "table": table,
        "groups": words.group_rows(table.rows),
        "assigned": [words.describe_assigned(each) for each in table.assigned],
        "year": table.year,
        "may_set": may_open(request.user, "reports:target_year", area=ward, writing=True),
        "may_report": may_open(request.user, REPORT, area=ward, writing=True),
        "years": years.year_links(request, table.years, table.year),
    }
    return render(request, "reports/targets/target_list.html", context)


@require_safe
def target_file(request, ending):
    """The same table as a file."""
    if ending not in FORMATS:
        raise Http404(words.NO_SUCH_FILE)
    ward, today = ward_of(request), clock.today()
    asked = years.year_of(request) if "year" in request.GET else None
    table = build_target_table(ward=ward, year=asked, today=today)
    groups = words.group_rows(table.rows)
    try:
        content = write_target_table(ward=ward, table=table, groups=groups, ending=ending)
    except PrintingUnavailable as problem:
        return HttpResponse(str(problem), status=503, content_type="text/plain; charset=utf-8")
    stem = file_stem(f"chi tieu {table.year} {ward.name}")
    return file_response(content, f"{stem}-{today.isoformat()}.{ending}")


@require_http_methods(["GET", "HEAD", "POST"])
def target_year(request, year):
    """All indicators of the ward with what each is to reach by the end of a year."""
    ward = ward_of(request)
    years.check_reach(year)
    if request.method == "POST" and "fill" in request.POST:
        return _filled_page(request, ward, year)
    if request.method == "POST":
        form = _year_form(ward, year, request.POST)
        if form.is_valid():
            values = {"targets": form.targets(), "reason": form.cleaned_data["reason"]}
            saved = perform(form, set_targets, ward=ward, year=year, by=request.user, **values)
            if saved is not None:
                messages.success(request, words.describe_targets_set(saved, year))
                return redirect(words.list_url(year, saved[0].indicator if saved else None))
        if newer := newer_row(form):
            form = _with_newer(form, ward, year, newer)
    else:
        form = _year_form(ward, year)
    return _year_page(request, ward, year, form, TargetPasteForm())


def _filled_page(request, ward, year):
    """The grid with a pasted list in it, to be looked at: nothing is saved."""
    pasted = TargetPasteForm(request.POST, indicators=indicators_of(ward))
    data, count = pasted.filled(request.POST) if pasted.is_valid() else (request.POST, 0)
    form = _year_form(ward, year, data)
    form.is_valid()
    if count:
        messages.info(request, words.describe_filled(count))
        pasted = TargetPasteForm()
    return _year_page(request, ward, year, form, pasted)


def _year_page(request, ward, year, form, pasted):
    locks = locks_in_year(ward, year)
    context = {
        "form": form,
        "pasted": pasted,
        "year": year,
        "locks": locks,
        "is_locked": hold_whole_year(locks),
        "around": (year - 1, year + 1),
    }
    return form_response(request, "reports/targets/target_year.html", context, pasted, *form.lines)


def _year_form(ward, year, data=None) -> TargetYearForm:
    standing = {key: found for (key, of_year), found in targets_of(ward).items() if of_year == year}
    return TargetYearForm(data, indicators=indicators_of(ward), standing=standing)


def _with_newer(form, ward, year, newer) -> TargetYearForm:
    """The form as it was typed, knowing the target that somebody else set meanwhile."""
    data = form.data.copy()
    data[f"i{newer.indicator_id}-seen"] = str(newer.pk)
    again = _year_form(ward, year, data)
    again.is_valid()
    for sentence in form.non_field_errors():
        again.add_error(None, sentence)
    return again
