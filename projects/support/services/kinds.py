"""Kinds of support: added, changed before they are used, ended after (loại hỗ trợ)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from households.models import NeedKind
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.platform.changing import differences
from povertyplan.core.text import formatting
from projects.models import ComponentProject, SupportKind
from projects.programme.services.structure import refuse_for_others

DAYS_IN_ORDER = "Ngày kết thúc không được trước ngày bắt đầu."
AGES_IN_ORDER = "Tuổi sau không được nhỏ hơn tuổi trước."
CODE_TAKEN = "Đã có loại hỗ trợ mã này."
NAME_MISSING = "Nhập tên loại hỗ trợ."
RECIPIENT_IN_USE = "Loại hỗ trợ này đã được ghi: không đổi đối tượng nhận."
BEGINS_AFTER_USE = "Đã ghi hỗ trợ loại này ngày {day}: ngày bắt đầu không được sau ngày đó."
IN_USE = (
    "Đã ghi hỗ trợ loại này: nội dung này không đổi được. Nhập ngày kết thúc rồi lập loại hỗ trợ "
    "mới thay thế."
)
ENDS_BEFORE_USE = "Đã ghi hỗ trợ loại này ngày {day}: ngày kết thúc không được trước ngày đó."
LINKS = {"projects": "Dự án", "needs": "Nhu cầu đáp ứng"}
# What may still change of a kind that was given: how it is called, what is known of its law, from
# when to when it holds. Everything else says what the rules were when it was given.
STILL_FREE = frozenset({"name", "legal_reference", "confidence", "valid_from", "valid_to"})


@dataclass(frozen=True)
class ListedKind:
    """A kind as a form or a line of a file has it; None for lists that it leaves out."""

    code: str
    values: Mapping[str, Any]
    projects: frozenset[ComponentProject] | None = None
    needs: frozenset[NeedKind] | None = None


@dataclass(frozen=True)
class WrittenKind:
    """What writing a kind came to, in words; nothing told where nothing differs."""

    kind: SupportKind
    is_new: bool
    is_same: bool = False
    summary: str = ""


@audit.business_act(label="Thêm loại hỗ trợ")
def add_support_kind(*, details: ListedKind, by: User) -> SupportKind:
    """Raises ValidationError keyed by field."""
    refuse_for_others(by)
    locks.wait_turn("import", "support kinds")
    if SupportKind.objects.filter(code=details.code).exists():
        raise ValidationError({"code": CODE_TAKEN})
    return write_kind(details, None).kind


@audit.business_act(label="Sửa loại hỗ trợ")
def change_support_kind(
    *, kind: SupportKind, details: ListedKind, version: int | None, by: User
) -> SupportKind:
    """Word it otherwise, or end it. Raises ValidationError keyed by field, and StaleVersion."""
    refuse_for_others(by)
    locks.wait_turn("import", "support kinds")
    current = SupportKind.objects.prefetch_related("projects", "needs").get(pk=kind.pk)
    versions.check(current, version)
    written = write_kind(details, current)
    if written.is_same:
        raise ValidationError(versions.NOTHING_CHANGED, code="unchanged")
    return written.kind


def write_kind(listed: ListedKind, current: SupportKind | None) -> WrittenKind:
    """Write what differs, with a line of the journal; from then on the kind is kept here."""
    kind = current or SupportKind(code=listed.code, order=_next_order())
    changed = differences(kind, listed.values)
    links = {
        name: wanted
        for name, wanted in (("projects", listed.projects), ("needs", listed.needs))
        if wanted is not None and (current is None or wanted != set(getattr(kind, name).all()))
    }
    if current and not changed and not links:
        return WrittenKind(kind, is_new=False, is_same=True)
    summary = "; ".join([*_changes(kind, changed), *_new_links(kind, links)]) if current else ""
    for name, value in changed.items():
        setattr(kind, name, value)
    _refuse(kind, changed, is_new=current is None)
    kind.is_kept_here = True
    kind.version += 1 if current else 0
    kind.save()
    for name, wanted in links.items():
        getattr(kind, name).set(wanted)
    verb = "Sửa" if current else "Thêm"
    audit.record(kind, f"{verb} loại hỗ trợ {kind}: {summary}".rstrip(": ") + ".", ward=None)
    return WrittenKind(kind, is_new=current is None, summary=summary)


def _changes(kind: SupportKind, changed: Mapping[str, Any]) -> Iterator[str]:
    for name, new in changed.items():
        found = field_change(kind, name, new)
        yield f"{found.label}: {found.old} → {found.new}"


def _new_links(kind: SupportKind, links: Mapping[str, frozenset]) -> Iterator[str]:
    for name, wanted in links.items():
        old, new = (_in_words(rows) for rows in (getattr(kind, name).all(), wanted))
        yield f"{LINKS[name]}: {old} → {new}"


def _in_words(rows: Iterable) -> str:
    return ", ".join(sorted(map(str, rows))) or "–"


def _refuse(kind: SupportKind, changed: Mapping[str, Any], *, is_new: bool) -> None:
    faults = {} if is_new else _faults_of_use(kind, changed)
    if not kind.name:
        faults["name"] = NAME_MISSING
    if kind.valid_from and kind.valid_to and kind.valid_to < kind.valid_from:
        faults["valid_to"] = DAYS_IN_ORDER
    if kind.age_from is not None and kind.age_to is not None and kind.age_to < kind.age_from:
        faults["age_to"] = AGES_IN_ORDER
    if faults:
        raise ValidationError(faults)


def _faults_of_use(kind: SupportKind, changed: Mapping[str, Any]) -> dict[str, str]:
    """What may not change of a kind that was given, and before when it may not end."""
    given = list(kind.supports.standing().order_by("year", "pk"))
    if not given:
        return {}
    faults = dict.fromkeys(changed.keys() - STILL_FREE, IN_USE)
    if "recipient" in faults:
        faults["recipient"] = RECIPIENT_IN_USE
    first, last = min(each.day for each in given), max(each.day for each in given)
    if changed.get("valid_from") and changed["valid_from"] > first:
        faults["valid_from"] = BEGINS_AFTER_USE.format(day=formatting.day(first))
    if changed.get("valid_to") and changed["valid_to"] < last:
        faults["valid_to"] = ENDS_BEFORE_USE.format(day=formatting.day(last))
    return faults


def _next_order() -> int:
    last = SupportKind.objects.order_by("-order").values_list("order", flat=True).first()
    return (last or 0) + 1
