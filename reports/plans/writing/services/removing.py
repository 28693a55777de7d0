"""A block leaves the document, and comes back as itself."""

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from reports.models import Block
from reports.plans.sections import editor_of
from reports.plans.writing.services.draft import (
    closing_fault,
    open_block,
    parent_fault,
    record_edit,
    refuse_fault,
)

NOT_REMOVED = "Đoạn này đang ở trong văn bản."
PARENT_REMOVED = "Mục chứa đoạn này cũng đã bỏ: khôi phục mục đó trước."


@audit.business_act(label="Bỏ một đoạn văn bản")
def remove_block(*, block: Block, version: int, by: User) -> Block:
    """Take a block, and with it what stands below it, out of the document."""
    opened = open_block(block, version, by=by, is_placing=True)
    editor = editor_of(by, opened.document.ward)
    refuse_fault(editor.removing_fault(opened.outline, opened.block))
    below = len(list(opened.outline.reading_order(opened.block.pk)))
    versions.update(opened.block, version=version, removed_at=clock.now(), removed_by=by)
    with_parts = f" cùng {below} đoạn bên trong" if below else ""
    record_edit(opened.document, by, f"bỏ đoạn “{opened.block}”{with_parts}")
    return opened.block


@audit.business_act(label="Khôi phục một đoạn văn bản")
def bring_back_block(*, block: Block, version: int, by: User) -> Block:
    """Put a removed block back where it stood, with what was below it."""
    opened = open_block(block, version, by=by, is_removed=True, is_placing=True)
    current, outline = opened.block, opened.outline
    if current.removed_at is None:
        raise ValidationError(NOT_REMOVED)
    parent = outline.parent_of(current)
    if parent is not None and not outline.is_living(parent):
        raise ValidationError(PARENT_REMOVED)
    refuse_fault(parent_fault(current.kind, parent), closing_fault(current.kind, outline))
    versions.update(current, version=version, removed_at=None, removed_by=None)
    record_edit(opened.document, by, f"khôi phục đoạn “{current}”")
    return current
