"""The projects of a ward from a file: taken on, or worded otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import ComponentProject, WardProject
from projects.programme.services.ward_projects import (
    TEXTS,
    WardProjectInput,
    change_project,
    take_on_project,
)

# A cell has one line, a ward's project one content a line.
BETWEEN_CONTENTS = " | "
NAMED_TWICE = "Dự án này đã có ở dòng {line}."
YEARS = ("year_from", "year_to")
COLUMNS = {
    "project": "Mã dự án",
    "year_from": "Từ năm",
    "year_to": "Đến năm",
    "local_name": "Tên gọi tại địa phương",
    "objective": "Mục tiêu",
    "beneficiaries": "Đối tượng",
    "contents": "Nội dung",
}


@dataclass(frozen=True)
class ListedProject:
    """A project as a line of a file has it; what is empty there stays as it is."""

    project: ComponentProject
    details: WardProjectInput


@audit.business_act(label="Nhập dự án tại địa bàn từ Excel", source="import")
def import_ward_projects(
    *, ward: Area, lines: Sequence[ReadLine[ListedProject]], by: User
) -> list[RowOutcome]:
    """Take on and word the projects of a file, all or none.

    A project is known by its code and its first year. Raises ValidationError with a sentence for
    each fault of each line.
    """
    locks.wait_turn("import", f"ward projects {ward.pk}")
    rows = WardProject.objects.filter(ward=ward).select_related("ward", "project__programme")
    known = {(row.project_id, row.year_from): row for row in rows}
    faults, outcomes, seen = FaultsOfLines(COLUMNS), [], dict[tuple[int, int], int]()
    for each in lines:
        key = (each.subject.project.pk, each.subject.details.year_from)
        if first := seen.get(key):
            faults.note(each.line, ValidationError({"project": NAMED_TWICE.format(line=first)}))
            continue
        seen[key] = each.line
        current = known.get(key)
        outcomes.append(faults.attempt(each.line, partial(_write, ward, each, current, by)))
    faults.refuse()
    return [each for each in outcomes if each]


def _write(
    ward: Area, each: ReadLine[ListedProject], current: WardProject | None, by: User
) -> RowOutcome:
    project, details = each.subject.project, each.subject.details
    years = formatting.years(details.year_from, details.year_to)
    text = f"{project}, {years}: {details.local_name or project.name}"
    if current is None:
        take_on_project(ward=ward, project=project, details=details, by=by)
        return RowOutcome(each.line, LineChange.ADDED, text)
    changed = {
        name: getattr(details, name)
        for name in (*YEARS, *TEXTS)
        if not _is_known(getattr(current, name), getattr(details, name))
    }
    if not changed:
        return RowOutcome(each.line, LineChange.SAME, text)
    kept = {name: getattr(current, name) for name in (*YEARS, *TEXTS)}
    change_project(
        ward_project=current,
        details=replace(details, **{**kept, **changed}),
        version=current.version,
        by=by,
    )
    summary = "; ".join(COLUMNS[name] for name in changed)
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


def _is_known(old: str | int, new: str | int) -> bool:
    """Whether a cell says nothing, or what is there: a cell keeps no lines of a text."""
    if isinstance(old, str) and isinstance(new, str):
        return not new or normalise_text(old) == normalise_text(new)
    return old == new
