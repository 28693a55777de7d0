"""Scans of the signed minutes of a village: the list, one file, taking one away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from households.campaign.procedure import presenters as words
from households.campaign.procedure.forms import RemovalForm, ScanForm
from households.campaign.procedure.services.scans import attach_scan, remove_scan
from households.choices import CampaignStage
from households.locks import campaign_lock
from households.lookups import village_or_404
from households.models import MeetingScan, VillageMeeting
from households.rules.scan_files import CONTENT_TYPES, MOST_SCANS, SUFFIXES
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

SCANS = "households:village_scans"
FILE = "households:scan_file"
REMOVE = "households:scan_remove"


@require_http_methods(["GET", "HEAD", "POST"])
def village_scans(request, pk, village_pk):
    """Every scan of the village's meetings, and the form for one more."""
    row = village_or_404(request.user, pk, village_pk, SCANS)
    meetings = VillageMeeting.objects.filter(campaign=pk, village=village_pk)
    meetings = meetings.order_by("-stands", "-held_on", "-pk")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScanForm(*sent, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        meeting, name = form.cleaned_data["meeting"], form.cleaned_data["file"].name
        saved = perform(
            form, attach_scan, meeting=meeting, content=form.content, name=name, by=request.user
        )
        if saved:
            messages.success(request, words.SCAN_SAVED)
            return redirect_to_row(saved, SCANS, pk=pk, village_pk=village_pk)
    scans = MeetingScan.objects.visible_to(request.user).filter(campaign=pk, village=village_pk)
    is_recognised = row.campaign.stage == CampaignStage.RECOGNISED
    lock = campaign_lock(row.campaign)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "scans": scans.select_related("meeting", "added_by").order_by("-added_at", "-pk"),
        "has_meetings": meetings.exists(),
        "most": MOST_SCANS,
        "lock": lock if is_recognised else "",
        "may_write": not is_recognised and _may(request.user, SCANS, row),
        "may_remove": not lock and _may(request.user, REMOVE, row),
    }
    return form_response(request, "households/campaign/village_scans.html", context)


@require_safe
def scan_file(request, pk, village_pk, scan_pk):
    """The bytes of a scan: saved by the browser, never opened inside this site."""
    scan = _scan_or_404(request.user, pk, village_pk, scan_pk, FILE)
    name = f"bien-ban-hop-dan-{scan.meeting.held_on:%Y%m%d}-{scan.pk}.{SUFFIXES[scan.kind]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    kind = CONTENT_TYPES[scan.kind]
    return HttpResponse(bytes(scan.content.data), content_type=kind, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def scan_remove(request, pk, village_pk, scan_pk):
    """Ask why a scan is taken away, and take it away."""
    scan = _scan_or_404(request.user, pk, village_pk, scan_pk, REMOVE)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, remove_scan, scan=scan, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, words.SCAN_REMOVED)
            return redirect(SCANS, pk=pk, village_pk=village_pk)
    context = {
        "scan": scan,
        "campaign": scan.campaign,
        "village": scan.village,
        "form": form,
        "lock": campaign_lock(scan.campaign),
    }
    return form_response(request, "households/campaign/scan_remove.html", context)


def _may(user, view, row):
    return may_open(user, view, area=row.village, writing=True)


def _scan_or_404(user, pk, village_pk, scan_pk, view):
    """A scan of a village that the user may open a view of."""
    row = village_or_404(user, pk, village_pk, view)
    scans = MeetingScan.objects.visible_to(user).select_related(
        "meeting", "village", "campaign__ward", "campaign__submitted_by"
    )
    return get_object_or_404(scans, pk=scan_pk, campaign=row.campaign_id, village=row.village_id)
