"""Who leads, coordinates and guides each project of a year: the matrix projects × units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.periods.locked import refuse_locked_year
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import UnitRole
from projects.models import ComponentProject, WardProject
from projects.programme.services.ward_projects import TEXTS, hold_ward, spells_of, write_spells
from projects.rules.assignments import PartKey, PartSpell, Party, assign_years

UNKNOWN_UNIT = "{project}: đơn vị đã chọn không phải của phường, xã này."
UNIT_NOT_THERE = "{project}: {unit} không hoạt động trong năm {year}."
LEAD_IN_WORDS = "{project}: đơn vị chủ trì phải chọn trong danh sách đơn vị."
NOT_FOR_WARDS_LINE = "{project}: không áp dụng cho phường, xã."
NOBODY = "chưa phân công đơn vị nào"
ONLY_ENDED = (
    "Năm {before} chỉ còn {projects} mà năm {year} chưa có, nhưng chương trình và vốn của các dự "
    "án này đã hết thời hạn nên không chép."
)
NOTHING_TO_COPY = "Năm {before} không có phân công nào mà năm {year} chưa có."


@dataclass(frozen=True)
class ProjectLine:
    """A project's line of the matrix. `seen` is the version of the ward's project, 0 for none."""

    project: ComponentProject
    seen: int
    parts: tuple[PartKey, ...] = ()
    is_taken_on: bool = False


@dataclass(frozen=True)
class CopiedAssignments:
    """What a year took over from the year before; units that are no longer there, and projects
    whose programme and money ended, are left out."""

    projects: tuple[ComponentProject, ...]
    left_out: tuple[Unit, ...]
    ended: tuple[ComponentProject, ...] = ()


@audit.business_act(label="Phân công đơn vị thực hiện dự án")
def assign_units(
    *, ward: Area, year: int, lines: Sequence[ProjectLine], is_to_end: bool = False, by: User
) -> list[WardProject]:
    """Give units their parts in a year's projects, all or none; returns those that change.

    A project that the ward does not carry out yet is taken on for the year. With `is_to_end` what
    changes holds for the rest of each project's term. Raises ValidationError with a sentence for
    each line that cannot be, and StaleVersion where somebody assigned units meanwhile.
    """
    hold_ward(ward)
    refuse_locked_year(ward, year)
    standing = {row.project_id: row for row in WardProject.objects.of_year(ward, year)}
    changed = [
        line
        for line in lines
        if _changes(line, standing.get(line.project.pk), year, is_to_end=is_to_end)
    ]
    units = {unit.pk: unit for unit in Unit.objects.filter(ward=ward)}
    faults = [fault for line in changed for fault in _faults(line, units, year)]
    faults += [
        NOT_FOR_WARDS_LINE.format(project=line.project)
        for line in changed
        if line.project.pk not in standing and not line.project.for_wards
    ]
    if faults:
        raise ValidationError(faults)
    for line in changed:
        current = standing.get(line.project.pk)
        if (current.version if current else 0) != line.seen:
            raise versions.StaleVersion(current or line.project)
    return [
        _assign(standing.get(line.project.pk) or _take_on(ward, line.project, year), line, year,
                is_to_end=is_to_end)
        for line in changed
    ]  # fmt: skip


@audit.business_act(label="Chép phân công của năm trước")
def copy_assignments(*, ward: Area, year: int, by: User) -> CopiedAssignments:
    """Take over the projects and units of the year before that this year has not.

    A project keeps its wording; a unit that no longer exists is left out. Raises ValidationError
    where there is nothing to take over.
    """
    hold_ward(ward)
    refuse_locked_year(ward, year)
    here = {row.project_id: row for row in WardProject.objects.of_year(ward, year)}
    units = {unit.pk: unit for unit in Unit.objects.filter(ward=ward)}
    copied: list[ComponentProject] = []
    left_out: dict[int, Unit] = {}
    ended: list[ComponentProject] = []
    before = WardProject.objects.of_year(ward, year - 1).select_related("project__programme")
    for row in before.order_by("project__programme", "project__order"):
        own = here.get(row.project_id)
        if own and parts_of(own, year):
            continue
        if not _goes_on(row.project, year):
            ended.append(row.project)
            continue
        parts = parts_of(row, year - 1)
        kept = [part for part in parts if _is_there(units, part, year)]
        gone = [party for party, _ in parts if (party, _) not in kept]
        left_out |= {party: units[party] for party in gone if isinstance(party, int)}
        if own and not kept:
            continue
        taken = own or _take_on(ward, row.project, year, like=row)
        _write_parts(taken, kept, year, year)
        versions.update(taken, version=taken.version)
        audit.record(taken, f"{row.project}: như năm {year - 1}.", ward=ward)
        copied.append(row.project)
    if not copied:
        raise ValidationError(_nothing_to_copy(year, ended))
    return CopiedAssignments(tuple(copied), tuple(left_out.values()), tuple(ended))


def _nothing_to_copy(year: int, ended: Sequence[ComponentProject]) -> str:
    if not ended:
        return NOTHING_TO_COPY.format(before=year - 1, year=year)
    return ONLY_ENDED.format(projects=", ".join(map(str, ended)), before=year - 1, year=year)


def parts_of(ward_project: WardProject, year: int) -> list[PartKey]:
    """Who has which part in a year, in the order of the plan."""
    rows = ward_project.units.in_year(year).order_by("order", "pk")
    return [(spell.party, spell.role) for spell in spells_of(rows)]


def _changes(line: ProjectLine, current: WardProject | None, year: int, *, is_to_end: bool) -> bool:
    if current is None:
        return bool(line.parts) or line.is_taken_on
    years = range(year, current.year_to + 1) if is_to_end else (year,)
    spells = spells_of(current.units.order_by("order", "pk"))
    return any(set(line.parts) != _held(spells, each) for each in years)


def _held(spells: Sequence[PartSpell], year: int) -> set[PartKey]:
    return {
        (spell.party, spell.role) for spell in spells if spell.year_from <= year <= spell.year_to
    }


def _faults(line: ProjectLine, units: Mapping[int, Unit], year: int) -> Iterator[str]:
    for party, role in line.parts:
        if isinstance(party, str):
            if role == UnitRole.LEAD:
                yield LEAD_IN_WORDS.format(project=line.project)
        elif party not in units:
            yield UNKNOWN_UNIT.format(project=line.project)
        elif not exists_in_year(units[party], year):
            yield UNIT_NOT_THERE.format(project=line.project, unit=units[party], year=year)


def exists_in_year(unit: Unit, year: int) -> bool:
    """Whether a unit is there on some day of a year."""
    begins = unit.valid_from is None or unit.valid_from.year <= year
    return begins and (unit.valid_to is None or unit.valid_to.year >= year)


def _is_there(units: Mapping[int, Unit], part: PartKey, year: int) -> bool:
    party, _ = part
    return isinstance(party, str) or exists_in_year(units[party], year)


def _goes_on(project: ComponentProject, year: int) -> bool:
    """Whether the programme, or its money, reaches into the year."""
    ends = project.programme.funds_until or project.programme.valid_to
    return ends is None or ends.year >= year


def _take_on(
    ward: Area, project: ComponentProject, year: int, like: WardProject | None = None
) -> WardProject:
    texts = {name: getattr(like, name) for name in TEXTS} if like else {}
    return WardProject.objects.create(
        ward=ward, project=project, year_from=year, year_to=year, **texts
    )


def _assign(
    ward_project: WardProject, line: ProjectLine, year: int, *, is_to_end: bool
) -> WardProject:
    last = max(ward_project.year_to, year) if is_to_end else year
    ends = _last_years(ward_project.ward, last)
    first = year
    for ending in sorted({last, *(ends.get(party, last) for party, _ in line.parts)}):
        there = [part for part in line.parts if ends.get(part[0], last) >= ending]
        _write_parts(ward_project, there, first, ending)
        first = ending + 1
    versions.update(ward_project, version=ward_project.version)
    audit.record(
        ward_project,
        f"{line.project}, {formatting.years(year, last)}: {describe_parts(ward_project, year)}.",
        ward=ward_project.ward,
    )
    return ward_project


def _last_years(ward: Area, year: int) -> dict[Party, int]:
    """The last years of units that end before a year: nobody has a part after that of the unit."""
    ending = Unit.objects.filter(ward=ward, valid_to__year__lt=year)
    return {unit.pk: unit.valid_to.year for unit in ending if unit.valid_to}


def _write_parts(
    ward_project: WardProject, parts: Sequence[PartKey], first: int, last: int
) -> None:
    spells = spells_of(ward_project.units.order_by("order", "pk"))
    write_spells(ward_project, assign_years(spells, parts, first, last))


def describe_parts(ward_project: WardProject, year: int) -> str:
    """The units of a year by role: "chủ trì Phòng Kinh tế; phối hợp Đoàn Thanh niên"."""
    rows = list(ward_project.units.in_year(year).select_related("unit").order_by("order", "pk"))
    said = [
        f"{lower_first(role.label)} {', '.join(row.name for row in rows if row.role == role)}"
        for role in UnitRole
        if any(row.role == role for row in rows)
    ]
    return "; ".join(said) or NOBODY
