"""Posting a village's results, and answering those who complain about them."""

from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError

from households.campaign.procedure.selectors.days import finished_in_system
from households.campaign.procedure.selectors.steps import (
    VillageSteps,
    last_posting_day,
    steps_of,
)
from households.campaign.procedure.services.additions import put_on_list
from households.campaign.procedure.services.meetings import NO_PROCEDURE, confirmation_fault
from households.campaign.procedure.services.obstacles import obstacle_sentence
from households.campaign.procedure.services.taking_back import reopen_village, take_back
from households.choices import ComplaintOutcome, ListReason
from households.locks import campaign_lock, lock_village
from households.models import (
    CampaignVillage,
    Complaint,
    Household,
    Posting,
    ReviewCampaign,
    ReviewProcedure,
)
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Niêm yết kết quả")
def post_results(
    *,
    campaign_village: CampaignVillage,
    places: str,
    posted_on: date,
    until: date | None = None,
    unusual_reason: str = "",
    version: int,
    by: User,
) -> Posting:
    """Record that the list of a village hangs in public.

    Without `until` it hangs as many working days as the procedure asks for, and never fewer. It
    comes after the last visit and the meeting, and after a second review for the day that was
    decided; a day before the village was finished in the system needs a reason.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if current.campaign.procedure is None:
        raise ValidationError(NO_PROCEDURE, code="locked")
    steps = steps_of(current)
    lock = obstacle_sentence(steps, steps.posting_lock)
    if reason := campaign_lock(current.campaign) or lock:
        raise ValidationError(reason, code="locked")
    values: dict[str, Any] = {
        "places": places,
        "posted_on": posted_on,
        "until": until,
        "unusual_reason": unusual_reason,
    }
    if faults := posting_faults(steps, **values):
        raise ValidationError(faults)
    versions.update(current, version=version)
    posting = _store(current, by=by, **values)
    audit.record(
        posting,
        f"{by} niêm yết kết quả {current.campaign} ở {current.village} từ "
        f"{formatting.day(posting.posted_on)} đến hết {formatting.day(posting.until)}",
        ward=current.campaign.ward,
        reason=posting.unusual_reason,
    )
    return posting


@audit.business_act(label="Sửa ghi nhận niêm yết")
def correct_posting(
    *,
    campaign_village: CampaignVillage,
    places: str,
    posted_on: date,
    until: date | None = None,
    unusual_reason: str = "",
    reason: str,
    version: int,
    by: User,
) -> Posting:
    """Replace a posting that was recorded wrongly; the wrong one stays readable.

    Complaints about the list stay where they were written down.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    if locked := campaign_lock(current.campaign):
        raise ValidationError(locked, code="locked")
    steps = steps_of(current)
    wrong = steps.posting
    if wrong is None:
        raise ValidationError("Danh sách của thôn chưa hoặc không còn niêm yết.", code="locked")
    values: dict[str, Any] = {
        "places": places,
        "posted_on": posted_on,
        "until": until,
        "unusual_reason": unusual_reason,
    }
    if faults := correction_faults(steps, reason=reason, **values):
        raise ValidationError(faults)
    versions.update(current, version=version)
    wrong.stands = False
    wrong.save(update_fields=["stands"])
    posting = _store(current, by=by, correction_reason=normalise_text(reason), **values)
    audit.record(
        posting,
        f"{by} sửa ghi nhận niêm yết ở {current.village} ({current.campaign}): từ "
        f"{formatting.day(wrong.posted_on)} đến hết {formatting.day(wrong.until)} thành từ "
        f"{formatting.day(posting.posted_on)} đến hết {formatting.day(posting.until)}",
        ward=current.campaign.ward,
        reason=posting.correction_reason,
    )
    return posting


def correction_faults(
    steps: VillageSteps, *, reason: str, posted_on: date | None, **values
) -> dict[str, str]:
    """What is wrong with a corrected posting, by field."""
    faults = posting_faults(steps, posted_on=posted_on, **values)
    if fault := reason_fault(reason or "", "Nhập lý do sửa."):
        faults["reason"] = fault
    complaint = _first_complaint(steps)
    if posted_on and complaint and complaint.received_on < posted_on:
        faults.setdefault(
            "posted_on",
            "Ngày niêm yết không được sau ngày nhận khiếu nại, phản ánh đầu tiên "
            f"({formatting.day(complaint.received_on)}).",
        )
    return faults


def _first_complaint(steps: VillageSteps) -> Complaint | None:
    """About the list that hangs now, also before it was corrected the last time."""
    complaints = Complaint.objects.filter(posting__campaign=steps.campaign, village=steps.village)
    if steps.second_review is not None:
        complaints = complaints.filter(received_on__gt=steps.second_review.day)
    return complaints.order_by("received_on").first()


def _store(
    current: CampaignVillage,
    *,
    places: str,
    posted_on: date,
    until: date | None,
    unusual_reason: str,
    by: User,
    correction_reason: str = "",
) -> Posting:
    unusual = unusual_in_posting(current, posted_on)
    return Posting.objects.create(
        ward_id=current.ward_id,
        campaign=current.campaign,
        village=current.village,
        places=normalise_text(places),
        posted_on=posted_on,
        until=until or last_posting_day(current.campaign, posted_on),
        unusual=unusual,
        unusual_reason=normalise_text(unusual_reason) if unusual else "",
        correction_reason=correction_reason,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def posting_faults(
    steps: VillageSteps,
    *,
    places: str,
    posted_on: date | None,
    until: date | None,
    unusual_reason: str = "",
) -> dict[str, str]:
    """What is wrong with a posting, by field; a day that could not be read is None."""
    faults = {}
    if not normalise_text(places or ""):
        faults["places"] = "Nhập nơi niêm yết."
    if posted_on is None:
        return faults
    if fault := _start_fault(steps, posted_on):
        faults["posted_on"] = fault
    if until is not None and (fault := _end_fault(steps.campaign, posted_on, until)):
        faults["until"] = fault
    found = unusual_in_posting(steps.campaign_village, posted_on)
    if found and (fault := confirmation_fault(found, unusual_reason)):
        faults["unusual_reason"] = fault
    return faults


def unusual_in_posting(campaign_village: CampaignVillage, posted_on: date) -> str:
    """What can be true where forms were entered late, in a sentence; empty when nothing is."""
    finished = finished_in_system(campaign_village)
    if finished is None or posted_on >= finished.day:
        return ""
    return f"Ngày niêm yết trước {finished.label} ({formatting.day(finished.day)})."


def _start_fault(steps: VillageSteps, posted_on: date) -> str:
    if posted_on > clock.today():
        return "Ngày niêm yết không được sau hôm nay."
    meeting = steps.meeting
    if meeting is not None and posted_on < meeting.held_on:
        return f"Ngày niêm yết không được trước ngày họp dân ({formatting.day(meeting.held_on)})."
    opened = steps.campaign.opens_on
    if posted_on < opened:
        return f"Ngày niêm yết không được trước ngày mở đợt rà soát ({formatting.day(opened)})."
    for step in (steps.last_visit, steps.second_review):
        if step is not None and posted_on < step.day:
            return f"Ngày niêm yết không được trước {step.label} ({formatting.day(step.day)})."
    return ""


def _end_fault(campaign: ReviewCampaign, posted_on: date, until: date) -> str:
    if until < posted_on:
        return "Ngày kết thúc niêm yết không được trước ngày bắt đầu."
    procedure = cast(ReviewProcedure, campaign.procedure)  # nothing is posted without one
    earliest = last_posting_day(campaign, posted_on)
    if until < earliest:
        return (
            f"Phải niêm yết đủ {procedure.posting_days} ngày làm việc, "
            f"đến hết ngày {formatting.day(earliest)}."
        )
    return ""


@audit.business_act(label="Ghi nhận khiếu nại, phản ánh")
def receive_complaint(
    *,
    posting: Posting,
    complainant: str,
    received_on: date,
    text: str,
    household_code: str = "",
    by: User,
) -> Complaint:
    """Write down who complains about a posted list, and about which household."""
    current = lock_village(campaign=posting.campaign_id, village=posting.village_id)
    if reason := campaign_lock(current.campaign):
        raise ValidationError(reason, code="locked")
    posting.refresh_from_db()
    faults = complaint_faults(
        posting, complainant=complainant, text=text, day=received_on, code=household_code
    )
    if faults:
        raise ValidationError(faults)
    complaint = Complaint.objects.create(
        ward_id=posting.ward_id,
        village_id=posting.village_id,
        posting=posting,
        household=_household(posting, household_code),
        complainant=normalise_text(complainant),
        received_on=received_on,
        text=text.strip(),
    )
    audit.record(
        complaint,
        f"{by} ghi nhận khiếu nại, phản ánh ở {current.village} ({current.campaign})",
        ward=current.campaign.ward,
    )
    return complaint


def complaint_faults(
    posting: Posting, *, complainant: str, text: str, day: date | None, code: str = ""
) -> dict[str, str]:
    """What is wrong with a complaint as it was written down, by field."""
    faults = {}
    if not posting.stands:
        faults["text"] = "Danh sách này không còn niêm yết. Ghi khiếu nại vào lần niêm yết mới."
    if not normalise_text(complainant or ""):
        faults["complainant"] = "Nhập tên người khiếu nại, phản ánh."
    if not (text or "").strip():
        faults["text"] = "Nhập nội dung khiếu nại, phản ánh."
    if day is not None and not posting.posted_on <= day <= clock.today():
        faults["received_on"] = "Ngày nhận phải từ ngày niêm yết đến hôm nay."
    if normalise_text(code or "") and _household(posting, code) is None:
        faults["household_code"] = f"Thôn không có hộ mã “{normalise_text(code)}”."
    return faults


def _household(posting: Posting, code: str) -> Household | None:
    wanted = normalise_text(code)
    if not wanted:
        return None
    own = Household.objects.filter(ward=posting.ward_id, village=posting.village_id)
    return own.filter(code__iexact=wanted).first()


@audit.business_act(label="Giải quyết khiếu nại, phản ánh")
def decide_complaint(
    *,
    complaint: Complaint,
    outcome: str,
    answer: str,
    decided_on: date,
    version: int,
    by: User,
) -> Complaint:
    """Answer a complaint. A second review opens the village again; its list is posted anew."""
    posting = complaint.posting
    current = lock_village(campaign=posting.campaign_id, village=posting.village_id)
    if reason := campaign_lock(current.campaign):
        raise ValidationError(reason, code="locked")
    complaint.refresh_from_db()
    if complaint.is_decided:
        raise ValidationError("Khiếu nại, phản ánh này đã được giải quyết.", code="locked")
    if faults := answer_faults(complaint, outcome=outcome, answer=answer, day=decided_on):
        raise ValidationError(faults)
    versions.update(
        complaint, version=version, outcome=outcome, answer=answer.strip(), decided_on=decided_on
    )
    label = ComplaintOutcome(outcome).label.lower()
    audit.record(
        complaint,
        f"{by} giải quyết khiếu nại, phản ánh ở {current.village}: {label}",
        ward=current.campaign.ward,
    )
    if outcome == ComplaintOutcome.REVIEWED:
        _review_again(current, complaint, by)
    return complaint


def answer_faults(
    complaint: Complaint, *, outcome: str, answer: str, day: date | None
) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    faults = {}
    if outcome not in ComplaintOutcome.values:
        faults["outcome"] = "Chọn kết quả giải quyết."
    if not (answer or "").strip():
        faults["answer"] = "Nhập nội dung trả lời."
    if outcome == ComplaintOutcome.REVIEWED and (gone := _gone(complaint.household)):
        faults["outcome"] = gone
    if day is not None and not complaint.received_on <= day <= clock.today():
        faults["decided_on"] = "Ngày trả lời phải từ ngày nhận đến hôm nay."
    return faults


def _gone(household: Household | None) -> str:
    if household is None or household.closed_on is None:
        return ""
    return (
        f"Hộ {household.code} đã ra khỏi sổ ngày {formatting.day(household.closed_on)}, không phúc "
        "tra được."
    )


def _review_again(current: CampaignVillage, complaint: Complaint, by: User) -> None:
    """Open the village again; a household that the review never listed gets a form."""
    take_back(current, version=current.version, keeps_meeting=True)
    about = f" về hộ {complaint.household}" if complaint.household else ""
    reason = (
        f"Phúc tra theo khiếu nại, phản ánh nhận ngày {formatting.day(complaint.received_on)}"
        f"{about}."
    )
    audit.record(
        current,
        f"Mở lại rà soát ở {current.village} ({current.campaign}) để phúc tra",
        ward=current.campaign.ward,
        reason=reason,
        act=reopen_village,
    )
    if complaint.household is not None:
        put_on_list(
            current,
            complaint.household,
            list_reason=ListReason.COMPLAINT,
            reason=reason,
            by=by,
        )
