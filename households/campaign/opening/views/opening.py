"""Opening a review campaign."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from households.campaign.opening import presenters as words
from households.campaign.opening.forms import CampaignForm, proposal
from households.campaign.opening.services import open_campaign
from households.campaign.requests.selectors import requests_by_household, unregistered_requests
from households.choices import CampaignKind
from households.ledger.selectors.classes import class_counts
from households.ledger.selectors.known import known_periods
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform

NEW = "households:campaign_open"
# The form's own names of what the service takes.
NAMES = {"requested": "chosen"}


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_open(request):
    """Propose a review from the procedure and the list in force, and open it."""
    ward = ward_of(request)
    if not may_open(request.user, NEW, area=ward):
        raise Http404(words.NO_WARD)
    kind = request.GET.get("kind")
    kind = kind if kind in CampaignKind.values else CampaignKind.ANNUAL
    posted = request.POST if request.method == "POST" else None
    requests = requests_by_household(ward)
    initial = proposal(ward, kind, requests)
    form = CampaignForm(posted, initial=initial, ward=ward, kind=kind, requests=requests)
    is_search = posted is not None and "search" in posted
    if posted is not None and not is_search and form.is_valid():
        campaign = perform(form, open_campaign, names=NAMES, by=request.user, **form.values())
        if campaign:
            messages.success(request, words.opened(campaign))
            return redirect("households:campaign_overview", pk=campaign.pk)
    context = {
        "form": form,
        "kind": CampaignKind(kind),
        "is_annual": kind == CampaignKind.ANNUAL,
        "is_search": is_search,
        "tabs": [
            {"label": each.label, "url": f"?kind={each.value}", "active": each == kind}
            for each in CampaignKind
        ],
        "unregistered": unregistered_requests(ward),
        "counts": class_counts(area=ward, on=clock.today()),
        "has_list": known_periods(ward).knows_day(clock.today()),
    }
    template = "households/campaign/campaign_open.html"
    return (render if is_search else form_response)(request, template, context)
