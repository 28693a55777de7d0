"""Load programmes with their component projects and what these consist of."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine, matching
from povertyplan.core.platform.syncing import Changes
from projects.choices import ProgrammeKind
from projects.models import ComponentProject, Programme
from projects.programme.services.structure import number_parts

Row = TypeVar("Row", Programme, ComponentProject)
# As long as the model's: a third level is "1.2.05".
ProjectCode = Annotated[
    str,
    matching(
        r"\d{1,2}(\.\d{1,2}){0,2}", "mã dự án viết 3, mã tiểu dự án viết 3.1, cấp dưới 3.1.02."
    ),
]


class ProjectPartSection(Section):
    """A project or a part of one; `unnamed` counts its parts of which only numbers are known."""

    code: ProjectCode
    name: Annotated[str, OneLine(250)]
    for_wards: bool = True
    subprojects: tuple["ProjectPartSection", ...] = ()
    unnamed: Annotated[int, Field(ge=0, le=99)] = 0


class ProgrammeSection(Section):
    code: Annotated[str, OneLine(20)]
    kind: ProgrammeKind = ProgrammeKind.NATIONAL
    name: Annotated[str, OneLine(200)]
    legal_reference: Annotated[str, OneLine(250)] = ""
    levels: Annotated[tuple[Annotated[str, OneLine(30)], ...], Field(min_length=1, max_length=3)]
    valid_from: Day
    valid_to: Day | None = None
    funds_until: Day | None = None
    funds_reference: Annotated[str, OneLine(250)] = ""
    projects: tuple[ProjectPartSection, ...]


class ProgrammesFile(Section):
    programmes: Annotated[tuple[ProgrammeSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp chương trình, dự án")
def load_programmes(*, path: Path, by: User | None) -> Changes:
    """Bring the programmes in line with a file. A project is never removed: wards point to it.

    What somebody changed on screen stays as it is.
    """
    changes = Changes()
    for section in check(ProgrammesFile, read_file(path)).programmes:
        values = section.model_dump(exclude={"code", "projects"}) | {"levels": list(section.levels)}
        programme = _put(changes, Programme, {"code": section.code}, values)
        _put_projects(changes, programme, section.projects)
    if changes:
        audit.record(
            programme, f"Nạp chương trình và dự án thành phần: {changes.totals()}.", ward=None
        )
    return changes


def _put_projects(
    changes: Changes, programme: Programme, sections: Sequence[ProjectPartSection]
) -> None:
    """Number all parts in one order, each before those below it."""
    order = 0

    def put(section: ProjectPartSection, parent: ComponentProject | None, depth: int) -> None:
        nonlocal order
        order += 1
        values = {
            "parent": parent,
            "label": programme.level_name(depth),
            "official_name": section.name,
            "for_wards": section.for_wards,
            "order": order,
        }
        key = {"programme": programme, "code": section.code}
        project = _put(changes, ComponentProject, key, values)
        for part in (*section.subprojects, *_unnamed_parts(section)):
            put(part, project, depth + 1)

    for section in sections:
        put(section, None, 0)
    number_parts(programme)


def _put(changes: Changes, model: type[Row], key: Mapping, values: Mapping) -> Row:
    kept = model._default_manager.filter(**key, is_kept_here=True).first()
    return kept or changes.put(model, key=key, values=values)


def _unnamed_parts(section: ProjectPartSection) -> Iterator[ProjectPartSection]:
    """Parts whose wording nobody has: numbers without a name."""
    for number in range(1, section.unnamed + 1):
        yield ProjectPartSection.model_construct(
            code=f"{section.code}.{number:02}", name="", for_wards=section.for_wards
        )
