"""Supports from a file: those of it that are not written yet, with every check of one by one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import search_key
from projects.choices import Eligibility, ListedState
from projects.models import Support
from projects.rules.overlaps import day_fault
from projects.support.selectors.rights import kinds_to_read
from projects.support.services.checks import refuse_giver
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver
from projects.support.services.giving import write_gift
from projects.support.services.steps import ChosenSupport, acknowledge_supports

WITHDRAWN_ELSEWHERE = "Không nhập được hỗ trợ đã thu hồi: sổ chưa có hỗ trợ này."
CONFIRMED = "{verdict}: {reason} Căn cứ đã nêu: {stated}"
REPEATED = "Hỗ trợ lần nữa trong kỳ. Lý do đã nêu: {stated}"
TAKEN_BACK = "Sổ có hỗ trợ như dòng này đã thu hồi: ghi thì thêm lại."
COLUMNS = {
    NON_FIELD_ERRORS: "Mã hộ",
    "on": "Ngày",
    "kind": "Loại hỗ trợ",
    "ward_project": "Mã dự án",
    "denied": "Mã dự án",
    "quantity": "Số lượng",
    "amount": "Số tiền (đồng)",
    "source": "Nguồn kinh phí",
    "state": "Tình trạng",
    "acknowledged_on": "Ngày ký nhận",
    "confirmation": "Căn cứ xác nhận",
    "repeat_reason": "Lý do hỗ trợ lần nữa",
}


@dataclass(frozen=True)
class ListedSupport:
    """A support as a line of a file has it."""

    gift: SupportGift
    receiver: SupportReceiver
    reasons: SupportReasons
    state: ListedState
    acknowledged_on: date | None = None

    @property
    def identity(self) -> tuple:
        """What makes two lines the same: everything but the reasons that were stated."""
        gift, receiver = self.gift, self.receiver
        return (
            gift.kind.pk,
            gift.ward_project.pk if gift.ward_project else None,
            receiver.household.pk if receiver.household else None,
            receiver.person.pk if receiver.person else None,
            search_key(receiver.group_name),
            str(self.state),
            gift.day,
            self.acknowledged_on,
            gift.quantity,
            gift.amount,
            gift.source,
            gift.document,
        )


Line = ReadLine[ListedSupport]


@audit.business_act(label="Nhập hỗ trợ từ Excel", source="import")
def import_supports(*, ward: Area, lines: Sequence[Line], by: User) -> list[RowOutcome]:
    """Write those supports of a file that are not there yet, all or none of them.

    What is the same for many is checked and written at once; where that is refused, line by line,
    so that every line that is wrong is named. Raises ValidationError.
    """
    locks.wait_turn("support", ward.pk)
    known, taken_back = _known_lines(ward, lines, by)
    faults, outcomes, missing = FaultsOfLines(COLUMNS), [], []
    for each in lines:
        if each.line in known:
            outcomes.append(RowOutcome(each.line, LineChange.SAME, _text(each.subject)))
        elif sentence := _fault_of_steps(each.subject):
            faults.note(each.line, ValidationError(sentence))
        else:
            missing.append(each)
    for group in _groups(missing):
        outcomes += _write_group(ward, group, faults, by)
    faults.refuse()
    kept = [
        replace(each, warnings=(*each.warnings, TAKEN_BACK)) if each.line in taken_back else each
        for each in outcomes
    ]
    return sorted(kept, key=lambda each: each.line)


def _known_lines(ward: Area, lines: Sequence[Line], by: User) -> tuple[set[int], set[int]]:
    """The lines whose supports are there, as they say or gone further since the file was made;
    then those others whose supports were withdrawn."""
    years = {each.subject.gift.day.year for each in lines}
    in_time = Q(year__in=years) | Q(promised_on__year__in=years)
    rows = Support.objects.filter(in_time, ward=ward, kind__in=kinds_to_read(by, ward))
    now: dict[tuple, list[int]] = defaultdict(list)
    before: dict[tuple, list[int]] = defaultdict(list)
    withdrawn = set[tuple]()
    for row in rows:
        latest, *earlier = _stages_of(row)
        now[latest].append(row.pk)
        for stage in earlier:
            # A step may name another document.
            if row.is_withdrawn:
                withdrawn.add(stage[:-1])
            else:
                before[stage[:-1]].append(row.pk)
    known, taken = set[int](), set[int]()
    for each in lines:
        _take(each, now[each.subject.identity], known, taken)
    for each in lines:
        _take(each, before[each.subject.identity[:-1]], known, taken)
    again = {each.line for each in lines if each.subject.identity[:-1] in withdrawn}
    return known, again - known


def _take(each: Line, found: Sequence[int], known: set[int], taken: set[int]) -> None:
    """Let a line stand for the first of some supports for which no other line does."""
    free = next((support for support in found if support not in taken), None)
    if free is not None and each.line not in known:
        known.add(each.line)
        taken.add(free)


def _stages_of(row: Support) -> list[tuple]:
    """What a support looks like as a line of a file, now and at the steps before."""
    stages = (
        (ListedState.WITHDRAWN, row.day, row.acknowledged_on),
        (ListedState.ACKNOWLEDGED, row.delivered_on, row.acknowledged_on),
        (ListedState.DELIVERED, row.delivered_on, None),
        (ListedState.PROMISED, row.promised_on, None),
    )
    reached = (row.is_withdrawn, row.acknowledged_on, row.delivered_on, row.promised_on)
    return [_identity_of(row, *stage) for stage, was in zip(stages, reached, strict=True) if was]


def _identity_of(
    row: Support, state: ListedState, day: date | None, acknowledged_on: date | None
) -> tuple:
    return (
        row.kind_id,
        row.ward_project_id,
        row.household_id,
        row.person_id,
        search_key(row.group_name),
        str(state),
        day,
        acknowledged_on,
        row.quantity,
        row.amount,
        row.source,
        row.document,
    )


def _fault_of_steps(listed: ListedSupport) -> dict[str, str]:
    if listed.state == ListedState.WITHDRAWN:
        return {"state": WITHDRAWN_ELSEWHERE}
    signed = listed.acknowledged_on
    fault = signed and day_fault(signed, earliest=listed.gift.day, today=clock.today())
    return {"acknowledged_on": fault} if fault else {}


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines with the same gift for different receivers; a receiver named again comes later."""
    groups: dict[tuple, list[Line]] = defaultdict(list)
    times: Counter = Counter()
    for each in lines:
        listed = each.subject
        same = (listed.gift, listed.reasons, listed.acknowledged_on)
        times[(*same, listed.receiver.keys)] += 1
        groups[(*same, times[(*same, listed.receiver.keys)])].append(each)
    return list(groups.values())


def _write_group(
    ward: Area, group: Sequence[Line], faults: FaultsOfLines, by: User
) -> list[RowOutcome]:
    if len(group) > 1:
        together = FaultsOfLines({})
        done = together.attempt(group[0].line, partial(_write, ward, group, by), lines=len(group))
        if done is not None:
            return done
    found = [faults.attempt(each.line, partial(_write, ward, [each], by)) for each in group]
    return [outcome for some in found for outcome in some or ()]


def _write(ward: Area, group: Sequence[Line], by: User) -> list[RowOutcome]:
    first = group[0].subject
    refuse_giver(by, ward, first.gift)
    supports = write_gift(
        ward=ward,
        gift=first.gift,
        receivers=[each.subject.receiver for each in group],
        reasons=first.reasons.tidy(),
        by=by,
    )
    if first.acknowledged_on:
        chosen = [ChosenSupport(each, each.version) for each in supports]
        acknowledge_supports(ward=ward, chosen=chosen, on=first.acknowledged_on, by=by)
    return [
        RowOutcome(
            each.line, LineChange.ADDED, _text(each.subject), warnings=tuple(_warnings(support))
        )
        for each, support in zip(group, supports, strict=True)
    ]


def _warnings(support: Support):
    if support.verdict != Eligibility.YES:
        yield CONFIRMED.format(
            verdict=Eligibility(support.verdict).label,
            reason=support.verdict_reason,
            stated=support.confirmation,
        )
    if support.repeat_reason:
        yield REPEATED.format(stated=support.repeat_reason)


def _text(listed: ListedSupport) -> str:
    """A line in words: "Gà giống: Y Hữu Nam, HN-01, ngày 10/03/2026, 2.000.000 đồng"."""
    gift, receiver = listed.gift, listed.receiver
    parts = [
        str(receiver.person or ""),
        receiver.household.code if receiver.household else receiver.group_name,
        f"ngày {formatting.day(gift.day)}",
        formatting.money(gift.amount) if gift.amount is not None else "",
    ]
    return f"{gift.kind}: {', '.join(part for part in parts if part)}"
