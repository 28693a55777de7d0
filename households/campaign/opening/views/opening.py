"""Opening a review campaign."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from households.campaign.opening.forms import CampaignForm, proposal
from households.campaign.opening.services import open_campaign
from households.campaign.requests.selectors import unregistered_requests
from households.choices import CampaignKind
from households.ledger.selectors.classes import class_counts
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.access.rules import may
from povertyplan.core.platform.refusals import show_refusal
from povertyplan.core.platform.submissions import once

NEW = "households:campaign_new"
FIELD_OF = {"requested": "chosen"}


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request):
    """Propose a review from the procedure and the list in force, and open it."""
    ward = request.user.ward
    if ward is None or not may(request.user, NEW, area=ward):
        raise Http404("Chưa có phường, xã để mở đợt rà soát.")
    kind = request.GET.get("kind")
    kind = kind if kind in CampaignKind.values else CampaignKind.ANNUAL
    posted = request.POST if request.method == "POST" else None
    form = CampaignForm(posted, initial=proposal(ward, kind), ward=ward, kind=kind)
    is_search = posted is not None and "search" in posted
    if posted is not None and not is_search and form.is_valid():
        try:
            campaign = _open(request, form)
        except ValidationError as refused:
            show_refusal(form, refused, FIELD_OF)
        else:
            messages.success(request, f"Đã mở {campaign}.")
            return redirect("households:campaign_detail", pk=campaign.pk)
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
    }
    failed = posted is not None and not is_search and form.errors
    return render(
        request, "households/campaign/campaign_new.html", context, status=422 if failed else 200
    )


def _open(request, form):
    data = form.cleaned_data
    values = {
        "ward": form.ward,
        "kind": form.kind,
        "requested": list(data["chosen"]),
        "reviewers": form.reviewers(),
        "beside_open": data.get("beside_open", False),
        **{
            name: data[name]
            for name in ("year", "name", "standard", "procedure", "opens_on", "closes_on")
        },
    }
    return once(
        key=data["key"],
        act="open_campaign",
        content={name: _plain(value) for name, value in values.items()},
        model=ReviewCampaign,
        create=lambda: open_campaign(by=request.user, **values),
        by=request.user,
    )


def _plain(value):
    """A value as the digest of the form takes it: records by their id."""
    if isinstance(value, list):
        return sorted(each.pk for each in value)
    return getattr(value, "pk", value)
