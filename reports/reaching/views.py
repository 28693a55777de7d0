"""What would reach this year's target, on screen and as a file."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text import formatting
from reports.printing.pdf import PrintingUnavailable
from reports.reaching import presenters as words
from reports.reaching.forms import ReachingExportForm, ReachingFilterForm
from reports.reaching.papers import write_work_list
from reports.reaching.selectors import reaching_plan

PAGE, FILE = "reports:reaching", "reports:reaching_file"


@require_safe
def reaching(request):
    """The households nearest to leaving a list, and what takes each there."""
    ward, form, plan, lines = _asked(request, PAGE)
    context = {
        "form": form,
        "plan": plan,
        "sentences": words.describe_outlook(plan.outlook, clock.today().year),
        "tabs": words.class_tabs(form.shown_class, form.shown_village),
        "rows": words.rows_of(lines[: words.MOST_SHOWN]),
        "count": len(lines),
        "too_many": words.TOO_MANY if len(lines) > words.MOST_SHOWN else "",
        "advice": words.ADVICE,
        "year": clock.today().year,
        "may_export": may_open(request.user, FILE, area=ward, writing=True),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/reaching/reaching.html", context)


@require_http_methods(["GET", "POST"])
def reaching_file(request):
    """Ask for the purpose; a post with one hands out the work list that is filtered."""
    ward, filters, plan, lines = _asked(request, FILE)
    form = ReachingExportForm(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _file(request, ward, filters, plan, lines, form):
                return answer
        except PrintingUnavailable as refused:
            problem, status = str(refused), 503
    context = {"form": form, "count": len(lines), "query": request.GET.urlencode()}
    context |= {"problem": problem}
    if problem:
        return render(request, "reports/reaching/reaching_file.html", context, status=status)
    return form_response(request, "reports/reaching/reaching_file.html", context)


def _asked(request, view):
    ward, today = ward_of(request), clock.today()
    reader = user_opening(request.user, view)
    form = ReachingFilterForm(request.GET, ward=ward, user=reader)
    plan = reaching_plan(ward=ward, poverty_class=form.shown_class, reader=reader, today=today)
    form.offer_units(plan.units)
    return ward, form, plan, plan.narrowed(form.shown_village, form.shown_unit)


def _file(request, ward, filters, plan, lines, form):
    """The file; None where nobody may write down that it leaves."""
    subject = words.subject_of(plan, filters.shown_village, filters.shown_unit)
    year, ending = clock.today().year, form.cleaned_data["format"]
    content = write_work_list(
        ward=ward,
        year=year,
        subject=subject,
        sentences=words.describe_outlook(plan.outlook, year),
        rows=words.rows_of(lines),
        due=formatting.day(plan.due),
        ending=ending,
    )
    logged = perform(
        form,
        access_log.record_access,
        by=request.user,
        ward=ward,
        what=words.describe_export(len(lines), subject),
        obj=ward,
        purpose=form.get_purpose_display(),
    )
    if logged is None:
        return None
    stem = file_stem(f"{words.TITLE} {ward.name}")
    return file_response(content, f"{stem}-{clock.today().isoformat()}.{ending}")
