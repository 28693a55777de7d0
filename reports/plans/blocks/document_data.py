"""What all blocks of one document are written from: its figures, projects and duties."""

from collections import defaultdict
from functools import cached_property

from povertyplan.core.text.vietnamese import upper_first
from projects.programme.selectors.assignments import Assignment, assignments
from reports.choices import UnitReportState
from reports.figures.data_fields import FIELDS, YEAR, DataField, FieldError, parse
from reports.figures.figure import Figure
from reports.figures.registry import FigureRegistry
from reports.figures.times import read_time
from reports.models import (
    Block,
    Document,
    DocumentBasis,
    DocumentDuty,
    ReportRequest,
    UnitReportFigure,
)
from reports.plans.outline import reading_order
from reports.printing.tree import DataValue, Text

UNKNOWN = "(chưa có số liệu)"
"""Stands in a sentence where a figure cannot be known yet."""


class DocumentError(Exception):
    """A document that cannot be built; the message says where and why, in Vietnamese."""


class DocumentData:
    """The data of one document, each part read when the first block asks for it.

    `links` collects the address of the list behind each figure that was written, `unfilled` the
    blocks of data that had nothing to say beside others of their section, `unknown_rows` the rows
    of a report's tables that have no figure, by where they stand.
    """

    def __init__(self, document: Document):
        self.document = document
        self.ward = document.ward
        self.book = FigureRegistry(ward=document.ward, until=document.data_on)
        self.links: dict[str, str] = {}
        self.unfilled: list[Block] = []
        self.unknown_rows: dict[str, list[str]] = defaultdict(list)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that were not removed, as they are read."""
        return reading_order(self.document.blocks.all())

    @cached_property
    def bases(self) -> list[DocumentBasis]:
        rows = self.document.bases.select_related("legal__replaced_by")
        return list(rows.order_by("order"))

    @cached_property
    def duties(self) -> list[DocumentDuty]:
        rows = self.document.duties.select_related("unit").order_by("order")
        return list(rows.prefetch_related("items__projects"))

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Who carries out what in the document's years."""
        document = self.document
        return assignments(ward=self.ward, first=document.year_from, last=document.year_to)

    @cached_property
    def request(self) -> ReportRequest | None:
        """The period whose reports of units the document was made of; None of any other."""
        return ReportRequest.objects.filter(document=self.document).first()

    @cached_property
    def reported(self) -> list[UnitReportFigure]:
        """The figures of the units' reports that were received, unit by unit."""
        if self.request is None:
            return []
        rows = UnitReportFigure.objects.filter(
            report__request=self.request, report__state=UnitReportState.RECEIVED
        )
        related = rows.select_related("report__unit")
        return list(related.order_by("report__unit__order", "report", "order", "pk"))

    def load_years(self) -> None:
        """Read the classes of every year the document speaks of in one go."""
        years = {year for block in self.blocks for year in _years(block)}
        self.book.load(sorted(years | {year - 1 for year in years}))

    def cite(self, figure: Figure, printed: str | None = None) -> DataValue:
        """A figure as it stands in the document; `printed` replaces how it is written."""
        if figure.url:
            self.links[figure.name] = figure.url
        if figure.value is None:
            return DataValue(figure.name, printed or UNKNOWN, figure.reason)
        source = upper_first(figure.source)
        return DataValue(figure.name, figure.printed if printed is None else printed, source)

    def text(self, text: str, place: str) -> Text:
        """A stored text with its data fields filled. Raises DocumentError for an unknown field."""
        return tuple(self._part(part) for part in parse_at(text, place))

    def _part(self, part: str | DataField) -> str | DataValue:
        if isinstance(part, str):
            return part
        return self.cite(self.book.figure(part.name, *part.parameters))


def parse_at(text: str, place: str) -> tuple[str | DataField, ...]:
    """The parts of a text. Raises DocumentError, with the place, for an unknown field."""
    try:
        return parse(text)
    except FieldError as error:
        raise DocumentError(f"{place}: {error}") from error


def place_of(block: Block) -> str:
    """Where a block stands, in words."""
    kind = block.get_kind_display()
    return f"{kind} “{block}”" if block.text else kind


def _years(block: Block) -> set[int]:
    years = {value for name, value in block.parameters.items() if name in ("year", "first")}
    for part in parse_at(block.text, place_of(block)):
        if isinstance(part, DataField):
            kinds = zip(FIELDS[part.name], part.parameters, strict=True)
            years |= {read_time(value).year for kind, value in kinds if kind == YEAR}
    return years
