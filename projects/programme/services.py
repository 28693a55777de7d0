"""Load national programmes with their component projects and sub-projects."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine, matching
from povertyplan.core.platform.syncing import Changes
from projects.models import ComponentProject, Programme

ProjectCode = Annotated[
    str, matching(r"\d{1,2}(\.\d{1,2})?", "mã dự án viết 3, mã tiểu dự án viết 3.1.")
]


class SubProjectSection(Section):
    code: ProjectCode
    name: Annotated[str, OneLine(250)]
    for_wards: bool = True


class ComponentProjectSection(SubProjectSection):
    subprojects: tuple[SubProjectSection, ...] = ()


class ProgrammeSection(Section):
    code: Annotated[str, OneLine(20)]
    name: Annotated[str, OneLine(200)]
    legal_reference: Annotated[str, OneLine(250)]
    valid_from: Day
    valid_to: Day | None = None
    projects: tuple[ComponentProjectSection, ...]


class ProgrammesFile(Section):
    programmes: Annotated[tuple[ProgrammeSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp chương trình, dự án")
def load_programmes(*, path: Path, by: User | None) -> Changes:
    """Bring the programmes in line with a file. A project is never removed: wards point to it."""
    changes = Changes()
    for section in check(ProgrammesFile, read_file(path)).programmes:
        programme = changes.put(
            Programme,
            key={"code": section.code},
            values=section.model_dump(exclude={"code", "projects"}),
        )
        _put_projects(changes, programme, section.projects)
    if changes:
        audit.record(
            programme, f"Nạp chương trình và dự án thành phần: {changes.totals()}.", ward=None
        )
    return changes


def _put_projects(
    changes: Changes, programme: Programme, sections: tuple[ComponentProjectSection, ...]
) -> None:
    """Number projects and sub-projects in one order, each project before its sub-projects."""
    order = 0
    for section in sections:
        order += 1
        project = _put(changes, programme, section, parent=None, order=order)
        for subsection in section.subprojects:
            order += 1
            _put(changes, programme, subsection, parent=project, order=order)


def _put(
    changes: Changes,
    programme: Programme,
    section: SubProjectSection,
    *,
    parent: ComponentProject | None,
    order: int,
) -> ComponentProject:
    return changes.put(
        ComponentProject,
        key={"programme": programme, "code": section.code},
        values={
            "parent": parent,
            "official_name": section.name,
            "for_wards": section.for_wards,
            "order": order,
        },
    )
