"""What was signed: kept at the issue of a document, and from then on what is shown and served."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from povertyplan.core import clock
from reports.choices import FileFormat
from reports.models import Document, Snapshot, SnapshotContent
from reports.plans.builder import build_document
from reports.printing.docx import render_docx
from reports.printing.pdf import render_pdf
from reports.printing.stored_tree import pack_tree, unpack_tree
from reports.printing.tree import DocumentTree
from reports.printing.xlsx import render_workbook

SHEET_NAME = "Bieu kem bao cao"
RENDERERS = {FileFormat.PDF: render_pdf, FileFormat.WORD: render_docx}


@dataclass(frozen=True)
class PrintedDocument:
    """Both files of a document, and the digest of the tree that they were printed from."""

    digest: str
    pdf: bytes
    docx: bytes


def print_document(document: Document) -> PrintedDocument:
    """Both files of a document as it is in memory. Raises DocumentError and PrintingUnavailable."""
    built = build_document(document)
    return PrintedDocument(content_digest(pack_tree(built)), render_pdf(built), render_docx(built))


def keep_snapshot(document: Document, printed: PrintedDocument | None = None) -> Snapshot:
    """Store the tree of a document about to be issued, with every value, its PDF and its DOCX.

    Part of the act that issues it; `document` holds in memory what will be signed. What was
    `printed` before is kept if it says the same, so that nobody waits while paper is made. Raises
    DocumentError and PrintingUnavailable.
    """
    content = pack_tree(build_document(document))
    digest = content_digest(content)
    if printed is None or printed.digest != digest:
        printed = print_document(document)
    snapshot = Snapshot.objects.create(
        document=document,
        digest=digest,
        pdf_digest=hashlib.sha256(printed.pdf).hexdigest(),
        docx_digest=hashlib.sha256(printed.docx).hexdigest(),
        kept_at=clock.now(),
    )
    SnapshotContent.objects.create(
        snapshot=snapshot, tree=content, pdf=printed.pdf, docx=printed.docx
    )
    return snapshot


def content_digest(content: dict[str, Any]) -> str:
    """The SHA-256 of a packed tree, the same however a database orders its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signed_tree(document: Document) -> DocumentTree | None:
    """The tree as it was signed; None where nothing was kept."""
    found = _content(document).values_list("tree", flat=True).first()
    return unpack_tree(found) if found is not None else None


def document_tree(document: Document) -> DocumentTree:
    """What a document says: as it was signed, or as the data are now. Raises DocumentError."""
    return signed_tree(document) or build_document(document)


def document_file(document: Document, file_format: FileFormat) -> bytes:
    """The file of a document: the very bytes that were kept, or one made now.

    Raises DocumentError and PrintingUnavailable.
    """
    kept = _content(document).values_list(file_format.value, flat=True).first()
    return bytes(kept) if kept is not None else RENDERERS[file_format](build_document(document))


def annex_workbook(document: Document) -> bytes:
    """The tables of a document; of an issued one always the same bytes.

    Raises DocumentError, and LookupError where it has no table.
    """
    kept_at = Snapshot.objects.filter(document=document).values_list("kept_at", flat=True).first()
    sheets = [(SHEET_NAME, document_tree(document))]
    return render_workbook(sheets, title=document.title, made_at=kept_at)


def _content(document: Document):
    return SnapshotContent.objects.filter(snapshot__document=document)
