"""Documents: what a plan or report is made of, what was signed of it; which forms were made."""

from .block import Block
from .comment import BlockComment
from .document import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from .print_run import PrintRun
from .snapshot import FigureCheck, Snapshot, SnapshotContent

__all__ = [
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
