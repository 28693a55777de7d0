"""What the pages about an issued document say after an act."""

from reports.models import Document
from reports.plans.naming import number_in_words

BEGUN = "Đã lập dự thảo theo số liệu hiện nay. Viết lại nội dung cần sửa rồi trình ký."


def abolished(document: Document) -> str:
    return f"Đã ghi bãi bỏ {document.get_kind_display().lower()} số {number_in_words(document)}."
