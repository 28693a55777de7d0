"""Documents: what a plan or report is made of before it is printed."""

from .document import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient

__all__ = ["Block", "Document", "DocumentBasis", "DocumentDuty", "DutyItem", "Recipient"]
