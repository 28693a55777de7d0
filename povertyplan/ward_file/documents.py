"""Documents of a ward file into the database. A document that was issued stays as it is."""

from collections.abc import Iterable, Mapping

from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.structured_file.places import FileError, StructuredText, YamlPath
from projects.models import ComponentProject
from reports.choices import DocumentState
from reports.models import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient

from .document_differences import part_differences, take_parts
from .document_parts import (
    BASIS_FIELDS,
    BlockRow,
    Parts,
    parts_of_document,
    parts_of_section,
)
from .document_schema import DocumentSection
from .reconciling import Reconciliation


def put_documents(
    *,
    ward: Area,
    sections: Iterable[DocumentSection],
    units: Mapping[str, Unit],
    projects: Mapping[str, ComponentProject],
    changes: Reconciliation,
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
            _update(document, frame, parts, section, changes, ("documents", place))
    if refused:
        raise FileError(refused)


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


def _update(
    document: Document,
    frame: Mapping,
    parts: Parts,
    section: DocumentSection,
    changes: Reconciliation,
    place: YamlPath,
) -> None:
    differing = {name: value for name, value in frame.items() if getattr(document, name) != value}
    taken = changes.take(document, differing, place)
    told = list(part_differences(document, parts, section, place))
    is_rewritten = bool(told) and take_parts(document, told, changes)
    if not taken and not is_rewritten:
        changes.count(changes.unchanged, Document)
        return
    for name, value in taken.items():
        setattr(document, name, value)
    document.version += 1
    document.save()
    if is_rewritten:
        _write_parts(document, parts)
    changes.count(changes.updated, Document)


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
