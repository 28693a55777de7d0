"""What the page of proposals shows: each beside the words of now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from povertyplan.core.models import User
from reports.choices import ProposalAct, ProposalOrigin
from reports.models import Block, BlockProposal
from reports.plans.outline import Outline
from reports.plans.sections import DraftEditor
from reports.plans.versions.word_changes import WordRun, word_changes

PROPOSED = "Đã gửi đề nghị sửa. Người viết đoạn này chấp nhận hoặc không."
DONE = {
    "accept": "Đã chấp nhận đề nghị và sửa đoạn này.",
    "refuse": "Đã ghi không chấp nhận đề nghị.",
    "withdraw": "Đã rút đề nghị.",
}
UNKNOWN_ACT = "Không có thao tác này."


@dataclass(frozen=True)
class ShownProposal:
    """A proposal with the words that it changes; `section` is the heading above the block."""

    proposal: BlockProposal
    runs: Sequence[WordRun]
    section: str
    is_writer: bool
    is_own: bool

    @property
    def block(self) -> Block:
        return self.proposal.block

    @property
    def is_added(self) -> bool:
        """Whether it is a paragraph below the block, and no change of its words."""
        return self.proposal.act == ProposalAct.ADD

    @property
    def origin(self) -> str:
        """Where it came from, unless somebody wrote it on its form."""
        if self.proposal.origin == ProposalOrigin.WRITTEN:
            return ""
        return self.proposal.get_origin_display()

    @property
    def is_outdated(self) -> bool:
        """Whether the words that it changes were written on since the proposal."""
        return not self.is_added and self.block.version != self.proposal.seen_version


def shown_proposals(
    proposals: Iterable[BlockProposal], outline: Outline, editor: DraftEditor, user: User
) -> Iterator[ShownProposal]:
    for proposal in proposals:
        above = outline.parent_of(proposal.block)
        yield ShownProposal(
            proposal,
            _runs(proposal),
            above.text if above else "",
            editor.may_write(outline, proposal.block),
            proposal.author_id == user.pk,
        )


def _runs(proposal: BlockProposal) -> Sequence[WordRun]:
    words = proposal.block.text
    if proposal.act == ProposalAct.REMOVE:
        return [WordRun(words, is_removed=True)]
    if proposal.act == ProposalAct.ADD:
        return [WordRun(proposal.text, is_added=True)]
    return word_changes(words, proposal.text)
