"""Tasks of plans and reports: drafts to look at, documents to sign."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from povertyplan.core.text import formatting
from reports.choices import DocumentKind, DocumentState
from reports.models import Document
from reports.todo.context import Task, TodoContext


def tasks_to_check_drafts(desk: TodoContext) -> Iterator[Task]:
    """Plans and reports without number and date, with their doubts at the end of their page."""
    for document in _documents(desk, DocumentState.DRAFT):
        yield Task(
            title=f"Xem lại dự thảo {_named(document)}",
            reason="Số liệu và lời văn; các điểm cần kiểm tra ghi ngay trên trang dự thảo.",
            url=_document_url(document),
            action="Mở dự thảo",
        )


def tasks_to_sign(desk: TodoContext) -> Iterator[Task]:
    for document in _documents(desk, DocumentState.SUBMITTED):
        yield Task(
            title=f"Ký ban hành {_named(document)}",
            reason="Văn bản đã trình ký.",
            url=_document_url(document),
            action="Xem văn bản",
        )


def _documents(desk: TodoContext, state: DocumentState) -> Iterable[Document]:
    return Document.objects.visible_to(desk.user).filter(ward=desk.ward, state=state)


def _named(document: Document) -> str:
    years = formatting.years(document.year_from, document.year_to)
    return f"{document.get_kind_display().lower()} {years}"


def _document_url(document: Document) -> str:
    view = "plan_detail" if document.kind == DocumentKind.PLAN else "report_detail"
    return reverse(f"reports:{view}", args=[document.pk])
