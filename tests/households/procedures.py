"""Meeting, posting and complaint of a village, as most tests of the procedure want them."""

from dataclasses import replace
from datetime import date

from households.campaign.procedure.services.meetings import hold_meeting
from households.campaign.procedure.services.postings import post_results, receive_complaint
from tests.households.campaigns import ENTERED_LATER, meeting_record, village_of

TODAY = date(2026, 11, 20)  # a Friday
MET_ON = date(2026, 11, 10)
POSTED_ON = date(2026, 11, 12)


def meet(row, by, **changes):
    row = village_of(row.campaign, row.village)
    record = replace(meeting_record(MET_ON), **changes)
    return hold_meeting(campaign_village=row, record=record, version=row.version, by=by)


def post(row, by, **changes):
    row = village_of(row.campaign, row.village)
    values = {
        "places": "Nhà văn hóa",
        "posted_on": POSTED_ON,
        "unusual_reason": ENTERED_LATER,
        **changes,
    }
    return post_results(campaign_village=row, version=row.version, by=by, **values)


def complain(posting, by, **changes):
    values = {
        "complainant": "Nguyễn Thị Hoa",
        "received_on": date(2026, 11, 13),
        "text": "Hộ tôi chưa được xét.",
        **changes,
    }
    return receive_complaint(posting=posting, by=by, **values)
