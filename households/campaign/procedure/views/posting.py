"""The posting of a village's lists: what hangs, and the form for a new one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from households.campaign.procedure import presenters as words
from households.campaign.procedure.forms import PostingCorrectionForm, PostingForm
from households.campaign.procedure.selectors.steps import steps_around
from households.campaign.procedure.services.postings import correct_posting, post_results
from households.campaign.procedure.views.pages import FORM_METHODS, step_page
from households.lookups import village_or_404
from households.models import CampaignVillage
from povertyplan.core import clock
from povertyplan.core.platform.form_pages import form_response, perform

POSTING = "households:village_posting"


@require_http_methods(FORM_METHODS)
def village_posting(request, pk, village_pk):
    """The form for hanging the list; where it hangs, and the form for correcting that."""
    row = village_or_404(request.user, pk, village_pk, POSTING)
    steps, others = steps_around(row, CampaignVillage.objects.visible_to(request.user))
    standing = steps.posting
    lock = None if standing else steps.posting_lock
    page = step_page(request, steps, POSTING, lock, others)
    form_class, write = (
        (PostingCorrectionForm, correct_posting) if standing else (PostingForm, post_results)
    )
    form = form_class(request.POST or None, initial=_posting_initial(row, standing), steps=steps)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, write, campaign_village=row, by=request.user, **form.cleaned_data)
        if saved:
            message = words.posting_saved(row.village, is_correction=standing is not None)
            messages.success(request, message)
            return redirect(POSTING, pk=pk, village_pk=village_pk)
    context = {"form": form, **page}
    return form_response(request, "households/campaign/village_posting.html", context)


def _posting_initial(row, standing):
    if standing is not None:
        names = ("places", "posted_on", "until", "unusual_reason")
        return {"version": row.version, **{name: getattr(standing, name) for name in names}}
    return {
        "version": row.version,
        "places": words.posting_places(row.village),
        "posted_on": clock.today(),
    }
