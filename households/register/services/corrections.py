"""Recorded events are corrected or withdrawn by a second event; the first one stays readable."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError

from households.choices import EventKind
from households.ledger.selectors.classes import last_village_change
from households.models import Household, HouseholdEvent, Membership
from households.register.services.events import (
    SupportingDocument,
    begin_event,
    day_faults,
    locked_faults,
    record_event,
    refuse_value,
)
from households.register.services.memberships import refuse_before_birth
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

HEAD_CHANGED_TWICE = (
    "Trong ngày này hộ đã đổi chủ hộ hơn một lần: ghi thêm một lần đổi chủ hộ với quan hệ đúng."
)
BUILT_UPON = "Sau biến động này hộ đã có biến động khác dựa vào nó. Hủy biến động sau trước."
NOT_AN_EVENT = "Đây là dòng sửa của một biến động khác. Sửa biến động gốc."
WITHDRAWN = "Biến động này đã được hủy."
OTHER_DAY = "Ngày của biến động này không sửa riêng được: hủy biến động rồi ghi lại với ngày đúng."
# What puts an event right that cannot be undone by itself.
OTHER_WAYS: Mapping[str, str] = {
    EventKind.REGISTERED: "Hộ vào sổ nhầm: ghi “Cả hộ ra khỏi sổ”, lý do trùng hoặc không còn hộ.",
    EventKind.MOVED_IN: "Hộ vào sổ nhầm: ghi “Cả hộ ra khỏi sổ”, lý do trùng hoặc không còn hộ.",
    EventKind.SPLIT: "Tách nhầm: ghi “Nhập hộ” để đưa hộ mới về hộ cũ.",
    EventKind.MERGED: "Nhập nhầm: mở hộ đã nhập rồi bấm “Đưa hộ trở lại sổ”.",
    EventKind.MOVED_OUT: "Ra khỏi sổ nhầm: bấm “Đưa hộ trở lại sổ”.",
    EventKind.CLOSED: "Ra khỏi sổ nhầm: bấm “Đưa hộ trở lại sổ”.",
    EventKind.REOPENED: "Đưa trở lại nhầm: ghi “Cả hộ ra khỏi sổ”.",
    EventKind.CORRECTED: "Sửa lại thông tin hộ.",
    EventKind.MEMBER_CORRECTED: "Sửa lại thông tin thành viên.",
    EventKind.NUMBER_CHECKED: "Đối chiếu lại số định danh, hoặc sửa thông tin thành viên.",
    EventKind.VILLAGE_MERGED: "Việc của cả thôn, không hủy ở từng hộ.",
    EventKind.VILLAGE_RENAMED: "Việc của cả thôn, không hủy ở từng hộ.",
}


@audit.business_act(label="Hủy biến động ghi nhầm")
def withdraw_event(
    *, event: HouseholdEvent, reason: str, document: str = "", version: int | None, by: User
) -> HouseholdEvent:
    """Undo what an event did, by a second event with the reason; the first stays as recorded.

    Refused once something later was built on it; what cannot be undone names the act that can.
    """
    household, day = _begin(event, reason, version, event.effective_day)
    undo = WAYS_BACK.get(event.kind)
    if undo is None:
        refuse_value(OTHER_WAYS[event.kind])
    undo(household, event, day)
    return _record(household, event, EventKind.EVENT_WITHDRAWN, day, reason, document)


@audit.business_act(label="Đính chính biến động")
def correct_event(
    *,
    event: HouseholdEvent,
    on: date,
    reason: str,
    document: str = "",
    version: int | None,
    by: User,
) -> HouseholdEvent:
    """Give an event its right day or document, by a second event with the reason."""
    before = event.effective_day
    if on == before and normalise_text(document) == event.effective_document:
        refuse_value("Nhập ngày hoặc giấy tờ khác với biến động đã ghi.", "on")
    household, _ = _begin(event, reason, version, min(before, on))
    if on != before:
        move = NEW_DAYS.get(event.kind)
        if move is None:
            refuse_value(OTHER_DAY, "on")
        if faults := list(day_faults(household, on)):
            raise ValidationError({"on": faults})
        move(household, event, before, on)
    return _record(household, event, EventKind.EVENT_CORRECTED, on, reason, document)


def _begin(
    event: HouseholdEvent, reason: str, version: int | None, earliest: date
) -> tuple[Household, date]:
    stated_reason(reason, "Nhập lý do.")
    if event.corrects_id is not None:
        refuse_value(NOT_AN_EVENT)
    if event.corrections.filter(kind=EventKind.EVENT_WITHDRAWN).exists():
        refuse_value(WITHDRAWN)
    for fault in locked_faults(event.ward_id, earliest):
        refuse_value(fault)
    household = event.household
    begin_event(household, version=version, on=clock.today())
    return household, event.effective_day


def _record(
    household: Household,
    event: HouseholdEvent,
    kind: EventKind,
    on: date,
    reason: str,
    document: str,
) -> HouseholdEvent:
    about = f"{event.get_kind_display().lower()} ngày {formatting.day(event.happened_on)}"
    return record_event(
        household,
        kind,
        on=on,
        summary=f"{kind.label} ({about}) của hộ {household.code}: {normalise_text(reason)}.",
        paper=SupportingDocument(document=document, note=reason),
        corrects=event,
    )


def _undo_joining(household: Household, event: HouseholdEvent, day: date) -> None:
    """Ended on the day it began, a membership was never in force."""
    joined = _open_since(household, event, day)
    if joined.is_head:
        refuse_value(BUILT_UPON)
    _end(joined, day)


def _undo_leaving(household: Household, event: HouseholdEvent, day: date) -> None:
    left = _ended_on(household, event, day)
    if left.person.memberships.filter(left_on=None).exists():
        refuse_value(f"{left.person} đang là thành viên của một hộ khác.")
    _refuse_later_head(household, day)
    _reopen(left)


def _undo_move(household: Household, event: HouseholdEvent, day: date) -> None:
    target = _target(event)
    left = _ended_on(household, event, day)
    joined = _open_since(target, event, day)
    if joined.is_head:
        refuse_value(BUILT_UPON)
    _refuse_later_head(household, day)
    versions.update(target, version=target.version)
    _end(joined, day)
    _reopen(left)


def _undo_new_head(household: Household, event: HouseholdEvent, day: date) -> None:
    same_day = household.events.standing().filter(kind=EventKind.HEAD_CHANGED, happened_on=day)
    if same_day.exclude(pk=event.pk).exists():
        # Of relations that began and ended on one day nothing tells which of them came first.
        refuse_value(HEAD_CHANGED_TWICE)
    begun = list(household.memberships.filter(left_on=None, joined_on=day))
    persons = [row.person_id for row in begun]
    ended = list(household.memberships.filter(left_on=day, person__in=persons, joined_on__lt=day))
    if not any(row.is_head for row in begun) or len(ended) != len(begun):
        refuse_value(BUILT_UPON)
    for row in begun:
        _end(row, day)
    for row in ended:
        _reopen(row)


def _undo_village(household: Household, event: HouseholdEvent, day: date) -> None:
    village = cast(Area, event.from_village)  # an event of this kind has one
    if last_village_change([household.pk]).get(household.pk) != day:
        refuse_value(BUILT_UPON)
    if village.valid_to is not None:
        refuse_value(f"{village} đã nhập vào thôn khác.")
    household.village = village
    household.save(update_fields=["village"])


def _move_joining(household: Household, event: HouseholdEvent, before: date, on: date) -> None:
    joined = _open_since(household, event, before)
    _refuse_overlap(joined, joined_on=on)
    joined.joined_on = on
    joined.save(update_fields=["joined_on"])


def _move_leaving(household: Household, event: HouseholdEvent, before: date, on: date) -> None:
    left = _ended_on(household, event, before)
    _refuse_overlap(left, left_on=on)
    _end(left, on)


def _move_move(household: Household, event: HouseholdEvent, before: date, on: date) -> None:
    left = _ended_on(household, event, before)
    target = _target(event)
    joined = _open_since(target, event, before)
    versions.update(target, version=target.version)
    _refuse_early(left, on)
    if faults := list(day_faults(target, on)):
        raise ValidationError({"on": faults})
    _end(left, on)
    joined.joined_on = on
    joined.save(update_fields=["joined_on"])


def _target(event: HouseholdEvent) -> Household:
    return cast(Household, event.other_household)  # a move has one


def _open_since(household: Household, event: HouseholdEvent, day: date) -> Membership:
    row = household.memberships.filter(person=event.person, joined_on=day, left_on=None).first()
    if row is None:
        refuse_value(BUILT_UPON)
    return row


def _ended_on(household: Household, event: HouseholdEvent, day: date) -> Membership:
    rows = household.memberships.filter(person=event.person, left_on=day, joined_on__lt=day)
    row = rows.order_by("-pk").first()
    if row is None:
        refuse_value(BUILT_UPON)
    return row


def _refuse_later_head(household: Household, day: date) -> None:
    """A relation to a former head says nothing of the present one."""
    later = household.events.standing().filter(kind=EventKind.HEAD_CHANGED, happened_on__gte=day)
    if later.exists():
        refuse_value(BUILT_UPON)


def _refuse_overlap(
    row: Membership, *, joined_on: date | None = None, left_on: date | None = None
) -> None:
    others = row.person.memberships.exclude(pk=row.pk)
    if joined_on is not None:
        refuse_before_birth(row.person, joined_on)
        if others.filter(left_on__gt=joined_on).exists():
            refuse_value(f"{row.person} còn ở hộ khác vào ngày {formatting.day(joined_on)}.", "on")
    if left_on is not None:
        _refuse_early(row, left_on)
        if others.filter(joined_on__gte=row.joined_on, joined_on__lt=left_on).exists():
            refuse_value(f"{row.person} đã ở hộ khác trước ngày {formatting.day(left_on)}.", "on")


def _refuse_early(row: Membership, on: date) -> None:
    if on <= row.joined_on:
        refuse_value(
            f"{row.person} là thành viên từ ngày {formatting.day(row.joined_on)}; ngày xảy ra phải "
            "sau ngày này.",
            "on",
        )


def _end(row: Membership, on: date) -> None:
    row.left_on = on
    row.save(update_fields=["left_on"])


def _reopen(row: Membership) -> None:
    row.left_on = None
    row.save(update_fields=["left_on"])


WAYS_BACK: Mapping[str, Callable[[Household, HouseholdEvent, date], None]] = {
    EventKind.MEMBER_ADDED: _undo_joining,
    EventKind.BIRTH: _undo_joining,
    EventKind.MEMBER_LEFT: _undo_leaving,
    EventKind.DEATH: _undo_leaving,
    EventKind.MEMBER_MOVED: _undo_move,
    EventKind.HEAD_CHANGED: _undo_new_head,
    EventKind.VILLAGE_CHANGED: _undo_village,
}
NEW_DAYS: Mapping[str, Callable[[Household, HouseholdEvent, date, date], None]] = {
    EventKind.MEMBER_ADDED: _move_joining,
    EventKind.MEMBER_LEFT: _move_leaving,
    EventKind.DEATH: _move_leaving,
    EventKind.MEMBER_MOVED: _move_move,
}
