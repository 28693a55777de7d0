"""Documents of a ward file into the database. A document that was issued stays as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.structured_file.places import FileError, StructuredText
from povertyplan.core.platform.syncing import Changes
from projects.models import ComponentProject
from reports.choices import DocumentState
from reports.models import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient

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


def put_documents(
    *,
    ward: Area,
    sections: Iterable[DocumentSection],
    units: Mapping[str, Unit],
    projects: Mapping[str, ComponentProject],
    changes: Changes,
    text: StructuredText,
) -> None:
    """Create or update each document; FileError when the file would change an issued one."""
    refused = []
    for place, section in enumerate(sections):
        document = Document.objects.filter(ward=ward, code=section.code).first()
        frame = _frame(section, ward)
        parts = parts_of_section(section, units, projects)
        if document is None:
            document = Document.objects.create(ward=ward, code=section.code, **frame)
            _write_parts(document, parts)
            changes.count(changes.created, Document)
        elif _holds(document, frame) and parts_of_document(document) == parts:
            changes.count(changes.unchanged, Document)
        elif document.state == DocumentState.ISSUED:
            sentence = f"văn bản “{section.code}” đã ban hành, không sửa bằng tệp được."
            refused.append(text.problem(("documents", place), sentence))
        else:
            _update(document, frame)
            _write_parts(document, parts)
            changes.count(changes.updated, Document)
    if refused:
        raise FileError(refused)


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
    blocks = list(document.blocks.order_by("order"))
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


def _frame(section: DocumentSection, ward: Area) -> dict:
    year_from, year_to = section.years
    return {
        "kind": section.kind,
        "year_from": year_from,
        "year_to": year_to,
        "subject": section.subject,
        "state": section.state,
        "number": section.number,
        "symbol": section.symbol,
        "issued_on": section.issued_on,
        "place_line": section.place_line or ward.place_line,
        "issuer": section.issuer or ward.issuer,
        "addressee": section.addressee,
        "data_on": section.data_on,
        "authority": section.signature.authority,
        "signer_title": section.signature.title,
        "signer_name": section.signature.name,
        "archive": section.archive,
    }


def _holds(document: Document, frame: Mapping) -> bool:
    return all(getattr(document, name) == value for name, value in frame.items())


def _update(document: Document, frame: Mapping) -> None:
    for name, value in frame.items():
        setattr(document, name, value)
    document.version += 1
    document.save()


def _write_parts(document: Document, parts: Parts) -> None:
    """Write the parts anew: they have no life of their own while the document is a draft."""
    for relation in (document.bases, document.blocks, document.duties, document.recipients):
        relation.all().delete()
    DocumentBasis.objects.bulk_create(
        DocumentBasis(document=document, order=order, **dict(zip(BASIS_FIELDS, basis, strict=True)))
        for order, basis in enumerate(parts.bases, start=1)
    )
    _write_blocks(document, parts.blocks)
    for order, (unit, tasks) in enumerate(parts.duties, start=1):
        duty = DocumentDuty.objects.create(document=document, unit_id=unit, order=order)
        for position, (words, about) in enumerate(tasks, start=1):
            item = DutyItem.objects.create(duty=duty, order=position, text=words)
            item.projects.set(about)
    Recipient.objects.bulk_create(
        Recipient(document=document, order=order, text=line)
        for order, line in enumerate(parts.recipients, start=1)
    )


def _write_blocks(document: Document, rows: list[BlockRow]) -> None:
    written: list[Block] = []
    for order, row in enumerate(rows, start=1):
        parent = None if row.parent is None else written[row.parent]
        written.append(
            Block.objects.create(
                document=document,
                parent=parent,
                order=order,
                kind=row.kind,
                text=row.text,
                parameters=row.parameters,
            )
        )
