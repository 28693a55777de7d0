"""Acts on the units of a ward: adding them, changing one, ending one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.choices import UnitKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.form_faults import FormFaults, beginning_faults
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.reasons import reason_fault, stated_reason
from povertyplan.core.text.vietnamese import normalise_text
from povertyplan.core.units.uses import UnitHandover, hand_over_uses, uses_of

LONGEST_NAME, LONGEST_SHORT_NAME, LONGEST_PREFIX = 160, 40, 20
REASON_MISSING = "Nhập lý do, căn cứ."


@dataclass(frozen=True)
class UnitInput:
    """A unit as a form or a pasted line describes it. Without `order` it follows the last one."""

    name: str
    kind: str
    short_name: str = ""
    prefix: str = ""
    order: int | None = None
    valid_from: date | None = None
    predecessor: Unit | None = None
    row: int | None = None  # of the list it was pasted in

    def tidied(self) -> "UnitInput":
        return replace(
            self,
            name=normalise_text(self.name),
            short_name=normalise_text(self.short_name),
            prefix=normalise_text(self.prefix),
        )

    def values(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in STORED}


STORED = ("name", "kind", "short_name", "prefix", "order", "valid_from", "predecessor")


@audit.business_act(label="Thêm đơn vị")
def add_units(*, ward: Area, units: Sequence[UnitInput], key: str, by: User) -> Area:
    """Add units to a ward, all or none."""
    units = [unit.tidied() for unit in units]

    def create() -> Area:
        held = locks.hold(Area.objects.all()).get(pk=ward.pk)
        existing = list(Unit.objects.current().filter(ward=held))
        _refuse(held, units, existing)
        last = max((unit.order for unit in existing), default=0)
        for details in units:
            last = last + 1 if details.order is None else details.order
            unit = Unit.objects.create(ward=held, **replace(details, order=last).values())
            audit.record(unit, f"Thêm đơn vị {unit}{_since(unit)}.", ward=held)
        return held

    content = {"units": [_content(unit) for unit in units]}
    return once(key=key, act=add_units.name, content=content, model=Area, create=create, by=by)


@audit.business_act(label="Sửa đơn vị")
def change_unit(
    *, unit: Unit, details: UnitInput, reason: str, version: int | None, by: User
) -> Unit:
    """Change what a unit is called and how tasks are given to it; issued papers keep theirs."""
    details, reason = details.tidied(), stated_reason(reason, REASON_MISSING)
    if details.order is None:
        details = replace(details, order=unit.order)
    others = list(Unit.objects.current().filter(ward=unit.ward).exclude(pk=unit.pk))
    _refuse(unit.ward, [details], others, itself=unit)
    values = details.values()
    if all(getattr(unit, name) == value for name, value in values.items()):
        raise ValidationError(versions.NOTHING_CHANGED)
    former = unit.name
    versions.update(unit, version=version, **values)
    renamed = f", trước là {former}" if unit.name != former else ""
    audit.record(unit, f"Sửa đơn vị {unit}{renamed}.", ward=unit.ward, reason=reason)
    return unit


@audit.business_act(label="Kết thúc đơn vị")
def end_unit(
    *,
    unit: Unit,
    last_day: date,
    successor: Unit | None,
    reason: str,
    version: int | None,
    by: User,
) -> Unit:
    """Let a unit end with `last_day`. What still uses it passes to `successor`, or refuses."""
    reason = normalise_text(reason)
    locks.hold(Area.objects.all()).get(pk=unit.ward_id)
    _refuse_end(unit, last_day, successor, reason)
    if successor is not None:
        hand_over_uses(UnitHandover(unit, successor, last_day, by))
        if successor.predecessor_id is None and unit.predecessor_id != successor.pk:
            versions.update(successor, version=successor.version, predecessor=unit)
    versions.update(unit, version=version, valid_to=last_day)
    follows = f"; {successor} thay thế" if successor else ""
    audit.record(
        unit,
        f"Đơn vị {unit} kết thúc, hết ngày {formatting.day(last_day)}{follows}.",
        ward=unit.ward,
        reason=reason,
    )
    return unit


def _refuse_end(unit: Unit, last_day: date, successor: Unit | None, reason: str) -> None:
    faults: dict[str, list[str]] = {}
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = [fault]
    if last_day > clock.today():
        faults["last_day"] = ["Ngày cuối không được sau ngày hôm nay."]
    elif unit.valid_from is not None and last_day < unit.valid_from:
        faults["last_day"] = [f"{unit} có từ ngày {formatting.day(unit.valid_from)}."]
    if successor is None:
        if uses := uses_of(unit, last_day):
            faults["successor"] = [*uses, "Chọn đơn vị thay thế."]
    elif successor == unit or successor.ward_id != unit.ward_id or successor.valid_to is not None:
        faults["successor"] = ["Chọn một đơn vị khác đang có của phường, xã."]
    if faults:
        raise ValidationError(faults)


def _refuse(
    ward: Area,
    units: Sequence[UnitInput],
    existing: Collection[Unit],
    itself: Unit | None = None,
) -> None:
    """Raise every fault: at its field for one unit, with its line for a pasted list."""
    taken = {
        text.casefold(): "đã có trong phường, xã"
        for unit in existing
        for text in (unit.name, unit.short_name)
        if text
    }
    faults = FormFaults()
    for unit in units:
        faults.add(_faults(unit, taken), row=unit.row)
        faults.add(_link_faults(ward, unit, itself), row=unit.row)
        for text in {unit.name, unit.short_name} - {""}:
            taken.setdefault(text.casefold(), f"đã có ở dòng {unit.row}")
    faults.refuse()


def _text_faults(unit: UnitInput) -> Iterator[tuple[str, str]]:
    longest = {"name": LONGEST_NAME, "short_name": LONGEST_SHORT_NAME, "prefix": LONGEST_PREFIX}
    labels = {"name": "tên đầy đủ", "short_name": "tên viết tắt", "prefix": "cách giao việc"}
    for field, most in longest.items():
        text = getattr(unit, field)
        if len(text) > most:
            yield field, f"{labels[field]} dài quá {most} ký tự."
        elif text and (fault := name_fault(text)):
            yield field, f"{labels[field]} “{text}” {fault}."


def _faults(unit: UnitInput, taken: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from _text_faults(unit)
    if not any(letter.isalpha() for letter in unit.name):
        yield "name", "thiếu tên đầy đủ của đơn vị."
    for field in ("name", "short_name"):
        text = getattr(unit, field)
        if text and text.casefold() in taken:
            yield field, f"{text} {taken[text.casefold()]}."
    if unit.kind not in UnitKind.values:
        labels_of_kinds = ", ".join(UnitKind.labels)
        yield "kind", f"loại đơn vị là một trong: {labels_of_kinds}."


def _link_faults(ward: Area, unit: UnitInput, itself: Unit | None) -> Iterator[tuple[str, str]]:
    yield from beginning_faults(unit.valid_from)
    before = unit.predecessor
    if before is not None and (before.ward_id != ward.pk or before == itself):
        yield "predecessor", "Chọn một đơn vị khác của phường, xã."


def _since(unit: Unit) -> str:
    since = f" từ ngày {formatting.day(unit.valid_from)}" if unit.valid_from else ""
    return since + (f", thay {unit.predecessor}" if unit.predecessor else "")


def _content(unit: UnitInput) -> dict[str, object]:
    return asdict(replace(unit, predecessor=None)) | {
        "predecessor": unit.predecessor and unit.predecessor.pk
    }
