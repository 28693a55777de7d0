"""A new draft made from an issued document, with the figures of today."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import submissions
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import lower_first, normalise_text
from reports.choices import AmendKind, BlockKind
from reports.models import Block, Document
from reports.plans.amending.selectors import standing_amendment
from reports.plans.amending.services.amending_document import write_amending_document
from reports.plans.drafting.copying import copy_document
from reports.plans.naming import name_document, name_issued
from reports.plans.outline import Outline
from reports.plans.services import lock_document

NOT_IN_FORCE = "Chỉ thay thế, sửa đổi được văn bản đã ban hành và còn hiệu lực."
UNKNOWN_KIND = "Chọn thay thế hoặc sửa đổi, bổ sung."
REASON_MISSING = "Nhập lý do thay thế, sửa đổi văn bản."
BEGUN_BEFORE = "Đã có dự thảo {kind} văn bản này: {draft}. Mở dự thảo đó để viết tiếp."
REPLACES = "{kind} này thay thế {named}."


@audit.business_act(label="Lập văn bản thay thế, sửa đổi")
def begin_amendment(
    *, document: Document, kind: str, reason: str, key: str | None = None, by: User
) -> Document:
    """Write a draft that replaces or amends an issued document, for the same years and day of data.

    What replaces has the text that was issued, with the figures of now; what amends names only
    those that changed. `key` makes a form sent twice write once.
    """
    stated = normalise_text(reason)

    def create() -> Document:
        current = lock_document(document)
        if faults := amendment_faults(current, kind, stated):
            raise ValidationError(faults)
        draft = _copy_issued(current, kind, stated, key)
        summary = f"{by} lập dự thảo {_verb(kind)} {name_document(current)}"
        audit.record(draft, summary, ward=current.ward, reason=stated)
        return draft

    return submissions.once(
        key=key,
        act="begin_amendment",
        content={"document": document.pk, "kind": kind, "reason": stated},
        model=Document,
        create=create,
        by=by,
    )


def amendment_faults(document: Document, kind: str, reason: str) -> dict[str, str]:
    """Why no such draft can be begun, all at once, keyed by field."""
    faults = {}
    if kind not in (AmendKind.REPLACES, AmendKind.AMENDS):
        faults["kind"] = UNKNOWN_KIND
    elif not document.is_in_force:
        faults["kind"] = NOT_IN_FORCE
    elif (standing := standing_amendment(document, kind)) is not None:
        faults["kind"] = BEGUN_BEFORE.format(kind=_verb(kind), draft=standing.title)
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = fault
    return faults


def _copy_issued(issued: Document, kind: str, reason: str, key: str | None) -> Document:
    frame = {
        **{name: getattr(issued, name) for name in ("ward", "kind", "year_from", "year_to")},
        "data_on": issued.data_on,
        "code": f"{issued.kind}-{issued.year_from}-{UUID(key).hex if key else uuid4().hex}",
        "amends": issued,
        "amend_kind": kind,
        "amend_reason": reason,
    }
    if kind == AmendKind.AMENDS:
        return write_amending_document(issued, frame)
    draft = copy_document(issued, frame, issued.subject)
    text = REPLACES.format(kind=draft.get_kind_display(), named=name_issued(issued))
    order = Outline(draft.blocks.all()).order_at_end(None)
    Block.objects.create(document=draft, order=order, kind=BlockKind.PARAGRAPH, text=text)
    return draft


def _verb(kind: str) -> str:
    return lower_first(AmendKind(kind).label)
