"""Who reviews a village of a campaign."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from households.campaign.opening.forms import ReviewerForm
from households.campaign.opening.services import assign_reviewer
from households.locks import village_lock
from households.lookups import village_or_404

REVIEWER = "households:village_reviewer"


@require_http_methods(["GET", "HEAD", "POST"])
def village_reviewer(request, pk, village_pk):
    """Ask who reviews a village from now on."""
    row = village_or_404(request.user, pk, village_pk, REVIEWER)
    initial = {"version": row.version, "reviewer": row.reviewer_id}
    form = ReviewerForm(request.POST or None, initial=initial, campaign_village=row)
    if request.method == "POST" and form.is_valid():
        try:
            assign_reviewer(campaign_village=row, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, ValidationError(refused.messages))
        else:
            messages.success(request, f"Đã phân công rà soát viên của {row.village}.")
            return redirect("households:campaign_detail", pk=row.campaign_id)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "lock": village_lock(row.campaign, row),
    }
    status = 422 if form.errors else 200
    return render(request, "households/campaign/village_reviewer.html", context, status=status)
