"""If it were signed today: what stands in the way, on asking what it comes to, and its lists."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from households.campaign.recognition.services.rehearsing import signing_obstacles
from households.lookups import campaign_or_404
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.journal import access_log
from povertyplan.core.journal.readings import ON_SCREEN
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, perform
from reports.rehearsal import presenters as words
from reports.rehearsal.forms import RehearsalFileForm, RehearsalForm
from reports.rehearsal.papers import write_rehearsal
from reports.rehearsal.selectors import rehearse

PAGE, FILE = "reports:recognition_rehearsal", "reports:recognition_rehearsal_file"
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
        "may_export": may_open(request.user, FILE, area=campaign.ward, writing=True),
        "may_sign": may_open(request.user, RECOGNISE, area=campaign.ward, writing=True),
    }
    if request.method == "POST" and form.is_valid():
        found = _rehearse(request, form, campaign, PAGE)
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
            "shown": words.present_rehearsal(found, **form.cleaned_data),
            "asked_group": form.cleaned_data["group"],
            "outcome": found.outcome,
            "tables": found.tables,
            "no_targets": words.NO_TARGETS,
        }
    return render(request, TEMPLATE, context)


@require_http_methods(["GET", "POST"])
def recognition_rehearsal_file(request, pk):
    """Ask for the purpose; a post with one rehearses and hands out the lists."""
    campaign = campaign_or_404(request.user, pk)
    if not may_open(request.user, FILE, area=campaign.ward, writing=True):
        raise PermissionDenied
    form = RehearsalFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = _rehearse(request, form, campaign, FILE)
        answer = _file(request, campaign, form, found) if found else None
        if answer:
            return answer
    context = {"form": form, "campaign": campaign, "mark": words.MARK}
    return form_response(request, "reports/rehearsal/recognition_rehearsal_file.html", context)


def _rehearse(request, form, campaign, view):
    reader = user_opening(request.user, view)
    return perform(form, rehearse, campaign=campaign, reader=reader, on=clock.today())


def _file(request, campaign, form, found):
    """The workbook; None where nobody may write down that it leaves."""
    shown = words.present_rehearsal(found)
    content = write_rehearsal(campaign=campaign, shown=shown)
    logged = perform(
        form,
        access_log.record_access,
        by=request.user,
        ward=campaign.ward,
        what=words.describe_file(campaign, len(shown.households)),
        obj=campaign,
        purpose=form.get_purpose_display(),
    )
    if logged is None:
        return None
    stem = file_stem(f"{words.TITLE} {campaign.ward.name}")
    return file_response(content, f"{stem}-{clock.today().isoformat()}.xlsx")
