"""Tasks of plans and reports: drafts to look at and submit, documents to sign."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from povertyplan.core.text import formatting
from reports.choices import DocumentState
from reports.models import Document, FigureCheck
from reports.plans.naming import name_document, number_in_words
from reports.plans.presenters import document_url, name_in_sentence
from reports.plans.proposing.selectors import documents_with_proposals
from reports.plans.reviewing.selectors import sections_of
from reports.plans.selectors import documents_to_sign
from reports.todo.context import Task, TodoContext, key_of

TO_CHECK = "Số liệu và lời văn; các điểm cần kiểm tra ghi ngay trên trang dự thảo."
TO_COMMENT = "Ghi ý kiến tại từng đoạn của dự thảo."
TO_SETTLE = "{} đề nghị sửa chờ chấp nhận hoặc không."
TO_WRITE = "{} được giao viết mục này."
CHANGED = "Văn bản số {} đã ban hành có {} chỗ nay khác số liệu: sửa đổi, thay thế hoặc xem lại."


def tasks_to_check_drafts(desk: TodoContext) -> Iterator[Task]:
    """Drafts, with their doubts at the end of their page, until each is submitted from there."""
    for document in _documents(desk, DocumentState.DRAFT, DocumentState.FOR_COMMENT):
        returned = document.return_reason
        yield Task(
            title=f"Xem lại dự thảo {name_in_sentence(document)}",
            reason=f"Bị trả lại. Lý do: {returned}" if returned else TO_CHECK,
            url=document_url(document),
            action="Xem và trình ký",
        )


def tasks_to_comment(desk: TodoContext) -> Iterator[Task]:
    """Drafts that were sent to the units, until the day they asked for or their submission."""
    for document in _documents(desk, DocumentState.FOR_COMMENT):
        if document.comment_until and document.comment_until < desk.today:
            continue
        yield Task(
            title=f"Cho ý kiến dự thảo {name_in_sentence(document)}",
            reason=TO_COMMENT,
            url=reverse("reports:document_comments", args=[document.pk]),
            action="Xem và ghi ý kiến",
            due_on=document.comment_until,
            key=key_of("comment", document.pk, document.comment_until),
        )


def tasks_to_settle_proposals(desk: TodoContext) -> Iterator[Task]:
    """Drafts for which somebody proposed changes, until each is accepted or refused."""
    drafts = _documents(desk, DocumentState.DRAFT, DocumentState.FOR_COMMENT)
    for document, count in documents_with_proposals(drafts):
        yield Task(
            title=f"Xử lý đề nghị sửa dự thảo {name_in_sentence(document)}",
            reason=TO_SETTLE.format(count),
            url=reverse("reports:document_proposals", args=[document.pk]),
            action="Xem từng đề nghị",
        )


def tasks_to_write_sections(desk: TodoContext) -> Iterator[Task]:
    """The sections of drafts that the user's units write."""
    drafts = Document.objects.visible_to(desk.user).filter(ward=desk.ward)
    units = [unit.pk for unit in desk.user.units]
    for section in sections_of(units, drafts) if units else ():
        address = reverse("reports:document_text", args=[section.document_id])
        yield Task(
            title=f"Viết mục “{section}” của dự thảo {name_in_sentence(section.document)}",
            reason=TO_WRITE.format(section.unit),
            url=f"{address}#block-{section.key.hex}",
            action="Mở mục này",
            key=key_of("section", section.pk, section.document.return_reason),
        )


def tasks_to_sign(desk: TodoContext) -> Iterator[Task]:
    """What others submitted, until it is issued or returned."""
    for document in documents_to_sign(desk.user, desk.ward):
        yield Task(
            title=f"Ký ban hành {name_document(document)}",
            reason=_submission(document),
            url=reverse("reports:document_issue", args=[document.pk]),
            action="Xem và ký",
        )


def tasks_about_changed_figures(desk: TodoContext) -> Iterator[Task]:
    """Issued documents that the data contradict since, until one amends or replaces them."""
    checks = FigureCheck.objects.filter(
        document__in=Document.objects.visible_to(desk.user),
        document__ward=desk.ward,
        document__ended_as="",
        difference_count__gt=0,
    ).exclude(document__in=_amended(desk))
    for check in checks.select_related("document").order_by("document"):
        document = check.document
        yield Task(
            title=f"Xem số liệu đã đổi của {name_in_sentence(document)}",
            reason=CHANGED.format(number_in_words(document), check.difference_count),
            url=f"{document_url(document)}#differences",
            action="Xem và sửa đổi",
            key=key_of("changed", document.pk, check.difference_count),
        )


def _amended(desk: TodoContext):
    """What a draft takes up already: the draft is the task."""
    drafts = Document.objects.filter(ward=desk.ward, amends__isnull=False)
    return drafts.exclude(state=DocumentState.ISSUED).values("amends")


def _documents(desk: TodoContext, *states: DocumentState) -> QuerySet[Document]:
    documents = Document.objects.visible_to(desk.user).filter(ward=desk.ward, state__in=states)
    return documents.select_related("submitted_by")


def _submission(document: Document) -> str:
    if document.submitted_by is None or document.submitted_at is None:
        return "Văn bản đã trình ký."
    return f"{document.submitted_by} trình lúc {formatting.moment(document.submitted_at)}."
