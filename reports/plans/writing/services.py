"""The words of a draft: what its blocks of text say, more of them, fewer of them."""

import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import F

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import TEXT_BLOCKS
from reports.figures.data_fields import FieldError, parse
from reports.models import Block, Document
from reports.plans.services import ISSUED, lock_document, name_document

SUBMITTED = "Văn bản đang trình ký: chờ trả lại rồi mới sửa."
SUBJECT_MISSING = "Nhập trích yếu của văn bản."
HAS_PARTS = "Mục này còn nội dung bên trong nên không bỏ trống và không tách được."
# Above every order a document has, so that rows can change places one by one.
LIFT = 10_000
_BLANK_LINE = re.compile(r"\n\s*\n")


@audit.business_act(label="Viết dự thảo văn bản")
def write_texts(
    *, document: Document, subject: str, texts: Mapping[int, str], version: int, by: User
) -> Document:
    """Give blocks of text, by their keys, other words. Blocks that are not named stay.

    A blank line begins another block of the same kind; a block without words goes. Raises
    ValidationError keyed by `subject` and `b` with the block's key, and StaleVersion.
    """
    current = lock_document(document)
    if current.is_issued or current.is_submitted:
        raise ValidationError(ISSUED if current.is_issued else SUBMITTED, code="locked")
    blocks = list(current.blocks.order_by("order"))
    written = {
        block.pk: paragraphs(texts[block.pk])
        for block in blocks
        if block.pk in texts and block.kind in TEXT_BLOCKS
    }
    if faults := _faults(blocks, written, normalise_text(subject)):
        raise ValidationError(faults)
    versions.update(current, version=version, subject=normalise_text(subject))
    changed = [block for block in blocks if written.get(block.pk, [block.text]) != [block.text]]
    _write(current, blocks, written, changed)
    count = len(changed)
    audit.record(current, f"{by} viết {count} đoạn của {name_document(current)}", ward=current.ward)
    return current


def paragraphs(text: str) -> list[str]:
    """The paragraphs between blank lines, each on one line.

    >>> paragraphs("Một\\nhai\\n\\n ba ")
    ['Một hai', 'ba']
    """
    pieces = (normalise_text(" ".join(piece.split())) for piece in _BLANK_LINE.split(text.strip()))
    return [piece for piece in pieces if piece]


def _faults(
    blocks: Sequence[Block], written: Mapping[int, list[str]], subject: str
) -> dict[str, str]:
    faults = {} if subject else {"subject": SUBJECT_MISSING}
    parents = {block.parent_id for block in blocks}
    for key, pieces in written.items():
        if len(pieces) != 1 and key in parents:
            faults[f"b{key}"] = HAS_PARTS
        elif fault := _fault_of_fields(pieces):
            faults[f"b{key}"] = fault
    return faults


def _fault_of_fields(pieces: Sequence[str]) -> str:
    try:
        for piece in pieces:
            parse(piece)
    except FieldError as problem:
        return f"Số liệu trong ngoặc nhọn: {problem}"
    return ""


def _write(
    document: Document,
    blocks: Sequence[Block],
    written: Mapping[int, list[str]],
    changed: Sequence[Block],
) -> None:
    """Only what changes is written, and places only where a block comes or goes."""
    if all(len(written[block.pk]) == 1 for block in changed):
        for block in changed:
            block.text = written[block.pk][0]
            block.save(update_fields=["text"])
        return
    document.blocks.update(order=F("order") + LIFT)
    order = 0
    for block in blocks:
        pieces = written.get(block.pk, [block.text])
        if not pieces:
            block.delete()
            continue
        new = [
            Block(document=document, parent_id=block.parent_id, kind=block.kind) for _ in pieces[1:]
        ]
        for each, piece in zip([block, *new], pieces, strict=True):
            order += 1
            each.order, each.text = order, piece
            each.save()
