"""Where a block stands: a new one beside another, or one that moves. One row is written."""

from enum import StrEnum

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from reports.choices import OUTERMOST, TEXT_BLOCKS, BlockKind
from reports.models import Block, Document
from reports.plans.outline import Outline
from reports.plans.sections import editor_of
from reports.plans.writing.services.draft import (
    REMOVED,
    OpenBlock,
    closing_fault,
    free_order,
    lock_draft,
    open_block,
    parent_fault,
    record_edit,
    refuse_fault,
)

IS_FIRST = "Đoạn này đã ở đầu mục của nó."
IS_LAST = "Đoạn này đã ở cuối mục của nó."
IS_OUTERMOST = "Đoạn này đã ở cấp ngoài cùng."
NOTHING_ABOVE = "Không có đoạn nào đứng ngay trên để lùi vào trong."


class Side(StrEnum):
    """Where a new block goes, seen from another one."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


class Move(StrEnum):
    """Where a block goes, seen from where it stands."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@audit.business_act(label="Thêm một đoạn văn bản")
def insert_block(
    *,
    document: Document,
    beside: Block | None = None,
    side: Side = Side.AFTER,
    kind: str = "",
    by: User,
) -> Block:
    """Add a block without words, beside another one or at the end. It prints once it has words."""
    current = lock_draft(document)
    outline = Outline(current.blocks.select_related("unit"))
    anchor = outline.rows.get(beside.pk) if beside else None
    if beside is not None and (anchor is None or not outline.is_living(anchor)):
        refuse_fault(REMOVED)
    parent = anchor if side == Side.INSIDE or not anchor else outline.parent_of(anchor)
    refuse_fault(editor_of(by, current.ward).placing_fault(outline, parent))
    kind = kind or _kind_beside(anchor, side)
    refuse_fault(parent_fault(kind, parent), closing_fault(kind, outline))
    if anchor is None or side == Side.INSIDE:
        order = outline.order_at_end(parent.pk if parent else None)
    else:
        order = free_order(outline, anchor, after=side == Side.AFTER)
    block = Block.objects.create(document=current, parent=parent, order=order, kind=kind)
    record_edit(current, by, f"thêm một khối ({block.get_kind_display().lower()})")
    return block


@audit.business_act(label="Chuyển chỗ một đoạn văn bản")
def move_block(*, block: Block, move: Move, version: int, by: User) -> Block:
    """Move a block, with all that stands below it, by one place or one level."""
    opened = open_block(block, version, by=by, is_placing=True)
    if move in (Move.UP, Move.DOWN):
        place = _beside_neighbour(opened, after=move == Move.DOWN)
    else:
        place = _inwards(opened) if move == Move.IN else _outwards(opened)
    parent, order = place
    above = opened.outline.rows[parent] if parent else None
    refuse_fault(editor_of(by, opened.document.ward).placing_fault(opened.outline, above))
    versions.update(opened.block, version=version, parent_id=parent, order=order)
    record_edit(opened.document, by, f"chuyển chỗ đoạn “{opened.block}”")
    return opened.block


def _kind_beside(anchor: Block | None, side: Side) -> str:
    """A new block is like the one beside it, where that one may stand there twice."""
    is_alike = anchor is not None and side != Side.INSIDE and anchor.kind in TEXT_BLOCKS
    if not is_alike or anchor is None or anchor.kind in OUTERMOST:
        return BlockKind.PARAGRAPH
    return anchor.kind


def _beside_neighbour(opened: OpenBlock, *, after: bool) -> tuple[int | None, int]:
    neighbour = opened.outline.neighbour(opened.block, 1 if after else -1)
    if neighbour is None:
        raise ValidationError(IS_LAST if after else IS_FIRST)
    return neighbour.parent_id, free_order(opened.outline, neighbour, after=after)


def _inwards(opened: OpenBlock) -> tuple[int | None, int]:
    above = opened.outline.neighbour(opened.block, -1)
    if above is None:
        raise ValidationError(NOTHING_ABOVE)
    refuse_fault(parent_fault(opened.block.kind, above))
    return above.pk, opened.outline.order_at_end(above.pk)


def _outwards(opened: OpenBlock) -> tuple[int | None, int]:
    above = opened.outline.parent_of(opened.block)
    if above is None:
        raise ValidationError(IS_OUTERMOST)
    return above.parent_id, free_order(opened.outline, above, after=True)
