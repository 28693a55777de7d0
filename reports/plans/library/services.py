"""Acts are kept in the library, changed there, and cited by drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import submissions
from povertyplan.core.platform.changing import change_record
from reports.choices import BasisRole
from reports.models import Document, DocumentBasis, LegalDocument
from reports.plans.frame.services.bases import free_orders
from reports.plans.writing.services.draft import lock_draft, record_edit

KIND_MISSING = "Nhập loại văn bản."
NAME_MISSING = "Nhập số, ký hiệu hoặc trích yếu."
IN_ORDER = "Ngày hết hiệu lực không được trước ngày có hiệu lực."
ENDS_UNBORN = "Ngày hết hiệu lực không được trước ngày ban hành."
KNOWN = "Văn bản này đã có trong thư viện."
OWN_HEIR = "Văn bản không thay thế chính nó."
HEIR_IN_TURN = "Văn bản này đã được chính văn bản đang sửa thay thế."
FOREIGN_HEIR = "Chọn văn bản trong danh sách."
NONE_CHOSEN = "Chọn ít nhất một văn bản."
UNKNOWN_ROLE = "Chọn vai trò trong danh sách."


@dataclass(frozen=True)
class LegalInput:
    """An act as it is typed."""

    kind: str
    number: str = ""
    dated_on: date | None = None
    issuer: str = ""
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: LegalDocument | None = None

    def values(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def content(self) -> dict[str, object]:
        """The same as a form that is sent twice is told by."""
        return self.values() | {"replaced_by": self.replaced_by and self.replaced_by.pk}


@audit.business_act(label="Thêm văn bản căn cứ vào thư viện")
def add_legal_document(
    *, ward: Area, details: LegalInput, key: str | None = None, by: User
) -> LegalDocument:
    """Keep an act. Raises ValidationError keyed by field."""

    def create() -> LegalDocument:
        refuse_legal_faults(ward, details)
        act = LegalDocument.objects.create(ward=ward, **details.values())
        audit.record(act, f"{by} thêm văn bản căn cứ {act}", ward=ward)
        return act

    return submissions.once(
        key=key,
        act="add_legal_document",
        content={"ward": ward.pk, **details.content()},
        model=LegalDocument,
        create=create,
        by=by,
    )


@audit.business_act(label="Sửa văn bản căn cứ trong thư viện")
def change_legal_document(
    *, act: LegalDocument, details: LegalInput, version: int | None, by: User
) -> LegalDocument:
    """Change an act; documents that cite it keep the words that they print."""
    refuse_legal_faults(act.ward, details, act)
    return change_record(act, details.values(), version=version, ward=act.ward)


def refuse_legal_faults(ward: Area, given: LegalInput, own: LegalDocument | None = None) -> None:
    if faults := legal_faults(ward, given, own):
        raise ValidationError(faults)


def legal_faults(ward: Area, given: LegalInput, own: LegalDocument | None = None) -> dict[str, str]:
    """Every fault of an act at once, by field."""
    faults = {
        "kind": "" if given.kind else KIND_MISSING,
        "number": "" if given.number or given.title else NAME_MISSING,
        "valid_to": _end_fault(given),
        "replaced_by": _heir_fault(ward, given.replaced_by, own),
    }
    if not any(faults.values()) and _alike(ward, given, own):
        faults["number"] = KNOWN
    return {field: fault for field, fault in faults.items() if fault}


def _end_fault(given: LegalInput) -> str:
    if given.valid_to and given.valid_from and given.valid_to < given.valid_from:
        return IN_ORDER
    is_unborn = given.valid_to and given.dated_on and given.valid_to < given.dated_on
    return ENDS_UNBORN if is_unborn else ""


def _heir_fault(ward: Area, heir: LegalDocument | None, own: LegalDocument | None) -> str:
    if heir is None:
        return ""
    if heir.ward_id != ward.pk:
        return FOREIGN_HEIR
    if heir == own:
        return OWN_HEIR
    return HEIR_IN_TURN if own is not None and own in _heirs(heir) else ""


def _heirs(act: LegalDocument) -> list[LegalDocument]:
    """What stands in the place of an act, and in turn in the place of that."""
    found: list[LegalDocument] = []
    while act.replaced_by is not None and act.replaced_by not in found:
        act = act.replaced_by
        found.append(act)
    return found


def _alike(ward: Area, given: LegalInput, own: LegalDocument | None) -> bool:
    """Whether the library has the act: what SQLite calls the same letter is not enough here."""
    others = LegalDocument.objects.filter(ward=ward, dated_on=given.dated_on)
    return any(_named(other) == _named(given) for other in others if other != own)


def _named(act: LegalInput | LegalDocument) -> tuple[str, ...]:
    name = act.number or act.title
    return act.kind.casefold(), name.casefold()


@audit.business_act(label="Chọn căn cứ từ thư viện")
def cite_legal_documents(
    *, document: Document, acts: Sequence[LegalDocument], role: str, by: User
) -> Document:
    """Put acts of the library behind the bases of a draft; what it cites already stays once.

    Nothing is written over, so no version is asked for.
    """
    current = lock_draft(document)
    if not acts:
        raise ValidationError({"acts": NONE_CHOSEN})
    if role not in BasisRole.values:
        raise ValidationError({"role": UNKNOWN_ROLE})
    rows = list(current.bases.order_by("order"))
    cited = {row.legal_id for row in rows}
    new = [act for act in acts if act.pk not in cited and act.ward_id == current.ward_id]
    begins = rows[-1].order + 1 if rows else free_orders([], 1)[0]
    for order, act in enumerate(new, start=begins):
        DocumentBasis.objects.create(
            document=current,
            order=order,
            role=role,
            legal=act,
            kind=act.kind,
            number=act.number,
            dated_on=act.dated_on,
            issuer=act.issuer,
            title=act.title,
            valid_to=act.valid_to,
        )
    record_edit(current, by, f"chọn {len(new)} căn cứ từ thư viện")
    return current
