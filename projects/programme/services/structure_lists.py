"""Programmes and their projects from files of who keeps them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import differences
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.models import ComponentProject, Programme
from projects.programme.services.structure import (
    ProgrammeInput,
    ProjectPartInput,
    add_part,
    add_programme,
    change_part,
    change_programme,
)

NAMED_TWICE = "Mã này đã có ở dòng {line}."
UNKNOWN_PROGRAMME = "Không có chương trình mã “{code}”."
UNKNOWN_PARENT = "Không có phần mã “{code}” ở cấp trên; thêm phần đó trước."
PROGRAMME_COLUMNS = {
    "kind": "Loại",
    "code": "Mã",
    "name": "Tên chương trình",
    "levels": "Tên các cấp",
    "legal_reference": "Căn cứ pháp lý",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "funds_until": "Vốn kéo dài đến ngày",
    "funds_reference": "Căn cứ kéo dài vốn",
}
PART_COLUMNS = {
    "programme": "Chương trình",
    "code": "Mã",
    "official_name": "Tên chính thức",
    "for_wards": "Phường, xã được thực hiện",
}


@dataclass(frozen=True)
class ListedPartOfProgramme:
    """A project as a line of a file has it, in the programme of that code."""

    programme: str
    details: ProjectPartInput


@audit.business_act(label="Nhập chương trình từ Excel", source="import")
def import_programmes(
    *, ward: Area | None, lines: Sequence[ReadLine[ProgrammeInput]], by: User
) -> list[RowOutcome]:
    """Add and change the programmes of a file, all or none; a programme is known by its code."""
    locks.wait_turn("import", "programmes")
    known = {row.code: row for row in Programme.objects.all()}
    faults, outcomes, seen = FaultsOfLines(PROGRAMME_COLUMNS), [], dict[str, int]()
    for each in lines:
        code = each.subject.code
        if first := seen.get(code):
            faults.note(each.line, ValidationError({"code": NAMED_TWICE.format(line=first)}))
            continue
        seen[code] = each.line
        now = known.get(code)
        outcomes.append(faults.attempt(each.line, partial(_write_programme, each, now, by)))
    faults.refuse()
    return [each for each in outcomes if each]


def _write_programme(
    each: ReadLine[ProgrammeInput], current: Programme | None, by: User
) -> RowOutcome:
    details = each.subject
    text = f"{details.code}: {details.name}"
    if current is None:
        add_programme(details=details, by=by)
        return RowOutcome(each.line, LineChange.ADDED, text)
    # An empty cell says nothing about a programme that is there.
    empty = [name for name, value in asdict(details).items() if value in (None, "")]
    details = replace(details, **{name: getattr(current, name) for name in empty})
    changed = differences(current, asdict(details) | {"levels": list(details.levels)})
    if not changed:
        return RowOutcome(each.line, LineChange.SAME, text)
    summary = _describe_changes(current, changed)
    change_programme(programme=current, details=details, version=current.version, by=by)
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


@audit.business_act(label="Nhập dự án của chương trình từ Excel", source="import")
def import_parts(
    *, ward: Area | None, lines: Sequence[ReadLine[ListedPartOfProgramme]], by: User
) -> list[RowOutcome]:
    """Add and change the projects of a file, all or none, those above before those below.

    A project is known by its programme and its code.
    """
    locks.wait_turn("import", "programmes")
    programmes = {row.code: row for row in Programme.objects.all()}
    faults, outcomes, seen = FaultsOfLines(PART_COLUMNS), [], dict[tuple[str, str], int]()
    for each in sorted(lines, key=lambda each: each.subject.details.code.count(".")):
        key = (each.subject.programme, each.subject.details.code)
        if first := seen.get(key):
            faults.note(each.line, ValidationError({"code": NAMED_TWICE.format(line=first)}))
            continue
        seen[key] = each.line
        outcomes.append(faults.attempt(each.line, partial(_write_part, each, programmes, by)))
    faults.refuse()
    return sorted((each for each in outcomes if each), key=lambda each: each.line)


def _write_part(
    each: ReadLine[ListedPartOfProgramme], programmes: dict[str, Programme], by: User
) -> RowOutcome:
    details = each.subject.details
    programme = programmes.get(each.subject.programme)
    if programme is None:
        sentence = UNKNOWN_PROGRAMME.format(code=each.subject.programme)
        raise ValidationError({"programme": sentence})
    text = f"{programme.code}, mã {details.code}: {details.official_name}".rstrip(": ")
    current = programme.projects.filter(code=details.code).first()
    if current is None:
        parent = _parent(programme, details.code)
        add_part(programme=programme, parent=parent, details=details, by=by)
        return RowOutcome(each.line, LineChange.ADDED, text)
    details = replace(details, official_name=details.official_name or current.official_name)
    changed = differences(current, asdict(details))
    if not changed:
        return RowOutcome(each.line, LineChange.SAME, text)
    summary = _describe_changes(current, changed)
    change_part(part=current, details=details, version=current.version, by=by)
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


def _parent(programme: Programme, code: str) -> ComponentProject | None:
    above = code.rpartition(".")[0]
    parent = programme.projects.filter(code=above).first() if above else None
    if above and parent is None:
        raise ValidationError({"code": UNKNOWN_PARENT.format(code=above)})
    return parent


def _describe_changes(row: Programme | ComponentProject, changed: dict[str, Any]) -> str:
    found = [field_change(row, name, new) for name, new in changed.items()]
    return "; ".join(f"{each.label}: {each.old} → {each.new}" for each in found)
