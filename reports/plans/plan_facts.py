"""What the plan's checks (kiểm tra kế hoạch) need to know, read from a document and its data."""

from collections.abc import Iterable
from datetime import date

from households.ledger.known import year_end
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from reports.choices import DocumentKind
from reports.figures.data_fields import parse
from reports.models import Document
from reports.plans import plan_checks
from reports.plans.blocks import DocumentData
from reports.plans.blocks.document_data import UNKNOWN, place_of
from reports.plans.builder import BuiltDocument, basis_text
from reports.plans.target_facts import known_totals, target_fact
from reports.printing import tree

ABOVE_VILLAGE = (AreaKind.WARD, AreaKind.DISTRICT, AreaKind.PROVINCE)


def findings(document: Document, built: BuiltDocument) -> list[plan_checks.PlanFinding]:
    """The doubts about a document, each once, in the order of the checks."""
    return list(dict.fromkeys(plan_checks.check_plan(plan_facts(document, built))))


def plan_facts(document: Document, built: BuiltDocument) -> plan_checks.PlanFacts:
    """The facts of a document; `built` is the same document as it is printed.

    A report assigns no work, so it is not asked who does what.
    """
    materials = built.materials
    years = range(document.year_from, document.year_to + 1)
    targets = [target for target in materials.book.targets.values() if target.year in years]
    assigns_work = document.kind == DocumentKind.PLAN
    return plan_checks.PlanFacts(
        first_day=date(document.year_from, 1, 1),
        last_day=year_end(document.year_to),
        targets=tuple(map(target_fact, targets)),
        projects=tuple(_projects(materials)) if assigns_work else (),
        duties=tuple(_duties(materials)) if assigns_work else (),
        bases=tuple(
            plan_checks.BasisFact(basis_text(row), valid_to=row.valid_to) for row in materials.bases
        ),
        texts=tuple(_texts(built.tree)),
        typed=tuple(_typed(materials)) if assigns_work else (),
        foreign_areas=tuple(_foreign_areas(document.ward)),
        known_totals=known_totals(materials.book, years),
        unknown=UNKNOWN,
        empty_sections=tuple(_empty_sections(built.tree)),
        unfilled=tuple(block.get_kind_display() for block in materials.unfilled),
    )


def _projects(materials: DocumentData) -> Iterable[plan_checks.ProjectFact]:
    for assignment in materials.assignments:
        yield plan_checks.ProjectFact(
            code=assignment.code,
            name=assignment.ward_project.name,
            leads=_names(assignment.leads),
            coordinating=_names(assignment.coordinating),
        )


def _names(parts) -> tuple[str, ...]:
    # "The units concerned" are no unit that could be given a task.
    return tuple(dict.fromkeys(part.unit.name for part in parts if part.unit))


def _duties(materials: DocumentData) -> Iterable[plan_checks.DutyFact]:
    for duty in materials.duties:
        for item in duty.items.all():
            codes = tuple(project.code for project in item.projects.all())
            yield plan_checks.DutyFact(duty.unit.name, item.text, codes)


def _typed(materials: DocumentData) -> Iterable[plan_checks.TextFact]:
    """The sentences of blocks and tasks without their fields, which have a year of their own."""
    for block in materials.blocks:
        yield plan_checks.TextFact(place_of(block), _without_fields(block.text))
    for duty in materials.duties:
        for item in duty.items.all():
            yield plan_checks.TextFact(f"Nhiệm vụ của {duty.unit}", _without_fields(item.text))


def _without_fields(text: str) -> str:
    return "".join(part for part in parse(text) if isinstance(part, str))


def _texts(document: tree.DocumentTree) -> Iterable[plan_checks.TextFact]:
    section = "Mở đầu"
    for number, block in tree.with_numbers(document.body):
        if isinstance(block, tree.Heading):
            section = f"{number} {block.text}"
            yield plan_checks.TextFact(section, block.text)
        elif hasattr(block, "text"):
            yield plan_checks.TextFact(section, tree.plain(block.text))


def _empty_sections(document: tree.DocumentTree) -> Iterable[str]:
    """Headings after which comes no words, table or list, but another like them, or the end."""
    blocks = list(tree.with_numbers(document.body))
    for place, (number, block) in enumerate(blocks):
        following = blocks[place + 1][1] if place + 1 < len(blocks) else None
        ends = following is None or (
            isinstance(following, tree.Heading)
            and isinstance(block, tree.Heading)
            and following.level <= block.level
        )
        if isinstance(block, tree.Heading) and ends:
            yield f"{number} {block.text}"


def _foreign_areas(ward: Area) -> Iterable[str]:
    """The other wards and provinces known here; the ward's own chain is no slip."""
    own = {int(part) for part in ward.path.split("/") if part}
    others = Area.objects.filter(kind__in=ABOVE_VILLAGE).exclude(pk__in=own)
    return others.values_list("name", flat=True)
