"""How a sentence names a document."""

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.models import Document


def name_document(document: Document) -> str:
    """What it is about and its years; once it is issued, its number and day too."""
    years = formatting.years(document.year_from, document.year_to)
    named = f"{lower_first(document.get_kind_display())} {document.subject} ({years})"
    if not document.is_issued:
        return named
    return f"{named}, số {number_in_words(document)} ngày {formatting.day(document.issued_on)}"


def name_issued(document: Document) -> str:
    """An issued document as another one names it: kind, number, day and issuing body."""
    return f"{name_by_number(document)} của {' '.join(document.issuer.split())}"


def name_by_number(document: Document) -> str:
    """ "Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2026"."""
    day = formatting.long_day(document.issued_on)
    return f"{document.get_kind_display()} số {number_in_words(document)} {day}"


def number_in_words(document: Document) -> str:
    """ "05/KH-UBND"."""
    return f"{formatting.paper_number(document.number or 0)}/{document.symbol}"
