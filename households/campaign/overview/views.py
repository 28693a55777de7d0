"""The board of a campaign: each village with its steps, on screen and as a workbook."""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from households.campaign.additions.pages import left_out_to, unlisted_to
from households.campaign.overview import presenters as words
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
    CANCEL_DECIDE,
    RECOGNISE,
    REOPEN,
    SUBMIT,
    VERSION,
    may_in_ward,
)
from households.choices import WITHOUT_RESULT, CampaignStage
from households.entry.survey.selectors.rows import open_warnings_by_village
from households.field_access import Field, fields_in
from households.lookups import campaign_or_404
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, may_open_inside
from povertyplan.core.platform.files import file_response, list_name

GRID = "households:review_grid"
GRID_PRINT = "households:review_grid_print"
REVIEWER = "households:village_reviewer"
VILLAGE_REOPEN = "households:village_reopen"
FORMS = "households:village_reviews"
MEETING = "households:village_meeting"
PAPERS = "reports:review_papers"
REHEARSAL = "reports:recognition_rehearsal"

FILTERS: dict[str, Callable[[VillageProgress], bool]] = {
    "unfinished": lambda row: not row.is_finished,
    "late": lambda row: row.is_late,
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
    opens_forms: bool
    opens_steps: bool
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
    show = _show(request)
    total = add_up(campaign, progress)
    recognised = campaign.stage == CampaignStage.RECOGNISED
    rows = _kept(lines, show)
    context = {
        "campaign": campaign,
        "decision": campaign.decision,
        "withdrawn": withdrawn_decision(campaign),
        "waits": campaign.stage == CampaignStage.SUBMITTED,
        "headline": words.headline(total),
        "procedure": words.procedure_steps(campaign, total, add_up_steps(steps)),
        "has_steps": campaign.procedure is not None,
        "total": total,
        "warnings": sum(line.warnings or 0 for line in lines),
        "rows": rows,
        "has_entry": any(row.may_enter for row in rows),
        "has_menus": any(row.has_menu for row in rows),
        "tabs": _tabs(request, progress),
        "shown": words.FILTERS.get(show, ""),
        "show": show,
        "made_at": clock.now(),
        "opens_papers": may_open_inside(request.user, PAPERS, campaign.ward),
        "unusual": [] if recognised else _unusual_to(request.user, campaign, progress),
        **unlisted_to(request.user, campaign),
        **left_out_to(request.user, campaign),
        "may_rehearse": campaign.stage in WITHOUT_RESULT
        and may_in_ward(request.user, REHEARSAL, campaign),
        "may_submit": campaign.is_open and may_in_ward(request.user, SUBMIT, campaign),
        "may_recognise": campaign.stage == CampaignStage.SUBMITTED
        and may_in_ward(request.user, RECOGNISE, campaign),
        **_cancelling(request.user, campaign),
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
    show = _show(request)
    rows = _kept(_lines(request.user, campaign), show)
    content = board_workbook(campaign, rows, condition=words.FILTERS.get(show, ""))
    return file_response(content, list_name(words.file_title(campaign), campaign.ward))


def _cancelling(user, campaign) -> dict:
    """What a user may do about cancelling a review: ask, or decide on what somebody asked."""
    waits = campaign.awaits_cancellation
    return {
        "may_cancel": not waits
        and not cancelling_obstacle(campaign)
        and may_in_ward(user, CANCEL, campaign),
        "may_decide": waits and may_in_ward(user, CANCEL_DECIDE, campaign),
        "is_own": campaign.cancel_requested_by_id == user.pk,
    }


def _show(request) -> str:
    """The filter that is asked for, by its name in the address; empty for none."""
    show = request.GET.get("show", "")
    return show if show in FILTERS else ""


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
        opens_forms=may_open(user, FORMS, area=village),
        opens_steps=may_open(user, MEETING, area=village),
        opens_papers=steps.has_households and may_open(user, PAPERS, area=village),
    )


def _kept(lines: list[BoardRow], show: str) -> list[BoardRow]:
    return [line for line in lines if not show or FILTERS[show](line.progress)]


def _reads_scores(user, village):
    return Field.SCORES in fields_in(user, village)


def _unusual_to(user, campaign, progress):
    """What is unusual in the villages whose scores the user may read."""
    read = [row.village.pk for row in progress if _reads_scores(user, row.village)]
    return present_unusual(find_unusual(campaign, villages=read)) if read else []


def _tabs(request, progress: list[VillageProgress]) -> list[dict]:
    """The filters of the board with how many villages each leaves."""
    shown = _show(request)
    whole = {"label": words.NO_FILTER, "url": "?", "active": not shown, "count": len(progress)}
    narrowed = [
        {
            "label": words.FILTERS[key],
            "url": f"?show={key}",
            "active": shown == key,
            "count": sum(keeps(row) for row in progress),
        }
        for key, keeps in FILTERS.items()
    ]
    return [whole, *narrowed]


@require_safe
def campaign_list(request):
    campaigns = ReviewCampaign.objects.visible_to(request.user).with_decision()
    rows = campaigns_with_progress(campaigns, user=request.user)
    opens_new = may_open(request.user, "households:campaign_open", writing=True)
    opens_requests = may_open(request.user, "households:request_list")
    context = {"rows": rows, "may_open": opens_new, "opens_requests": opens_requests}
    return render(request, "households/campaign/campaign_list.html", context)
