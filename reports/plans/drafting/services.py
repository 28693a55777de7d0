"""A new draft of a plan: from an earlier plan of the ward, or from a template."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import submissions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text, upper_first
from reports.choices import AmendKind
from reports.models import Block, Document, Recipient
from reports.plans.drafting.copying import copy_document, day_of_data, new_document
from reports.plans.drafting.selectors import may_be_replaced, name_plans, plans_of_years
from reports.plans.drafting.templates import (
    PlanTemplate,
    TemplateBlock,
    fill,
    fill_parameters,
    plan_templates,
)
from reports.plans.drafting.written_parts import DraftParts, write_parts
from reports.plans.outline import GAP
from reports.printing.issuer import issuer_of

LONGEST_PERIOD = 10
SECOND_PLAN = "Đã có kế hoạch của cùng thời gian: {}. Chọn thay thế hoặc ban hành thêm."
NOTHING_TO_REPLACE = (
    "Chỉ thay thế được kế hoạch đã ban hành, còn hiệu lực và chưa có dự thảo thay thế. "
    "Chọn ban hành thêm, hoặc sửa dự thảo đã có."
)


@dataclass(frozen=True)
class PlanStart:
    """What a new plan begins from: an earlier plan, the code of a template, or parts as read.

    `origin` names where the parts were read.
    """

    source: Document | None = None
    template: str = ""
    parts: DraftParts | None = None
    origin: str = ""


@audit.business_act(label="Lập kế hoạch")
def begin_plan(
    *,
    ward: Area,
    start: PlanStart,
    year_from: int,
    year_to: int,
    subject: str = "",
    beside: str = "",
    key: str | None = None,
    by: User,
) -> Document:
    """Write a draft for the years, both included. `key` makes a form sent twice write once.

    An earlier plan's years move with it; number, date, signer and what was signed do not. `beside`
    says what the draft does to a plan of the same years, where there is one.
    """
    if faults := period_faults(year_from, year_to):
        raise ValidationError(faults)

    def create() -> Document:
        code = _own_code(year_from, key)
        frame = {"ward": ward, "year_from": year_from, "year_to": year_to, "code": code}
        frame |= second_plan(ward, year_from, year_to, beside)
        return _write_plan(start, frame, subject, by)

    return submissions.once(
        key=key,
        act="begin_plan",
        content={
            "ward": ward.pk,
            "source": start.source and start.source.pk,
            "template": start.template,
            "origin": start.origin,
            "years": [year_from, year_to],
            "subject": subject,
            "beside": beside,
        },
        model=Document,
        create=create,
        by=by,
    )


def _own_code(year: int, key: str | None) -> str:
    """Nobody types it: a ward file names its own documents, and this one is in none."""
    return f"plan-{year}-{UUID(key).hex if key else uuid4().hex}"


def _write_plan(start: PlanStart, frame: dict, subject: str, by: User) -> Document:
    ward = frame["ward"]
    if start.source is not None:
        document = copy_document(_readable(start.source, ward), frame, subject)
    elif start.parts is not None:
        document = _write_read(start.parts, frame, subject)
    else:
        document = fill_template(plan_templates()[start.template], frame, subject=subject)
    years = formatting.years(document.year_from, document.year_to)
    audit.record(document, f"{by} lập dự thảo kế hoạch {document.subject} ({years})", ward=ward)
    return document


def _write_read(parts: DraftParts, frame: dict, subject: str) -> Document:
    """A draft of parts that were read; what they do not say of its heading is the template's."""
    ward = frame["ward"]
    usual = next(iter(plan_templates().values()))
    document = new_document(
        frame,
        subject=normalise_text(subject) or parts.subject,
        symbol=usual.symbol,
        place_line=ward.place_line,
        issuer=issuer_of(ward),
        authority=parts.authority or usual.authority,
        signer_title=parts.signer_title or usual.signer_title,
        signer_name=parts.signer_name,
        **({"archive": parts.archive} if parts.archive else {}),
    )
    write_parts(document, parts)
    return document


def period_faults(year_from: int | None, year_to: int | None) -> dict[str, str]:
    """What is wrong with the years of a plan, keyed by field."""
    if year_from is None or year_to is None:
        return {}
    if year_to < year_from:
        return {"year_to": "Năm cuối không được trước năm đầu."}
    if year_to - year_from >= LONGEST_PERIOD:
        return {"year_to": f"Kế hoạch dài nhất {LONGEST_PERIOD} năm."}
    return {}


def second_plan(ward: Area, first: int, last: int, beside: str) -> dict[str, object]:
    """How a new plan stands to those of the same years; refused without a word about them."""
    others = plans_of_years(ward, first, last)
    if not others:
        return {}
    if beside not in (AmendKind.REPLACES, AmendKind.ADDS):
        raise ValidationError({"beside": SECOND_PLAN.format(name_plans(others))})
    if beside == AmendKind.ADDS:
        return {"amends": others[0], "amend_kind": beside}
    replaced = next((each for each in others if may_be_replaced(each)), None)
    if replaced is None:
        raise ValidationError({"beside": NOTHING_TO_REPLACE})
    return {"amends": replaced, "amend_kind": beside}


def _readable(source: Document, ward: Area) -> Document:
    plans = Document.objects.plans().filter(pk=source.pk, ward=ward)
    current = locks.hold(plans).first()
    if current is None:
        raise ValidationError({"start": "Kế hoạch gốc không còn ở địa bàn này."})
    return current


def fill_template(
    template: PlanTemplate, frame: dict, *, subject: str = "", period: str = "", span: str = ""
) -> Document:
    """Write a draft from a template; `period` names the time it is about, else its years do.

    `span` is the same time as data fields write it.
    """
    ward, first, last = frame["ward"], frame["year_from"], frame["year_to"]
    data_on = day_of_data(frame)
    years = {"first": first, "last": last, "before": first - 1}
    words = {name: str(year) for name, year in years.items()} | {
        "ward": ward.name,
        "issuer": upper_first(issuer_of(ward)),
        "period": period or formatting.years(first, last),
        "span": span or str(first),
        "data_on": data_on.isoformat(),
        "data_day": formatting.day(data_on),
    }
    document = new_document(
        frame,
        subject=normalise_text(subject) or fill(template.subject, words),
        symbol=template.symbol,
        place_line=ward.place_line,
        issuer=issuer_of(ward),
        authority=template.authority,
        signer_title=template.signer_title,
    )
    _write_blocks(document, template.blocks, words, years)
    Recipient.objects.bulk_create(
        Recipient(document=document, order=place, text=line)
        for place, line in enumerate(template.recipients, start=1)
    )
    return document


def _write_blocks(
    document: Document,
    blocks: list[TemplateBlock],
    words: dict[str, str],
    years: dict[str, int],
    parent: Block | None = None,
) -> None:
    for place, each in enumerate(blocks, start=1):
        block = Block.objects.create(
            document=document,
            parent=parent,
            order=place * GAP,
            kind=each.kind,
            text=fill(each.text, words),
            parameters=fill_parameters(each.parameters, years),
        )
        _write_blocks(document, each.children, words, years, block)
