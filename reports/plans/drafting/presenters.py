"""What the page of a new plan says."""

from reports.models import Document

NO_WARD = "Bạn không lập kế hoạch ở địa bàn này."


def begun(document: Document) -> str:
    return f"Đã lập dự thảo kế hoạch {document.subject}."
