"""Who reviews a village of a campaign."""

from django.contrib import messages
from django.views.decorators.http import require_http_methods

from households.campaign.opening import presenters as words
from households.campaign.opening.forms import ReviewerForm
from households.campaign.opening.services import assign_reviewer
from households.locks import village_lock
from households.lookups import village_or_404
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

REVIEWER = "households:village_reviewer"


@require_http_methods(["GET", "HEAD", "POST"])
def village_reviewer(request, pk, village_pk):
    """Ask who reviews a village from now on."""
    row = village_or_404(request.user, pk, village_pk, REVIEWER)
    initial = {"version": row.version, "reviewer": row.reviewer_id}
    form = ReviewerForm(request.POST or None, initial=initial, campaign_village=row)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, assign_reviewer, campaign_village=row, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.reviewer_assigned(row.village))
            return redirect_to_row(row, "households:campaign_overview", pk=row.campaign_id)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "lock": village_lock(row.campaign, row),
    }
    return form_response(request, "households/campaign/village_reviewer.html", context)
