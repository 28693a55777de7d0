"""Pinning a finding, answering it, taking it back."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from households.models import Household, Posting
from povertyplan.core import clock, locks
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_lines
from projects.models import Indicator, WardProject
from projects.programme.selectors.rights import units_of, writes_all
from reports.choices import FindingSubject
from reports.models import SupervisionFinding

NOT_OBSERVER = "Bạn không ghi kiến nghị giám sát ở phường, xã này."
NOT_YOURS = "Chỉ người giám sát của phường, xã này rút được kiến nghị."
NOT_ASKED = "Kiến nghị này hỏi đơn vị khác."
NO_TEXT = "Nhập nội dung phát hiện, kiến nghị."
NO_ANSWER = "Nhập nội dung trả lời."
NO_REASON = "Nhập lý do."
FOUND_TO_COME = "Ngày giám sát không được sau hôm nay."
REPLY_PAST = "Hạn trả lời không được trước hôm nay."
REPLY_TOO_FAR = "Hạn trả lời cách ngày giám sát không quá một năm."
ENDED_UNIT = "{unit} đã kết thúc hoạt động: chọn đơn vị đang làm việc."
ANSWERED_ALREADY = "Kiến nghị này đã được trả lời."
WITHDRAWN_ALREADY = "Kiến nghị này đã được rút."
FOREIGN_SUBJECT = "Chọn đối tượng của phường, xã này."
LONGEST_WAIT = 366

Subject = Household | Indicator | Posting | WardProject
COLUMNS: dict[type, tuple[FindingSubject, str]] = {
    Household: (FindingSubject.HOUSEHOLD, "household"),
    Indicator: (FindingSubject.FIGURE, "indicator"),
    Posting: (FindingSubject.POSTING, "posting"),
    WardProject: (FindingSubject.PROJECT, "ward_project"),
}


@dataclass(frozen=True)
class FindingInput:
    """What was found, on which thing, and by when which unit is to answer."""

    subject: Subject
    year: int
    found_on: date
    text: str
    unit: Unit
    reply_by: date


def may_find(user: User, ward: Area) -> bool:
    """Whether a user pins findings in a ward: its observers, and nobody else."""
    return any(
        grant.role == Role.OBSERVER and ward.path.startswith(grant.area.path)
        for grant in user.grants_in_use
    )


def may_answer(user: User, finding: SupervisionFinding) -> bool:
    """Whether a user answers for the unit: its officers, or who keeps the programme."""
    if finding.recorded_by_id == user.pk:
        return False
    return finding.unit_id in units_of(user, finding.ward) or writes_all(user, finding.ward)


def may_withdraw(user: User, finding: SupervisionFinding) -> bool:
    """Any observer of the ward, as people change: who it was stands beside the reason."""
    return may_find(user, finding.ward)


@audit.business_act(label="Ghi kiến nghị giám sát")
def record_finding(
    *, ward: Area, given: FindingInput, key: str | None = None, by: User
) -> SupervisionFinding:
    """Pin a finding; every fault at once, keyed by field."""
    if not may_find(by, ward):
        raise PermissionDenied(NOT_OBSERVER)
    text = normalise_lines(given.text)
    if faults := _faults(ward, given, text):
        raise ValidationError(faults)
    subject, column = COLUMNS[type(given.subject)]

    def create() -> SupervisionFinding:
        made = SupervisionFinding.objects.create(
            ward=ward,
            subject=subject,
            year=given.year,
            found_on=given.found_on,
            text=text,
            unit=given.unit,
            reply_by=given.reply_by,
            recorded_by=by,
            recorded_at=clock.now(),
            **{column: given.subject},
        )
        day = formatting.day(made.reply_by)
        summary = f"Kiến nghị giám sát về {subject.label.lower()}, {given.unit} trả lời đến {day}."
        audit.record(made, summary, ward=ward)
        return made

    content = {
        **{name: str(getattr(given, name)) for name in ("year", "found_on", "text", "reply_by")},
        "unit": given.unit.pk,
        column: given.subject.pk,
    }
    act = "record_finding"
    return once(key=key, act=act, content=content, model=SupervisionFinding, create=create, by=by)


@audit.business_act(label="Trả lời kiến nghị giám sát")
def answer_finding(
    *, finding: SupervisionFinding, answer: str, version: int | None, by: User
) -> SupervisionFinding:
    """Give the one answer; it stays as it is from then on."""
    current = _hold(finding)
    if not may_answer(by, current):
        raise PermissionDenied(NOT_ASKED)
    versions.check(current, version)
    _refuse_closed(current)
    given_answer = normalise_lines(answer)
    if not given_answer:
        raise ValidationError({"answer": NO_ANSWER})
    given = {"answered_by": by, "answered_at": clock.now(), "answered_on": clock.today()}
    versions.update(current, version=version, answer=given_answer, **given)
    audit.record(current, f"{current.unit} trả lời kiến nghị giám sát.", ward=current.ward)
    return current


@audit.business_act(label="Rút kiến nghị giám sát")
def withdraw_finding(
    *, finding: SupervisionFinding, reason: str, version: int | None, by: User
) -> SupervisionFinding:
    """Take back what was pinned wrongly, answered or not; it stays, with the reason."""
    current = _hold(finding)
    if not may_withdraw(by, current):
        raise PermissionDenied(NOT_YOURS)
    stated = normalise_lines(reason)
    stated_reason(stated, NO_REASON)
    versions.check(current, version)
    if current.withdrawn_at is not None:
        raise ValidationError(WITHDRAWN_ALREADY)
    versions.update(
        current,
        version=version,
        withdrawn_by=by,
        withdrawn_at=clock.now(),
        withdrawal_reason=stated,
    )
    audit.record(current, "Rút kiến nghị giám sát.", ward=current.ward, reason=stated)
    return current


def _hold(finding: SupervisionFinding) -> SupervisionFinding:
    rows = SupervisionFinding.objects.filter(pk=finding.pk).select_related("ward", "unit")
    return locks.hold(rows).get()


def _refuse_closed(finding: SupervisionFinding) -> None:
    if finding.withdrawn_at is not None:
        raise ValidationError(WITHDRAWN_ALREADY)
    if finding.answered_at is not None:
        raise ValidationError(ANSWERED_ALREADY)


def _faults(ward: Area, given: FindingInput, text: str) -> dict[str, str]:
    faults, today = {}, clock.today()
    if not text:
        faults["text"] = NO_TEXT
    if given.subject.ward_id != ward.pk:
        faults["subject"] = FOREIGN_SUBJECT
    if given.unit.ward_id != ward.pk or given.unit.valid_to is not None:
        faults["unit"] = ENDED_UNIT.format(unit=given.unit)
    if given.found_on > today:
        faults["found_on"] = FOUND_TO_COME
    if given.reply_by < today:
        faults["reply_by"] = REPLY_PAST
    elif (given.reply_by - given.found_on).days > LONGEST_WAIT:
        faults["reply_by"] = REPLY_TOO_FAR
    return faults
