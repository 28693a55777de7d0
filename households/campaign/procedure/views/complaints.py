"""Complaints about a village's lists, and what becomes of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from households.campaign.procedure import presenters as words
from households.campaign.procedure.forms import AnswerForm, ComplaintForm
from households.campaign.procedure.selectors.steps import steps_around, steps_of
from households.campaign.procedure.services.postings import decide_complaint, receive_complaint
from households.campaign.procedure.views.pages import FORM_METHODS, step_page
from households.lookups import village_or_404
from households.models import CampaignVillage, Complaint
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

COMPLAINTS = "households:village_complaints"
ANSWER = "households:complaint_answer"


@require_http_methods(FORM_METHODS)
def village_complaints(request, pk, village_pk):
    """Complaints about the village's lists, and the form for a new one."""
    row = village_or_404(request.user, pk, village_pk, COMPLAINTS)
    steps, others = steps_around(row, CampaignVillage.objects.visible_to(request.user))
    page = step_page(request, steps, COMPLAINTS, None, others)
    posting = steps.posting
    form = ComplaintForm(
        request.POST or None, initial={"received_on": clock.today()}, posting=posting
    )
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, receive_complaint, posting=posting, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.COMPLAINT_SAVED)
            return redirect_to_row(saved, COMPLAINTS, pk=pk, village_pk=village_pk)
    complaints = Complaint.objects.filter(posting__campaign=pk, village=village_pk)
    context = {
        "form": form,
        "complaints": complaints.select_related("household"),
        "may_answer": may_open(request.user, ANSWER, area=row.village),
        **page,
    }
    return form_response(request, "households/campaign/village_complaints.html", context)


@require_http_methods(FORM_METHODS)
def complaint_answer(request, pk, village_pk, complaint_pk):
    """One complaint, and what becomes of it."""
    row = village_or_404(request.user, pk, village_pk, ANSWER)
    complaint = get_object_or_404(
        Complaint.objects.select_related("household", "posting"),
        pk=complaint_pk,
        posting__campaign=pk,
        village=village_pk,
    )
    initial = {"version": complaint.version, "decided_on": clock.today()}
    form = AnswerForm(request.POST or None, initial=initial, complaint=complaint)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, decide_complaint, complaint=complaint, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.ANSWER_SAVED)
            return redirect_to_row(saved, COMPLAINTS, pk=pk, village_pk=village_pk)
    context = {
        "form": form,
        "complaint": complaint,
        **step_page(request, steps_of(row), ANSWER, None),
    }
    return form_response(request, "households/campaign/complaint_answer.html", context)
