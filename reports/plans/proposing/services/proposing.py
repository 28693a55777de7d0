"""Other words for a block proposed by who does not write it, or kept from a late save."""

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import submissions
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import TEXT_BLOCKS, ProposalOrigin
from reports.models import Block, BlockProposal, Document
from reports.plans.naming import name_document
from reports.plans.outline import Outline
from reports.plans.proposing.stale import settle_stale_words, unit_of
from reports.plans.sections import editor_of
from reports.plans.services import lock_document, refuse_step
from reports.plans.workflow import WorkflowStep
from reports.plans.writing.services.words import FROM_DATA, split_paragraphs, text_fault

LONGEST_REASON = 1_000
TEXT_MISSING = "Nhập lời đề nghị."
REASON_TOO_LONG = "Lý do dài nhất 1.000 ký tự."
SAME_WORDS = "Lời đề nghị giống lời hiện nay của đoạn."
WRITES_IT = "Bạn viết đoạn này: sửa thẳng ở trang viết dự thảo."
BLOCK_REMOVED = "Đoạn này đã bỏ khỏi văn bản nên không đề nghị sửa được."


@audit.business_act(label="Đề nghị sửa dự thảo")
def propose_words(
    *, block: Block, text: str, reason: str = "", key: str | None = None, by: User
) -> BlockProposal:
    """Propose other words for a block that somebody else writes. `key` makes it once."""
    stated, why = _paragraphs(text), normalise_text(reason)

    def create() -> BlockProposal:
        document = lock_document(block.document)
        refuse_step(WorkflowStep.COMMENT, document)
        current = _living(document, block)
        if editor_of(by, document.ward).may_write(_outline(document), current):
            raise ValidationError(WRITES_IT)
        if faults := proposal_faults(current, stated, why):
            raise ValidationError(faults)
        proposal = _create(current, stated, ProposalOrigin.WRITTEN, current.version, by, why)
        summary = f"{by} đề nghị sửa đoạn “{current}” của {name_document(document)}"
        audit.record(document, summary, ward=document.ward)
        return proposal

    return submissions.once(
        key=key,
        act="propose_words",
        content={"block": block.pk, "text": stated, "reason": why},
        model=BlockProposal,
        create=create,
        by=by,
    )


@audit.business_act(label="Giữ bản viết lưu sau người khác")
def keep_stale_words(
    *, block: Block, text: str, version: int | None, by: User
) -> BlockProposal | None:
    """Keep words that were saved too late as a proposal; None for words that cannot stand.

    Sent again while they wait they are the same proposal, with the words of now.
    """
    document = lock_document(block.document)
    refuse_step(WorkflowStep.WRITE, document)
    current, stated = _living(document, block), _paragraphs(text)
    if not stated or text_fault(stated) or stated == current.text:
        return None
    seen = min(version or 1, current.version)
    waiting = BlockProposal.objects.waiting().filter(
        block=current, author=by, origin=ProposalOrigin.STALE
    )
    if own := waiting.first():
        own.text, own.version = stated, own.version + 1
        own.save(update_fields=["text", "version"])
        return own
    proposal = _create(current, stated, ProposalOrigin.STALE, seen, by)
    summary = f"{by} lưu đoạn “{current}” của {name_document(document)} sau người khác"
    audit.record(document, summary, ward=document.ward)
    return proposal


@audit.business_act(label="Lấy bản viết của người khác")
def drop_stale_words(*, block: Block, by: User) -> Block:
    """Let go of words that were saved too late, as the newer ones hold."""
    document = lock_document(block.document)
    if settle_stale_words(block, by):
        summary = f"{by} lấy bản của người khác ở đoạn “{block}” của {name_document(document)}"
        audit.record(document, summary, ward=document.ward)
    return block


def proposal_faults(block: Block, text: str, reason: str = "") -> dict[str, str]:
    """Every reason why words cannot be proposed for a block, by field."""
    faults = {
        "text": _text_fault(block, text),
        "reason": REASON_TOO_LONG if len(reason) > LONGEST_REASON else reason_fault(reason),
    }
    return {field: fault for field, fault in faults.items() if fault}


def _text_fault(block: Block, text: str) -> str:
    if block.kind not in TEXT_BLOCKS:
        return FROM_DATA
    if not text:
        return TEXT_MISSING
    return SAME_WORDS if text == block.text else text_fault(text)


def _paragraphs(text: str) -> str:
    return "\n\n".join(split_paragraphs(text.replace("\r\n", "\n")))


def _outline(document: Document) -> Outline:
    return Outline(document.blocks.select_related("unit"))


def _living(document: Document, block: Block) -> Block:
    outline = _outline(document)
    current = outline.rows.get(block.pk)
    if current is None or not outline.is_living(current):
        raise ValidationError(BLOCK_REMOVED, code="removed")
    return current


def _create(
    block: Block, text: str, origin: ProposalOrigin, seen: int, by: User, reason: str = ""
) -> BlockProposal:
    return BlockProposal.objects.create(
        block=block,
        origin=origin,
        text=text,
        reason=reason,
        seen_version=seen,
        author=by,
        unit=unit_of(by, block.document),
        proposed_at=clock.now(),
    )
