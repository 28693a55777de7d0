"""A component block of a Word file becomes a project of the ward, with its units."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform import versions
from projects.choices import UnitRole
from projects.models import ComponentProject, WardProject
from projects.programme.services.assignments import ProjectLine, assign_units, parts_of
from projects.programme.services.ward_projects import WardProjectInput, change_project
from projects.rules.assignments import PartKey
from reports.choices import WordPart
from reports.models import WordPassage
from reports.plans.word.draft_parts import BODY
from reports.plans.word.holding import open_passage

NO_BLOCK = "Đoạn này không vào thân dự thảo nên không ghi thành khối dự án."
NO_LEAD = "Chọn đơn vị chủ trì; chưa có thì để đoạn này là Đề mục."
TWICE = "{} vừa chủ trì vừa phối hợp: chỉ chọn một."
ENTERED = "Đã ghi vào {project} (đoạn {order})."


@dataclass(frozen=True)
class EnteredProject:
    """A project as somebody confirmed it beside the block of the file.

    `lines` are the places of the lines below it that became data.
    """

    project: ComponentProject
    year: int
    leads: Sequence[Unit]
    coordinating: Sequence[Unit]
    wording: Sequence[str] = ()
    objective: str = ""
    beneficiaries: str = ""
    contents: str = ""
    is_to_end: bool = False
    lines: Sequence[int] = ()


@audit.business_act(label="Ghi khối dự án của tệp Word")
def enter_project(
    *, passage: WordPassage, version: int | None, entered: EnteredProject, by: User
) -> WordPassage:
    """Assign the units and word the project; its block in the draft is written from data then.

    The lines that became data are left out of the draft with the reason; the others stay text.
    """
    upload, ward = passage.upload, passage.upload.ward
    if not entered.leads:
        raise ValidationError({"leads": NO_LEAD})
    if both := [unit for unit in entered.leads if unit in entered.coordinating]:
        raise ValidationError({"coordinating": [TWICE.format(unit) for unit in both]})
    standing = standing_project(ward, entered.project, entered.year)
    line = ProjectLine(
        project=entered.project,
        seen=standing.version if standing else 0,
        parts=(*_parts(entered), *_guides(standing, entered.year)),
        is_taken_on=True,
    )
    assign_units(ward=ward, year=entered.year, lines=[line], is_to_end=entered.is_to_end, by=by)
    project = standing_project(ward, entered.project, entered.year)
    if project is None:
        raise LookupError("The project was not taken on.")
    _word_project(project, entered, by)
    # The ward and its projects are held before the file, as everywhere.
    current = open_passage(passage, version)
    if current.part not in BODY:
        raise ValidationError(NO_BLOCK)
    versions.update(current, version=current.version, part=WordPart.PROJECT, ward_project=project)
    reason = ENTERED.format(project=entered.project, order=current.order)
    for row in upload.passages.filter(order__in=entered.lines, part__in=BODY):
        versions.update(row, version=row.version, part=WordPart.LEFT_OUT, reason=reason)
    summary = f"{by} ghi đoạn {current.order} của tệp Word {upload.file_name} thành khối"
    audit.record(upload, f"{summary} {entered.project}", ward=ward)
    return current


def standing_project(ward: Area, project: ComponentProject, year: int) -> WardProject | None:
    """The project as the ward carries it out in a year already."""
    return WardProject.objects.of_year(ward, year).filter(project=project).first()


def _parts(entered: EnteredProject) -> list[PartKey]:
    return [
        *((unit.pk, UnitRole.LEAD.value) for unit in entered.leads),
        *((unit.pk, UnitRole.COORDINATING.value) for unit in entered.coordinating),
        *((words, UnitRole.COORDINATING.value) for words in entered.wording),
    ]


def _guides(standing: WardProject | None, year: int) -> list[PartKey]:
    """Who guides is not in a block of a plan, and stays."""
    if standing is None:
        return []
    return [part for part in parts_of(standing, year) if part[1] == UnitRole.GUIDING]


def _word_project(project: WardProject, entered: EnteredProject, by: User) -> None:
    """Write the words that were confirmed; a field left empty keeps what stands."""
    said = {name: getattr(entered, name) for name in ("objective", "beneficiaries", "contents")}
    words = {name: text or getattr(project, name) for name, text in said.items()}
    if all(getattr(project, name) == text for name, text in words.items()):
        return
    details = WardProjectInput(project.year_from, project.year_to, project.local_name, **words)
    change_project(ward_project=project, details=details, version=project.version, by=by)
