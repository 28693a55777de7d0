"""What the plan's checks (kiểm tra kế hoạch) need to know, read from a document and its data."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from households.ledger.known import year_end
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, Unit
from reports.choices import AmendKind, BlockKind, DocumentKind
from reports.figures.data_fields import parse
from reports.models import Document, DocumentBasis
from reports.plans import plan_checks
from reports.plans.blocks import DocumentData
from reports.plans.blocks.document_data import UNKNOWN, place_of
from reports.plans.builder import BuiltDocument, basis_text
from reports.plans.checking import checked_facts, text_checks
from reports.plans.checking.target_facts import known_totals, target_fact
from reports.plans.library.selectors import document_day
from reports.plans.library.wording import standing_words
from reports.printing import tree

GROUP = re.compile(r"\bcác\b", re.IGNORECASE)
ABOVE_VILLAGE = (AreaKind.WARD, AreaKind.DISTRICT, AreaKind.PROVINCE)


def findings(document: Document, built: BuiltDocument) -> list[checked_facts.PlanFinding]:
    """The doubts about a document, each once, in the order of the checks."""
    return list(dict.fromkeys(plan_checks.check_plan(plan_facts(document, built))))


def plan_facts(document: Document, built: BuiltDocument) -> checked_facts.PlanFacts:
    """The facts of a document; `built` is the same document as it is printed.

    A report and a document that amends another assign no work: they are not asked who does what.
    """
    materials = built.materials
    years = range(document.year_from, document.year_to + 1)
    targets = [target for target in materials.book.targets.values() if target.year in years]
    assigns_work = document.kind == DocumentKind.PLAN and document.amend_kind != AmendKind.AMENDS
    return checked_facts.PlanFacts(
        first_day=date(document.year_from, 1, 1),
        last_day=year_end(document.year_to),
        targets=tuple(map(target_fact, targets)),
        projects=tuple(_projects(materials)) if assigns_work else (),
        duties=tuple(_duties(materials)) if assigns_work else (),
        deadlines=tuple(_deadlines(materials)) if assigns_work else (),
        headings=tuple(_typed_headings(materials)),
        bases=tuple(_basis_fact(row, document_day(document)) for row in materials.bases),
        texts=tuple(_texts(built)),
        typed=tuple(_typed(materials)) if assigns_work else (),
        foreign_areas=tuple(_foreign_areas(document.ward)),
        own_areas=tuple(_own_areas(document.ward)),
        unit_names=tuple(_unit_names(materials)),
        known_totals=known_totals(materials.book, years),
        unknown=UNKNOWN,
        empty_sections=tuple(_empty_sections(built.tree)),
        unfilled=tuple(block.get_kind_display() for block in materials.unfilled),
        unknown_rows=materials.unknown_rows,
    )


def _basis_fact(row: DocumentBasis, on: date) -> checked_facts.BasisFact:
    """A basis; the days of an act of the library are those that stand there."""
    if row.legal is None:
        return checked_facts.BasisFact(basis_text(row), valid_to=row.valid_to)
    words = standing_words(row.legal, on)
    return checked_facts.BasisFact(basis_text(row), valid_to=row.legal.valid_to, no_basis=words)


def _projects(materials: DocumentData) -> Iterable[checked_facts.ProjectFact]:
    for assignment in materials.assignments:
        yield checked_facts.ProjectFact(
            code=assignment.code,
            name=assignment.ward_project.name,
            leads=_names(assignment.leads),
            coordinating=_names(assignment.coordinating),
        )


def _names(parts) -> tuple[str, ...]:
    # "The units concerned" are no unit that could be given a task.
    return tuple(dict.fromkeys(part.unit.name for part in parts if part.unit))


def _duties(materials: DocumentData) -> Iterable[checked_facts.DutyFact]:
    for duty in materials.duties:
        covers = tuple(_covered(duty.unit, materials))
        for item in duty.items.all():
            codes = tuple(project.code for project in item.projects.all())
            yield checked_facts.DutyFact(duty.unit.name, item.text, codes, covers)


def _covered(unit: Unit, materials: DocumentData) -> Iterable[str]:
    """The units that a group of them ("Các tổ dân phố", "MTTQ và các đoàn thể") stands for."""
    if not GROUP.search(unit.name):
        return ()
    parts = (part for one in materials.assignments for part in (*one.leads, *one.coordinating))
    units = {part.unit for part in parts if part.unit}
    return sorted(each.name for each in units if each.kind == unit.kind)


def _typed(materials: DocumentData) -> Iterable[checked_facts.TextFact]:
    """The sentences of blocks and tasks without their fields, which have a year of their own."""
    for block in materials.blocks:
        text = _without_fields(block.text)
        yield checked_facts.TextFact(place_of(block), text, block.key.hex)
    for duty in materials.duties:
        for item in duty.items.all():
            yield checked_facts.TextFact(f"Nhiệm vụ của {duty.unit}", _without_fields(item.text))


def _deadlines(materials: DocumentData) -> Iterable[checked_facts.DeadlineFact]:
    for piece in _typed(materials):
        for due_on in text_checks.deadlines_in(piece.text):
            yield checked_facts.DeadlineFact(piece.place, due_on, piece.anchor)


def _typed_headings(materials: DocumentData) -> Iterable[checked_facts.HeadingFact]:
    """Headings with a number that somebody typed; the program's own are never twice."""
    for block in materials.blocks:
        number, title = text_checks.typed_number(block.text)
        if block.kind == BlockKind.HEADING and number:
            parent = str(block.parent_id or "")
            yield checked_facts.HeadingFact(number, title, parent, block.key.hex)


def _without_fields(text: str) -> str:
    return "".join(part for part in parse(text) if isinstance(part, str))


def _texts(built: BuiltDocument) -> Iterable[checked_facts.TextFact]:
    """Every sentence as it is printed, body and appendices, with the block that it was typed in."""
    materials = built.materials
    anchors = {
        tree.plain(materials.text(block.text, place_of(block))): block.key.hex
        for block in materials.blocks
        if block.text
    }
    for body, top in _bodies(built.tree):
        section = top
        for number, block in tree.with_numbers(body):
            if isinstance(block, tree.Heading):
                section = f"{number} {block.text}"
                anchor = anchors.get(block.text, "")
                yield checked_facts.TextFact(section, block.text, anchor, is_heading=True)
            elif isinstance(block, tree.DutyList):
                for duty in block.duties:
                    yield checked_facts.TextFact(block.unit, tree.plain(duty))
            elif hasattr(block, "text"):
                text = tree.plain(block.text)
                yield checked_facts.TextFact(section, text, anchors.get(text, ""))


def _bodies(document: tree.DocumentTree) -> Iterable[tuple[tree.Body, str]]:
    yield document.body, "Mở đầu"
    for place, appendix in enumerate(document.appendices, start=1):
        yield appendix.body, document.appendix_label(place)


def _own_areas(ward: Area) -> Iterable[str]:
    """The ward, what it lies in and what it was made of."""
    own = [int(part) for part in ward.path.split("/") if part]
    areas = Area.objects.filter(Q(pk__in=own) | Q(successors=ward) | Q(parent=ward))
    return areas.values_list("name", flat=True)


def _unit_names(materials: DocumentData) -> Iterable[str]:
    names = Unit.objects.filter(ward=materials.ward).values_list("name", flat=True)
    return dict.fromkeys(names.order_by("order", "pk"))


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
