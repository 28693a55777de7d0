"""Recording the meeting of a village."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError

from households.campaign.procedure.selectors.days import finished_in_system
from households.campaign.procedure.selectors.steps import VillageSteps, steps_of
from households.campaign.procedure.services.obstacles import obstacle_sentence
from households.campaign.procedure.services.taking_back import reopen_village, take_back
from households.locks import campaign_lock, lock_village
from households.models import CampaignVillage, MeetingVote, Review, ReviewProcedure, VillageMeeting
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text, search_key

NO_PROCEDURE = "Đợt rà soát này không áp dụng quy trình họp dân, niêm yết."


@dataclass(frozen=True)
class HouseholdVotes:
    """The vote on one household of the list, by the id of its form."""

    review: int
    votes_for: int
    votes_against: int


@dataclass(frozen=True)
class MeetingRecord:
    """What the minutes say."""

    held_on: date
    place: str
    chair: str
    secretary: str
    attendance: int
    agreeing: int
    minutes: str
    unusual_reason: str = ""
    votes: Sequence[HouseholdVotes] = ()


@audit.business_act(label="Ghi kết quả họp dân")
def hold_meeting(
    *,
    campaign_village: CampaignVillage,
    record: MeetingRecord,
    version: int,
    by: User,
) -> VillageMeeting:
    """Record a meeting; the one before no longer stands.

    A day that contradicts the order of the steps on paper is refused: the meeting comes after the
    last visit to a household. A day before the village was finished in the system may be right
    where the forms were entered late; it is unusual, and stands with a reason that everybody
    reads who submits or decides. So is a chair who is the secretary, and a meeting of one.
    When fewer than the needed share agreed, the village goes back to entry with that reason.
    `version` is that of the village's row, which the meeting counts up.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    steps = steps_of(current)
    _refuse_locked(steps)
    if faults := meeting_faults(steps, record):
        raise ValidationError(faults)
    _refuse_votes(current, record)
    VillageMeeting.objects.standing().filter(
        campaign=current.campaign_id, village=current.village_id
    ).update(stands=False)
    meeting = _store(current, record, by)
    _record_meeting(meeting, by)
    if meeting.is_agreed:
        versions.update(current, version=version)
    else:
        _back_to_entry(current, meeting, version=version)
    return meeting


def meeting_faults(steps: VillageSteps, record: MeetingRecord) -> dict[str, str]:
    """What is wrong with a record, by field. Numbers and days that are missing are None."""
    faults = {
        name: "Nhập nội dung này."
        for name in ("place", "chair", "secretary", "minutes")
        if not normalise_text(getattr(record, name) or "")
    }
    if record.held_on is not None and (fault := _day_fault(steps, record.held_on)):
        faults["held_on"] = fault
    if record.attendance is not None and record.attendance < 1:
        faults["attendance"] = "Số người dự họp phải từ 1 trở lên."
    elif _exceeds(record.agreeing, record.attendance):
        faults["agreeing"] = "Số người đồng ý không được lớn hơn số người dự họp."
    found = unusual_in_meeting(steps.campaign_village, record)
    if found and (fault := confirmation_fault(found, record.unusual_reason)):
        faults["unusual_reason"] = fault
    return faults


def unusual_in_meeting(campaign_village: CampaignVillage, record: MeetingRecord) -> str:
    """What can be true and rarely is, in sentences; empty when there is nothing."""
    found = []
    finished = finished_in_system(campaign_village)
    if finished and record.held_on and record.held_on < finished.day:
        found.append(f"Ngày họp trước {finished.label} ({formatting.day(finished.day)}).")
    chair, secretary = search_key(record.chair or ""), search_key(record.secretary or "")
    if chair and chair == secretary:
        found.append("Chủ tọa và thư ký là một người.")
    if record.attendance == 1:
        found.append("Cuộc họp chỉ có một người dự.")
    return " ".join(found)


def confirmation_fault(found: str, reason: str | None) -> str:
    """What is asked about the unusual that nobody gave a reason for; empty where one is given."""
    fault = reason_fault(reason or "", "Sửa lại, hoặc nhập lý do để xác nhận.")
    return f"{found} {fault}" if fault else ""


def votes_fault(vote: HouseholdVotes, attendance: int | None) -> str:
    """Why a vote on a household cannot be; empty where it can, or nobody knows how many came."""
    cast = vote.votes_for + vote.votes_against
    if not _exceeds(cast, attendance):
        return ""
    return f"Số phiếu về một hộ ({cast}) không được lớn hơn số người dự họp ({attendance})."


def _exceeds(votes: int | None, attendance: int | None) -> bool:
    return votes is not None and attendance is not None and votes > attendance


def _day_fault(steps: VillageSteps, held_on: date) -> str:
    if held_on > clock.today():
        return "Ngày họp không được sau hôm nay."
    opened = steps.campaign.opens_on
    if held_on < opened:
        return f"Ngày họp không được trước ngày mở đợt rà soát ({formatting.day(opened)})."
    return _visit_fault(steps, held_on)


def _visit_fault(steps: VillageSteps, held_on: date) -> str:
    """A correction of the meeting that stands may keep its day: a second review comes later."""
    visit = steps.last_visit
    if visit is None or held_on >= visit.day:
        return ""
    if steps.meeting is not None and steps.meeting.held_on == held_on:
        return ""
    return f"Ngày họp không được trước {visit.label} ({formatting.day(visit.day)})."


def _refuse_locked(steps: VillageSteps) -> None:
    if steps.campaign.procedure is None:
        raise ValidationError(NO_PROCEDURE, code="locked")
    reason = campaign_lock(steps.campaign) or obstacle_sentence(steps, steps.meeting_lock)
    if reason:
        raise ValidationError(reason, code="locked")


def _refuse_votes(current: CampaignVillage, record: MeetingRecord) -> None:
    for vote in record.votes:
        if fault := votes_fault(vote, record.attendance):
            raise ValidationError({"votes": fault})
    wanted = [vote.review for vote in record.votes]
    own = Review.objects.filter(
        pk__in=wanted, campaign=current.campaign_id, village=current.village_id
    )
    if own.count() != len(wanted):
        raise ValidationError({"votes": "Mỗi hộ trong danh sách của thôn biểu quyết một lần."})


def _store(current: CampaignVillage, record: MeetingRecord, by: User) -> VillageMeeting:
    procedure = cast(ReviewProcedure, current.campaign.procedure)  # no meeting without one
    percent = procedure.agreeing_percent
    unusual = unusual_in_meeting(current, record)
    meeting = VillageMeeting(
        ward_id=current.ward_id,
        campaign=current.campaign,
        village=current.village,
        held_on=record.held_on,
        place=normalise_text(record.place),
        chair=normalise_text(record.chair),
        secretary=normalise_text(record.secretary),
        attendance=record.attendance,
        agreeing=record.agreeing,
        required_percent=percent,
        minutes=record.minutes.strip(),
        unusual=unusual,
        unusual_reason=normalise_text(record.unusual_reason) if unusual else "",
        recorded_by=by,
        recorded_at=clock.now(),
    )
    meeting.stands = meeting.is_agreed
    meeting.full_clean(exclude=["ward", "campaign", "village", "recorded_by"])
    meeting.save()
    MeetingVote.objects.bulk_create(
        MeetingVote(
            ward_id=current.ward_id,
            meeting=meeting,
            review_id=vote.review,
            votes_for=vote.votes_for,
            votes_against=vote.votes_against,
        )
        for vote in record.votes
    )
    return meeting


def _record_meeting(meeting: VillageMeeting, by: User) -> None:
    audit.record(
        meeting,
        f"{by} ghi kết quả họp dân ngày {formatting.day(meeting.held_on)} ở "
        f"{meeting.village} ({meeting.campaign}): {meeting.agreeing}/{meeting.attendance} "
        "người đồng ý",
        ward=meeting.campaign.ward,
        reason=meeting.unusual_reason,
    )


def _back_to_entry(current: CampaignVillage, meeting: VillageMeeting, *, version: int) -> None:
    take_back(current, version=version)
    audit.record(
        current,
        f"Mở lại rà soát ở {current.village} ({current.campaign}) sau họp dân",
        ward=current.campaign.ward,
        reason=disagreement(meeting),
        act=reopen_village,
    )


def disagreement(meeting: VillageMeeting) -> str:
    """Why a meeting sends the village back, in one sentence."""
    return (
        f"Họp dân ngày {formatting.day(meeting.held_on)} chỉ có {meeting.agreeing}/"
        f"{meeting.attendance} người đồng ý, dưới {meeting.required_percent}%: rà soát lại."
    )
