"""Findings of supervision: their list and annex, pinning, answering, taking back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.confirmations import ReasonForm
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.text.fields import read_key
from reports.choices import FileFormat
from reports.models import SupervisionFinding
from reports.printing.pdf import PrintingUnavailable
from reports.supervision import presenters as words
from reports.supervision.forms import FindingAnswerForm, FindingForm
from reports.supervision.paper import WRITERS, annex, write_annex
from reports.supervision.selectors import findings_of, findings_of_year
from reports.supervision.services import (
    NOT_ASKED,
    NOT_YOURS,
    answer_finding,
    may_answer,
    may_withdraw,
    record_finding,
    withdraw_finding,
)

FORM = ["GET", "HEAD", "POST"]
NEW = "reports:finding_new"


@require_safe
def finding_list(request):
    ward, year = ward_of(request), years.year_of(request)
    this_year = clock.today().year
    lines = _lines(request, ward, year)
    context = {
        "lines": lines,
        "summary": words.summary(lines),
        "may_add": may_open(request.user, NEW, area=ward, writing=True),
        "formats": FileFormat,
        "year": year,
        "years": years.year_links(request, range(this_year - 3, this_year + 1), year),
    }
    return render(request, "reports/supervision/finding_list.html", context)


@require_safe
def finding_file(request, year, ending):
    """The annex of a year with what its reader sees."""
    ward = ward_of(request)
    years.check_reach(year)
    if ending not in WRITERS:
        raise Http404(words.NO_SUCH_FILE)
    lines = _lines(request, ward, year)
    try:
        content = write_annex(ward, year, lines, ending)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(f"{reverse('reports:finding_list')}?year={year}")
    return file_response(content, f"{file_stem(annex(ward, year, lines).title)}.{ending}")


@require_safe
def finding_detail(request, pk):
    line = words.finding_line(_finding_or_404(request, pk), request.user, clock.today())
    return render(request, "reports/supervision/finding_detail.html", {"line": line})


@require_http_methods(FORM)
def finding_new(request):
    """Pin a finding; the address may name what it is about."""
    ward = ward_of(request)
    posted = request.POST if request.method == "POST" else None
    form = FindingForm(posted, ward=ward, user=request.user, initial=_initial(request, ward))
    if posted is not None and form.is_valid():
        values = {"given": form.finding(), "key": form.cleaned_data["key"], "by": request.user}
        names = {"subject": "household_code"}
        if made := perform(form, record_finding, ward=ward, names=names, **values):
            messages.success(request, words.describe_recorded(made))
            return redirect("reports:finding_detail", pk=made.pk)
    return form_response(request, "reports/supervision/finding_new.html", {"form": form})


@require_http_methods(FORM)
def finding_answer(request, pk):
    finding = _finding_or_404(request, pk)
    if not may_answer(request.user, finding):
        raise PermissionDenied(NOT_ASKED)
    return _act(
        request, finding, FindingAnswerForm, answer_finding, words.ANSWERED, "finding_answer"
    )


@require_http_methods(FORM)
def finding_withdraw(request, pk):
    finding = _finding_or_404(request, pk)
    if not may_withdraw(request.user, finding):
        raise PermissionDenied(NOT_YOURS)
    service = withdraw_finding
    return _act(request, finding, ReasonForm, service, words.WITHDRAWN, "finding_withdraw")


def _act(request, finding, form_class, service, done, page):
    form = form_class(request.POST or None, initial={"version": finding.version})
    if request.method == "POST" and form.is_valid():
        values = {"finding": finding, "by": request.user, **form.cleaned_data}
        if perform(form, service, **values):
            messages.success(request, done)
            return redirect("reports:finding_detail", pk=finding.pk)
    line = words.finding_line(finding, request.user, clock.today())
    context = {"form": form, "line": line}
    return form_response(request, f"reports/supervision/{page}.html", context)


def _lines(request, ward, year) -> list[words.FindingLine]:
    today = clock.today()
    found = findings_of_year(request.user, ward, year)
    return [words.finding_line(each, request.user, today) for each in found]


def _initial(request, ward) -> dict[str, object]:
    """The day, the year, and what the page it was opened from is about."""
    initial: dict[str, object] = {"found_on": clock.today(), "year": clock.today().year}
    for name in ("indicator", "ward_project", "posting"):
        if key := read_key(request.GET.get(name, "")):
            initial[name] = key
    if key := read_key(request.GET.get("household", "")):
        rows = Household.objects.visible_to(request.user).filter(ward=ward, pk=key)
        initial["household_code"] = rows.values_list("code", flat=True).first() or ""
    return initial


def _finding_or_404(request, pk) -> SupervisionFinding:
    return get_object_or_404(findings_of(request.user), pk=pk)
