"""What is said at the blocks of a draft: written, answered, closed."""

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Unit, User
from povertyplan.core.platform import submissions, versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.models import Block, BlockComment, Document
from reports.plans.naming import name_document
from reports.plans.outline import Outline
from reports.plans.sections import editor_of
from reports.plans.services import lock_document, refuse_step
from reports.plans.workflow import WorkflowStep

LONGEST_COMMENT = 2_000
TEXT_MISSING = "Nhập ý kiến."
ANSWER_MISSING = "Nhập trả lời."
TOO_LONG = "Dài nhất 2.000 ký tự."
BLOCK_REMOVED = "Đoạn này đã bỏ khỏi văn bản nên không ghi ý kiến được."
IS_CLOSED = "Ý kiến này đã đóng."
NOT_YOURS_TO_ANSWER = "Người viết đoạn này trả lời ý kiến."
NOT_YOURS_TO_CLOSE = "Người cho ý kiến hoặc cán bộ giảm nghèo đóng ý kiến."


@audit.business_act(label="Ghi ý kiến về dự thảo")
def add_comment(*, block: Block, text: str, key: str | None = None, by: User) -> BlockComment:
    """Say something about a block of a document that is not issued. `key` makes it once."""
    stated = normalise_text(text)

    def create() -> BlockComment:
        document = lock_document(block.document)
        refuse_step(WorkflowStep.COMMENT, document)
        outline = Outline(document.blocks.all())
        if block.pk not in outline.rows or not outline.is_living(outline.rows[block.pk]):
            raise ValidationError(BLOCK_REMOVED, code="removed")
        if fault := text_fault(stated, TEXT_MISSING):
            raise ValidationError({"text": fault})
        comment = BlockComment.objects.create(
            block=block, author=by, unit=_unit_of(by, document), text=stated, written_at=clock.now()
        )
        _record(document, by, f"ghi ý kiến tại “{block}”")
        return comment

    return submissions.once(
        key=key,
        act="add_comment",
        content={"block": block.pk, "text": stated},
        model=BlockComment,
        create=create,
        by=by,
    )


@audit.business_act(label="Trả lời ý kiến về dự thảo")
def answer_comment(*, comment: BlockComment, answer: str, version: int, by: User) -> BlockComment:
    """Answer a comment; only who writes its block does."""
    document, current = _open(comment, version)
    stated = normalise_text(answer)
    outline = Outline(document.blocks.all())
    if not editor_of(by, document.ward).may_write(outline, outline.rows[current.block_id]):
        raise ValidationError(NOT_YOURS_TO_ANSWER)
    if fault := text_fault(stated, ANSWER_MISSING):
        raise ValidationError({"text": fault})
    said = {"answer": stated, "answered_by": by, "answered_at": clock.now()}
    versions.update(current, version=version, **said)
    _record(document, by, f"trả lời ý kiến tại “{current.block}”")
    return current


@audit.business_act(label="Đóng ý kiến về dự thảo")
def close_comment(*, comment: BlockComment, version: int, by: User) -> BlockComment:
    """Settle a comment; its author or the coordinator does."""
    document, current = _open(comment, version)
    if current.author_id != by.pk and not editor_of(by, document.ward).writes_all:
        raise ValidationError(NOT_YOURS_TO_CLOSE)
    versions.update(current, version=version, closed_by=by, closed_at=clock.now())
    _record(document, by, f"đóng ý kiến tại “{current.block}”")
    return current


def text_fault(text: str, missing: str) -> str:
    """Why words cannot stand as a comment or an answer; empty where they can."""
    if not text:
        return missing
    return TOO_LONG if len(text) > LONGEST_COMMENT else ""


def _open(comment: BlockComment, version: int) -> tuple[Document, BlockComment]:
    document = lock_document(comment.block.document)
    refuse_step(WorkflowStep.COMMENT, document)
    current = BlockComment.objects.select_related("block").get(pk=comment.pk)
    if current.closed_at is not None:
        raise ValidationError(IS_CLOSED, code="closed")
    versions.check(current, version)
    return document, current


def _unit_of(user: User, document: Document) -> Unit | None:
    """The unit somebody speaks for, where they report for one of the ward."""
    return next((unit for unit in user.units if unit.ward_id == document.ward_id), None)


def _record(document: Document, by: User, did: str) -> None:
    audit.record(document, f"{by} {did} của {name_document(document)}", ward=document.ward)
