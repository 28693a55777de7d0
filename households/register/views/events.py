"""Putting a recorded event right: its day, its document, or that it never happened."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from households.register import presenters as words
from households.register.forms.events import WITHDRAW, EventCorrectionForm
from households.register.services.corrections import OTHER_WAYS, correct_event, withdraw_event
from households.register.views.household_forms import (
    household_for,
    household_form_page,
    perform_act,
    return_to_household,
)


@require_http_methods(["GET", "HEAD", "POST"])
def event_correct(request, pk, event_pk):
    household = household_for(request.user, pk, "households:event_correct")
    events = household.events.select_related("person", "other_household", "from_village")
    events = events.prefetch_related("corrections")
    event = get_object_or_404(events, pk=event_pk, corrects=None)
    event.household = household
    form = EventCorrectionForm(
        request.POST or None,
        initial={
            "version": household.version,
            "on": event.effective_day,
            "document": event.effective_document,
        },
    )

    def write():
        values = {
            "event": event,
            "reason": form.cleaned_data["reason"],
            "document": form.cleaned_data["document"],
            "version": form.cleaned_data["version"],
            "by": request.user,
        }
        if form.cleaned_data["decision"] == WITHDRAW:
            return withdraw_event(**values)
        return correct_event(on=form.cleaned_data["on"], **values)

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.EVENT_PUT_RIGHT)
    return household_form_page(
        request,
        "households/register/event_correct.html",
        household,
        form,
        event=event,
        other_way=OTHER_WAYS.get(event.kind, ""),
    )
