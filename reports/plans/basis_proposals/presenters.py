"""What the page of proposals for bases shows: each beside what stands now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from povertyplan.core.models import User
from reports.choices import ProposalAct
from reports.models import BasisProposal
from reports.plans.basis_proposals.services import basis_words
from reports.plans.builder import basis_text
from reports.plans.versions.word_changes import WordRun, word_changes

PROPOSED = "Đã gửi đề nghị về căn cứ. Cán bộ giảm nghèo chấp nhận hoặc không."
DONE = {
    "accept": "Đã chấp nhận đề nghị và ghi căn cứ của dự thảo.",
    "refuse": "Đã ghi không chấp nhận đề nghị.",
    "withdraw": "Đã rút đề nghị.",
}
UNKNOWN_ACT = "Không có thao tác này."


@dataclass(frozen=True)
class ShownBasisProposal:
    """A proposal with the words that it changes; `note` tells what became of the basis since."""

    proposal: BasisProposal
    runs: Sequence[WordRun]
    note: str
    is_own: bool


def shown_basis_proposals(
    proposals: Iterable[BasisProposal], user: User
) -> Iterator[ShownBasisProposal]:
    for one in proposals:
        yield ShownBasisProposal(one, _runs(one), _note(one), one.author_id == user.pk)


def _runs(proposal: BasisProposal) -> Sequence[WordRun]:
    if proposal.act == ProposalAct.REMOVE:
        return [WordRun(_now(proposal), is_removed=True)]
    said = f"{proposal.get_role_display()} {basis_text(proposal)}"
    if proposal.act == ProposalAct.ADD:
        return [WordRun(said, is_added=True)]
    return word_changes(_now(proposal), said)


def _now(proposal: BasisProposal) -> str:
    return basis_words(proposal.basis) if proposal.basis else proposal.was


def _note(proposal: BasisProposal) -> str:
    if proposal.act == ProposalAct.ADD:
        return ""
    if proposal.basis is None:
        return "Căn cứ này đã được bỏ khỏi dự thảo sau khi có đề nghị."
    if _now(proposal) != proposal.was:
        return "Căn cứ này đã được sửa sau khi có đề nghị; phần đánh dấu là so với lời hiện nay."
    return ""
