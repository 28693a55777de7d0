"""The pages of a head of a village: the parts that were asked, and one of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import UnitReport
from reports.models.unit_report import AUTHOR_ORDER
from reports.progress.unit_reports import presenters as words
from reports.progress.unit_reports.forms import VillagePartForm
from reports.progress.unit_reports.selectors.reports import ReportDesk, earlier_texts
from reports.progress.unit_reports.services.villages import send_village_part
from reports.progress.unit_reports.services.writing import save_report
from reports.progress.unit_reports.views.writing import texts_of_others

REUSE, SEND = "reuse", "send"


def _parts(request):
    rows = UnitReport.objects.visible_to(request.user).filter(village__isnull=False)
    return rows.select_related("ward", "village", "unit", "request__ward", "sent_by")


@require_safe
def village_part_list(request):
    """What villages of the reader were asked for, the latest period first."""
    parts = _parts(request).order_by("-request__last_day", "-request__due_on", *AUTHOR_ORDER)
    return render(request, "reports/progress/village_part_list.html", {"parts": parts})


@require_http_methods(["GET", "HEAD", "POST"])
def village_part(request, pk):
    """Three texts, saved or sent from one page; what was sent is read here."""
    report = get_object_or_404(_parts(request), pk=pk)
    desk, earlier = ReportDesk(report), earlier_texts(report)
    posted = _typed(request.POST, earlier) if request.method == "POST" else None
    form = VillagePartForm(posted, report=report, sends=SEND in request.POST)
    if form.is_valid() and REUSE not in request.POST:
        given = {"report": report, "texts": form.texts(), "by": request.user}
        given["version"] = form.cleaned_data["version"]
        if SEND in request.POST:
            if sent := perform(form, send_village_part, **given):
                messages.success(request, words.describe_sent(sent))
                return redirect("reports:village_part", pk=report.pk)
        elif perform(form, save_report, replies={}, **given):
            messages.success(request, words.SAVED)
            return redirect("reports:village_part", pk=report.pk)
    context = {
        "form": form,
        "report": report,
        "desk": desk,
        "earlier": earlier,
        "sections": [(line, form[line.part]) for line in desk.parts],
        "theirs": texts_of_others(form),
    }
    return form_response(request, "reports/progress/village_part.html", context)


def _typed(posted, earlier):
    """What was typed, with an earlier text where its button was pressed."""
    filled = posted.copy()
    name = posted.get(REUSE, "")
    if name in earlier:
        filled[name] = earlier[name]
    return filled
