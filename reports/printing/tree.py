"""What a printed document says: plan (kế hoạch), report (báo cáo) and their appendices.

Knows neither HTML nor PDF nor the database. Builders fill the tree from live figures,
`reports.printing.html` turns it into pages. Texts are plain strings, or tuples in which figures
stand as `DataValue`; they never hold markup. The placement and form of each part follow
Decree 30/2020/NĐ-CP, Appendix I.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from povertyplan.core.text.vietnamese import roman_numeral

from .numbering import OutlineCounter

DRAFT_MARK = "DỰ THẢO"


@dataclass(frozen=True)
class DataValue:
    """A printed number that knows where it comes from (số liệu có nguồn).

    `name` is the figure's name in the document, by which a preview links it to its list;
    `source` says list and day in words.
    """

    name: str
    printed: str
    source: str = ""

    def __str__(self) -> str:
        return self.printed


Text = str | tuple[str | DataValue, ...]


def pieces(text: Text) -> tuple[str | DataValue, ...]:
    """The parts of a text in reading order."""
    return (text,) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The text as it reads on paper."""
    return "".join(str(piece) for piece in pieces(text))


def ended(text: Text, mark: str) -> Text:
    """The text with `mark` as its only closing punctuation."""
    *before, last = pieces(text)
    if isinstance(last, DataValue):
        return (*before, last, mark)
    return (*before, last.rstrip(" .;,/") + mark)


def listed(texts: tuple[Text, ...]) -> list[Text]:
    """Items of a list as the decree punctuates them: each ends with ";", the last with "."."""
    return [ended(text, ";") for text in texts[:-1]] + [ended(text, ".") for text in texts[-1:]]


class Align(StrEnum):
    """Where the text of a table cell stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Heading:
    """A titled section (level 1: I.), clause (level 2: 1.) or point (level 3: a)."""

    level: int
    text: str


@dataclass(frozen=True)
class Numbered:
    """A clause (level 2) or point (level 3) without a title: the number opens the text."""

    text: Text
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph with an indented first line."""

    text: Text


@dataclass(frozen=True)
class Centred:
    """A bold line in the middle, such as "QUYẾT ĐỊNH:"."""

    text: Text


@dataclass(frozen=True)
class Dash:
    """An item opened by "-" (gạch đầu dòng)."""

    text: Text


@dataclass(frozen=True)
class Plus:
    """An item opened by "+", below a dash."""

    text: Text


@dataclass(frozen=True)
class TableColumn:
    """A table column: its share of the width in percent and the place of its text.

    `numeric`: what stands in it are whole numbers, and stay such in a spreadsheet.
    """

    width: int
    align: Align = Align.LEFT
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A table cell that spans others, or stands out from its column."""

    text: Text
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    strong: bool = False


Row = tuple[Text | Cell, ...]


@dataclass(frozen=True)
class Table:
    """A ruled table. Head rows may span both ways, body rows only columns."""

    columns: tuple[TableColumn, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    title: str = ""
    measure_unit: str = ""  # "hộ", printed as "Đơn vị tính: hộ"
    note: Text = ""


@dataclass(frozen=True)
class LabelledField:
    """A labelled part of a block: one text runs on after the label, several stand below it."""

    label: str
    texts: tuple[Text, ...]

    @property
    def is_list(self) -> bool:
        """Several texts, to be set out one below the other."""
        return len(self.texts) > 1


@dataclass(frozen=True)
class ComponentBlock:
    """A component project (dự án thành phần) with what is known of it; any field may miss."""

    title: str
    fields: tuple[LabelledField, ...]
    level: int = 2


@dataclass(frozen=True)
class DutyList:
    """The tasks of one unit (nhiệm vụ của đơn vị)."""

    unit: str
    duties: tuple[Text, ...]
    level: int = 2


Block = Heading | Numbered | Paragraph | Centred | Dash | Plus | Table | ComponentBlock | DutyList
Body = tuple[Block, ...]


def with_numbers(body: Body) -> Iterator[tuple[str, Block]]:
    """Pair each block with its outline number, "" for a block that carries none."""
    counter = OutlineCounter()
    for block in body:
        level = getattr(block, "level", None)
        yield (counter.next(level) if level else "", block)


@dataclass(frozen=True)
class Basis:
    """A legal basis: role "Căn cứ" or "Thực hiện", then the act. Punctuation is added."""

    role: str
    text: str

    def __str__(self) -> str:
        return f"{self.role} {self.text}"


@dataclass(frozen=True)
class Signature:
    """Who signs: lines such as TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH; then the name."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Appendix:
    """An appendix with page numbers and outline of its own; `keys` as those of a document."""

    title: str
    body: Body
    landscape: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentTree:
    """A whole document, from the national heading to the last appendix.

    A draft has neither number nor date; `year` then stands in its open date line, blank if None.
    `place` is the short place name (địa danh), `issuer` the full name of the issuing body,
    `issuer_lines` the same name as it breaks at the top left. A paper that a citizen signs has no
    issuer and no number; without an archive it has no recipients either. `keys` name the stored
    block behind each block of the body, so that a Word file tells on its way back what was what.
    """

    kind: str
    symbol: str
    subject: str
    issuer: str
    issuer_lines: tuple[str, ...]
    place: str
    year: int | None
    body: Body
    closing: Text
    signature: Signature
    recipients: tuple[str, ...]
    archive: str
    superior_lines: tuple[str, ...] = ()
    number: int | None = None
    signed_on: date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    demo: bool = False
    by_hand: bool = False  # number and day are written on the paper, which is no draft
    provisional: bool = False  # nobody has recognised or signed yet what it says
    co_signatures: tuple[Signature, ...] = ()  # others who sign, left of the signature
    authority: str = ""  # who decides, above the bases of a decision
    landscape: bool = False  # the sheets before the appendices lie, for a wide table
    source: str = ""  # standard and time of the data, at the foot of each page
    mark: str = ""  # at the head of each page, in place of the mark of a draft
    keys: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Kind and subject on one line: the name in a file list or a window."""
        return f"{self.kind} {self.subject}"

    @property
    def signers(self) -> tuple[Signature, ...]:
        """Everybody who signs, from left to right."""
        return (*self.co_signatures, self.signature)

    @property
    def is_draft(self) -> bool:
        """A document without number or date has not been issued (Decree 30/2020, Art. 15)."""
        is_open = self.number is None or self.signed_on is None
        return self.provisional or (is_open and not self.by_hand)

    @property
    def head_mark(self) -> str:
        """What stands at the head of each page, so that nobody takes it for a result."""
        return self.mark or (DRAFT_MARK if self.is_draft else "")

    def appendix_label(self, place: int) -> str:
        """ "Phụ lục" when there is one, else "Phụ lục I", "Phụ lục II"; `place` counts from 1."""
        return "Phụ lục" if len(self.appendices) == 1 else f"Phụ lục {roman_numeral(place)}"
