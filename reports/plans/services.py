"""The way of a document to its signature: submitted, returned or issued."""

from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import lower_first, normalise_text
from reports.choices import AmendKind, DocumentEnd, DocumentState, VersionOccasion
from reports.models import BlockComment, Document
from reports.models.draft_version import LONGEST_NOTE
from reports.plans.amending.obstacles import amended_fault
from reports.plans.blocks import DocumentError
from reports.plans.builder import basis_text, build_document
from reports.plans.naming import name_document, number_in_words
from reports.plans.snapshots import PrintedDocument, keep_snapshot, print_document
from reports.plans.versions.keeping import keep_version
from reports.plans.workflow import WorkflowStep, step_fault
from reports.printing.pdf import PrintingUnavailable
from reports.printing.tree import DocumentTree

LARGEST_NUMBER = 99_999
REASON_AT_BLOCKS = "Xem {} ý kiến ghi tại từng đoạn."
TWO_PERSONS = "Bạn là người trình văn bản này nên không được tự ký ban hành."


@audit.business_act(label="Trình ký văn bản")
def submit_document(*, document: Document, version: int, by: User) -> Document:
    """Hand a draft to who signs. Refused while a part of it cannot be written from the data."""
    current = lock_document(document)
    if current.is_submitted and current.submitted_by_id == by.pk:
        return current
    refuse_step(WorkflowStep.SUBMIT, current)
    printed = _refuse_unreadable(current)
    versions.update(
        current,
        version=version,
        state=DocumentState.SUBMITTED,
        submitted_by=by,
        submitted_at=clock.now(),
        return_reason="",
    )
    keep_version(current, VersionOccasion.SUBMITTED, by, printed=printed)
    audit.record(current, f"{by} trình ký {name_document(current)}", ward=current.ward)
    return current


@audit.business_act(label="Trả lại văn bản trình ký")
def return_document(*, document: Document, version: int, reason: str, by: User) -> Document:
    """Send a submitted document back to who drafts it, for a reason everyone sees.

    What its reader said at the blocks since it was submitted are reasons too, and enough of one.
    """
    current = lock_document(document)
    refuse_step(WorkflowStep.RETURN, current)
    remarks = remarks_on(current, by)
    count = remarks.count()
    at_blocks = REASON_AT_BLOCKS.format(count) if count else ""
    stated = stated_reason(normalise_text(reason) or at_blocks, "Nhập lý do trả lại văn bản.")
    versions.update(current, version=version, state=DocumentState.DRAFT, return_reason=stated)
    remarks.update(is_return=True)
    keep_version(current, VersionOccasion.RETURNED, by, note=stated[:LONGEST_NOTE])
    audit.record(
        current, f"{by} trả lại {name_document(current)}", ward=current.ward, reason=stated
    )
    return current


def print_and_issue(
    *,
    document: Document,
    number: int,
    issued_on: date,
    authority: str,
    signer_title: str,
    signer_name: str,
    version: int,
    by: User,
) -> Document:
    """Print a document as it will be signed, and issue it: nobody waits while it is printed."""
    signer = _signer(authority, signer_title, signer_name)
    printed = None
    current = Document.objects.select_related("ward", "submitted_by", "amends").get(pk=document.pk)
    if (
        not step_fault(WorkflowStep.ISSUE, current.state)
        and current.submitted_by_id != by.pk
        and current.version == version
        and not signing_faults(current, number=number, issued_on=issued_on)
    ):
        signed = _signed(number, issued_on, signer, by)
        # What cannot be printed now is refused by the act, with its sentence.
        with suppress(DocumentError, PrintingUnavailable):
            printed = print_document(_in_memory(current, signed))
    return issue_document(
        document=document,
        number=number,
        issued_on=issued_on,
        authority=authority,
        signer_title=signer_title,
        signer_name=signer_name,
        version=version,
        by=by,
        printed=printed,
    )


@audit.business_act(label="Ký ban hành văn bản")
def issue_document(
    *,
    document: Document,
    number: int,
    issued_on: date,
    authority: str,
    signer_title: str,
    signer_name: str,
    version: int,
    by: User,
    printed: PrintedDocument | None = None,
) -> Document:
    """Give a submitted document its number and day, and keep what is signed for good.

    Whoever submitted does not sign. The same issue sent again by the same person is returned, not
    repeated. Files that were `printed` before are kept if nothing has changed since.
    """
    current = _lock_with_amended(document)
    if current.is_issued and _was_signed(current) == (number, issued_on, by.pk):
        return current
    refuse_step(WorkflowStep.ISSUE, current)
    if current.submitted_by_id == by.pk:
        raise ValidationError(TWO_PERSONS, code="two_persons")
    versions.check(current, version)
    if faults := signing_faults(current, number=number, issued_on=issued_on):
        raise ValidationError(faults)
    signed = _signed(number, issued_on, _signer(authority, signer_title, signer_name), by)
    _keep(current, signed, printed)
    _write(current, version, signed)
    _end_replaced(current, by)
    audit.record(current, f"{by} ký ban hành {name_document(current)}", ward=current.ward)
    return current


def _signed(number: int, issued_on: date, signer: dict[str, object], by: User) -> dict[str, object]:
    """What an issue writes into the row of the document."""
    numbered = _numbered(number, issued_on)
    return {"state": DocumentState.ISSUED, **numbered, **signer, "issued_by": by}


def _numbered(number: int, issued_on: date) -> dict[str, object]:
    return {
        "number": number,
        "number_repeats": False,
        "issued_on": issued_on,
        "issued_year": issued_on.year,
    }


def _signer(authority: str, title: str, name: str) -> dict[str, object]:
    return {
        "authority": normalise_text(authority),
        "signer_title": "\n".join(normalise_text(line) for line in title.splitlines()),
        "signer_name": normalise_text(name),
    }


def signing_faults(
    document: Document, *, number: int | None, issued_on: date | None
) -> dict[str, str]:
    """Every fault of number and day at once, keyed by field; what could not be read is None."""
    faults = {
        "number": _number_fault(document, number, issued_on),
        "issued_on": _day_fault(document, issued_on) or amended_fault(document, issued_on),
    }
    return {field: fault for field, fault in faults.items() if fault}


def taken_number(document: Document, number: int, year: int) -> str:
    """Which other document of the kind has a number in a year, in a sentence; else empty."""
    others = Document.objects.filter(
        ward=document.ward_id, kind=document.kind, issued_year=year, number=number
    )
    other = others.exclude(pk=document.pk).order_by("number_repeats", "pk").first()
    if other is None:
        return ""
    years = formatting.years(other.year_from, other.year_to)
    return (
        f"Số {formatting.paper_number(number)} năm {year} đã cấp cho "
        f"{lower_first(other.get_kind_display())} {other.subject} ({years}), "
        f"ngày {formatting.day(other.issued_on)}."
    )


def _number_fault(document: Document, number: int | None, issued_on: date | None) -> str:
    if number is None:
        return ""
    if not 1 <= number <= LARGEST_NUMBER:
        return f"Số văn bản từ 1 đến {formatting.number(LARGEST_NUMBER)}."
    return taken_number(document, number, issued_on.year) if issued_on else ""


def _day_fault(document: Document, issued_on: date | None) -> str:
    if issued_on is None:
        return ""
    if issued_on > clock.today():
        return "Ngày ban hành không được sau hôm nay."
    later = document.bases.filter(dated_on__gt=issued_on).order_by("-dated_on").first()
    if later is not None:
        return f"Ngày ban hành không được trước căn cứ {basis_text(later)}."
    return ""


def _lock_with_amended(document: Document) -> Document:
    """The document, held together with the one that it replaces or amends, the older first."""
    wanted = Q(pk=document.pk) | Q(amendments=document.pk)
    keys = set(Document.objects.filter(wanted).values_list("pk", flat=True))
    rows = Document.objects.filter(pk__in=keys).select_related("ward", "submitted_by", "amends")
    return next(row for row in locks.hold(rows) if row.pk == document.pk)


def _end_replaced(document: Document, by: User) -> None:
    """Say of the document that was replaced that it does not hold any more."""
    replaced = document.amends
    if document.amend_kind != AmendKind.REPLACES or replaced is None:
        return
    versions.update(
        replaced,
        version=replaced.version,
        ended_as=DocumentEnd.REPLACED,
        ended_on=document.issued_on,
        ended_reason=document.amend_reason,
    )
    summary = f"{by} thay thế {name_document(replaced)} bằng số {number_in_words(document)}"
    audit.record(replaced, summary, ward=document.ward, reason=document.amend_reason)


def remarks_on(document: Document, reader: User) -> QuerySet[BlockComment]:
    """What a reader said at the blocks of a document since it was submitted, and nobody settled."""
    said = BlockComment.objects.unsettled().filter(block__document=document, author=reader)
    return said.filter(written_at__gte=document.submitted_at or clock.now(), is_return=False)


def lock_document(document: Document) -> Document:
    rows = Document.objects.filter(pk=document.pk).select_related("ward", "submitted_by")
    return locks.hold(rows).get()


def _was_signed(document: Document) -> tuple[int | None, date | None, int | None]:
    return document.number, document.issued_on, document.issued_by_id


def refuse_step(step: WorkflowStep, document: Document) -> None:
    """Raise ValidationError where a step is not taken from where the document stands."""
    if fault := step_fault(step, document.state):
        raise ValidationError(fault, code="locked")


def _refuse_unreadable(document: Document) -> DocumentTree:
    try:
        return build_document(document)
    except DocumentError as problem:
        raise ValidationError(str(problem), code="unreadable") from problem


def _keep(document: Document, signed: dict[str, object], printed: PrintedDocument | None) -> None:
    """Keep the document as it will be signed, before its row says so and is closed for good."""
    try:
        keep_snapshot(_in_memory(document, signed), printed)
    except (DocumentError, PrintingUnavailable) as problem:
        raise ValidationError(str(problem), code="unprintable") from problem


def _in_memory(document: Document, signed: dict[str, object]) -> Document:
    for name, value in signed.items():
        setattr(document, name, value)
    return document


def _write(document: Document, version: int, signed: dict[str, object]) -> None:
    """Write what was signed; the database has the last word on a number taken at this moment."""
    number, year = document.number, document.issued_year
    try:
        with transaction.atomic():
            versions.update(document, version=version, **signed)
    except IntegrityError as refused:
        taken = taken_number(document, number or 0, year or 0)
        if not taken:
            raise
        raise ValidationError({"number": taken}) from refused
