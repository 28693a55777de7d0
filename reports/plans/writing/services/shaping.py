"""What a block is: another kind of text, or two blocks as one."""

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import HOLDS_BLOCKS, OUTERMOST, TEXT_BLOCKS, BlockKind
from reports.models import Block
from reports.plans.sections import editor_of
from reports.plans.writing.services.draft import (
    HOLDS_NOTHING,
    OUTERMOST_ONLY,
    OpenBlock,
    closing_fault,
    open_block,
    record_edit,
    refuse_fault,
)
from reports.plans.writing.services.words import FROM_DATA, text_fault

UNKNOWN_KIND = "Chọn loại đoạn trong danh sách."
NOTHING_BEHIND = "Không có đoạn nào đứng ngay sau để gộp."
NOT_MERGED = "Chỉ gộp được hai đoạn văn bản cùng cấp và không có nội dung bên trong."


@audit.business_act(label="Đổi loại một đoạn văn bản")
def change_block_kind(*, block: Block, kind: str, version: int, by: User) -> Block:
    """Make a block another kind of text; it keeps its words and its place."""
    opened = open_block(block, version, by=by)
    current = opened.block
    refuse_fault(*_kind_faults(opened, kind))
    if kind == current.kind:
        return current
    versions.update(current, version=version, kind=kind, parameters={})
    did = f"đổi đoạn “{current}” thành {current.get_kind_display().lower()}"
    record_edit(opened.document, by, did)
    return current


@audit.business_act(label="Gộp hai đoạn văn bản")
def merge_blocks(*, block: Block, version: int, by: User) -> Block:
    """Add the words of the next block to a block, and remove the next one."""
    opened = open_block(block, version, by=by, is_placing=True)
    current, behind = opened.block, opened.outline.neighbour(opened.block, 1)
    if behind is None:
        raise ValidationError(NOTHING_BEHIND)
    editor = editor_of(by, opened.document.ward)
    refuse_fault(_merge_fault(opened, behind), editor.writing_fault(opened.outline, behind))
    text = normalise_text(f"{current.text} {behind.text}")
    refuse_fault(text_fault(text))
    versions.update(current, version=version, text=text)
    versions.update(behind, version=behind.version, removed_at=clock.now(), removed_by=by)
    record_edit(opened.document, by, f"gộp đoạn “{behind}” vào đoạn “{current}”")
    return current


def _kind_faults(opened: OpenBlock, kind: str) -> tuple[str, ...]:
    block = opened.block
    if block.kind not in TEXT_BLOCKS:
        return (FROM_DATA,)
    if kind not in TEXT_BLOCKS:
        return (UNKNOWN_KIND,)
    label = BlockKind(kind).label
    holds_parts = opened.has_parts and kind not in HOLDS_BLOCKS
    is_inside = block.parent_id is not None and kind in OUTERMOST
    return (
        HOLDS_NOTHING.format(label) if holds_parts else "",
        OUTERMOST_ONLY.format(label) if is_inside else "",
        closing_fault(kind, opened.outline, besides=block),
    )


def _merge_fault(opened: OpenBlock, behind: Block) -> str:
    for block in (opened.block, behind):
        is_text = block.kind in TEXT_BLOCKS and block.kind not in OUTERMOST
        if not is_text or opened.outline.living_below(block.pk):
            return NOT_MERGED
    return ""
