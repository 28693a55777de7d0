"""Documents of a ward file into the database. A document that was issued stays as it is."""

from collections.abc import Iterable, Mapping

from povertyplan.core import locks
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform.structured_file.places import FileError, StructuredText, YamlPath
from projects.models import ComponentProject
from reports.choices import DocumentState
from reports.models import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.blocks import DocumentError
from reports.plans.services import taken_number
from reports.plans.snapshots import keep_snapshot
from reports.printing.pdf import PrintingUnavailable

from .document_blocks import put_blocks
from .document_differences import part_differences, take_parts
from .document_parts import (
    BASIS_FIELDS,
    Parts,
    parts_of_document,
    parts_of_section,
)
from .document_schema import DocumentSection
from .reconciling import Reconciliation

# What a document gets with its signature.
SIGNED_FIELDS = ("state", "number", "issued_on", "authority", "signer_title", "signer_name")


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
        if document is not None:
            locks.read_again(document)  # somebody may be saving the same document
        if document is not None and _says_the_same(document, frame, parts):
            changes.count(changes.unchanged, Document)
            continue
        refusal = _refusal(document, section, ward)
        if not refusal and document is not None:
            refusal = _update(document, frame, parts, section, changes, ("documents", place))
        elif not refusal:
            new = Document(ward=ward, code=section.code)
            refusal = _write(new, frame, parts, changes.by)
            changes.count(changes.created, Document)
        if refusal:
            sentence = f"văn bản “{section.code}” {refusal}"
            refused.append(text.problem(("documents", place), sentence))
    if refused:
        raise FileError(refused)


def _refusal(document: Document | None, section: DocumentSection, ward: Area) -> str:
    """Why a file may not change a document, or give it its number; empty where it may."""
    if document is not None and document.is_issued:
        return "đã ban hành, không sửa bằng tệp được."
    if document is not None and document.is_submitted and document.submitted_by_id:
        return "đang trình ký, không sửa bằng tệp được; trả lại văn bản trước."
    if section.number is None or section.issued_on is None:
        return ""
    # Not the document itself: what differs from the file is found on it later.
    numbered = Document(pk=document.pk if document else None, ward=ward, kind=section.kind)
    taken = taken_number(numbered, section.number, section.issued_on.year)
    return f"không dùng được số này. {taken}" if taken else ""


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


def _says_the_same(document: Document, frame: Mapping, parts: Parts) -> bool:
    """Whether a file changes nothing. What a signature gave is not taken back by a draft."""
    given: tuple[str, ...] = ()
    if document.is_submitted and document.submitted_by_id:
        given = ("state",)
    if document.is_issued and frame["state"] != DocumentState.ISSUED:
        given = SIGNED_FIELDS
    asked = {name: value for name, value in frame.items() if name not in given}
    return (
        all(getattr(document, name) == value for name, value in asked.items())
        and parts_of_document(document) == parts
    )


def _update(
    document: Document,
    frame: Mapping,
    parts: Parts,
    section: DocumentSection,
    changes: Reconciliation,
    place: YamlPath,
) -> str:
    """Write what differs, where the load may; or say why not."""
    differing = {name: value for name, value in frame.items() if getattr(document, name) != value}
    taken = changes.take(document, differing, place)
    changed = list(part_differences(document, parts, section, place))
    is_rewritten = bool(changed) and take_parts(document, changed, changes)
    if len(taken) < len(differing) or (changed and not is_rewritten):
        return ""  # nothing of the load will be saved
    changes.count(changes.updated, Document)
    document.version += 1
    return _write(document, taken, parts if is_rewritten else None, changes.by)


def _write(document: Document, values: Mapping, parts: Parts | None, by: User | None) -> str:
    """Write a document and its parts, and keep what was signed of an issued one; or say why not."""
    for name, value in values.items():
        setattr(document, name, value)
    document.issued_year = document.issued_on.year if document.issued_on else None
    is_issued = document.is_issued
    if is_issued:
        document.state = DocumentState.DRAFT  # until what was signed is kept
    changed = None if document.pk is None else {*values, "state", "issued_year", "version"}
    document.save(update_fields=changed)
    if parts is not None:
        _write_parts(document, parts, by)
    if not is_issued:
        return ""
    document.state = DocumentState.ISSUED
    try:
        keep_snapshot(document)
    except (DocumentError, PrintingUnavailable) as problem:
        return f"chưa ban hành được: {problem}"
    document.save(update_fields=["state"])
    return ""


def _write_parts(document: Document, parts: Parts, by: User | None) -> None:
    """Write what differs of the parts: blocks in place, the other lists anew."""
    stored = parts_of_document(document)
    if parts.blocks != stored.blocks:
        put_blocks(document, parts.blocks, by)
    if parts.bases != stored.bases:
        document.bases.all().delete()
        DocumentBasis.objects.bulk_create(
            DocumentBasis(
                document=document, order=order, **dict(zip(BASIS_FIELDS, basis, strict=True))
            )
            for order, basis in enumerate(parts.bases, start=1)
        )
    if parts.duties != stored.duties:
        _write_duties(document, parts)
    if parts.recipients != stored.recipients:
        document.recipients.all().delete()
        Recipient.objects.bulk_create(
            Recipient(document=document, order=order, text=line)
            for order, line in enumerate(parts.recipients, start=1)
        )


def _write_duties(document: Document, parts: Parts) -> None:
    document.duties.all().delete()
    for order, (unit, tasks) in enumerate(parts.duties, start=1):
        duty = DocumentDuty.objects.create(document=document, unit_id=unit, order=order)
        for position, (words, about) in enumerate(tasks, start=1):
            item = DutyItem.objects.create(duty=duty, order=position, text=words)
            item.projects.set(about)
