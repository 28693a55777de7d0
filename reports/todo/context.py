"""What the rules of the to-do list read and give: facts, each read once, and lines."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from households.campaign.progress import VillageProgress, campaign_progress
from households.choices import CampaignStage
from households.ledger.known import KnownPeriods
from households.ledger.selectors.known import known_periods
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.models import Area, User
from projects.models import Target
from projects.targets.selectors import reported_of, targets_of, unreported_targets

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Detail:
    """One of the things a folded task stands for."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Task:
    """One line: what, why, by when, how far, and the button that opens the exact place.

    `waits_for_others` marks what somebody else has to do next. `key` holds the facts of a line that
    no figure ends: its reader puts it away, and it comes back once the facts are others.
    """

    title: str
    reason: str
    url: str
    action: str
    due_on: date | None = None
    done: int = 0
    total: int = 0
    details: tuple[Detail, ...] = ()
    waits_for_others: bool = False
    key: str = ""


def key_of(kind: str, *facts: object) -> str:
    """The key of a line about these facts."""
    words = "|".join([kind, *map(str, facts)])
    return hashlib.sha256(words.encode()).hexdigest()


class TodoContext:
    """What the rules read for one user on one day, each thing once."""

    def __init__(self, user: User, ward: Area, today: date, *, is_only: bool = True):
        self.user, self.ward, self.today, self.is_only = user, ward, today, is_only

    def sign(self, task: Task) -> Task:
        """The task with its ward, for who works in several."""
        return task if self.is_only else replace(task, reason=f"{self.ward}: {task.reason}")

    @cached_property
    def campaigns(self) -> list[ReviewCampaign]:
        """The reviews that are not recognised yet, the latest first."""
        visible = ReviewCampaign.objects.visible_to(self.user).filter(ward=self.ward).standing()
        running = visible.exclude(stage=CampaignStage.RECOGNISED).select_related(
            "submitted_by", "cancel_requested_by"
        )
        return list(running.order_by("-year", "-opens_on"))

    @cached_property
    def known(self) -> KnownPeriods:
        """Which days and years of the ward are known."""
        return known_periods(self.ward)

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def due_soon(self) -> date:
        """The last day of what is to be done in the coming week."""
        return self.today + SOON

    def in_stage(self, stage: CampaignStage) -> list[ReviewCampaign]:
        return [campaign for campaign in self.campaigns if campaign.stage == stage]

    @cached_property
    def progress(self) -> dict[int, list[VillageProgress]]:
        """The villages the user sees of each open review, by its id."""
        visible = CampaignVillage.objects.visible_to(self.user)
        return {
            campaign.pk: campaign_progress(campaign, villages=visible, on=self.today)
            for campaign in self.in_stage(CampaignStage.OPEN)
        }

    @cached_property
    def unreported(self) -> list[Target]:
        """Targets a unit has to report on by now and has not."""
        return unreported_targets(targets_of(self.ward), reported_of(self.ward), self.today)
