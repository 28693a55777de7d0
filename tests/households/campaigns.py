"""Campaigns at each stage, made through the services, for the tests of the yearly review."""

from datetime import date

from households.campaign.procedure.services.meetings import MeetingRecord
from households.campaign.recognition.services.submission import submit_results
from households.campaign.villages.services import finish_village
from households.choices import PovertyClass
from households.entry.survey.services.confirmation import confirm_village_warnings
from households.entry.survey.services.reviews import ReviewAnswers, record_review
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core import clock
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    ReviewFactory,
    StatusFactory,
)

SUBMITTED_ON = date(2026, 11, 16)
DECIDED_ON = date(2026, 11, 18)
ENTERED_LATER = "Họp theo biên bản giấy, phiếu nhập sau."
ON_LIST_SINCE = date(2025, 12, 15)

# What the urban standard makes of them: poor, near-poor, not poor.
POOR = ReviewAnswers(income_score=110, deprivations=frozenset({1, 5, 9}))
NEAR_POOR = ReviewAnswers(income_score=110, deprivations=frozenset({5, 9}))
NOT_POOR = ReviewAnswers(income_score=180, deprivations=frozenset())


def answers(**changes) -> ReviewAnswers:
    values = {"income_score": 110, "deprivations": frozenset({5, 9}), **changes}
    return ReviewAnswers(**values)


def pending_review(campaign, village, *, poverty_class=PovertyClass.POOR, **household):
    """A form to enter, of a household that has been on the list since last year."""
    home = HouseholdFactory(village=village, **household)
    StatusFactory(household=home, poverty_class=poverty_class, starts_on=ON_LIST_SINCE)
    return ReviewFactory(campaign=campaign, household=home)


def village_of(campaign, village) -> CampaignVillage:
    return CampaignVillage.objects.get(campaign=campaign, village=village)


def finish(campaign, village, *, by) -> CampaignVillage:
    row = village_of(campaign, village)
    confirm_village_warnings(campaign_village=row, by=by)
    return finish_village(campaign_village=row, version=row.version, by=by)


def entered(campaign, village, *, by, said=POOR, **home):
    """A form that has been entered with the given answers."""
    review = pending_review(campaign, village, **home)
    return record_review(review=review, answers=said, version=review.version, by=by)


def meeting_record(held_on) -> MeetingRecord:
    """A meeting of forty at which nearly all agreed."""
    return MeetingRecord(
        held_on=held_on,
        place="Nhà văn hóa thôn",
        chair="Y Hữu Nam",
        secretary="Trần Thị Mai",
        attendance=40,
        agreeing=38,
        minutes="Nhất trí với kết quả rà soát.",
        unusual_reason=ENTERED_LATER,
    )


def submitted_campaign(ward, village, *, by, said=(POOR,), **fields) -> ReviewCampaign:
    """A campaign with one entered form for each of `said`, finished and submitted."""
    with clock.set_to(SUBMITTED_ON):
        campaign = CampaignFactory(ward=ward, **fields)
        for one in said:
            entered(campaign, village, by=by, said=one)
        finish(campaign, village, by=by)
        return submit_results(campaign=campaign, version=campaign.version, by=by)
