"""On which days the steps of a review were taken, for those that may not come before them.

QĐ 24/2021/QĐ-TTg, Điều 4 orders the steps: review, meeting, posting with its complaints, report,
decision. A day written on paper that turns this order round is refused. Days that only the system
knows (when forms were entered, when a village was finished here) may be later than on paper: a
step dated before one of them is unusual and needs a reason, see the services of meetings.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from households.choices import ComplaintOutcome, ReviewStep
from households.models import (
    CampaignVillage,
    Complaint,
    Posting,
    Review,
    ReviewCampaign,
    VillageMeeting,
)
from povertyplan.core import clock


@dataclass(frozen=True)
class DatedStep:
    """A step and the day it was taken; that of one household has its code."""

    step: ReviewStep
    day: date
    code: str = ""

    @property
    def label(self) -> str:
        """The step as it stands inside a sentence."""
        return f"{self.step.label} {self.code}".strip()


def last_step(campaign: ReviewCampaign) -> DatedStep | None:
    """The latest step a decision on a campaign rests on; four queries."""
    finished = campaign.villages.aggregate(last=Max("finished_at"))["last"]
    met = VillageMeeting.objects.standing().filter(campaign=campaign)
    posted = Posting.objects.standing().filter(campaign=campaign)
    answered = Complaint.objects.filter(posting__campaign=campaign)
    days = (
        (ReviewStep.SUBMITTED, _day_of(campaign.submitted_at)),
        (ReviewStep.LAST_FINISHED, _day_of(finished)),
        (ReviewStep.POSTED_OUT, posted.aggregate(last=Max("until"))["last"]),
        (ReviewStep.ANSWERED, answered.aggregate(last=Max("decided_on"))["last"]),
        (ReviewStep.MET, met.aggregate(last=Max("held_on"))["last"]),
    )
    return _latest(days)


def last_visit(campaign_village: CampaignVillage) -> DatedStep | None:
    """The last day on which a household of the village was visited; one query."""
    reviews = Review.objects.done().filter(
        campaign=campaign_village.campaign_id,
        village=campaign_village.village_id,
        visited_on__isnull=False,
    )
    last = reviews.select_related("household").order_by("-visited_on", "household__code").first()
    if last is None:
        return None
    return DatedStep(ReviewStep.VISITED, last.visited_on, last.household.code)


def second_review(campaign_village: CampaignVillage) -> DatedStep | None:
    """The last answer that had the village reviewed again (phúc tra); one query."""
    answers = Complaint.objects.filter(
        posting__campaign=campaign_village.campaign_id,
        village=campaign_village.village_id,
        outcome=ComplaintOutcome.REVIEWED,
    )
    return _latest([(ReviewStep.SECOND_REVIEW, answers.aggregate(last=Max("decided_on"))["last"])])


def finished_in_system(campaign_village: CampaignVillage) -> DatedStep | None:
    """When the village was finished here, which may be later than it was on paper."""
    day = _day_of(campaign_village.finished_at)
    return _latest([(ReviewStep.FINISHED_HERE, day)])


def _latest(days) -> DatedStep | None:
    known = [DatedStep(step, day) for step, day in days if day is not None]
    return max(known, key=lambda dated: dated.day, default=None)


def _day_of(moment) -> date | None:
    return clock.day_of(moment) if moment else None
