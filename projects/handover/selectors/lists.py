"""The lists of a ward: made, waiting, sent; and what the next ones would say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from households.models import Decision
from povertyplan.core.models import Area, User
from projects.choices import HandoverChange
from projects.handover.selectors.subjects import (
    Address,
    HandoverSubject,
    Subjects,
    receiver_of,
    subjects_on,
)
from projects.models import Handover, HandoverKind, HandoverList, HandoverRow
from projects.rules.handovers import HandoverDifference, ReportedLine, differences, standing_after

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextList:
    """What one receiver is told next; `known` is what it is taken to have from before."""

    address: Address
    known: tuple[HandoverSubject, ...]
    changes: tuple[tuple[HandoverDifference, HandoverSubject], ...]

    @property
    def change_keys(self) -> list[tuple[int, str, str, str]]:
        return [(each.key, each.change, each.basis, each.before) for each, _ in self.changes]


def latest_decision(ward: Area) -> Decision | None:
    """The decision in force that the next lists follow from."""
    recognised = Decision.objects.in_force().filter(ward=ward, campaign__isnull=False)
    return recognised.order_by("-decided_on", "-pk").first()


def latest_handover(ward: Area) -> Handover | None:
    rows = Handover.objects.filter(ward=ward).select_related("made_by", "decision")
    return rows.order_by("-pk").first()


def is_handover_due(latest: Handover | None, decision: Decision | None) -> bool:
    """Whether a decision has no lists of its own yet."""
    return decision is not None and (latest is None or latest.decision_id != decision.pk)


def lists_of(user: User, ward: Area) -> QuerySet[HandoverList]:
    """The lists that somebody sees, the latest first, with what a line says of each."""
    rows = HandoverList.objects.visible_to(user).filter(ward=ward).with_changes()
    rows = rows.select_related("kind", "handover__decision", "handover__made_by", "replaced_by")
    # The order of the model follows that of a handover, which turned around is the oldest first.
    return rows.order_by("-handover_id", "kind__order", "receiver")


def next_lists(ward: Area, decision: Decision, as_of: date) -> list[NextList]:
    """What every receiver is to be told; a kind that is told first is compared with the eve."""
    kinds = list(HandoverKind.objects.all())
    present = subjects_on(ward, kinds, as_of)
    begun = set(HandoverList.objects.filter(ward=ward).values_list("kind", flat=True))
    first = [kind for kind in kinds if kind.pk not in begun]
    eve = subjects_on(ward, first, decision.effective_from - ONE_DAY) if first else {}
    rows = _rows_reported(ward)
    addresses = dict.fromkeys([*present, *eve, *rows])
    addresses |= {Address(kind.pk, receiver_of(kind)): None for kind in first}
    found = [_next_list(each, present, eve, rows.get(each, [])) for each in addresses]
    opening = {kind.pk for kind in first}
    return [each for each in found if each.changes or each.address.kind in opening]


def rows_waiting(ward: Area) -> dict[Address, list[tuple[int, str, str, str]]]:
    """What the lists that wait to be sent say."""
    waiting = HandoverList.objects.filter(ward=ward).pending()
    rows = HandoverRow.objects.changes().filter(handover_list__in=waiting)
    found: dict[Address, list[tuple[int, str, str, str]]] = defaultdict(list)
    for row in rows.select_related("handover_list"):
        address = Address(row.handover_list.kind_id, row.handover_list.receiver)
        key = row.person_id or row.household_id
        found[address].append((key, row.change, row.basis, row.basis_before))
    return dict(found)


def _rows_reported(ward: Area) -> dict[Address, list[HandoverRow]]:
    """What each receiver has, in the order in which it was told; one query."""
    has = Q(change=HandoverChange.KNOWN) | Q(handover_list__sent_on__isnull=False)
    rows = HandoverRow.objects.filter(has, handover_list__ward=ward)
    found: dict[Address, list[HandoverRow]] = defaultdict(list)
    ordered = rows.select_related("handover_list").order_by("handover_list__handover", "order")
    for row in ordered:
        address = Address(row.handover_list.kind_id, row.handover_list.receiver)
        found[address].append(row)
    return found


def _next_list(
    address: Address, present: Subjects, eve: Subjects, rows: Sequence[HandoverRow]
) -> NextList:
    now, known = present.get(address, {}), eve.get(address, {})
    reported = [
        ReportedLine(row.person_id or row.household_id, row.change, row.basis) for row in rows
    ]
    standing = {key: subject.basis for key, subject in known.items()} | standing_after(reported)
    # Who left is written as the receiver has them.
    before = known | {row.person_id or row.household_id: _subject_of(row) for row in rows}
    found = differences(standing, {key: subject.basis for key, subject in now.items()})
    return NextList(
        address,
        tuple(known.values()),
        tuple((each, now.get(each.key) or before[each.key]) for each in found),
    )


def _subject_of(row: HandoverRow) -> HandoverSubject:
    return HandoverSubject(row.household_id, row.person_id, row.basis, row.facts, row.citizen_id)
