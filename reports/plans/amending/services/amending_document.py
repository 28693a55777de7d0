"""The text of a document that amends another one: what changes, and that the rest stays."""

from povertyplan.core.text.vietnamese import upper_first
from reports.choices import BasisRole, BlockKind
from reports.models import Block, Document, DocumentBasis
from reports.plans.amending.clauses import amending_clauses
from reports.plans.amending.selectors import compare_signed
from reports.plans.drafting.copying import copy_frame
from reports.plans.naming import name_by_number, name_issued, number_in_words
from reports.plans.outline import GAP
from reports.plans.snapshots import signed_tree

SUBJECT = "sửa đổi, bổ sung {named}"
OPENING = "{issuer} sửa đổi, bổ sung một số nội dung của {named}, cụ thể như sau:"
CLAUSES = "Nội dung sửa đổi, bổ sung"
ENTRY = "Hiệu lực thi hành"
UNCHANGED = "Các nội dung khác của {named} không nêu tại {kind} này giữ nguyên hiệu lực."


def write_amending_document(issued: Document, frame: dict) -> Document:
    """A draft with the heading, bases, recipients and signer of an issued document.

    Each figure that changed is a clause to be edited. Where none did, an empty one is left to who
    writes, and the checks say that nothing is amended yet.
    """
    subject = SUBJECT.format(named=name_issued(issued))[:300]
    draft = copy_frame(issued, frame, subject, further=_as_basis(issued))
    named, issuer = name_by_number(issued), " ".join(issued.issuer.split())
    unchanged = UNCHANGED.format(named=named, kind=draft.get_kind_display())
    opening = OPENING.format(issuer=upper_first(issuer), named=named)
    _write(draft, 1, BlockKind.PARAGRAPH, [opening])
    section = _write(draft, 2, BlockKind.HEADING, [CLAUSES])
    _write(draft, 1, BlockKind.NUMBERED, _clauses(issued) or [""], parent=section)
    section = _write(draft, 3, BlockKind.HEADING, [ENTRY])
    _write(draft, 1, BlockKind.PARAGRAPH, [unchanged], parent=section)
    return draft


def _clauses(issued: Document) -> list[str]:
    signed = signed_tree(issued)
    comparison = compare_signed(issued, signed)
    if signed is None or comparison is None:
        return []
    return amending_clauses(signed, comparison.differences)


def _write(
    document: Document, first: int, kind: BlockKind, texts: list[str], parent: Block | None = None
) -> Block:
    """Blocks one after the other; returns the last."""
    blocks = [
        Block(document=document, parent=parent, order=place * GAP, kind=kind, text=text)
        for place, text in enumerate(texts, start=first)
    ]
    return Block.objects.bulk_create(blocks)[-1]


def _as_basis(issued: Document) -> DocumentBasis:
    subject = issued.subject if issued.subject.startswith("về ") else f"về {issued.subject}"
    return DocumentBasis(
        role=BasisRole.BASIS,
        kind=issued.get_kind_display(),
        number=number_in_words(issued),
        dated_on=issued.issued_on,
        issuer=" ".join(issued.issuer.split())[:120],
        title=subject[:300],
    )
