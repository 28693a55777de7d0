"""Kinds of support from a file of who keeps the reference data of every ward."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from households.models import NeedKind
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import differences
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text import formatting
from projects.models import ComponentProject, SupportKind
from projects.programme.services.structure import refuse_for_others

NAMED_TWICE = "Mã này đã có ở dòng {line}."
DAYS_IN_ORDER = "Ngày kết thúc không được trước ngày bắt đầu."
AGES_IN_ORDER = "Tuổi sau không được nhỏ hơn tuổi trước."
RECIPIENT_IN_USE = "Loại hỗ trợ này đã được ghi: không đổi đối tượng nhận."
BEGINS_AFTER_USE = "Đã ghi hỗ trợ loại này ngày {day}: ngày bắt đầu không được sau ngày đó."
LINKS = {"projects": "Dự án", "needs": "Nhu cầu đáp ứng"}
NAME_MISSING = "Nhập tên loại hỗ trợ."


@dataclass(frozen=True)
class ListedKind:
    """A kind as a line of a file has it: only what the line says; None for lists it leaves out."""

    code: str
    values: Mapping[str, Any]
    projects: frozenset[ComponentProject] | None = None
    needs: frozenset[NeedKind] | None = None


@audit.business_act(label="Nhập loại hỗ trợ từ Excel", source="import")
def import_support_kinds(
    *,
    ward: Area | None,
    lines: Sequence[ReadLine[ListedKind]],
    columns: Mapping[str, str],
    by: User,
) -> list[RowOutcome]:
    """Add and change the kinds of a file, all or none; a kind is known by its code.

    From then on the reference data leaves these kinds alone. Supports that were recorded keep what
    the rules said on their day.
    """
    refuse_for_others(by)
    locks.wait_turn("import", "support kinds")
    known = {row.code: row for row in SupportKind.objects.prefetch_related("projects", "needs")}
    faults, outcomes, seen = FaultsOfLines(columns), [], dict[str, int]()
    for each in lines:
        code = each.subject.code
        if first := seen.get(code):
            faults.note(each.line, ValidationError({"code": NAMED_TWICE.format(line=first)}))
            continue
        seen[code] = each.line
        outcomes.append(faults.attempt(each.line, partial(_write, each, known.get(code))))
    faults.refuse()
    return [each for each in outcomes if each]


def _write(each: ReadLine[ListedKind], current: SupportKind | None) -> RowOutcome:
    listed = each.subject
    kind = current or SupportKind(code=listed.code, order=_next_order())
    changed = differences(kind, listed.values)
    links = {
        name: wanted
        for name, wanted in (("projects", listed.projects), ("needs", listed.needs))
        if wanted is not None and (current is None or wanted != set(getattr(kind, name).all()))
    }
    told = "; ".join([*_changes(kind, changed), *_new_links(kind, links)]) if current else ""
    text = f"{kind.code}: {listed.values.get('name') or kind.name}"
    if current and not changed and not links:
        return RowOutcome(each.line, LineChange.SAME, text)
    for name, value in changed.items():
        setattr(kind, name, value)
    _refuse(kind, changed, is_new=current is None)
    kind.is_kept_here = True
    kind.save()
    for name, wanted in links.items():
        getattr(kind, name).set(wanted)
    verb = "Sửa" if current else "Thêm"
    audit.record(kind, f"{verb} loại hỗ trợ {kind}: {told}".rstrip(": ") + ".", ward=None)
    change = LineChange.CHANGED if current else LineChange.ADDED
    return RowOutcome(each.line, change, text, detail=told)


def _changes(kind: SupportKind, changed: Mapping[str, Any]):
    for name, new in changed.items():
        found = field_change(kind, name, new)
        yield f"{found.label}: {found.old} → {found.new}"


def _new_links(kind: SupportKind, links: Mapping[str, frozenset]):
    for name, wanted in links.items():
        old, new = (_in_words(rows) for rows in (getattr(kind, name).all(), wanted))
        yield f"{LINKS[name]}: {old} → {new}"


def _in_words(rows: Iterable) -> str:
    return ", ".join(sorted(map(str, rows))) or "–"


def _refuse(kind: SupportKind, changed: Mapping[str, Any], *, is_new: bool) -> None:
    faults = {}
    if not kind.name:
        faults["name"] = NAME_MISSING
    if kind.valid_from and kind.valid_to and kind.valid_to < kind.valid_from:
        faults["valid_to"] = DAYS_IN_ORDER
    if kind.age_from is not None and kind.age_to is not None and kind.age_to < kind.age_from:
        faults["age_to"] = AGES_IN_ORDER
    given = None if is_new else kind.supports.standing().order_by("year", "pk")
    if given and "recipient" in changed and given.exists():
        faults["recipient"] = RECIPIENT_IN_USE
    if given and changed.get("valid_from"):
        days = [each.day for each in given if each.day < kind.valid_from]
        if days:
            faults["valid_from"] = BEGINS_AFTER_USE.format(day=formatting.day(min(days)))
    if faults:
        raise ValidationError(faults)


def _next_order() -> int:
    last = SupportKind.objects.order_by("-order").values_list("order", flat=True).first()
    return (last or 0) + 1
