"""The campaigns of a ward: the list, submitting, recognising, returning, reopening."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.campaign.additions.pages import left_out_to, unlisted_to
from households.campaign.procedure.selectors.steps import village_steps
from households.campaign.procedure.services.obstacles import village_obstacles
from households.campaign.progress import add_up, campaign_progress
from households.campaign.recognition import presenters as words
from households.campaign.recognition.forms import CANCEL as CANCEL_DECISION
from households.campaign.recognition.forms import (
    CancellationForm,
    RecogniseForm,
    ReturnResultsForm,
)
from households.campaign.recognition.selectors.outcomes import campaign_outcome, planned_changes
from households.campaign.recognition.selectors.unusual import find_unusual
from households.campaign.recognition.selectors.versions import (
    last_signer,
    version_lines,
)
from households.campaign.recognition.services.cancelling import (
    cancel_campaign,
    cancelling_obstacle,
    decline_cancellation,
    request_cancellation,
)
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.reopening import reopen_campaign, reopening_obstacle
from households.campaign.recognition.services.submission import return_results, submit_results
from households.choices import CampaignStage
from households.locks import campaign_lock
from households.lookups import campaign_or_404
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.confirmations import ReasonForm, VersionForm
from povertyplan.core.platform.form_pages import form_response, perform

SUBMIT = "households:campaign_submit"
RECOGNISE = "households:campaign_recognise"
RETURN = "households:campaign_return"
CANCEL = "households:campaign_cancel"
CANCEL_DECIDE = "households:campaign_cancel_decide"
REOPEN = "households:campaign_reopen"
VERSION = "households:campaign_version"


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_submit(request, pk):
    """Show what would be submitted, and submit it."""
    campaign = _campaign_to(request.user, SUBMIT, pk)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form,
            submit_results,
            campaign=campaign,
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if saved:
            messages.success(request, words.SUBMITTED)
            return redirect("households:campaign_overview", pk=campaign.pk)
    progress = campaign_progress(campaign)
    changes = planned_changes(campaign) if campaign.is_open else None
    steps = village_steps(campaign, progress=progress) if campaign.procedure else []
    context = {
        "campaign": campaign,
        "form": form,
        "lock": campaign_lock(campaign),
        "outcome": campaign_outcome(campaign, changes),
        "total": add_up(campaign, progress),
        "unfinished": [row for row in progress if not row.is_finished],
        "obstacles": village_obstacles(steps),
        **unlisted_to(request.user, campaign),
        **left_out_to(request.user, campaign),
        "unusual": words.present_unusual(find_unusual(campaign, changes=changes))
        if campaign.is_open
        else [],
    }
    return form_response(request, "households/campaign/campaign_submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_recognise(request, pk):
    """Show the submitted results, and approve them by a decision."""
    campaign = _campaign_to(request.user, RECOGNISE, pk)
    signer = {"signer_name": request.user.full_name, **last_signer(campaign.ward)}
    form = RecogniseForm(request.POST or None, initial=signer, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        decision = perform(
            form, recognise_results, campaign=campaign, by=request.user, **form.decision()
        )
        if decision:
            messages.success(request, words.recognised(decision))
            return redirect("households:campaign_overview", pk=campaign.pk)
    waits = campaign.stage == CampaignStage.SUBMITTED
    changes = planned_changes(campaign) if waits else None
    context = {
        "campaign": campaign,
        "form": form,
        "lock": campaign_lock(campaign),
        "waits": waits,
        "is_own": campaign.submitted_by_id == request.user.pk,
        "decision": campaign.decision,
        "outcome": campaign_outcome(campaign, changes),
        **unlisted_to(request.user, campaign),
        **left_out_to(request.user, campaign),
        "unusual": words.present_unusual(find_unusual(campaign, changes=changes)) if waits else [],
    }
    return form_response(request, "households/campaign/campaign_recognise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_return(request, pk):
    """Ask why submitted results go back, and send them back."""
    campaign = _campaign_to(request.user, RETURN, pk)
    form = ReturnResultsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, return_results, campaign=campaign, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.RETURNED)
            return redirect("households:campaign_overview", pk=campaign.pk)
    context = {
        "campaign": campaign,
        "form": form,
        "waits": campaign.stage == CampaignStage.SUBMITTED,
    }
    return form_response(request, "households/campaign/campaign_return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_cancel(request, pk):
    """Say what cancelling leaves behind, ask why; with forms entered another person decides."""
    campaign = _campaign_to(request.user, CANCEL, pk)
    form = ReasonForm(request.POST or None)
    entered = campaign.reviews.done().count()
    if request.method == "POST" and form.is_valid():
        service = request_cancellation if entered else cancel_campaign
        saved = perform(form, service, campaign=campaign, by=request.user, **form.cleaned_data)
        if saved:
            message = words.CANCELLATION_ASKED if entered else words.cancelled(campaign)
            messages.success(request, message)
            return redirect("households:campaign_list")
    return form_response(
        request,
        "households/campaign/campaign_cancel.html",
        {**_cancel_context(request.user, campaign, form), "entered": entered},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_cancel_decide(request, pk):
    """Show who asks to cancel a review and why, and decide as a second person."""
    campaign = _campaign_to(request.user, CANCEL_DECIDE, pk)
    form = CancellationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        agrees = data.pop("decision") == CANCEL_DECISION
        service = cancel_campaign if agrees else decline_cancellation
        saved = perform(form, service, campaign=campaign, by=request.user, **data)
        if saved:
            message = words.cancelled(campaign) if agrees else words.CANCELLATION_DECLINED
            messages.success(request, message)
            return redirect("households:campaign_list")
    return form_response(
        request,
        "households/campaign/campaign_cancel_decide.html",
        {
            **_cancel_context(request.user, campaign, form),
            "entered": campaign.reviews.done().count(),
        },
    )


def _cancel_context(user, campaign, form):
    return {
        "campaign": campaign,
        "form": form,
        "obstacle": cancelling_obstacle(campaign),
        "requests": campaign.requests.count(),
        "is_own": campaign.cancel_requested_by_id == user.pk,
        "may_decide": may_in_ward(user, CANCEL_DECIDE, campaign),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_reopen(request, pk):
    """Say what reopening takes back, ask why, and take it back."""
    campaign = _campaign_to(request.user, REOPEN, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, reopen_campaign, campaign=campaign, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.REOPENED)
            return redirect("households:campaign_overview", pk=campaign.pk)
    decision = campaign.decision
    context = {
        "campaign": campaign,
        "form": form,
        "decision": decision,
        "obstacle": reopening_obstacle(decision) if decision else "",
        "outcome": campaign_outcome(campaign),
    }
    return form_response(request, "households/campaign/campaign_reopen.html", context)


@require_safe
def campaign_version(request, pk, number):
    """What was recognised the first, second … time, as it was."""
    campaign = _campaign_to(request.user, VERSION, pk, writing=False)
    version = get_object_or_404(
        campaign.versions.select_related("decision__approved_by", "decision__withdrawn_by"),
        number=number,
    )
    context = {"campaign": campaign, "version": version, "lines": version_lines(version)}
    return render(request, "households/campaign/campaign_version.html", context)


def _campaign_to(user, view, pk, *, writing=True):
    """A campaign for a view that only some roles of its own ward may open."""
    campaign = campaign_or_404(user, pk)
    if not may_in_ward(user, view, campaign, writing=writing):
        raise PermissionDenied(words.NO_RIGHT)
    return campaign


def may_in_ward(user, view, campaign, *, writing=True):
    return may_open(user, view, area=campaign.ward, writing=writing)
