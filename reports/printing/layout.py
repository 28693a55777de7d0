"""What every renderer of a document tree needs besides the tree: numbers, punctuation, cells.

Pure. HTML, PDF and Word take the same layout, so that they say the same words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from povertyplan.core.text import formatting

from . import tree

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "\N{NO-BREAK SPACE}"  # room for the hand, which no line end swallows
SHORT_BLANK, LONG_BLANK = BLANK * 8, BLANK * 12
DOTS = "…" * 3  # room that is seen: for a number and a day that are always written by hand
DEMO_MARK = "DỮ LIỆU MẪU – số liệu giả định, không dùng làm căn cứ"


Content = TypeVar("Content", bound=tree.Block, covariant=True)


@dataclass(frozen=True)
class LaidTable:
    """The rows of a table with each cell's place resolved from its column."""

    head: list[list[tree.Cell]]
    rows: list[list[tree.Cell]]
    totals: list[list[tree.Cell]]


@dataclass(frozen=True)
class LaidBlock(Generic[Content]):
    """A block with its outline number and heading; `leads` stays with what it announces."""

    number: str
    content: Content
    heading: str = ""
    table: LaidTable | None = None
    leads: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether it leaves dots to write on: stretched, its line would tear the words apart."""
        return isinstance(self.content, tree.Paragraph) and is_by_hand(self.content.text)


def is_by_hand(text: tree.Text) -> bool:
    return any(DOTS in piece for piece in tree.pieces(text) if isinstance(piece, str))


@dataclass(frozen=True)
class LaidAppendix:
    """An appendix with its label and its numbered blocks."""

    label: str
    content: tree.Appendix
    blocks: Sequence[LaidBlock]


@dataclass(frozen=True)
class PageLayout:
    """The parts of a document in the words and the punctuation of the decree.

    `marks` stand at the foot of each page: sample data, where the data come from.
    """

    marks: list[str]
    bases: list[tree.Text]
    addressees: list[tree.Text]
    blocks: list[LaidBlock]
    closing: tree.Text
    recipients: list[tree.Text]
    appendices: list[LaidAppendix]


def lay_out(document: tree.DocumentTree) -> PageLayout:
    """Set out a whole document."""
    return PageLayout(
        marks=marks(demo=document.demo, source=document.source),
        bases=tree.listed(tuple(str(basis) for basis in document.bases)),
        addressees=_addressees(document),
        blocks=_blocks(document.body),
        closing=tree.ended(document.closing, "./."),
        recipients=_recipients(document),
        appendices=[
            LaidAppendix(document.appendix_label(place), appendix, _blocks(appendix.body))
            for place, appendix in enumerate(document.appendices, start=1)
        ],
    )


def number_text(document: tree.DocumentTree) -> str:
    """ "05/KH-UBND", with room for the number of a draft."""
    blank = DOTS if document.by_hand else LONG_BLANK
    number = formatting.paper_number(document.number) if document.number else blank
    return f"{number}/{document.symbol}"


def date_text(document: tree.DocumentTree) -> str:
    """ "ngày 05 tháng 01 năm 2026", with room for the day and the month of a draft."""
    if document.signed_on:
        return formatting.long_day(document.signed_on)
    blank = DOTS if document.by_hand else SHORT_BLANK
    return f"ngày {blank} tháng {blank} năm {document.year or blank}"


def attached_text(document: tree.DocumentTree) -> str:
    """The line below an appendix's title that names the document it belongs to."""
    return (
        f"(Kèm theo {document.kind} số {number_text(document)} {date_text(document)} của "
        f"{document.issuer})"
    )


def marks(*, demo: bool = False, source: str = "") -> list[str]:
    """What stands at the foot of each page."""
    pairs = ((demo, DEMO_MARK), (source, source))
    return [mark for holds, mark in pairs if holds]


def lay_out_table(table: tree.Table) -> LaidTable:
    """Every entry of a table as a cell that knows where its text stands."""
    centred = [tree.Align.CENTER] * len(table.columns)
    own = [column.align for column in table.columns]
    return LaidTable(
        head=[list(_placed(row, centred)) for row in table.head],
        rows=[list(_placed(row, own)) for row in table.rows],
        totals=[list(_placed(row, own)) for row in table.totals],
    )


def on_grid(rows: Sequence[Sequence[tree.Cell]]) -> Iterator[tuple[int, int, tree.Cell]]:
    """Line and column, from 0, of each cell of rows that may span both ways."""
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(rows):
        column = 0
        for cell in row:
            while (line, column) in taken:
                column += 1
            yield line, column, cell
            taken |= {
                (line + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
            column += cell.colspan


def _addressees(document: tree.DocumentTree) -> list[tree.Text]:
    """One addressee stands on the line of "Kính gửi:", several below it as a list."""
    if len(document.addressees) < 2:
        return list(document.addressees)
    return [("- ", *tree.pieces(text)) for text in tree.listed(document.addressees)]


def _recipients(document: tree.DocumentTree) -> list[tree.Text]:
    """Who gets it and where it is kept; nobody where a citizen only signs it."""
    kept = (f"Lưu: {document.archive}",) if document.archive else ()
    return tree.listed((*document.recipients, *kept))


def _blocks(body: tree.Body) -> list[LaidBlock]:
    return [
        LaidBlock(
            number=number,
            content=block,
            heading=_heading(block),
            table=lay_out_table(block) if isinstance(block, tree.Table) else None,
            leads=_leads(block),
        )
        for number, block in tree.with_numbers(body)
    ]


def _leads(block: tree.Block) -> bool:
    text = getattr(block, "text", None)
    return text is not None and tree.plain(text).rstrip().endswith(":")


def _heading(block: tree.Block) -> str:
    """The heading a block opens with; only sections (level 1) stand in capitals."""
    match block:
        case tree.Heading(level=1, text=text):
            return text.upper()
        case tree.Heading(text=text) | tree.ComponentBlock(title=text) | tree.DutyList(unit=text):
            return text
    return ""


def _placed(row: tree.Row, aligns: list[tree.Align]) -> Iterator[tree.Cell]:
    position = 0
    for entry in row:
        cell = entry if isinstance(entry, tree.Cell) else tree.Cell(entry)
        yield cell if cell.align else replace(cell, align=aligns[position])
        position += cell.colspan
