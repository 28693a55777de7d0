"""A draft opened for one act: its rows are held, its state and the editor's version are checked."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from reports.choices import HOLDS_BLOCKS, OUTERMOST, BlockKind
from reports.models import Block, Document
from reports.plans.naming import name_document
from reports.plans.outline import GAP, Outline
from reports.plans.sections import editor_of
from reports.plans.services import lock_document
from reports.plans.workflow import WorkflowStep, step_fault

REMOVED = "Đoạn này vừa bị bỏ khỏi văn bản. Khôi phục ở mục “Đã bỏ” rồi làm lại."
GONE = "Đoạn này không còn trong văn bản."
OUTERMOST_ONLY = "{} chỉ đứng ở cấp ngoài cùng."
HOLDS_NOTHING = (
    "{} không có cấp dưới; chỉ đề mục, khoản có số thứ tự, gạch đầu dòng, phụ lục đã có chữ mới có."
)
SECOND_CLOSING = "Văn bản chỉ có một câu kết."


@dataclass(frozen=True)
class OpenBlock:
    """One block of a draft as it is now, with the document it is a part of."""

    document: Document
    outline: Outline
    block: Block

    @property
    def has_parts(self) -> bool:
        return bool(self.outline.living_below(self.block.pk))


def lock_draft(document: Document) -> Document:
    """The document, held for this act; refused where it is submitted or issued."""
    current = lock_document(document)
    if fault := step_fault(WorkflowStep.WRITE, current.state):
        raise ValidationError(fault, code="locked")
    return current


def open_block(
    block: Block, version: int, *, by: User, is_removed: bool = False, is_placing: bool = False
) -> OpenBlock:
    """A block of a draft in the version its editor has seen, living unless said otherwise.

    Refused where it is another's to write; `is_placing` asks for the block's place, not its words.
    """
    document = lock_draft(block.document)
    outline = Outline(document.blocks.select_related("unit"))
    current = outline.rows.get(block.pk)
    if current is None:
        raise ValidationError(GONE, code="gone")
    if not is_removed and not outline.is_living(current):
        raise ValidationError(REMOVED, code="removed")
    editor = editor_of(by, document.ward)
    refuse_fault(editor.writing_fault(outline, current))
    if is_placing:
        refuse_fault(editor.placing_fault(outline, outline.parent_of(current)))
    versions.check(current, version)
    return OpenBlock(document, outline, current)


def free_order(outline: Outline, beside: Block, *, after: bool) -> int:
    """An order beside a block. Where there is no room left its neighbours move apart first."""
    order = outline.order_beside(beside, after=after)
    if order is not None:
        return order
    among = outline.rows_below(beside.parent_id)
    last = among[-1].order
    for place, block in enumerate(among, start=1):
        block.order = last + place * GAP
        block.save(update_fields=["order"])
    return free_order(outline, beside, after=after)


def parent_fault(kind: str, parent: Block | None) -> str:
    """Why a block of a kind cannot stand below another one; empty where it can."""
    if parent is None:
        return ""
    if kind in OUTERMOST:
        return OUTERMOST_ONLY.format(BlockKind(kind).label)
    if parent.kind not in HOLDS_BLOCKS or not parent.text:
        return HOLDS_NOTHING.format(parent.get_kind_display())
    return ""


def closing_fault(kind: str, outline: Outline, besides: Block | None = None) -> str:
    """Why a document takes no block of the kind, as it has its closing sentence already."""
    others = [each for each in outline.living_below(None) if each is not besides]
    has_one = any(each.kind == BlockKind.CLOSING for each in others)
    return SECOND_CLOSING if kind == BlockKind.CLOSING and has_one else ""


def refuse_fault(*faults: str) -> None:
    """Raise ValidationError with every fault that there is."""
    if found := [fault for fault in faults if fault]:
        raise ValidationError(found)


def record_edit(document: Document, by: User, did: str) -> None:
    """Count the document's version up and write the act into the journal."""
    Document.objects.filter(pk=document.pk).update(version=F("version") + 1)
    audit.record(document, f"{by} {did} của {name_document(document)}", ward=document.ward)
