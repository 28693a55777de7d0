"""Documents of a few blocks, built and read."""

from datetime import date

from povertyplan.core import clock
from reports.choices import DocumentState
from reports.models import Snapshot, SnapshotContent
from reports.plans.builder import build_document
from reports.plans.snapshots import content_digest
from reports.printing import tree
from reports.printing.stored_tree import pack_tree
from tests.factories.reports import BlockFactory


def block(document, kind, text="", parent=None, **parameters):
    return BlockFactory(
        document=document, kind=kind, text=text, parent=parent, parameters=parameters
    )


def issue(document, number=5, issued_on=date(2026, 1, 5), keep=None):
    """Freeze a document as its signature does; its two files are stand-ins unless `keep` prints."""
    document.number, document.issued_on = number, issued_on
    document.issued_year, document.state = issued_on.year, DocumentState.ISSUED
    (keep or keep_stand_ins)(document)
    document.save()
    return document


def keep_stand_ins(document, printed=None):
    content = pack_tree(build_document(document))
    snapshot = Snapshot.objects.create(
        document=document,
        digest=content_digest(content),
        pdf_digest="",
        docx_digest="",
        kept_at=clock.now(),
    )
    SnapshotContent.objects.create(snapshot=snapshot, tree=content, pdf=b"%PDF", docx=b"PK")


def only_table(document):
    return next(part for part in build_document(document).body if isinstance(part, tree.Table))


def printed(row):
    cells = [cell.text if isinstance(cell, tree.Cell) else cell for cell in row]
    return [tree.plain(cell) for cell in cells]
