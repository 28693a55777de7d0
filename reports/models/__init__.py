"""Documents: what a plan or report is made of, what was signed of it; which forms were made."""

from .accepted_finding import AcceptedFinding
from .block import Block
from .comment import BlockComment
from .document import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from .print_run import PrintRun
from .snapshot import FigureCheck, Snapshot, SnapshotContent

__all__ = [
    "AcceptedFinding",
    "Block",
    "BlockComment",
    "Document",
    "DocumentBasis",
    "DocumentDuty",
    "DutyItem",
    "FigureCheck",
    "PrintRun",
    "Recipient",
    "Snapshot",
    "SnapshotContent",
]
