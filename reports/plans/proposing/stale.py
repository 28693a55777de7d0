"""Words that came too late are kept as a proposal beside the newer ones, until they are settled."""

from povertyplan.core import clock
from povertyplan.core.models import Unit, User
from povertyplan.core.platform import versions
from reports.choices import ProposalOrigin, ProposalOutcome
from reports.models import Block, BlockProposal, Document


def settle_stale_words(block: Block, by: User, saved: str = "") -> int:
    """Say of what somebody's late save left beside a block that it is done with. Part of an act.

    It was accepted where these very words were `saved` since, else withdrawn.
    """
    rows = BlockProposal.objects.waiting().filter(block=block, author=by)
    own = rows.filter(origin=ProposalOrigin.STALE).first()
    if own is None:
        return 0
    outcome = ProposalOutcome.ACCEPTED if own.text == saved else ProposalOutcome.WITHDRAWN
    settled = {"outcome": outcome, "settled_by": by, "settled_at": clock.now()}
    versions.update(own, version=own.version, **settled)
    return 1


def unit_of(user: User, document: Document) -> Unit | None:
    """The unit somebody speaks for, where they report for one of the ward."""
    return next((unit for unit in user.units if unit.ward_id == document.ward_id), None)
