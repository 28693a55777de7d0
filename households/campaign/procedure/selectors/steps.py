"""Where each village stands in the procedure: entered, met, posted; and what holds it up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from functools import cached_property

from django.db.models import QuerySet

from households.campaign.holidays.selectors import working_calendar
from households.campaign.procedure.selectors.days import DatedStep, last_visit, second_review
from households.campaign.progress import VillageProgress, campaign_progress
from households.models import (
    CampaignVillage,
    Complaint,
    MeetingVote,
    Posting,
    ReviewCampaign,
    VillageMeeting,
)
from households.rules.working_days import after_working_days
from povertyplan.core import clock
from povertyplan.core.models import Area


class StepObstacle(Enum):
    """What holds up a village's meeting, its posting or its results."""

    NOTHING_LISTED = auto()
    NOT_FINISHED = auto()
    NOT_MET = auto()
    NOT_POSTED = auto()
    POSTED = auto()
    HANGING = auto()
    COMPLAINTS = auto()


@dataclass(frozen=True)
class VillageSteps:
    """A village's meeting and posting that stand, and the complaints nobody has answered.

    `failed_meeting` is the last meeting that did not agree while none stands.
    """

    campaign: ReviewCampaign
    campaign_village: CampaignVillage
    households: int
    meeting: VillageMeeting | None
    failed_meeting: VillageMeeting | None
    posting: Posting | None
    complaints: int
    open_complaints: int
    on: date

    @property
    def village(self) -> Area:
        return self.campaign_village.village

    @cached_property
    def last_visit(self) -> DatedStep | None:
        return last_visit(self.campaign_village)

    @cached_property
    def second_review(self) -> DatedStep | None:
        return second_review(self.campaign_village)

    @property
    def has_households(self) -> bool:
        return self.households > 0

    @property
    def needs_meeting(self) -> bool:
        procedure = self.campaign.procedure
        return bool(procedure and procedure.requires_meeting and self.has_households)

    @property
    def needs_posting(self) -> bool:
        procedure = self.campaign.procedure
        return bool(procedure and procedure.requires_posting and self.has_households)

    @property
    def meeting_lock(self) -> StepObstacle | None:
        """Why no meeting can be recorded now; None when it can."""
        if not self.has_households:
            return StepObstacle.NOTHING_LISTED
        if not self.campaign_village.is_finished:
            return StepObstacle.NOT_FINISHED
        return StepObstacle.POSTED if self.posting else None

    @property
    def posting_lock(self) -> StepObstacle | None:
        """Why the results cannot be posted now; None when they can."""
        if not self.has_households:
            return StepObstacle.NOTHING_LISTED
        if not self.campaign_village.is_finished:
            return StepObstacle.NOT_FINISHED
        if self.needs_meeting and self.meeting is None:
            return StepObstacle.NOT_MET
        return StepObstacle.POSTED if self.posting else None

    @property
    def is_posted_out(self) -> bool:
        """Whether the list has hung to the end of its last day."""
        return self.posting is not None and self.posting.until < self.on

    @property
    def obstacle(self) -> StepObstacle | None:
        """What keeps the village's results from being submitted; None when nothing does."""
        if not self.campaign_village.is_finished:
            return StepObstacle.NOT_FINISHED
        if self.needs_meeting and self.meeting is None:
            return StepObstacle.NOT_MET
        if self.needs_posting and not self.is_posted_out:
            return StepObstacle.HANGING if self.posting else StepObstacle.NOT_POSTED
        return StepObstacle.COMPLAINTS if self.open_complaints else None


@dataclass(frozen=True)
class StepTotals:
    """How many villages with households on the list have come how far, and what people said."""

    villages: int
    met: int
    posted: int
    complaints: int
    open_complaints: int


def add_up_steps(steps: Iterable[VillageSteps]) -> StepTotals:
    """The totals of a list of villages; those without households need no step."""
    listed = [step for step in steps if step.has_households]
    return StepTotals(
        villages=len(listed),
        met=sum(step.meeting is not None for step in listed),
        posted=sum(step.is_posted_out for step in listed),
        complaints=sum(step.complaints for step in listed),
        open_complaints=sum(step.open_complaints for step in listed),
    )


def village_steps(
    campaign: ReviewCampaign,
    *,
    villages: QuerySet[CampaignVillage] | None = None,
    progress: Sequence[VillageProgress] | None = None,
    on: date | None = None,
) -> list[VillageSteps]:
    """The steps of each village in its official order, in six queries at most.

    `progress` of the same villages, where it is known already, saves two of them.
    """
    if progress is None:
        progress = campaign_progress(campaign, villages=villages, on=on)
    meetings = _by_village(VillageMeeting.objects.filter(campaign=campaign, stands=True))
    failed = _by_village(
        VillageMeeting.objects.filter(campaign=campaign, stands=False).order_by("recorded_at")
    )
    postings = _by_village(Posting.objects.filter(campaign=campaign, stands=True))
    complaints, open_complaints = _complaints(campaign)
    return [
        VillageSteps(
            campaign=campaign,
            campaign_village=row.campaign_village,
            households=row.total,
            meeting=meetings.get(row.village.pk),
            failed_meeting=_failed(meetings, failed, row.village.pk),
            posting=postings.get(row.village.pk),
            complaints=complaints[row.village.pk],
            open_complaints=open_complaints[row.village.pk],
            on=on or clock.today(),
        )
        for row in progress
    ]


def steps_of(campaign_village: CampaignVillage) -> VillageSteps:
    """The steps of one village, with its row as it was given."""
    rows = CampaignVillage.objects.filter(pk=campaign_village.pk)
    steps = village_steps(campaign_village.campaign, villages=rows)[0]
    return replace(steps, campaign_village=campaign_village)


def steps_around(
    campaign_village: CampaignVillage, villages: QuerySet[CampaignVillage]
) -> tuple[VillageSteps, list[VillageSteps]]:
    """The steps of one village, and of the others among some in their turn after it."""
    every = village_steps(
        campaign_village.campaign, villages=villages.filter(campaign=campaign_village.campaign_id)
    )
    place = next(n for n, each in enumerate(every) if each.campaign_village == campaign_village)
    own = replace(every[place], campaign_village=campaign_village)
    return own, [*every[place + 1 :], *every[:place]]


def votes_of(meeting: VillageMeeting) -> list[MeetingVote]:
    """The votes of a meeting on single households, by code; one query."""
    votes = meeting.votes.select_related("meeting", "review__household")
    return list(votes.order_by("review__household__code"))


def last_posting_day(campaign: ReviewCampaign, posted_on: date) -> date:
    """The last day a list must hang that was put up on a day."""
    procedure = campaign.procedure
    days = procedure.posting_days if procedure else 0
    calendar = working_calendar(campaign.ward, [posted_on.year, posted_on.year + 1])
    return after_working_days(posted_on, days, calendar)


def _by_village(rows: QuerySet) -> dict:
    return {row.village_id: row for row in rows}


def _failed(meetings: dict, others: dict, village: int) -> VillageMeeting | None:
    last = others.get(village)
    return last if village not in meetings and last is not None and not last.is_agreed else None


def _complaints(campaign: ReviewCampaign) -> tuple[Counter, Counter]:
    """Complaints by village: all, and those without an answer."""
    complaints = Complaint.objects.filter(posting__campaign=campaign)
    rows = list(complaints.values_list("village", "outcome"))
    return (
        Counter(village for village, _ in rows),
        Counter(village for village, outcome in rows if not outcome),
    )
