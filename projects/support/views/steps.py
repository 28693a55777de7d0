"""Delivering what was promised, and signing for it: many supports at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from projects.choices import SupportState
from projects.models import Support
from projects.support import presenters as words
from projects.support.forms.steps import SignatureForm, StepForm
from projects.support.selectors.ledger import ledger_lines, with_recipients
from projects.support.selectors.rights import writable
from projects.support.services.steps import acknowledge_supports, deliver_supports

FORM = ["GET", "HEAD", "POST"]
MOST_SHOWN = 200


@require_http_methods(FORM)
def support_deliver(request):
    template = "projects/support/support_deliver.html"
    return _step_page(request, template, SupportState.PROMISED, StepForm, deliver_supports)


@require_http_methods(FORM)
def support_acknowledge(request):
    template = "projects/support/support_acknowledge.html"
    state = SupportState.DELIVERED
    return _step_page(request, template, state, SignatureForm, acknowledge_supports)


SAID = {
    SupportState.PROMISED: words.describe_delivered,
    SupportState.DELIVERED: words.describe_acknowledged,
}


def _step_page(request, template, state, form_class, service):
    """The supports in a state that somebody writes, the oldest first, each to be ticked."""
    ward = ward_of(request)
    visible = Support.objects.visible_to(request.user).standing().filter(state=state)
    rows = with_recipients(writable(visible, request.user, ward)).order_by("year", "pk")
    supports = list(rows[: MOST_SHOWN + 1])
    form = form_class(request.POST or None, supports=supports[:MOST_SHOWN])
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "ward": ward, "chosen": form.chosen(), "by": request.user}
        if done := perform(form, service, **values):
            messages.success(request, SAID[state](done))
            return redirect(f"{reverse('projects:support_list')}?year={done[0].year}")
    lines = ledger_lines(supports[:MOST_SHOWN], request.user, clock.today())
    context = {
        "form": form,
        "rows": list(zip(form.lines, lines, strict=True)),
        "has_more": len(supports) > MOST_SHOWN,
        "most_shown": MOST_SHOWN,
    }
    return form_response(request, template, context, *form.lines)
