"""The parts of a new draft as they were read somewhere else, written as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from povertyplan.core.models import Unit
from reports.models import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.outline import GAP


@dataclass(frozen=True)
class DraftBasis:
    """A legal basis of the draft."""

    role: str
    kind: str
    number: str = ""
    dated_on: date | None = None
    issuer: str = ""
    title: str = ""


@dataclass(frozen=True)
class DraftDuty:
    """What the draft gives one unit to do."""

    unit: Unit
    tasks: Sequence[str]


@dataclass
class DraftBlock:
    """A block with what stands below it."""

    kind: str
    text: str
    children: list["DraftBlock"] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftParts:
    """What a draft says; the heading data that is missing is that of the template."""

    subject: str
    blocks: Sequence[DraftBlock]
    bases: Sequence[DraftBasis] = ()
    duties: Sequence[DraftDuty] = ()
    recipients: Sequence[str] = ()
    archive: str = ""
    authority: str = ""
    signer_title: str = ""
    signer_name: str = ""


def write_parts(document: Document, parts: DraftParts) -> None:
    """Write blocks, bases, duties and recipients of a draft that has none yet."""
    write_blocks(document, parts.blocks)
    DocumentBasis.objects.bulk_create(
        DocumentBasis(document=document, order=order, **vars(basis))
        for order, basis in enumerate(parts.bases, start=1)
    )
    for order, given in enumerate(parts.duties, start=1):
        duty = DocumentDuty.objects.create(document=document, unit=given.unit, order=order)
        DutyItem.objects.bulk_create(
            DutyItem(duty=duty, order=place, text=text)
            for place, text in enumerate(given.tasks, start=1)
        )
    Recipient.objects.bulk_create(
        Recipient(document=document, order=order, text=text)
        for order, text in enumerate(parts.recipients, start=1)
    )


def write_blocks(
    document: Document, blocks: Sequence[DraftBlock], parent: Block | None = None
) -> None:
    for place, each in enumerate(blocks, start=1):
        block = Block.objects.create(
            document=document,
            parent=parent,
            order=place * GAP,
            kind=each.kind,
            text=each.text,
            parameters=each.parameters,
        )
        write_blocks(document, each.children, block)
