"""Where a review campaign stands, by village, and what its forms add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from households.choices import CampaignStage, ReviewState, VillageState
from households.ledger.selectors.deprivations import counts_by_campaign
from households.models import (
    CampaignVillage,
    Review,
    ReviewCampaign,
)
from povertyplan.core import clock
from povertyplan.core.models import Area, User

# A household closed since the list was made is no longer to be visited.
STILL_TO_REVIEW = Q(state=ReviewState.PENDING, household__closed_on=None)
ON_THE_LIST = Q(state=ReviewState.DONE) | STILL_TO_REVIEW


@dataclass(frozen=True)
class VillageProgress:
    """One village of a campaign: forms entered of forms to enter, and whether it lags behind."""

    campaign_village: CampaignVillage
    done: int
    total: int
    last_entry_at: datetime | None
    is_late: bool

    @property
    def village(self) -> Area:
        return self.campaign_village.village

    @property
    def is_finished(self) -> bool:
        return self.campaign_village.is_finished

    @property
    def pending(self) -> int:
        return self.total - self.done

    @property
    def awaits_confirmation(self) -> bool:
        """Whether every form is entered, and nobody has confirmed the village."""
        return not self.is_finished and not self.pending

    @property
    def state(self) -> VillageState:
        if self.is_finished:
            return VillageState.FINISHED
        if self.awaits_confirmation:
            return VillageState.ENTERED
        return VillageState.LATE if self.is_late else VillageState.UNDER_WAY


@dataclass(frozen=True)
class CampaignProgress:
    """The same figures for a whole campaign."""

    campaign: ReviewCampaign
    done: int
    total: int
    villages: int
    finished_villages: int

    @property
    def pending(self) -> int:
        return self.total - self.done

    @property
    def unfinished_villages(self) -> int:
        return self.villages - self.finished_villages


@dataclass(frozen=True)
class FormCounts:
    """Forms of a village: those entered, those on the list, and when the last was saved."""

    done: int = 0
    total: int = 0
    last_entry_at: datetime | None = None


FORMS = {
    "done": Count("pk", filter=Q(state=ReviewState.DONE)),
    "total": Count("pk", filter=ON_THE_LIST),
}


def _forms_by_village(campaign: ReviewCampaign) -> dict[int, FormCounts]:
    """The forms of each village that has any; one query."""
    rows = campaign.reviews.order_by().values("village")
    counted: Iterable[Any] = rows.annotate(**FORMS, last_entry_at=Max("updated_at"))
    return {
        row["village"]: FormCounts(row["done"], row["total"], row["last_entry_at"])
        for row in counted
    }


def campaign_progress(
    campaign: ReviewCampaign,
    *,
    villages: QuerySet[CampaignVillage] | None = None,
    on: date | None = None,
) -> list[VillageProgress]:
    """Progress of each village in its official order, in two queries.

    `villages` narrows the list to what a user may see; a village is late when its share of
    entered forms is behind the share of the campaign's days that have passed on day `on`.
    """
    rows = CampaignVillage.objects.all() if villages is None else villages
    rows = rows.filter(campaign=campaign).select_related("village", "reviewer", "finished_by")
    counted = _forms_by_village(campaign)
    elapsed, length = _days(campaign, on or clock.today())
    progress = []
    for row in rows.order_by("village__order", "village__sort_key"):
        forms = counted.get(row.village_id, FormCounts())
        progress.append(
            VillageProgress(
                campaign_village=row,
                done=forms.done,
                total=forms.total,
                last_entry_at=forms.last_entry_at,
                is_late=campaign.stage != CampaignStage.CANCELLED
                and not row.is_finished
                and forms.done * length < forms.total * elapsed,
            )
        )
    return progress


def add_up(campaign: ReviewCampaign, progress: Sequence[VillageProgress]) -> CampaignProgress:
    """The total row of a list of villages."""
    return CampaignProgress(
        campaign=campaign,
        done=sum(row.done for row in progress),
        total=sum(row.total for row in progress),
        villages=len(progress),
        finished_villages=sum(row.is_finished for row in progress),
    )


def campaigns_with_progress(
    campaigns: Iterable[ReviewCampaign], *, user: User
) -> list[CampaignProgress]:
    """Campaigns with the figures of what the user may see of them, in two more queries."""
    campaigns = list(campaigns)
    reviews = counts_by_campaign(
        Review.objects.visible_to(user).filter(campaign__in=campaigns),
        **FORMS,
    )
    villages = counts_by_campaign(
        CampaignVillage.objects.visible_to(user).filter(campaign__in=campaigns),
        villages=Count("pk"),
        finished_villages=Count("pk", filter=Q(finished_at__isnull=False)),
    )
    nothing = {"done": 0, "total": 0, "villages": 0, "finished_villages": 0}
    return [
        CampaignProgress(
            campaign=campaign,
            **{**nothing, **reviews.get(campaign.pk, {}), **villages.get(campaign.pk, {})},
        )
        for campaign in campaigns
    ]


def _days(campaign: ReviewCampaign, on: date) -> tuple[int, int]:
    """Days of the campaign that have passed on a day, and how many it has."""
    length = (campaign.closes_on - campaign.opens_on).days + 1
    elapsed = (on - campaign.opens_on).days
    return min(max(elapsed, 0), length), length
