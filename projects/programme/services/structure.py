"""Programmes and the parts they consist of, as an administrator keeps them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import change_record
from projects.models import ComponentProject, Programme

Row = TypeVar("Row", Programme, ComponentProject)
CODE_TAKEN = "Đã có chương trình mã này."
CODE_FIXED = "Mã không đổi được sau khi thêm: kế hoạch và danh mục gọi theo mã này."
PART_CODE_TAKEN = "Chương trình đã có mã này."
PART_CODE_BELOW = "Mã phải bắt đầu bằng “{code}.” vì thuộc {parent}."
TOP_CODE = "Mã của cấp trên cùng chỉ là một số."
TOO_DEEP = "Chương trình này chỉ có {levels} cấp."
DAYS_IN_ORDER = "Ngày kết thúc không được trước ngày bắt đầu."
FUNDS_BEFORE_END = "Ngày kéo dài vốn phải sau ngày kết thúc."
FUNDS_WITHOUT_END = "Chương trình chưa có ngày kết thúc thì không có vốn kéo dài."
LEVELS_IN_USE = "Chương trình đã có phần ở cấp {level}: giữ tên cấp này."
OTHER_WARDS = (
    "Danh mục này dùng chung cho cả phường, xã khác trong hệ thống: chỉ người quản trị của tất cả "
    "các phường, xã đó mới sửa được."
)


@dataclass(frozen=True)
class ProgrammeInput:
    """A programme as a form describes it; `levels` from the top."""

    kind: str
    code: str
    name: str
    levels: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    legal_reference: str = ""
    funds_until: date | None = None
    funds_reference: str = ""


@dataclass(frozen=True)
class ProjectPartInput:
    """A project, or what is below one, as a form describes it."""

    code: str
    official_name: str = ""
    for_wards: bool = True


@audit.business_act(label="Thêm chương trình")
def add_programme(*, details: ProgrammeInput, by: User) -> Programme:
    """Raises ValidationError keyed by field."""
    refuse_for_others(by)
    _refuse_programme(details)
    programme = Programme.objects.create(is_kept_here=True, **_values(details))
    audit.record(programme, f"Thêm chương trình {programme}.", ward=None)
    return programme


@audit.business_act(label="Sửa chương trình")
def change_programme(
    *, programme: Programme, details: ProgrammeInput, version: int | None, by: User
) -> Programme:
    """Parts are called by the new names of their levels. Raises ValidationError, StaleVersion."""
    refuse_for_others(by)
    _refuse_other_code(programme, details.code)
    _refuse_programme(details, besides=programme)
    parts = list(programme.projects.all())
    deepest = max((_depth(part) for part in parts), default=0)
    if deepest >= len(details.levels):
        sentence = LEVELS_IN_USE.format(level=programme.level_name(deepest))
        raise ValidationError({"levels": sentence})
    _change(programme, _values(details), version)
    for part in parts:
        label = programme.level_name(_depth(part))
        if part.label != label:
            ComponentProject.objects.filter(pk=part.pk).update(label=label)
    return programme


@audit.business_act(label="Thêm dự án vào chương trình")
def add_part(
    *, programme: Programme, parent: ComponentProject | None, details: ProjectPartInput, by: User
) -> ComponentProject:
    """Add a project, or a part below `parent`, behind the others. Raises ValidationError."""
    refuse_for_others(by)
    depth = _depth(parent) + 1 if parent else 0
    if depth >= len(programme.levels):
        raise ValidationError(TOO_DEEP.format(levels=len(programme.levels)))
    _refuse_code(programme, parent, details.code)
    part = ComponentProject.objects.create(
        programme=programme,
        parent=parent,
        label=programme.level_name(depth),
        order=0,
        is_kept_here=True,
        **asdict(details),
    )
    number_parts(programme)
    audit.record(part, f"Thêm {part} vào {programme}.", ward=None)
    return part


@audit.business_act(label="Sửa dự án của chương trình")
def change_part(
    *, part: ComponentProject, details: ProjectPartInput, version: int | None, by: User
) -> ComponentProject:
    """Raises ValidationError keyed by field, and StaleVersion."""
    refuse_for_others(by)
    _refuse_other_code(part, details.code)
    return _change(part, asdict(details), version)


def _change(row: Row, values: Mapping[str, Any], version: int | None) -> Row:
    """Write what differs; from then on the reference data leaves the row alone."""
    changed = change_record(row, values, version=version, ward=None)
    type(row)._base_manager.filter(pk=row.pk).update(is_kept_here=True)
    return changed


def refuse_for_others(by: User) -> None:
    """Every ward reads the programmes: who keeps them must be trusted with all of these wards."""
    wards = Area.objects.filter(kind=AreaKind.WARD)
    own = Area.objects.visible_to(by).values("pk")
    if wards.exclude(pk__in=own).exists():
        raise ValidationError(OTHER_WARDS, code="shared")


def _refuse_programme(details: ProgrammeInput, besides: Programme | None = None) -> None:
    faults = {}
    others = Programme.objects.filter(code=details.code)
    if others.exclude(pk=besides.pk if besides else 0).exists():
        faults["code"] = CODE_TAKEN
    if details.valid_to and details.valid_to < details.valid_from:
        faults["valid_to"] = DAYS_IN_ORDER
    if details.funds_until and details.valid_to is None:
        faults["funds_until"] = FUNDS_WITHOUT_END
    elif details.funds_until and details.valid_to and details.funds_until <= details.valid_to:
        faults["funds_until"] = FUNDS_BEFORE_END
    if faults:
        raise ValidationError(faults)


def _refuse_other_code(row: Programme | ComponentProject, code: str) -> None:
    """The reference data, ward files and plans call it by its code."""
    if code != row.code:
        raise ValidationError({"code": CODE_FIXED})


def _refuse_code(programme: Programme, parent: ComponentProject | None, code: str) -> None:
    if parent is None and "." in code:
        raise ValidationError({"code": TOP_CODE})
    if parent is not None and code.rpartition(".")[0] != parent.code:
        sentence = PART_CODE_BELOW.format(code=parent.code, parent=parent)
        raise ValidationError({"code": sentence})
    if programme.projects.filter(code=code).exists():
        raise ValidationError({"code": PART_CODE_TAKEN})


def number_parts(programme: Programme) -> None:
    """One order for all parts, each before those below it, as their numbers go."""
    parts = sorted(programme.projects.all(), key=lambda part: _numbers(part.code))
    for order, part in enumerate(parts, start=1):
        if part.order != order:
            ComponentProject.objects.filter(pk=part.pk).update(order=order)


def _numbers(code: str) -> list[int]:
    return [int(number) for number in code.split(".")]


def _depth(part: ComponentProject) -> int:
    return part.code.count(".")


def _values(details: ProgrammeInput) -> dict[str, Any]:
    return asdict(details) | {"levels": list(details.levels)}
