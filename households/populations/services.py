"""Acts on the totals of households and persons (tổng số hộ, nhân khẩu) of a ward's areas."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date

from django.core.exceptions import ValidationError

from households.models import AreaYear
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, PeriodLock, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.form_faults import FormFaults
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault, stated_reason
from povertyplan.core.text.vietnamese import normalise_text

LONGEST_SOURCE = 200
SOURCE_MISSING = "Nhập nguồn số liệu."
REASON_MISSING = "Nhập lý do."
NOTHING_KNOWN = "Chưa có số liệu nào để ghi."


@dataclass(frozen=True)
class TotalFigures:
    """Households and persons of an area, those of ethnic minorities among them; None: not known."""

    households: int | None
    persons: int | None
    minority_households: int | None = None
    minority_persons: int | None = None

    @property
    def is_known(self) -> bool:
        return any(figure is not None for figure in astuple(self))

    def in_words(self) -> str:
        people = "chưa rõ số" if self.persons is None else formatting.number(self.persons)
        text = f"{formatting.number(self.households)} hộ, {people} nhân khẩu"
        named = (("hộ", self.minority_households), ("nhân khẩu", self.minority_persons))
        parts = [f"{formatting.number(count)} {noun}" for noun, count in named if count is not None]
        return f"{text} (dân tộc thiểu số: {', '.join(parts)})" if parts else text


@dataclass(frozen=True)
class TotalLine:
    """The total of one area; without any figure nothing is known of it."""

    area: Area
    figures: TotalFigures
    row: int | None = None  # of the list it was pasted in

    @property
    def is_known(self) -> bool:
        return self.figures.is_known


@audit.business_act(label="Ghi tổng số hộ, nhân khẩu")
def record_totals(
    *, ward: Area, on: date, origin: str, lines: Sequence[TotalLine], key: str, by: User
) -> Area:
    """Record totals of a day, all or none; an area of which nothing is known gets no row."""
    origin = normalise_text(origin)

    def create() -> Area:
        held = locks.hold(Area.objects.all()).get(pk=ward.pk)
        known = [line for line in lines if line.is_known]
        _refuse(held, on, origin, known)
        present = _rows_of(held, on)
        for line in known:
            if line.area.pk not in present:
                _record(held, on, origin, line)
        return held

    content = {"on": on, "origin": origin, "lines": [_content(line) for line in lines]}
    return once(key=key, act=record_totals.name, content=content, model=Area, create=create, by=by)


@audit.business_act(label="Sửa tổng số hộ, nhân khẩu")
def change_total(
    *,
    total: AreaYear,
    figures: TotalFigures,
    origin: str,
    reason: str,
    version: int | None,
    by: User,
) -> AreaYear:
    """Correct a total; the journal keeps the old figures and the reason."""
    origin, reason = normalise_text(origin), normalise_text(reason)
    faults = FormFaults()
    if not origin:
        faults.add([("origin", SOURCE_MISSING)])
    if fault := reason_fault(reason, REASON_MISSING):
        faults.add([("reason", fault)])
    faults.add(_figure_faults(figures))
    faults.refuse()
    _refuse_locked(total.ward_id, total.on)
    values = {**asdict(figures), "source": origin}
    if all(getattr(total, name) == value for name, value in values.items()):
        raise ValidationError(versions.NOTHING_CHANGED)
    before = figures_of(total)
    versions.update(total, version=version, **values)
    audit.record(
        total.area,
        f"Sửa tổng số của {total.area} ngày {formatting.day(total.on)}: "
        f"{before.in_words()} thành {figures.in_words()}, theo {origin}.",
        ward=total.ward,
        reason=reason,
    )
    return total


@audit.business_act(label="Xóa tổng số hộ, nhân khẩu")
def remove_total(*, total: AreaYear, reason: str, version: int | None, by: User) -> Area:
    """Take back a total of a day, of which nothing is known then."""
    reason = stated_reason(reason, REASON_MISSING)
    _refuse_locked(total.ward_id, total.on)
    versions.update(total, version=version)
    area = total.area
    audit.record(
        area,
        f"Xóa tổng số của {area} ngày {formatting.day(total.on)}: {figures_of(total).in_words()}.",
        ward=total.ward,
        reason=reason,
    )
    total.delete()
    return area


def _record(ward: Area, on: date, origin: str, line: TotalLine) -> None:
    AreaYear.objects.create(
        ward=ward,
        area=line.area,
        on=on,
        source=origin,
        **asdict(line.figures),  # without households it is refused before
    )
    audit.record(
        line.area,
        f"Ghi tổng số của {line.area} ngày {formatting.day(on)}: "
        f"{line.figures.in_words()}, theo {origin}.",
        ward=ward,
    )


def _refuse(ward: Area, on: date, origin: str, known: Sequence[TotalLine]) -> None:
    """Raise every fault: at its field for one area, with its line for a pasted list."""
    faults = FormFaults()
    faults.add(_heading_faults(on, origin))
    present = _rows_of(ward, on)
    seen: dict[int, int | None] = {}
    for line in known:
        faults.add(_line_faults(ward, on, line, present, seen), row=line.row)
        seen[line.area.pk] = line.row
    if not known:
        faults.add([("households", NOTHING_KNOWN)])
    faults.refuse()
    _refuse_locked(ward.pk, on)


def _heading_faults(on: date, origin: str) -> Iterator[tuple[str, str]]:
    if on > clock.today():
        yield "on", "Ngày của số liệu không được sau ngày hôm nay."
    if not origin:
        yield "origin", SOURCE_MISSING
    elif len(origin) > LONGEST_SOURCE:
        yield "origin", f"Nguồn số liệu dài quá {LONGEST_SOURCE} ký tự."


def _line_faults(
    ward: Area,
    on: date,
    line: TotalLine,
    present: dict[int, AreaYear],
    seen: dict[int, int | None],
) -> Iterator[tuple[str, str]]:
    area = line.area
    if area.pk in seen:
        yield "area", f"{area} đã có ở dòng {seen[area.pk]}."
    if ward.pk not in (area.pk, area.parent_id):
        yield "area", f"{area} không thuộc {ward}."
    if area.valid_from is not None and on < area.valid_from:
        yield "on", f"{area} có từ ngày {formatting.day(area.valid_from)}."
    if area.valid_to is not None and on > area.valid_to:
        yield "on", f"{area} chỉ có đến ngày {formatting.day(area.valid_to)}."
    yield from _figure_faults(line.figures)
    row = present.get(area.pk)
    if row and figures_of(row) != line.figures:
        yield (
            "on",
            f"{area} ngày {formatting.day(on)} đã ghi {figures_of(row).in_words()}. "
            "Muốn đổi, sửa số liệu đã ghi.",
        )


def _figure_faults(figures: TotalFigures) -> Iterator[tuple[str, str]]:
    households, persons = figures.households, figures.persons
    if households is None:
        yield "households", "thiếu số hộ. Chưa biết số nào thì để trống tất cả."
    elif households == 0:
        yield "households", "số hộ không thể là 0. Chưa có số liệu thì để trống."
    elif persons is not None and persons < households:
        numbers = f"{formatting.number(persons)}, {formatting.number(households)}"
        yield "persons", f"số nhân khẩu ít hơn số hộ ({numbers})."
    parts = (("households", "hộ", households), ("persons", "nhân khẩu", persons))
    for name, noun, whole in parts:
        part = getattr(figures, f"minority_{name}")
        if None not in (part, whole) and part > whole:
            numbers = f"{formatting.number(part)}, {formatting.number(whole)}"
            yield f"minority_{name}", f"số {noun} dân tộc thiểu số nhiều hơn tổng số ({numbers})."


def _refuse_locked(ward_id: int, on: date) -> None:
    if lock := PeriodLock.objects.in_force().filter(ward=ward_id).on_day(on).first():
        period = lock.period_words
        raise ValidationError(f"Số liệu {period} đã khóa, không ghi hoặc sửa tổng số được.")


def _rows_of(ward: Area, on: date) -> dict[int, AreaYear]:
    return {row.area_id: row for row in AreaYear.objects.filter(ward=ward, on=on)}


def figures_of(total: AreaYear) -> TotalFigures:
    return TotalFigures(**{each.name: getattr(total, each.name) for each in fields(TotalFigures)})


def _content(line: TotalLine) -> tuple:
    return (line.area.pk, *astuple(line)[1:])
