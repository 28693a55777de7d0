"""Word files of one plan in the shapes in which officers keep theirs."""

import io
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LINE_WIDTH = 88
LISTS = {"I": 0, "1": 1, "a": 2, "-": 3, "+": 4}
SHAPES = (
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("lowerLetter", "%3)"),
    ("bullet", "-"),
    ("bullet", "+"),
)


@dataclass(frozen=True)
class Expected:
    """A paragraph as a reader sees it."""

    level: int
    part: str
    label: str
    text: str

    @property
    def written(self) -> str:
        return f"{self.label} {self.text}".strip()


def sample_plan() -> list[Expected]:
    lines = (Path(__file__).parent / "word_plan.txt").read_text().splitlines()
    return [
        Expected(int(level), part, label, text)
        for level, part, label, text in (
            line.split(" ", 3) for line in lines if not line.startswith("#")
        )
    ]


def as_bytes(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def one_line() -> bytes:
    """The shortest file that is read."""
    book = docx.Document()
    book.add_paragraph("I. MỤC TIÊU")
    return as_bytes(book)


def typed(plan: Iterable[Expected]) -> bytes:
    """No style and no list: everything is typed, headings are bold."""
    return _written(plan, lambda book, one: _plain(book, one, one.written))


def nfd(plan: Iterable[Expected]) -> bytes:
    """The same, its letters taken apart as some programs of other systems do."""

    def write(book: Document, one: Expected) -> None:
        _plain(book, one, unicodedata.normalize("NFD", one.written))

    return _written(plan, write)


def hard_wrapped(plan: Iterable[Expected]) -> bytes:
    """What comes out of a PDF: each printed line a paragraph, empty ones in between."""

    def write(book: Document, one: Expected) -> None:
        for line in textwrap.wrap(one.written, LINE_WIDTH):
            book.add_paragraph(line)
            book.add_paragraph("")

    return _written(plan, write, has_looks=False)


def listed(plan: Iterable[Expected]) -> bytes:
    """Lists on the paragraphs: a list of several levels, anew below each heading."""
    return _written(plan, _listing(styled=False))


def styled(plan: Iterable[Expected]) -> bytes:
    """Lists in the styles, one of which is based on another."""
    return _written(plan, _listing(styled=True))


def mixed(plan: Iterable[Expected]) -> bytes:
    """Sections typed, what stands below them in lists: half on paragraphs, half in styles."""
    on_paragraph, in_style = _listing(styled=False), _listing(styled=True)

    def write(book: Document, one: Expected) -> None:
        if _form(one.label) == "I":
            _plain(book, one, one.written)
        elif _form(one.label) in ("1", "+"):
            in_style(book, one)
        else:
            on_paragraph(book, one)

    return _written(plan, write)


FILES: dict[str, Callable[[Iterable[Expected]], bytes]] = {
    "no styles": typed,
    "lists on paragraphs": listed,
    "lists in styles": styled,
    "mixed": mixed,
    "hard-wrapped": hard_wrapped,
    "NFD": nfd,
}


def _written(
    plan: Iterable[Expected], write: Callable[[Document, Expected], None], *, has_looks=True
) -> bytes:
    book = docx.Document()
    for words in ("ỦY BAN NHÂN DÂN", "PHƯỜNG HÒA MẪU", "Số:       /KH-UBND"):
        book.add_paragraph(words)
    book.add_paragraph("Hòa Mẫu, ngày     tháng     năm 2027")
    title = book.add_paragraph("KẾ HOẠCH")
    if has_looks:
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in plan:
        write(book, one)
    return as_bytes(book)


def _plain(book: Document, one: Expected, words: str):
    paragraph = book.add_paragraph()
    run = paragraph.add_run(words)
    run.bold = one.part in ("heading", "subject")
    if one.part == "subject":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _form(label: str) -> str:
    if re.fullmatch(r"[IVX]+\.", label):
        return "I"
    if re.fullmatch(r"\d+\.", label):
        return "1"
    if re.fullmatch(r"[a-zđ]\)", label):
        return "a"
    return label if label in ("-", "+") else ""


def _listing(*, styled: bool) -> Callable[[Document, Expected], None]:
    """Write a labelled paragraph into a list. What a list cannot count (đ, 1.1.) is typed."""
    numbers: dict[str, str] = {}

    def write(book: Document, one: Expected) -> None:
        form = _form(one.label)
        if not form or one.part not in ("heading", "numbered", "dash", "plus"):
            _plain(book, one, one.written)
            return
        if one.label == "đ)":
            _plain(book, one, one.written)
            return
        if "list" not in numbers or one.label in ("1.", "a)"):
            depth = LISTS[form] if "list" in numbers else None
            if "abstract" not in numbers:
                numbers["abstract"] = _new_abstract(book, styled)
            numbers["list"] = _new_list(book, numbers["abstract"], depth)
        paragraph = _plain(book, one, one.text)
        properties = paragraph._p.get_or_add_pPr()
        depth = LISTS[form]
        restarts = form in ("1", "a")
        if styled:
            paragraph.style = book.styles[f"Bậc {depth}"]
        if not styled or restarts:
            level = f'<w:ilvl w:val="{depth}"/>'
            number = f'<w:numId w:val="{numbers["list"]}"/>'
            properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{level}{number}</w:numPr>"))

    return write


def _numbering(book: Document):
    return book.part.numbering_part.element


def _new_abstract(book: Document, styled: bool) -> str:
    number = "90" if styled else "91"
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + (f'<w:pStyle w:val="Bac{depth}"/>' if styled else "")
        + f'<w:lvlText w:val="{shape}"/><w:pPr><w:ind w:left="{300 + 300 * depth}"/>'
        "</w:pPr></w:lvl>"
        for depth, (kind, shape) in enumerate(SHAPES)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
    )
    _numbering(book).insert(0, abstract)
    if styled:
        base = _new_list(book, number, None)
        for depth in range(len(SHAPES)):
            style = book.styles.add_style(f"Bậc {depth}", 1)
            style.element.styleId = f"Bac{depth}"
            style.base_style = book.styles["Bậc 0"] if depth else book.styles["Normal"]
            level = f'<w:ilvl w:val="{depth}"/>' if depth else ""
            number_of = f'<w:numId w:val="{base}"/>' if depth == 0 else ""
            style.element.get_or_add_pPr().append(
                parse_xml(f"<w:numPr {nsdecls('w')}>{level}{number_of}</w:numPr>")
            )
    return number


def _new_list(book: Document, abstract: str, restarts_at: int | None) -> str:
    numbering = _numbering(book)
    number = str(500 + len(numbering))
    override = (
        f'<w:lvlOverride w:ilvl="{restarts_at}"><w:startOverride w:val="1"/></w:lvlOverride>'
        if restarts_at is not None
        else ""
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f"{override}</w:num>"
        )
    )
    return number
