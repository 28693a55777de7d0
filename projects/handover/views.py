"""After the decision: the lists to hand over, each sent and answered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.platform.form_pages import form_response, perform
from projects.handover import presenters as words
from projects.handover.forms import HandoverAnswerForm, HandoverSendForm, SeenHandoverForm
from projects.handover.selectors.lists import (
    is_handover_due,
    latest_decision,
    latest_handover,
    lists_of,
)
from projects.handover.selectors.pages import count_changes
from projects.handover.services.making import make_handover
from projects.handover.services.sending import answer_handover_list, send_handover_list
from projects.models import HandoverKind, HandoverList
from projects.rules.handovers import known_receiver

PAGE_SIZE = 50
FORM = ["GET", "HEAD", "POST"]
LIST, DETAIL, FILE = (
    "projects:handover_list",
    "projects:handover_detail",
    "reports:handover_file",
)


@require_safe
def handover_list(request):
    return _list_page(request, None)


@require_POST
def handover_make(request):
    """Make the lists of now; a refusal is said above what somebody else made meanwhile."""
    ward, form = ward_of(request), SeenHandoverForm(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        if made := perform(form, make_handover, ward=ward, seen=seen, by=request.user):
            messages.success(request, words.describe_made(made))
            return redirect(LIST)
    return _list_page(request, form)


def _list_page(request, refused):
    ward, user = ward_of(request), request.user
    latest, decision = latest_handover(ward), latest_decision(ward)
    page = Paginator(lists_of(user, ward), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": refused,
        "asked": SeenHandoverForm(initial={"seen": latest.pk if latest else None}),
        "decision": decision,
        "latest": latest,
        "is_due": is_handover_due(latest, decision),
        "page": page,
        "lines": count_changes(page),
        "kinds": HandoverKind.objects.all(),
        "may_make": may_open(user, "projects:handover_make", area=ward, writing=True),
        "may_read": may_open(user, DETAIL, area=ward),
    }
    return form_response(request, "projects/handover/handover_list.html", context)


@require_safe
def handover_detail(request, pk):
    found = _list_or_404(request.user, pk)
    rows = found.rows.changes().select_related("household", "person")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    writes = may_open(request.user, "projects:handover_send", area=found.ward, writing=True)
    context = {
        "list": found,
        "page": page,
        "lines": words.describe_rows(found, page),
        "columns": [column.label for column in found.kind.shown_columns],
        "events": events_about(found),
        "may_send": writes and found.is_pending,
        "may_answer": writes and found.sent_on is not None,
        "may_take": may_open(request.user, FILE, area=found.ward, writing=True),
    }
    return render(request, "projects/handover/handover_detail.html", context)


@require_http_methods(FORM)
def handover_send(request, pk):
    found = _list_or_404(request.user, pk)
    initial = {"version": found.version, "sent_to": known_receiver(found.receiver)}
    form = HandoverSendForm(request.POST or None, initial=initial)
    template = "projects/handover/handover_send.html"
    return _step(request, found, form, send_handover_list, words.describe_sent, template)


@require_http_methods(FORM)
def handover_answer(request, pk):
    found = _list_or_404(request.user, pk)
    initial = {
        "version": found.version,
        "answered_on": found.answered_on,
        "answer": found.answer,
    }
    form = HandoverAnswerForm(request.POST or None, initial=initial)
    template = "projects/handover/handover_answer.html"
    return _step(request, found, form, answer_handover_list, words.describe_answered, template)


def _step(request, found, form, service, describe, template):
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "handover_list": found, "by": request.user}
        if written := perform(form, service, **values):
            messages.success(request, describe(written))
            return redirect(DETAIL, written.pk)
    return form_response(request, template, {"form": form, "list": found})


def _list_or_404(user, pk) -> HandoverList:
    rows = HandoverList.objects.visible_to(user).with_changes()
    related = ("ward", "kind", "handover__decision", "handover__made_by", "sent_by")
    return get_object_or_404(rows.select_related(*related, "replaced_by"), pk=pk)
