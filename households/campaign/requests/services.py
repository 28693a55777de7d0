"""Requests of households: written down, joined to a household, set aside, taken into a review."""

from collections.abc import Collection
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef

from households.entry.survey.selectors.reviews import head_name
from households.models import Household, ReviewCampaign, ReviewRequest
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import submissions, versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

NOT_WAITING = "Giấy đề nghị này đã được giải quyết."
ASKED_ANEW = "Đợt rà soát nhận giấy này đã hủy; hộ đã có giấy đề nghị sau chưa giải quyết."


@audit.business_act(label="Nhận giấy đề nghị rà soát")
def record_request(
    *,
    village: Area,
    kind: str,
    channel: str,
    received_on: date,
    applicant: str = "",
    household_code: str = "",
    note: str = "",
    key: str | None = None,
    by: User,
) -> ReviewRequest:
    """Write a request down. Of a household of the register its head asks, if nobody is named.

    `key` makes a form sent twice write once.
    """

    def create() -> ReviewRequest:
        faults = request_faults(
            village=village, kind=kind, applicant=applicant, code=household_code, day=received_on
        )
        if faults:
            raise ValidationError(faults)
        household = _household(village.pk, household_code)
        request = ReviewRequest(
            ward_id=cast(int, village.parent_id),
            village=village,
            household=household,
            applicant=normalise_text(applicant) or head_name(cast(Household, household)),
            received_by=by,
            recorded_at=clock.now(),
            note=normalise_text(note),
            **said,
        )
        request.full_clean(exclude=["ward", "village", "household", "received_by"])
        request.save()
        summary = f"{by} nhận giấy đề nghị {_describe_request(request)}"
        audit.record(request, summary, ward=request.ward)
        return request

    said = {"kind": kind, "channel": channel, "received_on": received_on}
    content = {"village": village.pk, "household_code": household_code, **said}
    return submissions.once(
        key=key,
        act="record_request",
        content=content | {"applicant": applicant, "note": note},
        model=ReviewRequest,
        create=create,
        by=by,
    )


def request_faults(
    *, village: Area | None, kind: str, applicant: str, code: str, day: date | None
) -> dict[str, str]:
    """What is wrong with a request as it was written down, by field.

    A village or a day that could not be read is None, and left out of the comparison.
    """
    faults = {}
    if not normalise_text(applicant or "") and not normalise_text(code or ""):
        faults["applicant"] = "Nhập họ tên người đề nghị, hoặc mã hộ nếu hộ đã có trong sổ."
    if day is not None and day > clock.today():
        faults["received_on"] = "Ngày nhận không được sau hôm nay."
    if village is not None:
        try:
            _refuse_second(_household(village.pk, code or ""), kind)
        except ValidationError as refused:
            faults["household_code"] = refused.messages[0]
    return faults


@audit.business_act(label="Gắn giấy đề nghị với hộ trong sổ")
def link_request(
    *, request: ReviewRequest, household_code: str, version: int, by: User
) -> ReviewRequest:
    """Say which household of the register a request is about."""
    _refuse_answered(request)
    household = _household(request.village_id, household_code)
    if household is None:
        raise ValidationError({"household_code": "Nhập mã hộ."})
    _refuse_second(household, request.kind, but=request)
    versions.update(request, version=version, household=household)
    audit.record(
        request,
        f"{by} gắn giấy đề nghị {_describe_request(request)} với hộ {household.code}",
        ward=request.ward,
    )
    return request


@audit.business_act(label="Không giải quyết giấy đề nghị")
def close_request(*, request: ReviewRequest, reason: str, version: int, by: User) -> ReviewRequest:
    """Set a request aside, for a reason that stays with it."""
    _refuse_answered(request)
    stated = stated_reason(reason, "Nhập lý do không giải quyết.")
    versions.update(request, version=version, closing_reason=stated)
    audit.record(
        request,
        f"{by} không giải quyết giấy đề nghị {_describe_request(request)}",
        ward=request.ward,
        reason=stated,
    )
    return request


def answer_requests(campaign: ReviewCampaign, households: Collection[int]) -> int:
    """Join the waiting requests of households to the review that lists them; how many there were.

    Part of the act that opens the review, and counted in its line.
    """
    waiting = ReviewRequest.objects.waiting().filter(ward=campaign.ward, household__in=households)
    return waiting.update(campaign=campaign, version=F("version") + 1)


def release_requests(campaign: ReviewCampaign) -> int:
    """Let the requests that a cancelled review took in wait again; how many there were.

    Where a household asked anew meanwhile the later request waits, the earlier is set aside. Part
    of the act that cancels the review.
    """
    taken = ReviewRequest.objects.filter(campaign=campaign)
    anew = ReviewRequest.objects.waiting().filter(
        household=OuterRef("household"), kind=OuterRef("kind")
    )
    twice = list(taken.filter(Exists(anew)).values_list("pk", flat=True))
    free = {"campaign": None, "version": F("version") + 1}
    taken.filter(pk__in=twice).update(closing_reason=ASKED_ANEW, **free)
    return ReviewRequest.objects.filter(campaign=campaign).update(**free)


def _household(village: int, code: str) -> Household | None:
    wanted = normalise_text(code)
    if not wanted:
        return None
    own = Household.objects.registered(on=clock.today()).filter(village=village)
    household = own.with_head().filter(code__iexact=wanted).first()
    if household is None:
        raise ValidationError({"household_code": f"Thôn không có hộ mã “{wanted}” trong sổ."})
    return household


def _refuse_second(household: Household | None, kind: str, *, but: ReviewRequest | None = None):
    if household is None:
        return
    others = ReviewRequest.objects.waiting().filter(household=household, kind=kind)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise ValidationError(
            {"household_code": f"Hộ {household.code} đã có giấy đề nghị này chưa giải quyết."}
        )


def _refuse_answered(request: ReviewRequest) -> None:
    request.refresh_from_db()
    if not request.is_waiting:
        raise ValidationError(NOT_WAITING, code="locked")


def _describe_request(request: ReviewRequest) -> str:
    day = formatting.day(request.received_on)
    return f"của {request.applicant}, {request.village}, nhận ngày {day}"
