"""What the pages of a document say after an act, and where its page is."""

from collections.abc import Iterator

from django.urls import reverse

from povertyplan.core.text import formatting
from reports.choices import DocumentKind
from reports.models import Document
from reports.plans.naming import number_in_words

PARTS = {
    "reports:document_heading": "Thể thức, người ký",
    "reports:document_bases": "Căn cứ",
    "reports:document_text": "Nội dung",
    "reports:document_duties": "Phân công",
    "reports:document_recipients": "Nơi nhận",
    "reports:document_preview": "Xem trước",
}
NO_RIGHT = "Bạn không được thực hiện việc này ở địa bàn này."
SUBMITTED = "Đã trình ký. Lãnh đạo thấy văn bản ở Việc cần làm."
RETURNED = "Đã trả lại văn bản cho người soạn."


def document_url(document: Document) -> str:
    view = "plan_detail" if document.kind == DocumentKind.PLAN else "report_detail"
    return reverse(f"reports:{view}", args=[document.pk])


def name_in_sentence(document: Document) -> str:
    years = formatting.years(document.year_from, document.year_to)
    return f"{document.get_kind_display().lower()} {years}"


def issued(document: Document) -> str:
    return (
        f"Đã ban hành {document.get_kind_display().lower()} số {number_in_words(document)} ngày "
        f"{formatting.day(document.issued_on)}. Nội dung và hai bản in được giữ nguyên từ nay."
    )


def part_tabs(document: Document, here: str) -> Iterator[dict[str, object]]:
    """A link to the page of each part, in the order in which they are printed."""
    for view, label in PARTS.items():
        url = reverse(view, args=[document.pk])
        yield {"url": url, "label": label, "active": view == here}
