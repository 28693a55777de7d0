"""What happens to a list that was made: it is sent, and its receiver answers."""

from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import HandoverList
from projects.rules.handovers import answer_fault, sending_fault

SENT = "Danh sách này đã ghi là gửi ngày {day}."
REPLACED = "Danh sách này đã được danh sách lập sau thay thế, không gửi nữa."
EMPTY = "Danh sách này không có thay đổi nào để gửi."
NOT_SENT = "Danh sách chưa gửi, chưa ghi trả lời được."
NO_RECEIVER = "Nêu nơi nhận danh sách."
NO_ANSWER = "Nêu nội dung trả lời."


@audit.business_act(label="Ghi đã gửi danh sách chuyển giao")
def send_handover_list(
    *, handover_list: HandoverList, sent_on: date, sent_to: str, version: int | None, by: User
) -> HandoverList:
    """Say that a list went to its receiver on a day; it counts as told from then on."""
    locks.wait_turn("handover", handover_list.ward_id)
    current = _read_again(handover_list)
    if current.sent_on is not None:
        raise ValidationError(SENT.format(day=formatting.day(current.sent_on)), code="sent")
    if not current.is_pending:
        raise ValidationError(REPLACED if current.change_count else EMPTY)
    versions.check(current, version)
    receiver = normalise_text(sent_to)
    fault = sending_fault(
        sent_on,
        decided_on=current.handover.decision.decided_on,
        made_on=clock.day_of(current.handover.made_at),
        today=clock.today(),
    )
    _refuse({"sent_on": fault, "sent_to": "" if receiver else NO_RECEIVER})
    versions.update(current, version=version, sent_on=sent_on, sent_to=receiver, sent_by=by)
    audit.record(
        current,
        f"Gửi danh sách {current.kind} đến {receiver} ngày {formatting.day(sent_on)}: "
        f"{formatting.number(current.change_count)} thay đổi.",
        ward=current.ward,
    )
    return current


@audit.business_act(label="Ghi trả lời danh sách chuyển giao")
def answer_handover_list(
    *, handover_list: HandoverList, answered_on: date, answer: str, version: int | None, by: User
) -> HandoverList:
    """Write down what a receiver answered, or correct what was written."""
    locks.wait_turn("handover", handover_list.ward_id)
    current = _read_again(handover_list)
    if current.sent_on is None:
        raise ValidationError(NOT_SENT)
    versions.check(current, version)
    stated = normalise_text(answer)
    fault = answer_fault(answered_on, sent_on=current.sent_on, today=clock.today())
    _refuse({"answered_on": fault, "answer": "" if stated else NO_ANSWER})
    versions.update(current, version=version, answered_on=answered_on, answer=stated)
    summary = f"{current.sent_to} trả lời danh sách {current.kind}: {stated}"
    audit.record(current, summary, ward=current.ward)
    return current


def _read_again(handover_list: HandoverList) -> HandoverList:
    rows = HandoverList.objects.select_related("kind", "ward", "handover__decision")
    return rows.get(pk=handover_list.pk)


def _refuse(faults: dict[str, str]) -> None:
    found = {field: fault for field, fault in faults.items() if fault}
    if found:
        raise ValidationError(found)
