"""A Word file of an issued document, held against what was signed."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from reports.choices import BlockKind
from reports.models import Document
from reports.plans.returned.matching import is_foreign
from reports.plans.returned.signed_file import SignedComparison, compare_file
from reports.plans.snapshots import signed_tree
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.contents import kinds_by_key, printed_content
from reports.plans.word.reading.passages import Passage
from reports.printing.tree import DocumentTree

NOT_KEPT = "Không có bản đã ký nào được lưu của văn bản này nên không so được."
OTHER_DOCUMENT = (
    "Tệp này tải từ một văn bản khác của phần mềm. Gửi tệp Word tải từ chính văn bản này."
)
NOT_OURS = "Tệp này không có đoạn nào của văn bản đã ký. Gửi tệp Word tải từ chính văn bản này."


def compare_with_signed(document: Document, passages: Sequence[Passage]) -> SignedComparison:
    """What a Word file says otherwise than an issued document; nothing is written.

    Raises ValidationError for the field of the file where it is no file of this document.
    """
    signed = signed_tree(document)
    if signed is None:
        raise ValidationError({"file": NOT_KEPT})
    content = [_named(block, at) for at, block in enumerate(_signed_content(document, signed))]
    if is_foreign(passages, {block.key for block in content}):
        raise ValidationError({"file": OTHER_DOCUMENT})
    found = compare_file(content, passages)
    if not found.matched:
        raise ValidationError({"file": NOT_OURS})
    return found


def _signed_content(document: Document, signed: DocumentTree) -> list[VersionBlock]:
    return printed_content(signed, kinds_by_key(document))


def _named(block: VersionBlock, at: int) -> VersionBlock:
    """Closing and appendices have no key on paper, and are compared like the others."""
    is_nameless = not block.key and block.kind in (BlockKind.CLOSING, BlockKind.APPENDIX)
    return replace(block, key=f"part-{at}") if is_nameless else block
