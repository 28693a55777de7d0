"""The campaigns of a ward: the list, the board of villages, submitting and recognising results."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.access import Field, fields_in
from households.choices import CampaignStage
from households.forms import ReasonForm, RecogniseForm, ReturnForm, VersionForm
from households.models import CampaignVillage, ReviewCampaign
from households.selectors.campaigns import (
    VillageProgress,
    add_up,
    campaign_lock,
    campaign_progress,
    campaigns_with_progress,
)
from households.selectors.outcomes import campaign_outcome
from households.selectors.steps import VillageSteps, add_up_steps, obstacles, village_steps
from households.selectors.unusual import unusual
from households.selectors.versions import (
    recognised_versions,
    reopening_obstacle,
    version_lines,
    withdrawn_decision,
)
from households.services.campaigns import return_results, submit_results
from households.services.recognition import recognise_results
from households.services.reopening import reopen_campaign
from povertyplan.core import clock, formatting
from povertyplan.core.access import may

SUBMIT = "households:campaign_submit"
RECOGNISE = "households:campaign_recognise"
RETURN = "households:campaign_return"
GRID = "households:review_grid"
REVIEWER = "households:village_reviewer"
REOPEN = "households:campaign_reopen"
VERSION = "households:campaign_version"

FILTERS = {
    "unfinished": ("Chưa hoàn thành", lambda row: not row.is_finished),
    "late": ("Chậm", lambda row: row.is_late),
}


@dataclass(frozen=True)
class BoardRow:
    """One village of the board, and what the reader may do about it."""

    progress: VillageProgress
    steps: VillageSteps
    may_enter: bool
    may_assign: bool


@require_safe
def campaign_list(request):
    campaigns = ReviewCampaign.objects.visible_to(request.user).with_decision()
    rows = campaigns_with_progress(campaigns, user=request.user)
    may_open = may(request.user, "households:campaign_new", writing=True)
    opens_requests = may(request.user, "households:request_list")
    context = {"rows": rows, "may_open": may_open, "opens_requests": opens_requests}
    return render(request, "households/campaign_list.html", context)


@require_safe
def campaign_detail(request, pk):
    campaign = _campaign_or_404(request.user, pk)
    villages = CampaignVillage.objects.visible_to(request.user)
    progress = campaign_progress(campaign, villages=villages)
    steps = village_steps(campaign, villages=villages)
    shown = FILTERS.get(request.GET.get("show", ""))
    total = add_up(campaign, progress)
    recognised = campaign.stage == CampaignStage.RECOGNISED
    rows = _board(request.user, progress, steps, shown)
    context = {
        "campaign": campaign,
        "decision": campaign.decision,
        "withdrawn": withdrawn_decision(campaign),
        "waits": campaign.stage == CampaignStage.SUBMITTED,
        "headline": _headline(total),
        "procedure": _procedure(campaign, total, steps),
        "has_steps": campaign.procedure is not None,
        "total": total,
        "rows": rows,
        "has_entry": any(row.may_enter for row in rows),
        "tabs": _tabs(request, progress),
        "shown": shown[0] if shown else "",
        "opens_steps": may(request.user, "households:village_meeting"),
        "opens_papers": may(request.user, "reports:review_papers"),
        "opens_villages": may(request.user, "households:village_reviews"),
        "unusual": [] if recognised else _unusual_to(request.user, campaign, progress),
        "may_submit": campaign.is_open and _may(request.user, SUBMIT, campaign),
        "may_recognise": campaign.stage == CampaignStage.SUBMITTED
        and _may(request.user, RECOGNISE, campaign),
        "may_reopen": recognised and _may(request.user, REOPEN, campaign),
        "versions": recognised_versions(campaign)
        if _may(request.user, VERSION, campaign, writing=False)
        else [],
    }
    return render(request, "households/campaign_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_submit(request, pk):
    """Show what would be submitted, and submit it."""
    campaign = _campaign_to(request.user, SUBMIT, pk)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_results(campaign=campaign, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã trình kết quả. Lãnh đạo sẽ duyệt hoặc trả lại.")
            return redirect("households:campaign_detail", pk=campaign.pk)
    progress = campaign_progress(campaign)
    context = {
        "campaign": campaign,
        "form": form,
        "lock": campaign_lock(campaign),
        "outcome": campaign_outcome(campaign),
        "total": add_up(campaign, progress),
        "unfinished": [row for row in progress if not row.is_finished],
        "obstacles": obstacles(village_steps(campaign)) if campaign.procedure else [],
        "unusual": unusual(campaign) if campaign.is_open else [],
    }
    return _form_page(request, "households/campaign_submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_recognise(request, pk):
    """Show the submitted results, and approve them by a decision."""
    campaign = _campaign_to(request.user, RECOGNISE, pk)
    form = RecogniseForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            decision = recognise_results(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã công nhận kết quả theo {decision}.")
            return redirect("households:campaign_detail", pk=campaign.pk)
    context = {
        "campaign": campaign,
        "form": form,
        "lock": campaign_lock(campaign),
        "waits": campaign.stage == CampaignStage.SUBMITTED,
        "is_own": campaign.submitted_by_id == request.user.pk,
        "decision": campaign.decision,
        "outcome": campaign_outcome(campaign),
        "unusual": unusual(campaign) if campaign.stage == CampaignStage.SUBMITTED else [],
    }
    return _form_page(request, "households/campaign_recognise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_return(request, pk):
    """Ask why submitted results go back, and send them back."""
    campaign = _campaign_to(request.user, RETURN, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return_results(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã trả lại kết quả cho cán bộ giảm nghèo.")
            return redirect("households:campaign_detail", pk=campaign.pk)
    context = {
        "campaign": campaign,
        "form": form,
        "waits": campaign.stage == CampaignStage.SUBMITTED,
    }
    return _form_page(request, "households/campaign_return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_reopen(request, pk):
    """Say what reopening takes back, ask why, and take it back."""
    campaign = _campaign_to(request.user, REOPEN, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_campaign(campaign=campaign, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã mở lại đợt rà soát và thu hồi kết quả công nhận.")
            return redirect("households:campaign_detail", pk=campaign.pk)
    decision = campaign.decision
    context = {
        "campaign": campaign,
        "form": form,
        "decision": decision,
        "obstacle": reopening_obstacle(decision) if decision else "",
        "outcome": campaign_outcome(campaign),
    }
    return _form_page(request, "households/campaign_reopen.html", context)


@require_safe
def campaign_version(request, pk, number):
    """What was recognised the first, second … time, as it was."""
    campaign = _campaign_to(request.user, VERSION, pk, writing=False)
    version = get_object_or_404(
        campaign.versions.select_related("decision__approved_by", "decision__withdrawn_by"),
        number=number,
    )
    context = {"campaign": campaign, "version": version, "lines": version_lines(version)}
    return render(request, "households/campaign_version.html", context)


def _campaign_or_404(user, pk):
    campaigns = ReviewCampaign.objects.visible_to(user).select_related(
        "ward", "standard", "submitted_by", "procedure"
    )
    return get_object_or_404(campaigns, pk=pk)


def _campaign_to(user, view, pk, *, writing=True):
    """A campaign for a view that only some roles of its own ward may open."""
    campaign = _campaign_or_404(user, pk)
    if not _may(user, view, campaign, writing=writing):
        raise PermissionDenied("Bạn không có quyền này ở phường, xã của đợt rà soát.")
    return campaign


def _may(user, view, campaign, *, writing=True):
    return may(user, view, area=campaign.ward, writing=writing)


def _board(user, progress, steps, shown):
    """The rows of the board; both lists are in the villages' order."""
    return [
        BoardRow(
            progress=row,
            steps=step,
            may_enter=_is_entered(row, step) and may(user, GRID, area=row.village, writing=True),
            may_assign=_is_entered(row, step) and may(user, REVIEWER, area=row.village),
        )
        for row, step in zip(progress, steps, strict=True)
        if shown is None or shown[1](row)
    ]


def _is_entered(row, step):
    """Whether the forms of a village can still be written."""
    return step.campaign.is_open and not row.is_finished and step.has_households


def _unusual_to(user, campaign, progress):
    """What is unusual in the villages whose scores the user may read."""
    read = [row.village.pk for row in progress if Field.SCORES in fields_in(user, row.village)]
    return unusual(campaign, villages=read) if read else []


def _procedure(campaign, total, steps: list[VillageSteps]):
    """The steps of the whole campaign with how far each has come."""
    steps = add_up_steps(steps)
    is_recognised = campaign.stage == CampaignStage.RECOGNISED
    found = [
        ("Lập danh sách", f"{formatting.number(total.total)} hộ", True),
        ("Rà soát", _of(total.finished_villages, total.villages), not total.unfinished_villages),
    ]
    if campaign.procedure and campaign.procedure.requires_meeting:
        found.append(("Họp dân", _of(steps.met, steps.villages), steps.met == steps.villages))
    if campaign.procedure and campaign.procedure.requires_posting:
        found.append(
            ("Niêm yết", _of(steps.posted, steps.villages), steps.posted == steps.villages)
        )
    found.append(("Trình", formatting.moment(campaign.submitted_at), not campaign.is_open))
    decision = campaign.decision
    found.append(("Quyết định", f"số {decision.number}" if decision else "chưa có", is_recognised))
    return _with_current(found)


def _with_current(found):
    """The first step that is not done is the one now under way."""
    current = next((label for label, _note, is_done in found if not is_done), "")
    return [
        {"label": label, "note": note, "is_done": is_done, "is_current": label == current}
        for label, note, is_done in found
    ]


def _of(done, total):
    return f"{done}/{total} thôn"


def _headline(total):
    """Time left, forms entered and villages finished, in one line."""
    parts = [
        f"{formatting.number(total.done)}/{formatting.number(total.total)} hộ đã rà soát",
        f"{total.finished_villages}/{total.villages} thôn xong",
    ]
    if total.campaign.is_open:
        parts.insert(0, _time_left((total.campaign.closes_on - clock.today()).days))
    return " · ".join(parts)


def _time_left(days):
    if days < 0:
        return f"Quá hạn {-days} ngày"
    return f"Còn {days} ngày" if days else "Hạn hôm nay"


def _tabs(request, progress):
    """The filters of the board with how many villages each leaves."""
    chosen = request.GET.get("show", "")
    tabs = [{"label": "Tất cả", "url": "?", "active": chosen not in FILTERS}]
    for key, (label, keeps) in FILTERS.items():
        tabs.append({"label": label, "url": f"?show={key}", "active": chosen == key})
        tabs[-1]["count"] = sum(keeps(row) for row in progress)
    tabs[0]["count"] = len(progress)
    return tabs


def _form_page(request, template, context):
    return render(request, template, context, status=422 if context["form"].errors else 200)
