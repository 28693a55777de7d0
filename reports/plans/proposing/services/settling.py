"""A proposal taken into the text, refused, or taken back: one by one."""

from itertools import takewhile

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from reports.choices import BlockKind, ProposalAct, ProposalOutcome
from reports.models import Block, BlockProposal, Document
from reports.plans.naming import name_document
from reports.plans.outline import Outline
from reports.plans.sections import editor_of
from reports.plans.services import lock_document, refuse_step
from reports.plans.workflow import WorkflowStep
from reports.plans.writing.services.draft import lock_draft
from reports.plans.writing.services.placing import Side, insert_block
from reports.plans.writing.services.removing import remove_block
from reports.plans.writing.services.words import write_block

TITLED = (BlockKind.HEADING, BlockKind.APPENDIX)
IS_SETTLED = "Đề nghị này đã được xử lý."
HAS_PARTS = "Nay bên trong đoạn này có đoạn khác: bỏ ở trang viết dự thảo nếu vẫn cần."
NOT_YOURS = "Người viết đoạn này xử lý đề nghị sửa."
NOT_YOUR_PROPOSAL = "Chỉ người đề nghị rút được đề nghị của mình."


@audit.business_act(label="Chấp nhận đề nghị sửa dự thảo")
def accept_proposal(
    *, proposal: BlockProposal, version: int, block_version: int | None, by: User
) -> BlockProposal:
    """Do what was proposed to the block in the version that was looked at."""
    document = lock_draft(proposal.block.document)
    current = _waiting(document, proposal, version)
    block = current.block
    versions.check(block, block_version)
    _settle(document, current, ProposalOutcome.ACCEPTED, by, "chấp nhận đề nghị sửa")
    seen = block.version
    if current.act == ProposalAct.REMOVE:
        _refuse_with_parts(document, block)
        remove_block(block=block, version=seen, by=by)
    elif current.act == ProposalAct.ADD:
        _add_below(document, current, by)
    else:
        write_block(block=block, text=current.text, version=seen, by=by)
    return current


def _refuse_with_parts(document: Document, block: Block) -> None:
    """Nobody proposed to remove what was put below a block since."""
    if Outline(document.blocks.all()).living_below(block.pk):
        raise ValidationError(HAS_PARTS)


def _add_below(document: Document, proposal: BlockProposal, by: User) -> None:
    """Put a block behind another one, as it is read: in front of all that stands below that one.

    What the same file put there before and was accepted already stays in front of it.
    """
    outline = Outline(document.blocks.all())
    below = outline.living_below(proposal.block_id)
    earlier = _added_before(proposal)
    in_front = list(
        takewhile(lambda each: each.text in earlier, below or _behind(outline, proposal))
    )
    if in_front:
        added = insert_block(document=document, beside=in_front[-1], by=by)
    elif below:
        kind = BlockKind.PARAGRAPH if below[0].kind in TITLED else ""
        added = insert_block(document=document, beside=below[0], side=Side.BEFORE, kind=kind, by=by)
    elif proposal.block.kind in TITLED:
        added = insert_block(document=document, beside=proposal.block, side=Side.INSIDE, by=by)
    else:
        added = insert_block(document=document, beside=proposal.block, by=by)
    write_block(block=added, text=proposal.text, version=added.version, by=by)


def _added_before(proposal: BlockProposal) -> set[str]:
    """The words that its file has between the block and what it adds, as far as they were taken."""
    rows = BlockProposal.objects.filter(block=proposal.block_id, word=proposal.word_id)
    rows = rows.filter(act=ProposalAct.ADD, outcome=ProposalOutcome.ACCEPTED, pk__lt=proposal.pk)
    return {text for words in rows.values_list("text", flat=True) for text in words.split("\n\n")}


def _behind(outline: Outline, proposal: BlockProposal) -> list[Block]:
    """The living blocks behind one, on its level."""
    beside = outline.living_below(proposal.block.parent_id)
    return [each for each in beside if each.order > proposal.block.order]


@audit.business_act(label="Không chấp nhận đề nghị sửa dự thảo")
def refuse_proposal(*, proposal: BlockProposal, version: int, by: User) -> BlockProposal:
    """Leave the block as it is; only who writes it decides that."""
    document = lock_document(proposal.block.document)
    refuse_step(WorkflowStep.COMMENT, document)
    current = _waiting(document, proposal, version)
    outline = Outline(document.blocks.select_related("unit"))
    if not editor_of(by, document.ward).may_write(outline, outline.rows[current.block_id]):
        raise ValidationError(NOT_YOURS)
    return _settle(document, current, ProposalOutcome.REFUSED, by, "không chấp nhận đề nghị sửa")


@audit.business_act(label="Rút đề nghị sửa dự thảo")
def withdraw_proposal(*, proposal: BlockProposal, version: int, by: User) -> BlockProposal:
    """Take an own proposal back."""
    document = lock_document(proposal.block.document)
    refuse_step(WorkflowStep.COMMENT, document)
    current = _waiting(document, proposal, version)
    if current.author_id != by.pk:
        raise ValidationError(NOT_YOUR_PROPOSAL)
    return _settle(document, current, ProposalOutcome.WITHDRAWN, by, "rút đề nghị sửa")


def _waiting(document: Document, proposal: BlockProposal, version: int) -> BlockProposal:
    """The proposal as it is now, beside its block as it is now."""
    current = BlockProposal.objects.select_related("block").get(pk=proposal.pk)
    current.block = Block.objects.get(pk=current.block_id)
    current.block.document = document
    if current.outcome:
        raise ValidationError(IS_SETTLED, code="settled")
    versions.check(current, version)
    return current


def _settle(
    document: Document, proposal: BlockProposal, outcome: ProposalOutcome, by: User, did: str
) -> BlockProposal:
    settled = {"outcome": outcome, "settled_by": by, "settled_at": clock.now()}
    versions.update(proposal, version=proposal.version, **settled)
    summary = f"{by} {did} đoạn “{proposal.block}” của {name_document(document)}"
    audit.record(document, summary, ward=document.ward)
    return proposal
