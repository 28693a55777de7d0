"""What a block says. A blank line makes two blocks of it."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import OUTERMOST, TEXT_BLOCKS
from reports.figures.data_fields import FieldError, parse
from reports.models import Block
from reports.plans.proposing.stale import settle_stale_words
from reports.plans.writing.services.draft import OpenBlock, free_order, open_block, record_edit

LONGEST_TEXT = 20_000
TOO_LONG = "Một đoạn dài nhất 20.000 ký tự."
HAS_PARTS = "Mục này còn nội dung bên trong nên không bỏ trống và không tách được."
ALONE = "Câu kết và phụ lục không tách được: bỏ dòng trống."
FROM_DATA = "Phần này do phần mềm lập từ số liệu nên không viết được."
_BLANK_LINE = re.compile(r"\n\s*\n")


@audit.business_act(label="Viết một đoạn văn bản")
def write_block(*, block: Block, text: str, version: int, by: User) -> list[Block]:
    """Give a block other words; returns it, with the blocks that were split off, in their order.

    Paragraphs between blank lines become blocks of the same kind. The longest is the block itself.
    """
    pieces = split_paragraphs(text) or [""]
    opened = open_block(block, version, by=by, is_placing=len(pieces) > 1)
    if fault := _fault(opened, pieces):
        raise ValidationError({"text": fault})
    current = opened.block
    if pieces == [current.text]:
        return [current]
    kept = max(range(len(pieces)), key=lambda place: len(pieces[place]))
    versions.update(current, version=version, text=pieces[kept])
    before = [_split_off(opened, piece, after=False) for piece in pieces[:kept]]
    behind = [_split_off(opened, piece, after=True) for piece in reversed(pieces[kept + 1 :])]
    settle_stale_words(current, by, saved="\n\n".join(pieces))
    did = f"tách đoạn “{current}” thành {len(pieces)}" if pieces[1:] else f"viết đoạn “{current}”"
    record_edit(opened.document, by, did)
    return [*before, current, *reversed(behind)]


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs between blank lines, each on one line.

    >>> split_paragraphs("Một\\nhai\\n\\n ba ")
    ['Một hai', 'ba']
    """
    pieces = (normalise_text(piece) for piece in _BLANK_LINE.split(text.strip()))
    return [piece for piece in pieces if piece]


def text_fault(text: str) -> str:
    """Why a block cannot say a text; empty where it can."""
    if len(text) > LONGEST_TEXT:
        return TOO_LONG
    try:
        parse(text)
    except FieldError as problem:
        return f"Số liệu trong ngoặc nhọn: {problem}"
    return ""


def _fault(opened: OpenBlock, pieces: Sequence[str]) -> str:
    block = opened.block
    if block.kind not in TEXT_BLOCKS:
        return FROM_DATA
    if (len(pieces) > 1 or not pieces[0]) and opened.has_parts:
        return HAS_PARTS
    if len(pieces) > 1 and block.kind in OUTERMOST:
        return ALONE
    return next(filter(None, map(text_fault, pieces)), "")


def _split_off(opened: OpenBlock, text: str, *, after: bool) -> Block:
    block, outline = opened.block, opened.outline
    piece = Block.objects.create(
        document=opened.document,
        parent_id=block.parent_id,
        order=free_order(outline, block, after=after),
        kind=block.kind,
        text=text,
    )
    outline.add(piece)
    return piece
