"""The board of a campaign: each village with its steps, on screen and as a workbook."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from households.access import Field, fields_in
from households.campaign.overview.workbooks import board_workbook
from households.campaign.procedure.selectors.steps import VillageSteps, add_up_steps, village_steps
from households.campaign.progress import (
    VillageProgress,
    add_up,
    campaign_progress,
    campaigns_with_progress,
)
from households.campaign.recognition.presenters import present_unusual
from households.campaign.recognition.selectors.unusual import find_unusual
from households.campaign.recognition.selectors.versions import (
    recognised_versions,
    withdrawn_decision,
)
from households.campaign.recognition.services.cancelling import cancelling_obstacle
from households.campaign.recognition.views import (
    CANCEL,
    RECOGNISE,
    REOPEN,
    SUBMIT,
    VERSION,
    may_in_ward,
)
from households.choices import CampaignStage
from households.entry.survey.selectors.rows import open_warnings_by_village
from households.lookups import campaign_or_404
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.text import formatting

GRID = "households:review_grid"
GRID_PRINT = "households:review_grid_print"
REVIEWER = "households:village_reviewer"
VILLAGE_REOPEN = "households:village_reopen"
PAPERS = "reports:review_papers"

FILTERS = {
    "unfinished": ("Chưa hoàn thành", lambda row: not row.is_finished),
    "late": ("Chậm", lambda row: row.is_late),
}


@dataclass(frozen=True)
class BoardRow:
    """One village of the board, and what the reader may do about it.

    `warnings` is None where the reader does not see scores.
    """

    progress: VillageProgress
    steps: VillageSteps
    warnings: int | None
    may_enter: bool
    may_assign: bool
    may_print: bool
    may_reopen: bool
    opens_papers: bool

    @property
    def has_menu(self) -> bool:
        return self.may_assign or self.may_print or self.may_reopen or self.opens_papers


@require_safe
def campaign_overview(request, pk):
    campaign = campaign_or_404(request.user, pk)
    lines = _lines(request.user, campaign)
    progress = [line.progress for line in lines]
    steps = [line.steps for line in lines]
    shown = FILTERS.get(request.GET.get("show", ""))
    total = add_up(campaign, progress)
    recognised = campaign.stage == CampaignStage.RECOGNISED
    rows = _kept(lines, shown)
    context = {
        "campaign": campaign,
        "decision": campaign.decision,
        "withdrawn": withdrawn_decision(campaign),
        "waits": campaign.stage == CampaignStage.SUBMITTED,
        "headline": _headline(total),
        "procedure": _procedure(campaign, total, steps),
        "has_steps": campaign.procedure is not None,
        "total": total,
        "warnings": sum(line.warnings or 0 for line in lines),
        "rows": rows,
        "has_entry": any(row.may_enter for row in rows),
        "has_menus": any(row.has_menu for row in rows),
        "tabs": _tabs(request, progress),
        "shown": shown[0] if shown else "",
        "show": request.GET.get("show", "") if shown else "",
        "made_at": clock.now(),
        "opens_steps": may_open(request.user, "households:village_meeting"),
        "opens_papers": may_open(request.user, PAPERS),
        "opens_villages": may_open(request.user, "households:village_reviews"),
        "unusual": [] if recognised else _unusual_to(request.user, campaign, progress),
        "may_submit": campaign.is_open and may_in_ward(request.user, SUBMIT, campaign),
        "may_recognise": campaign.stage == CampaignStage.SUBMITTED
        and may_in_ward(request.user, RECOGNISE, campaign),
        "may_cancel": not cancelling_obstacle(campaign)
        and may_in_ward(request.user, CANCEL, campaign),
        "may_reopen": recognised and may_in_ward(request.user, REOPEN, campaign),
        "versions": recognised_versions(campaign)
        if may_in_ward(request.user, VERSION, campaign, writing=False)
        else [],
    }
    return render(request, "households/campaign/campaign_overview.html", context)


@require_safe
def campaign_overview_excel(request, pk):
    """The board as it is filtered. It names villages and officers, no household."""
    campaign = campaign_or_404(request.user, pk)
    shown = FILTERS.get(request.GET.get("show", ""))
    rows = _kept(_lines(request.user, campaign), shown)
    content = board_workbook(campaign, rows, condition=shown[0] if shown else "")
    return file_response(content, list_name(f"Tiến độ rà soát {campaign.year}", campaign.ward))


def _lines(user, campaign) -> list[BoardRow]:
    """Every village the user sees; progress and steps come in the same order."""
    villages = CampaignVillage.objects.visible_to(user)
    progress = campaign_progress(campaign, villages=villages)
    steps = village_steps(campaign, progress=progress)
    warnings = open_warnings_by_village(campaign) if campaign.is_open else {}
    return [_line(user, *pair, warnings) for pair in zip(progress, steps, strict=True)]


def _line(user, progress, steps, warnings) -> BoardRow:
    village = progress.village
    is_entered = steps.campaign.is_open and not progress.is_finished and steps.has_households
    return BoardRow(
        progress=progress,
        steps=steps,
        warnings=warnings.get(village.pk, 0) if _reads_scores(user, village) else None,
        may_enter=is_entered and may_open(user, GRID, area=village, writing=True),
        may_assign=is_entered and may_open(user, REVIEWER, area=village),
        may_print=steps.has_households and may_open(user, GRID_PRINT, area=village),
        may_reopen=steps.campaign.is_open
        and progress.is_finished
        and may_open(user, VILLAGE_REOPEN, area=village, writing=True),
        opens_papers=steps.has_households and may_open(user, PAPERS, area=village),
    )


def _kept(lines, shown):
    return [line for line in lines if shown is None or shown[1](line.progress)]


def _reads_scores(user, village):
    return Field.SCORES in fields_in(user, village)


def _unusual_to(user, campaign, progress):
    """What is unusual in the villages whose scores the user may read."""
    read = [row.village.pk for row in progress if _reads_scores(user, row.village)]
    return present_unusual(find_unusual(campaign, villages=read)) if read else []


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


@require_safe
def campaign_list(request):
    campaigns = ReviewCampaign.objects.visible_to(request.user).with_decision()
    rows = campaigns_with_progress(campaigns, user=request.user)
    opens_new = may_open(request.user, "households:campaign_open", writing=True)
    opens_requests = may_open(request.user, "households:request_list")
    context = {"rows": rows, "may_open": opens_new, "opens_requests": opens_requests}
    return render(request, "households/campaign/campaign_list.html", context)
