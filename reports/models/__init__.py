"""Documents: what a plan or report is made of before it is printed; and which forms were made."""

from .document import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from .print_run import PrintRun

__all__ = [
    "Block",
    "Document",
    "DocumentBasis",
    "DocumentDuty",
    "DutyItem",
    "PrintRun",
    "Recipient",
]
