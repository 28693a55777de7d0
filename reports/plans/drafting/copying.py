"""A new document with the parts of another one."""

from datetime import date

from django.db.models import Q

from households.ledger.known import year_end
from povertyplan.core.text.vietnamese import lower_first, normalise_text
from reports.choices import BasisRole, DocumentKind
from reports.models import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.drafting.year_shift import YearShift
from reports.plans.outline import reading_order

BASIS_COPIED = ("role", "kind", "number", "dated_on", "issuer", "title", "valid_to", "legal_id")
HEADING_COPIED = ("symbol", "place_line", "issuer", "authority", "signer_title", "archive")


def day_of_data(frame: dict) -> date:
    """The day whose figures a new document counts: as the frame says, else before its years."""
    return frame.get("data_on") or year_end(frame["year_from"] - 1)


def new_document(frame: dict, **heading: str) -> Document:
    """A draft without parts; a plan, unless `frame` says otherwise."""
    subject = lower_first(heading.pop("subject"))
    usual = {"kind": DocumentKind.PLAN, "data_on": day_of_data(frame)}
    return Document.objects.create(**(usual | frame | heading), subject=subject)


def copy_document(source: Document, frame: dict, subject: str) -> Document:
    """A draft with the parts of another document, its years moved to those of the frame.

    Blocks get keys of their own.
    """
    document = copy_frame(source, frame, subject)
    shift = _shift(source, frame)
    _copy_blocks(source, document, shift)
    _copy_duties(source, document, shift)
    return document


def copy_frame(
    source: Document, frame: dict, subject: str, further: DocumentBasis | None = None
) -> Document:
    """The same without blocks and tasks: heading, bases, recipients and who signs.

    Bases that ended before the first year stay behind; a further one comes before the documents
    that are carried out.
    """
    shift = _shift(source, frame)
    document = new_document(
        frame,
        subject=normalise_text(subject) or shift.text(source.subject),
        addressee=shift.text(source.addressee),
        **{name: getattr(source, name) for name in HEADING_COPIED},
    )
    _copy_bases(source, document, further)
    Recipient.objects.bulk_create(
        Recipient(document=document, order=line.order, text=line.text)
        for line in source.recipients.all()
    )
    return document


def _shift(source: Document, frame: dict) -> YearShift:
    return YearShift(source.year_from, source.year_to, frame["year_from"], frame["year_to"])


def _copy_bases(source: Document, document: Document, further: DocumentBasis | None) -> None:
    ended = [row.pk for row in ended_bases(source, document.year_from)]
    kept = source.bases.exclude(pk__in=ended).order_by("order")
    rows = [DocumentBasis(**values) for values in kept.values(*BASIS_COPIED)]
    if further is not None:
        carried_out = (at for at, row in enumerate(rows) if row.role == BasisRole.CARRIES_OUT)
        rows.insert(next(carried_out, len(rows)), further)
    for order, row in enumerate(rows, start=1):
        row.document, row.order = document, order
    DocumentBasis.objects.bulk_create(rows)


def ended_bases(source: Document, year: int) -> list[DocumentBasis]:
    """The bases of a document that are not in force any more when a year begins."""
    begins = date(year, 1, 1)
    ended = Q(valid_to__lt=begins, legal=None) | Q(legal__valid_to__lt=begins)
    return list(source.bases.filter(ended).order_by("order"))


def _copy_blocks(source: Document, document: Document, shift: YearShift) -> None:
    copies: dict[int, Block] = {}
    for block in reading_order(source.blocks.all()):
        copies[block.pk] = Block.objects.create(
            document=document,
            parent=copies[block.parent_id] if block.parent_id else None,
            order=block.order,
            kind=block.kind,
            text=shift.text(block.text),
            parameters=shift.parameters(block.parameters),
        )


def _copy_duties(source: Document, document: Document, shift: YearShift) -> None:
    for duty in source.duties.prefetch_related("items__projects"):
        copy = DocumentDuty.objects.create(
            document=document, unit_id=duty.unit_id, order=duty.order
        )
        for item in duty.items.all():
            task = DutyItem.objects.create(duty=copy, order=item.order, text=shift.text(item.text))
            task.projects.set(item.projects.all())
