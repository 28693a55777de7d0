"""The households outside a review: who they are, and what is decided about them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from households.campaign.additions import presenters as words
from households.campaign.additions.forms import UnlistedForm
from households.campaign.additions.pages import UNLISTED
from households.campaign.additions.selectors import omissions_of, unlisted_households
from households.campaign.additions.services import JOIN, add_to_review, leave_out_of_review
from households.choices import WITHOUT_RESULT
from households.lookups import campaign_or_404
from households.models import Household
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_unlisted(request, pk):
    """Name the households without a form, and take them in or say why not."""
    campaign = campaign_or_404(request.user, pk)
    if not may_open(request.user, UNLISTED, area=campaign.ward):
        raise PermissionDenied(words.NO_RIGHT)
    visible = Household.objects.visible_to(request.user).filter(ward=campaign.ward)
    found = unlisted_households(campaign, households=visible)
    form = UnlistedForm(
        request.POST or None, choices=words.unlisted_choices(found), households=visible
    )
    may_write = may_open(request.user, UNLISTED, area=campaign.ward, writing=True)
    if request.method == "POST" and form.is_valid():
        chosen = list(visible.filter(pk__in=form.chosen_ids()))
        joins = form.cleaned_data["decision"] == JOIN
        saved = perform(
            form,
            add_to_review if joins else leave_out_of_review,
            campaign=campaign,
            households=chosen,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        if saved:
            messages.success(request, words.added(chosen) if joins else words.left_out(chosen))
            return redirect(UNLISTED, pk=campaign.pk)
    context = {
        "campaign": campaign,
        "form": form,
        "count": len(found),
        "lines": words.unlisted_lines(found),
        "left_out": words.left_out_lines(omissions_of(campaign, households=visible)),
        "may_write": may_write and campaign.stage in WITHOUT_RESULT,
    }
    return form_response(request, "households/campaign/campaign_unlisted.html", context)
