"""Component projects with their units, and the tasks a document gives each unit."""

from collections.abc import Iterable, Sequence

from povertyplan.core.text import formatting
from projects.choices import ProgrammeKind
from projects.models import ComponentProject
from projects.programme.selectors.assignments import Assignment, Part, assignments
from reports.models import Block, DocumentDuty
from reports.printing import tree

from .document_data import DocumentData
from .prose import DEEPEST_LEVEL

NO_UNIT = "Chưa phân công"


def component_blocks(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """A block for each project: its name, what is known of it, who leads and who coordinates."""
    wanted = block.parameters.get("projects")
    found = _chosen(materials.assignments, wanted)
    return tuple(
        tree.ComponentBlock(
            title=project_title(assignment.ward_project.project, assignment.ward_project.name),
            fields=tuple(_fields(assignment)),
            level=min(level, DEEPEST_LEVEL),
        )
        for assignment in found
    )


def project_title(project: ComponentProject, name: str) -> str:
    """ "Dự án 2: …", "Tiểu dự án 1 thuộc Dự án 3: …" as documents of the programme write it.

    Common policies and what else is carried out have no numbers there.
    """
    if project.programme.kind != ProgrammeKind.NATIONAL:
        return name
    own = f"{project.label} {project.own_number}"
    if project.parent is None:
        return f"{own}: {name}"
    return f"{own} thuộc {project.parent.label} {project.parent.own_number}: {name}"


def duty_lists(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """The tasks of each unit; those that cannot be instructed are asked ("Đề nghị")."""
    return tuple(
        tree.DutyList(
            unit=asked(duty),
            duties=tuple(
                materials.text(item.text, f"Nhiệm vụ {place} của {duty.unit}")
                for place, item in enumerate(_items(duty), start=1)
            ),
            level=min(level, DEEPEST_LEVEL),
        )
        for duty in materials.duties
    )


def asked(duty: DocumentDuty) -> str:
    """The unit with the way it is given work."""
    return f"{duty.unit.prefix} {duty.unit.name}".strip()


def project_units_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Who led and who coordinated each project in a year."""
    year = block.parameters["year"]
    found = assignments(ward=materials.ward, first=year, last=year)
    if not found:
        return ()
    rows = tuple(
        (
            str(place),
            project_title(assignment.ward_project.project, assignment.ward_project.name),
            _listed(assignment.leads) or NO_UNIT,
            _listed(assignment.coordinating) or formatting.MISSING,
        )
        for place, assignment in enumerate(found, start=1)
    )
    return (
        tree.Table(
            columns=(
                tree.TableColumn(6, tree.Align.CENTER),
                tree.TableColumn(29),
                tree.TableColumn(28),
                tree.TableColumn(37),
            ),
            head=(("TT", "Dự án, tiểu dự án", "Đơn vị thực hiện", "Cơ quan phối hợp"),),
            rows=rows,
        ),
    )


def _chosen(found: Sequence[Assignment], wanted: Sequence[str] | None) -> list[Assignment]:
    """The projects named, in the order they are named; all those of national programmes where
    none is."""
    if not wanted:
        return [one for one in found if one.is_of_national_programme]
    return [one for name in wanted for one in _called(found, name)]


def _called(found: Sequence[Assignment], name: str) -> list[Assignment]:
    """What "PROGRAMME/3.1" means; a "3.1" alone is that of the first programme that has one."""
    programme, _, code = name.rpartition("/")
    alike = [one for one in found if one.code == code]
    wanted = programme or (alike[0].programme_code if alike else "")
    return [one for one in alike if one.programme_code == wanted]


def _items(duty: DocumentDuty):
    return sorted(duty.items.all(), key=lambda item: item.order)


def _fields(assignment: Assignment) -> Iterable[tree.LabelledField]:
    row = assignment.ward_project
    parts = (
        ("Mục tiêu", row.objective.splitlines()),
        ("Đối tượng", row.beneficiaries.splitlines()),
        ("Nội dung", row.contents.splitlines()),
        ("Đơn vị thực hiện", [_listed(assignment.leads)]),
        ("Cơ quan phối hợp", [_listed(assignment.coordinating)]),
        ("Cơ quan hướng dẫn", [_listed(assignment.guiding)]),
    )
    for label, lines in parts:
        texts = tuple(line.strip() for line in lines if line.strip())
        if texts:
            yield tree.LabelledField(label, tuple(tree.listed(texts)))


def _listed(parts: Sequence[Part]) -> str:
    return "; ".join(
        f"{part.name} ({formatting.years(*part.years)})" if part.years else part.name
        for part in parts
    )
