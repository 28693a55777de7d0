"""Making the lists after a decision: all receivers at once, from what each has already."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import F

from households.models import Decision
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from projects.choices import HandoverChange
from projects.handover.selectors.lists import (
    NextList,
    is_handover_due,
    latest_decision,
    latest_handover,
    next_lists,
    rows_waiting,
)
from projects.handover.selectors.subjects import HandoverSubject
from projects.models import Handover, HandoverList, HandoverRow

NO_DECISION = "Chưa có quyết định công nhận kết quả rà soát nào còn hiệu lực."
NOTHING_NEW = "Không có thay đổi nào so với các danh sách đã lập."


@audit.business_act(label="Lập danh sách chuyển giao sau quyết định")
def make_handover(*, ward: Area, seen: int | None, by: User) -> Handover:
    """Write down what each receiver is to be told; what waits to be sent gives way to it.

    `seen` is the latest handover that the page showed: whoever comes second is told so.
    """
    locks.wait_turn("handover", ward.pk)
    latest, decision = latest_handover(ward), latest_decision(ward)
    _refuse_second(latest, seen)
    if decision is None:
        raise ValidationError(NO_DECISION)
    as_of = max(clock.today(), decision.effective_from)
    parts = next_lists(ward, decision, as_of)
    is_further = not is_handover_due(latest, decision)
    if is_further and _changes_by_address(parts) == _sort_changes(rows_waiting(ward)):
        raise ValidationError(NOTHING_NEW)
    return _write(ward, decision, as_of, parts, by)


def _refuse_second(latest: Handover | None, seen: int | None) -> None:
    if latest is not None and latest.pk != seen:
        raise ValidationError(
            f"{latest.made_by} đã lập danh sách lúc {formatting.moment(latest.made_at)}. "
            "Xem các danh sách đó trước khi lập lần nữa.",
            code="made",
        )


def _changes_by_address(parts: Iterable[NextList]) -> dict:
    return _sort_changes({part.address: part.change_keys for part in parts if part.changes})


def _sort_changes(changes: dict) -> dict:
    return {address: sorted(lines) for address, lines in changes.items()}


def _write(ward: Area, decision: Decision, as_of, parts: Sequence[NextList], by: User) -> Handover:
    handover = Handover.objects.create(
        ward=ward, decision=decision, as_of=as_of, made_at=clock.now(), made_by=by
    )
    waiting = HandoverList.objects.filter(ward=ward).pending()
    waiting.update(replaced_by=handover, version=F("version") + 1)
    lists = [_write_list(handover, part) for part in parts]
    change_count = sum(each.change_count for each in lists)
    audit.record(
        handover,
        f"Lập danh sách chuyển giao sau {decision}: {formatting.number(change_count)} thay đổi.",
        ward=ward,
    )
    return handover


def _write_list(handover: Handover, part: NextList) -> HandoverList:
    lines = [
        *((HandoverChange.KNOWN, subject.basis, "", subject) for subject in part.known),
        *((each.change, each.basis, each.before, subject) for each, subject in part.changes),
    ]
    rows = [_row(number, *line) for number, line in enumerate(lines, start=1)]
    made = HandoverList.objects.create(
        ward=handover.ward,
        handover=handover,
        kind_id=part.address.kind,
        receiver=part.address.receiver,
        change_count=len(part.changes),
        digest=digest_of(row for row in rows if row.change != HandoverChange.KNOWN),
    )
    for row in rows:
        row.handover_list = made
    HandoverRow.objects.bulk_create(rows)
    return made


def _row(
    number: int, change: str, basis: str, before: str, subject: HandoverSubject
) -> HandoverRow:
    return HandoverRow(
        household_id=subject.household,
        person_id=subject.person,
        change=change,
        basis=basis,
        basis_before=before,
        facts=subject.facts,
        citizen_id=subject.citizen_id,
        order=number,
    )


def digest_of(rows: Iterable[HandoverRow]) -> str:
    """The SHA-256 of what the lines of a list say, in their order."""
    content = [
        [row.order, row.change, row.basis, row.basis_before, row.facts, row.citizen_id]
        for row in rows
    ]
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
