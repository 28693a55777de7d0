"""Load the kinds of lists that every ward hands over."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from households.choices import WindowRule
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import OneLine, Whole
from povertyplan.core.platform.syncing import Changes
from projects.choices import Confidence, HandoverColumn, SupportRecipient
from projects.models import HandoverKind
from projects.support.services.reference import KindCode


class HandoverKindSection(Section):
    code: KindCode
    name: Annotated[str, OneLine(200)]
    receiver: Annotated[str, OneLine(200)]
    by_school: bool = False
    subject: SupportRecipient
    classes: Annotated[
        tuple[Literal["poor", "near_poor", "newly_escaped"], ...], Field(alias="for", min_length=1)
    ]
    window: WindowRule = WindowRule.PROGRAMME
    age_from: Whole | None = None
    age_to: Whole | None = None
    columns: Annotated[tuple[HandoverColumn, ...], Field(min_length=1)]
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Confidence
    note: Annotated[str, OneLine(300)] | None = None
    tells_of_health: bool = False


class HandoverKindsFile(Section):
    kinds: Annotated[tuple[HandoverKindSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp loại danh sách chuyển giao")
def load_handover_kinds(*, path: Path, by: User | None) -> Changes:
    """Bring the kinds in line with a file. A kind is never removed: lists point to it."""
    changes = Changes()
    for order, section in enumerate(check(HandoverKindsFile, read_file(path)).kinds, start=1):
        kind = changes.put(
            HandoverKind, key={"code": section.code}, values=_values(section) | {"order": order}
        )
    if changes:
        audit.record(kind, f"Nạp loại danh sách chuyển giao: {changes.totals()}.", ward=None)
    return changes


def _values(section: HandoverKindSection) -> dict[str, object]:
    values = section.model_dump(exclude={"code", "classes", "columns", "note"})
    return {
        **values,
        "columns": [str(column) for column in section.columns],
        "note": section.note or "",
        **{
            f"for_{name}": name in section.classes
            for name in ("poor", "near_poor", "newly_escaped")
        },
    }
