"""Marks of the yearly review: the look of a stage and of a village's state, decided once."""

from django import template

from households.choices import CampaignStage, VillageState
from households.rules.notes import LONGEST_NOTE
from households.rules.quick_codes import code_of
from povertyplan.core.templatetags.ui import tag

register = template.Library()

STAGE_TONES = {
    CampaignStage.OPEN: "info",
    CampaignStage.SUBMITTED: "warn",
    CampaignStage.RECOGNISED: "ok",
    CampaignStage.CANCELLED: "plain",
}

VILLAGE_TONES = {
    VillageState.FINISHED: "ok",
    VillageState.ENTERED: "info",
    VillageState.LATE: "warn",
    VillageState.UNDER_WAY: "plain",
}


@register.simple_tag
def stage_tag(campaign):
    """The stage of a campaign as a word on a tint."""
    return tag(campaign.get_stage_display(), STAGE_TONES[campaign.stage])


@register.simple_tag
def village_tag(progress):
    """Where a village stands: finished, entered but not confirmed, late, or under way."""
    return tag(progress.state.label, VILLAGE_TONES[progress.state])


@register.inclusion_tag("households/entry/_grid_row.html", takes_context=True)
def grid_row(context, entry):
    """One household of the bulk entry."""
    row = entry.row
    return {
        "entry": entry,
        "row": row,
        "review": row.review,
        "number": row.number,
        "boxes": [
            {
                "indicator": indicator,
                "checked": indicator.number in entry.ticked,
                "was": row.earlier is not None and indicator.number in row.earlier.deprivations,
            }
            for indicator in context["indicators"]
        ],
        "score": entry.score,
        "code": entry.code or _code_of_saved(entry),
        "causes": entry.causes,
        "shows_result": row.review.is_done,
        "hint": _hint(row.earlier),
        "campaign": context["campaign"],
        "village": context["village"],
        "may_enter": context["may_enter"],
        "need_kinds": context["need_kinds"],
        "longest_note": LONGEST_NOTE,
    }


def _code_of_saved(entry):
    return code_of(entry.ticked) if entry.row.review.is_done else ""


def _hint(earlier):
    """Last time's answers as the codes to type, with their year."""
    if earlier is None:
        return {}
    causes = frozenset(cause.number for cause in earlier.causes.all())
    return {
        "year": earlier.campaign.year,
        "score": str(earlier.income_score),
        "code": code_of(earlier.deprivations),
        "causes": code_of(causes) if causes else "",
    }
