"""The review under way on the dashboard."""

from dataclasses import dataclass, field

from django.urls import reverse

from households.campaign.additions.pages import unlisted_to
from households.campaign.progress import (
    CampaignProgress,
    VillageProgress,
    add_up,
    campaign_progress,
)
from households.choices import CampaignStage
from households.models import Household, ReviewCampaign

from .context import DashboardContext

RECOGNISE = "households:campaign_recognise"


@dataclass(frozen=True)
class ReviewStanding:
    """The review that is not recognised yet; `needs_approval` when it waits for the viewer.

    `unlisted` are the households without a form, with a line about each, for who may know them.
    """

    campaign: ReviewCampaign
    total: CampaignProgress
    url: str
    needs_approval: bool
    by_village: dict[int, VillageProgress] = field(default_factory=dict)
    unlisted: list[tuple[Household, str]] = field(default_factory=list)
    opens_unlisted: bool = False


def review_state(outlook: DashboardContext) -> ReviewStanding | None:
    """The latest review under way, as far as the viewer sees it; None without one."""
    running = [
        campaign
        for campaign in outlook.book.campaigns.values()
        if campaign.stage != CampaignStage.RECOGNISED
    ]
    if not running:
        return None
    campaign = max(running, key=lambda one: one.year)
    rows = [
        row
        for row in campaign_progress(campaign, on=outlook.today)
        if outlook.covers(row.village.pk)
    ]
    submitted = campaign.stage == CampaignStage.SUBMITTED
    needs_approval = submitted and outlook.opens(RECOGNISE)
    view = RECOGNISE if needs_approval else "households:campaign_overview"
    return ReviewStanding(
        campaign=campaign,
        total=add_up(campaign, rows),
        url=reverse(view, args=[campaign.pk]) if outlook.opens(view) else "",
        needs_approval=needs_approval,
        by_village={row.village.pk: row for row in rows},
        **unlisted_to(outlook.viewer, campaign),
    )
