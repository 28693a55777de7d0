"""What a ward file says of a document: its frame, bases, blocks, duties and recipients."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_serializer, model_validator

from povertyplan.core.platform.structured_file.checking import Section, refuse
from povertyplan.core.platform.structured_file.values import (
    Day,
    Lines,
    NameLine,
    OneLine,
    Whole,
    Year,
    matching,
)
from reports.choices import (
    HOLDS_BLOCKS,
    KEPT_BY_CLERK,
    OUTERMOST,
    BasisRole,
    BlockKind,
    DocumentKind,
    DocumentState,
    HeadlineTopic,
)

from .references import Fielded, UsedDimension, UsedIndicator, UsedProject, UsedUnit, once
from .years import Years

Prose = Annotated[str, OneLine(4000), Fielded]
Title = Annotated[str, OneLine(300), Fielded]

ARCHIVE_LINE = "Lưu:"  # of files written before `archive` had a key of its own


class NoParameters(Section):
    """A block that needs nothing said: `duties: {}`."""


class TargetsParameters(Section):
    """Targets of these years, in the groups named or in all."""

    years: tuple[Year, ...]
    dimensions: tuple[UsedDimension, ...] = ()


class RoadmapParameters(Section):
    """A column a year; the first year shows what was reached, the others what is promised."""

    first: Year
    last: Year
    indicators: tuple[UsedIndicator, ...]


class ComponentsParameters(Section):
    """The projects to print in this order; none named means all of the document's years."""

    projects: tuple[UsedProject, ...] = ()


class YearParameters(Section):
    year: Year


class HeadlinesParameters(Section):
    """What sentences of a year are about."""

    year: Year
    topic: HeadlineTopic


class BlockSection(Section):
    """One block: exactly one kind, with its text or its parameters, and what stands below it."""

    heading: Title | None = None
    paragraph: Prose | None = None
    dash: Prose | None = None
    plus: Prose | None = None
    numbered: Prose | None = None
    closing: Prose | None = None
    appendix: Title | None = None
    landscape: bool = False
    targets: TargetsParameters | None = None
    roadmap: RoadmapParameters | None = None
    components: ComponentsParameters | None = None
    duties: NoParameters | None = None
    target_results: YearParameters | None = None
    movement: YearParameters | None = None
    deprivations: YearParameters | None = None
    villages: YearParameters | None = None
    project_units: YearParameters | None = None
    money: YearParameters | None = None
    unit_reports: NoParameters | None = None
    headlines: HeadlinesParameters | None = None
    children: tuple["BlockSection", ...] = ()

    @model_validator(mode="after")
    def _one_kind(self):
        kinds = [kind for kind in BlockKind.values if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise refuse(f"khối cần đúng một loại trong: {', '.join(BlockKind.values)}.")
        if self.children and kinds[0] not in HOLDS_BLOCKS:
            raise refuse(f"khối {kinds[0]} không có khối con.")
        if self.landscape and self.appendix is None:
            raise refuse("chỉ phụ lục mới đặt được khổ ngang.")
        return self

    @model_validator(mode="after")
    def _outermost_only(self):
        if any(child.kind in OUTERMOST for child in self.children):
            raise refuse("câu kết và phụ lục chỉ đứng ở cấp ngoài cùng.")
        return self

    @property
    def kind(self) -> str:
        return next(kind for kind in BlockKind.values if getattr(self, kind) is not None)

    @property
    def content(self) -> str | Section:
        """Its text, or its parameters."""
        return getattr(self, self.kind)


class BasisSection(Section):
    """A legal basis. Some real ones have neither number nor date."""

    role: BasisRole
    kind: Annotated[str, OneLine(60)]
    number: Annotated[str, OneLine(60)] = ""
    date: Day | None = None
    issuer: Annotated[str, OneLine(120)] = ""
    title: Annotated[str, OneLine(300)] = ""
    valid_to: Day | None = None


class TaskSection(Section):
    """A task, with the component projects it is about; just its text when it is about none."""

    text: Prose
    projects: tuple[UsedProject, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _as_text(self, serialise):
        return serialise(self) if self.projects else self.text


class DutySection(Section):
    unit: UsedUnit
    tasks: Annotated[tuple[TaskSection, ...], Field(min_length=1)]


class SignatureSection(Section):
    """Who signs, as Decree 30/2020/NĐ-CP writes it: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH, name.

    A deputy's title has two lines: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.
    """

    authority: Annotated[str, OneLine(80)] = ""
    title: Annotated[str, Lines(80)]
    name: Annotated[str, NameLine(100, is_person=True)] = ""


def _one_closing(blocks: tuple[BlockSection, ...]) -> tuple[BlockSection, ...]:
    if sum(block.closing is not None for block in blocks) > 1:
        raise refuse("văn bản chỉ có một câu kết.")
    return blocks


def _each_unit_once(duties: tuple[DutySection, ...]) -> tuple[DutySection, ...]:
    units = [duty.unit for duty in duties]
    for unit in units:
        if units.count(unit) > 1:
            raise refuse(f"đơn vị “{unit}” được phân công ở hai chỗ.")
    return duties


class DocumentSection(Section):
    """A plan or a report. Place line and issuer are the ward's unless given here."""

    code: Annotated[
        str,
        matching(r"[a-z0-9-]{3,60}", "mã văn bản gồm chữ thường không dấu, chữ số, dấu -."),
        once("văn bản"),
    ]
    kind: DocumentKind
    years: Years
    subject: Annotated[str, OneLine(300)]
    state: DocumentState = DocumentState.DRAFT
    number: Whole | None = None
    symbol: Annotated[str, OneLine(30)]
    issued_on: Day | None = None
    place_line: Annotated[str, OneLine(60)] = ""
    issuer: Annotated[str, OneLine(160)] = ""
    addressee: Annotated[str, OneLine(250)] = ""
    data_on: Day
    signature: SignatureSection
    bases: tuple[BasisSection, ...] = ()
    blocks: Annotated[tuple[BlockSection, ...], AfterValidator(_one_closing)]
    duties: Annotated[tuple[DutySection, ...], AfterValidator(_each_unit_once)] = ()
    recipients: tuple[Annotated[str, OneLine(200)], ...]
    archive: Annotated[str, OneLine(200)] = KEPT_BY_CLERK

    @model_validator(mode="before")
    @classmethod
    def _archive_among_recipients(cls, value: object) -> object:
        if not isinstance(value, dict) or not isinstance(value.get("recipients"), list):
            return value
        lines = value["recipients"]
        kept = [line for line in lines if str(line).startswith(ARCHIVE_LINE)]
        if not kept:
            return value
        if "archive" in value:
            raise refuse("nơi lưu ghi một lần, ở archive, không ghi ở recipients.")
        archive = kept[-1].removeprefix(ARCHIVE_LINE).strip(" .;") or KEPT_BY_CLERK
        others = [line for line in lines if line not in kept]
        return {**value, "recipients": others, "archive": archive}

    @model_validator(mode="after")
    def _issued_has_number(self):
        if self.state == DocumentState.ISSUED and not (self.number and self.issued_on):
            raise refuse("văn bản đã ban hành cần number và issued_on.")
        return self
