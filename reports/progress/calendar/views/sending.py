"""Recording when the ward sent a report that it writes alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import ReportingRule, SentReport
from reports.progress.calendar import presenters as words
from reports.progress.calendar.forms import SendingForm
from reports.progress.calendar.selectors import may_collect
from reports.progress.calendar.services.sending import (
    NOT_SENDER,
    Sending,
    find_due,
    record_sending,
    remove_sending,
)

REMOVE = "remove"


@require_http_methods(["GET", "HEAD", "POST"])
def due_sent(request, pk, year, number):
    """Of a rule of a ward's own, of that ward; of a shared one, of the ward the address names."""
    years.check_reach(year)
    of_somebody = Q(ward=None) | Q(ward__in=[ward.pk for ward in request.user.wards])
    rows = ReportingRule.objects.filter(of_somebody, of_units=False).select_related("ward")
    rule = get_object_or_404(rows, pk=pk)
    ward = rule.ward or ward_of(request)
    due = find_due(rule, year, number)
    if due is None:
        raise Http404(words.NO_SUCH_DUE)
    if not may_collect(request.user, ward):
        raise PermissionDenied(NOT_SENDER)
    sent = SentReport.objects.filter(ward=ward, rule=rule, year=year, number=number).first()
    posted = request.POST if request.method == "POST" else None
    form = SendingForm(posted, sent=sent, removes=REMOVE in request.POST)
    if form.is_valid():
        given = {"ward": ward, "rule": rule, "due": due, "by": request.user}
        given["version"] = form.cleaned_data["version"]
        if said := _write(form, given, is_removed=REMOVE in request.POST):
            messages.success(request, said)
            return redirect(f"{reverse('reports:report_calendar')}?year={year}#dues")
        sent = SentReport.objects.filter(ward=ward, rule=rule, year=year, number=number).first()
    context = {"form": form, "rule": rule, "due": due, "sent": sent}
    return form_response(request, "reports/progress/due_sent.html", context)


def _write(form, given, *, is_removed) -> str:
    """What was done, in words; "" where the form says why nothing was."""
    if is_removed:
        perform(form, remove_sending, **given)
        return "" if form.errors else words.SENDING_REMOVED
    names = ("sent_on", "document_number")
    sending = Sending(**{name: form.cleaned_data[name] for name in names})
    done = perform(form, record_sending, sending=sending, **given)
    return words.SENDING_RECORDED if done else ""
