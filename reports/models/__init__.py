"""Documents: what a plan or report is made of, what was signed of it; which forms were made."""

from .block import Block
from .document import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from .print_run import PrintRun
from .snapshot import Snapshot, SnapshotContent

__all__ = [
    "Block",
    "Document",
    "DocumentBasis",
    "DocumentDuty",
    "DutyItem",
    "PrintRun",
    "Recipient",
    "Snapshot",
    "SnapshotContent",
]
