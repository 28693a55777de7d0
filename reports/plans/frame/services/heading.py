"""What stands above and below the text: subject, place, issuing body, addressees, who signs."""

from dataclasses import asdict, dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Field

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.models import Document
from reports.plans.naming import name_document
from reports.plans.writing.services.draft import lock_draft

SUBJECT_MISSING = "Nhập trích yếu: danh sách và liên kết gọi văn bản bằng trích yếu."


@dataclass(frozen=True)
class HeadingInput:
    """The heading data of a document. Issuer, authority and title may have several lines."""

    subject: str = ""
    symbol: str = ""
    place_line: str = ""
    issuer: str = ""
    addressee: str = ""
    authority: str = ""
    signer_title: str = ""
    signer_name: str = ""


def heading_of(document: Document) -> HeadingInput:
    return HeadingInput(**{name: getattr(document, name) for name in asdict(HeadingInput())})


@audit.business_act(label="Sửa thể thức văn bản")
def set_heading(*, document: Document, heading: HeadingInput, version: int, by: User) -> Document:
    """Write the heading data of a draft. Everything but the subject may be left empty."""
    current = lock_draft(document)
    stated = {name: _normalise(value) for name, value in asdict(heading).items()}
    if faults := heading_faults(HeadingInput(**stated)):
        raise ValidationError(faults)
    versions.update(current, version=version, **stated)
    audit.record(current, f"{by} sửa thể thức của {name_document(current)}", ward=current.ward)
    return current


def heading_faults(heading: HeadingInput) -> dict[str, str]:
    """Every fault by its field."""
    faults = {} if heading.subject else {"subject": SUBJECT_MISSING}
    for name, value in asdict(heading).items():
        longest = cast(Field, Document._meta.get_field(name)).max_length or 0
        if len(value) > longest:
            faults[name] = f"Dài nhất {longest} ký tự, đang có {len(value)}."
    return faults


def _normalise(value: str) -> str:
    lines = (normalise_text(line) for line in value.splitlines())
    return "\n".join(line for line in lines if line)
