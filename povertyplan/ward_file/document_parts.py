"""What lies below a document's frame, in a shape that file and database share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from povertyplan.core.models import Unit
from projects.models import ComponentProject
from reports.choices import TEXT_BLOCKS
from reports.models import Block, Document
from reports.plans.outline import reading_order

from .document_schema import BasisSection, BlockSection, DocumentSection

BASIS_FIELDS = ("role", "kind", "number", "dated_on", "issuer", "title", "valid_to")


@dataclass(frozen=True)
class BlockRow:
    """A block in reading order; `parent` is the place of the block it stands below."""

    parent: int | None
    kind: str
    text: str
    parameters: dict


@dataclass(frozen=True)
class Parts:
    """Everything below a document's frame, in a shape that file and database share."""

    bases: list[tuple]
    blocks: list[BlockRow]
    duties: list[tuple[int, list[tuple[str, frozenset[int]]]]]
    recipients: list[str]


def parts_of_section(
    section: DocumentSection,
    units: Mapping[str, Unit],
    projects: Mapping[str, ComponentProject],
) -> Parts:
    return Parts(
        bases=[_basis_row(basis) for basis in section.bases],
        blocks=_block_rows(section.blocks),
        duties=[
            (
                units[duty.unit].pk,
                [
                    (task.text, frozenset(projects[code].pk for code in task.projects))
                    for task in duty.tasks
                ],
            )
            for duty in section.duties
        ],
        recipients=list(section.recipients),
    )


def parts_of_document(document: Document) -> Parts:
    blocks = written_blocks(document)
    places = {block.pk: place for place, block in enumerate(blocks)}
    return Parts(
        bases=list(document.bases.order_by("order").values_list(*BASIS_FIELDS)),
        blocks=[
            BlockRow(
                places.get(block.parent_id) if block.parent_id else None,
                block.kind,
                block.text,
                block.parameters,
            )
            for block in blocks
        ],
        duties=[
            (
                duty.unit_id,
                [
                    (item.text, frozenset(project.pk for project in item.projects.all()))
                    for item in duty.items.all()
                ],
            )
            for duty in document.duties.order_by("order").prefetch_related("items__projects")
        ],
        recipients=list(document.recipients.order_by("order").values_list("text", flat=True)),
    )


def written_blocks(document: Document) -> list[Block]:
    """The blocks in reading order; a file has no place for one that has no words yet."""
    blocks = reading_order(document.blocks.all())
    return [block for block in blocks if block.text or block.kind not in TEXT_BLOCKS]


def _basis_row(basis: BasisSection) -> tuple:
    """The values of BASIS_FIELDS."""
    named = (basis.role, basis.kind, basis.number, basis.date)
    return (*named, basis.issuer, basis.title, basis.valid_to)


def _block_rows(sections: Iterable[BlockSection]) -> list[BlockRow]:
    rows: list[BlockRow] = []

    def add(section: BlockSection, parent: int | None) -> None:
        text, parameters = "", {}
        if isinstance(section.content, str):
            text = section.content
        else:
            parameters = section.content.model_dump(mode="json", exclude_unset=True)
        if section.landscape:
            parameters = {"landscape": True}
        place = len(rows)
        rows.append(BlockRow(parent, section.kind, text, parameters))
        for child in section.children:
            add(child, place)

    for section in sections:
        add(section, None)
    return rows
