"""Reviews: opening, villages, grid, phone, procedure, recognition."""

import json
from collections.abc import Callable
from uuid import uuid4

from households.models import (
    CampaignVillage,
    Complaint,
    MeetingScan,
    Review,
    ReviewCampaign,
    ReviewRequest,
)
from tests.access.patterns.addresses import REASON, campaign, village
from tests.access.patterns.pattern import FORM, Address, Pattern, Place


def _version_of(name: str, **more) -> Callable[[Place], dict]:
    """The version of a campaign as it stands now, so that only a missing right can refuse."""

    def payload(place: Place) -> dict:
        campaign = ReviewCampaign.objects.get(pk=place.ward.campaigns[name].pk)
        return {"version": campaign.version, **more}

    return payload


def _village_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        row = CampaignVillage.objects.get(
            campaign=place.ward.campaigns[name], village=place.village.area
        )
        return {"version": row.version, **more}

    return payload


def _open_review(place: Place) -> Review:
    return Review.objects.get(campaign=place.ward.campaigns["open"], household=place.village.first)


def _review(place: Place) -> dict:
    review = _open_review(place)
    return {"version": review.version, "income_score": "110", "deprivations": ["1", "5", "9"]}


def _grid_line(place: Place) -> dict:
    pk = _open_review(place).pk
    return {f"v{pk}": _open_review(place).version, f"s{pk}": "110", f"q{pk}": "1 5 9", f"c{pk}": ""}


def _grid_message(place: Place) -> dict:
    review = _open_review(place)
    values = {"score": 110, "deprivations": [1, 5, 9], "causes": [], "note": "", "flag": False}
    message = {"review": review.pk, "version": review.version, "values": values}
    return {"message": json.dumps(message)}


def _complaint(place: Place) -> Address:
    complaint = Complaint.objects.filter(village=place.village.area).earliest("pk")
    return village("submitted")(place) | {"complaint_pk": complaint.pk}


def _scan(place: Place) -> Address:
    scan = MeetingScan.objects.filter(village=place.village.area).earliest("pk")
    return village("submitted")(place) | {"scan_pk": scan.pk}


def _request_row(place: Place) -> ReviewRequest:
    return ReviewRequest.objects.filter(village=place.village.area).earliest("pk")


def _request(place: Place) -> Address:
    return {"pk": _request_row(place).pk}


REVIEWS: dict[str, Pattern] = {
    "households:campaign_open": Pattern(methods=FORM, posted=422, shows=False),
    # The campaigns follow no procedure that asks for these steps: a post is told so.
    "households:village_meeting": Pattern(
        methods=FORM, reach="village", address=village("submitted"), posted=422
    ),
    "households:request_list": Pattern(),
    # The village is one of the first ward: to somebody of another it is none of theirs.
    "households:request_new": Pattern(
        methods=FORM, payload=lambda place: {"kind": "review"}, posted=422, shows=False
    ),
    "households:request_link": Pattern(
        methods=FORM,
        reach="village",
        address=_request,
        payload=lambda place: {
            "version": _request_row(place).version,
            "household_code": place.village.second.code,
        },
    ),
    "households:request_close": Pattern(
        methods=FORM,
        reach="village",
        address=_request,
        payload=lambda place: {"version": _request_row(place).version} | REASON,
    ),
    # No file comes along: a post is told so.
    "households:village_scans": Pattern(
        methods=FORM, reach="village", address=village("submitted"), posted=422
    ),
    "households:scan_file": Pattern(reach="village", address=_scan),
    # The results are handed in, and nothing is taken away any more.
    "households:scan_remove": Pattern(
        methods=FORM, reach="village", address=_scan, payload=lambda place: REASON, posted=422
    ),
    "households:village_posting": Pattern(
        methods=FORM,
        reach="village",
        address=village("submitted"),
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:village_complaints": Pattern(
        methods=FORM,
        reach="village",
        address=village("submitted"),
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:complaint_answer": Pattern(
        methods=FORM,
        reach="village",
        address=_complaint,
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:campaign_list": Pattern(),
    "households:campaign_overview": Pattern(reach="ward", address=campaign("open")),
    "households:campaign_overview_excel": Pattern(reach="ward", address=campaign("open")),
    "households:campaign_submit": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("finished"),
        payload=_version_of("finished"),
    ),
    "households:campaign_recognise": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("submitted"),
        payload=_version_of(
            "submitted",
            number="300/QĐ-UBND",
            decided_on="19/11/2026",
            signer_title="Chủ tịch",
            signer_name="Y Ký",
        ),
    ),
    # Every household of the world has its form already, so that nothing is left to decide.
    "households:campaign_unlisted": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("open"),
        payload=lambda place: {
            "other": place.village.first.code,
            "decision": "leave_out",
            "reason": "Chỉ tạm trú.",
        },
        posted=422,
        shows=False,
    ),
    "households:campaign_return": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("submitted"),
        payload=_version_of("submitted", **REASON),
    ),
    "households:campaign_cancel": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("finished"),
        payload=_version_of("finished", **REASON),
    ),
    "households:campaign_cancel_decide": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("open"),
        payload=_version_of("open", decision="decline", **REASON),
    ),
    "households:campaign_reopen": Pattern(
        methods=FORM,
        reach="ward",
        address=campaign("recognised"),
        payload=_version_of("recognised", **REASON),
    ),
    "households:campaign_version": Pattern(
        reach="ward",
        address=lambda place: {"pk": place.ward.campaigns["recognised"].pk, "number": 1},
    ),
    "households:village_reviews": Pattern(reach="village", address=village("open")),
    "households:review_grid": Pattern(
        methods=FORM, reach="village", address=village("open"), payload=_grid_line
    ),
    "households:review_grid_save": Pattern(
        methods=frozenset({"POST"}),
        reach="village",
        address=village("open"),
        payload=_grid_message,
        posted=200,
        shows=False,
    ),
    "households:review_grid_details": Pattern(
        reach="village",
        address=lambda place: village("open")(place) | {"review_pk": _open_review(place).pk},
    ),
    "households:review_grid_print": Pattern(reach="village", address=village("open")),
    "households:phone_list": Pattern(reach="ward", address=campaign("open")),
    "households:phone_step": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.ward.campaigns["open"].pk,
            "household_pk": place.village.first.pk,
            "step": 1,
        },
        payload=lambda place: {"client_id": str(uuid4())},
    ),
    "households:village_finish": Pattern(
        methods=FORM, reach="village", address=village("ready"), payload=_village_version("ready")
    ),
    "households:village_reviewer": Pattern(
        methods=FORM, reach="village", address=village("ready"), payload=_village_version("ready")
    ),
    "households:village_reopen": Pattern(
        methods=FORM,
        reach="village",
        address=village("finished"),
        payload=_village_version("finished", **REASON),
    ),
    "households:review_edit": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.ward.campaigns["open"].pk,
            "household_pk": place.village.first.pk,
        },
        payload=_review,
    ),
}
