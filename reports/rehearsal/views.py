"""If it were signed today: what stands in the way, and on asking what it would come to."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from households.campaign.recognition.services.rehearsing import signing_obstacles
from households.lookups import campaign_or_404
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.journal import access_log
from povertyplan.core.journal.readings import ON_SCREEN
from povertyplan.core.platform.form_pages import form_response, perform
from reports.rehearsal import presenters as words
from reports.rehearsal.forms import RehearsalForm
from reports.rehearsal.selectors import rehearse

PAGE = "reports:recognition_rehearsal"
RECOGNISE = "households:campaign_recognise"
TEMPLATE = "reports/rehearsal/recognition_rehearsal.html"


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_rehearsal(request, pk):
    """Rehearse the recognition of a review; nothing of it stays but who looked at it."""
    campaign = campaign_or_404(request.user, pk)
    if not may_open(request.user, PAGE, area=campaign.ward, writing=True):
        raise PermissionDenied
    form = RehearsalForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "campaign": campaign,
        "mark": words.MARK,
        "obstacles": signing_obstacles(campaign, request.user),
        "may_sign": may_open(request.user, RECOGNISE, area=campaign.ward, writing=True),
    }
    if request.method == "POST" and form.is_valid():
        reader = user_opening(request.user, PAGE)
        found = perform(form, rehearse, campaign=campaign, reader=reader, on=clock.today())
        if found is None:
            return form_response(request, TEMPLATE, context)
        access_log.record_access(
            by=request.user,
            ward=campaign.ward,
            what=words.describe_reading(campaign),
            obj=campaign,
            purpose=ON_SCREEN,
        )
        context |= {
            "shown": words.present_rehearsal(found),
            "outcome": found.outcome,
            "tables": found.tables,
            "no_targets": words.NO_TARGETS,
        }
    return render(request, TEMPLATE, context)
