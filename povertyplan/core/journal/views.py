"""The journal: who did what when, field by field, and who was shown personal data."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core.journal.filters import JournalFilterForm
from povertyplan.core.journal.presenters import PAST_THE_PROGRAM, name_actor, present, present_event
from povertyplan.core.journal.selectors import (
    JournalQuery,
    changes_past_the_program,
    find_accesses,
    find_events,
    ward_past_the_program,
)
from povertyplan.core.models import RowChange

PAGE_SIZE = 50
CHANGES_SHOWN = 50
# The journals' own rows say nothing that the entry does not say.
OWN_TABLES = ("core_auditevent", "core_accessevent")


@require_safe
def audit_list(request):
    if "past" in request.GET:
        return _past_the_program(request)
    form = JournalFilterForm(request.GET, user=request.user)
    events = find_events(request.user, form.query())
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "entries": [present_event(event) for event in page]}
    return render(request, "core/journal/audit_list.html", context | {"chips": form.chips()})


def _past_the_program(request):
    """What was written around the services: nobody of the program did it."""
    ward = ward_past_the_program(request.user)
    changes = changes_past_the_program(request.user, ward)
    page = Paginator(changes, CHANGES_SHOWN).get_page(request.GET.get("page"))
    rows = present(page, user=request.user, ward=ward)
    entries = [
        {
            "at": change.at,
            "sentence": row.sentence(PAST_THE_PROGRAM),
            "details": row.details(),
        }
        for change, row in zip(page, rows, strict=True)
    ]
    context = {"page": page, "entries": entries, "shows_past": True}
    return render(request, "core/journal/audit_past.html", context)


@require_safe
def audit_detail(request, pk):
    event = get_object_or_404(find_events(request.user, JournalQuery()), pk=pk)
    changes = RowChange.objects.none()
    if event.token:
        changes = RowChange.objects.filter(token=event.token).exclude(table__in=OWN_TABLES)
    page = Paginator(changes, CHANGES_SHOWN).get_page(request.GET.get("page"))
    rows, who = present(page, user=request.user, ward=event.ward), name_actor(event)
    context = {
        "event": event,
        "entry": present_event(event),
        "page": page,
        "rows": [{"sentence": row.sentence(who), "details": row.details()} for row in rows],
        "not_shown": len(page) - len(rows),
    }
    return render(request, "core/journal/audit_detail.html", context)


@require_safe
def access_list(request):
    form = JournalFilterForm(request.GET, user=request.user, with_acts=False)
    accesses = find_accesses(request.user, form.query())
    page = Paginator(accesses, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "chips": form.chips()}
    return render(request, "core/journal/access_list.html", context)
