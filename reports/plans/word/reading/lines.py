"""The paragraphs of a Word file in reading order, with their labels and how they look.

Tracked changes are read as accepted; text in content controls, boxes and notes is read too. What
is not read (images, hidden letters) is counted, so that it can be told.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lxml import etree

from povertyplan.core.text.legacy_fonts import suspected_encoding, to_unicode
from reports.plans.word.reading import refusals
from reports.plans.word.reading.looks import (
    NO_LIST,
    NOT_OUTLINED,
    RunLook,
    StyleLooks,
    paragraph_look,
    run_look,
)
from reports.plans.word.reading.numbering import WordLists, tag, value
from reports.plans.word.reading.package import WordPackage
from reports.plans.word.reading.refusals import WordRefused

MOST_LINES = 3000
MOST_LETTERS = 600_000
DEEPEST_XML = 60
_GONE = {tag("del"), tag("moveFrom"), tag("rPr"), tag("pPr"), tag("instrText"), tag("delText")}
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_LAYOUT_WORDS = ("nơi nhận", "cộng hòa xã hội", "cộng hoà xã hội", "độc lập")


class Where(StrEnum):
    """The place of a paragraph in the file."""

    BODY = "body"
    CELL = "cell"
    BOX = "box"
    NOTE = "note"
    RUNNING = "running"
    TABLE = "table"


@dataclass(frozen=True)
class Line:
    """A paragraph as it reads. `label` is what Word computed for it; a typed one is in `text`.

    `outline` is the level of a heading style from 1, 0 where it has none; `bold` all of it is.
    """

    text: str
    label: str = ""
    where: Where = Where.BODY
    outline: int = 0
    bold: bool = False
    centred: bool = False
    indent: int = 0
    bookmarks: tuple[str, ...] = ()

    @property
    def is_listed(self) -> bool:
        return bool(self.label)


@dataclass
class WordText:
    """What one file says. `counts` tells what was not read, by a name of `Lost`."""

    lines: list[Line] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)


class Lost(StrEnum):
    """What a reading leaves behind."""

    IMAGES = "images"
    HIDDEN = "hidden"
    DELETED = "deleted"
    NESTED = "nested"


def read_lines(package: WordPackage) -> WordText:
    """The paragraphs of a file. Raises WordRefused where it has none, or far too many."""
    found = _WordReader(package).read()
    if not any(line.text for line in found.lines if line.where != Where.RUNNING):
        scanned = found.counts[Lost.IMAGES] > 0
        raise WordRefused(refusals.SCANNED if scanned else refusals.NO_TEXT)
    return found


@dataclass
class _Run:
    text: str
    look: RunLook


class _WordReader:
    def __init__(self, package: WordPackage):
        self.package = package
        self.looks = StyleLooks(package.styles)
        self.lists = WordLists(package.numbering, self.looks.list_numbers)
        self.found = WordText()
        self.letters = 0
        self.carried: list[_Run] = []
        self.boxes: list[etree._Element] = []
        self.marks: list[str] = []

    def read(self) -> WordText:
        body = self.package.document.find(tag("body"))
        if body is not None:
            self._walk(body, Where.BODY, 0)
        for part in (self.package.footnotes, self.package.endnotes):
            for note in [] if part is None else part:
                if value(note, "type") in ("", "normal"):
                    self._walk(note, Where.NOTE, 0)
        for part in self.package.running:
            self._walk(part, Where.RUNNING, 0)
        return self.found

    def _walk(self, parent: etree._Element, where: Where, depth: int) -> None:
        for child in _children(parent, depth):
            if child.tag == tag("p"):
                self._paragraph(child, where)
            elif child.tag == tag("tbl"):
                self._table(child, where, depth)
            elif child.tag == f"{_COMPATIBLE}AlternateContent":
                self._walk(child[0] if len(child) else child, where, depth + 1)
            elif child.tag == tag("bookmarkStart"):
                self.marks.append(value(child, "name"))
            elif child.tag not in _GONE and isinstance(child.tag, str):
                self._walk(child, where, depth + 1)

    def _table(self, table: etree._Element, where: Where, depth: int) -> None:
        """Columns that only place text are read as text, everything else as rows of a table."""
        text = unicodedata.normalize("NFC", "".join(table.itertext(tag("t")))).lower()
        if any(word in text for word in _LAYOUT_WORDS):
            for cell in self._cells(table):
                self._walk(cell, Where.CELL if where == Where.BODY else where, depth + 1)
            return
        if where == Where.TABLE:
            self.found.counts[Lost.NESTED] += 1
        before = self.found.lines
        for row in table.iter(tag("tr")):
            if next(row.iterancestors(tag("tbl")), None) is not table:
                continue
            texts = [self._cell_text(cell, depth) for cell in self._cells(row)]
            self.found.lines = before
            if any(texts):
                self._add(Line(" | ".join(texts), where=Where.TABLE))
        self.found.lines = before

    def _cells(self, parent: etree._Element) -> Iterator[etree._Element]:
        table = parent if parent.tag == tag("tbl") else next(parent.iterancestors(tag("tbl")))
        for cell in parent.iter(tag("tc")):
            if next(cell.iterancestors(tag("tbl")), None) is table:
                yield cell

    def _cell_text(self, cell: etree._Element, depth: int) -> str:
        kept, self.found.lines = self.found.lines, []
        self._walk(cell, Where.TABLE, depth + 1)
        said, self.found.lines = self.found.lines, kept
        return " / ".join(f"{line.label} {line.text}".strip() for line in said if line.text)

    def _paragraph(self, paragraph: etree._Element, where: Where) -> None:
        said = paragraph.find(tag("pPr"))
        style = value(said.find(tag("pStyle"))) if said is not None else ""
        own, letters = self.looks.look(style or self.looks.default)
        look = paragraph_look(said).over(own)
        runs = self.carried + list(self._runs(paragraph, letters, 0))
        self.carried = []
        if _mark_deleted(said):
            self.carried = runs
            return
        text = self._text(runs)
        label = None
        if look.list_number not in ("", NO_LIST) and text:
            label = self.lists.label(look.list_number, look.list_depth, style)
        outline = NOT_OUTLINED if look.outline is None else look.outline
        indent = look.indent if look.indent is not None else label.indent if label else 0
        worded = [run for run in runs if run.text.strip()]
        marks, self.marks = tuple(self.marks), []
        line = Line(
            text="",
            label=label.text if label else "",
            where=where,
            outline=outline + 1 if outline < NOT_OUTLINED else 0,
            bold=bool(worded) and all(run.look.bold for run in worded),
            centred=look.align == "center",
            indent=indent,
            bookmarks=marks,
        )
        for place, piece in enumerate(text.split("\n")):
            self._add(
                replace(line, text=piece)
                if place == 0
                else replace(line, text=piece, label="", outline=0, bookmarks=())
            )
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._walk(box, Where.BOX if where == Where.BODY else where, 0)

    def _add(self, line: Line) -> None:
        self.letters += len(line.text)
        self.found.lines.append(line)
        for most, count, what in (
            (MOST_LINES, len(self.found.lines), "đoạn"),
            (MOST_LETTERS, self.letters, "ký tự"),
        ):
            if count > most:
                limit = f"{most:,}".replace(",", ".")
                raise WordRefused(refusals.TOO_LONG.format(limit=limit, what=what))

    def _runs(self, parent: etree._Element, look: RunLook, depth: int) -> Iterator[_Run]:
        for child in _children(parent, depth):
            name = child.tag
            if name in (tag("del"), tag("moveFrom")):
                self.found.counts[Lost.DELETED] += 1
            elif name == tag("bookmarkStart"):
                self.marks.append(value(child, "name"))
            elif name == tag("r"):
                yield from self._run(child, look)
            elif name == f"{_COMPATIBLE}AlternateContent":
                yield from self._runs(child[0] if len(child) else child, look, depth + 1)
            elif name in _FORMULA_LETTERS:
                yield _Run(child.text or "", look)
            elif isinstance(name, str) and name not in _GONE:
                yield from self._runs(child, look, depth + 1)

    def _run(self, run: etree._Element, outer: RunLook) -> Iterator[_Run]:
        said = run.find(tag("rPr"))
        named = value(said.find(tag("rStyle"))) if said is not None else ""
        look = run_look(said).over(self.looks.look(named)[1] if named else RunLook()).over(outer)
        if look.hidden:
            self.found.counts[Lost.HIDDEN] += 1
            return
        yield _Run("".join(self._pieces(run)), look)

    def _pieces(self, run: etree._Element) -> Iterator[str]:
        for child in run:
            name = child.tag
            if name == tag("t"):
                yield child.text or ""
            elif name in (tag("tab"), tag("ptab")):
                yield "\t"
            elif name == tag("cr") or (name == tag("br") and value(child, "type") in _LINE_ENDS):
                yield "\n"
            elif name == tag("noBreakHyphen"):
                yield "-"
            elif isinstance(name, str) and name not in _GONE:
                self._drawing(child)

    def _drawing(self, child: etree._Element) -> None:
        """Remember the boxes of a drawing, once where it is there for two generations of Word."""
        drawn = child
        if child.tag == f"{_COMPATIBLE}AlternateContent" and len(child):
            drawn = child[0]
        boxes = list(drawn.iter(tag("txbxContent")))
        self.boxes += boxes
        pictures = ("blip", "imagedata", "OLEObject")
        names = (etree.QName(each).localname for each in drawn.iter(etree.Element))
        if any(name in pictures for name in names):
            self.found.counts[Lost.IMAGES] += 1

    @staticmethod
    def _text(runs: list[_Run]) -> str:
        """The letters of runs in Unicode, composed. Old fonts are known by name, or by letters."""
        encoded = "".join(
            to_unicode(run.text, run.look.encoding) if run.look.encoding else run.text
            for run in runs
        )
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", encoded))
        if not any(run.look.encoding for run in runs) and (code := suspected_encoding(text)):
            text = to_unicode(text, code)
        lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
        return "\n".join(line for line in lines if line)


_LINE_ENDS = ("", "textWrapping")
_FORMULA_LETTERS = ("{http://schemas.openxmlformats.org/officeDocument/2006/math}t",)


def _children(parent: etree._Element, depth: int) -> Iterator[etree._Element]:
    if depth > DEEPEST_XML:
        raise WordRefused(refusals.BROKEN)
    yield from parent


def _mark_deleted(said: etree._Element | None) -> bool:
    """Whether the end of the paragraph was deleted, so that it runs on into the next one."""
    mark = None if said is None else said.find(tag("rPr"))
    return mark is not None and mark.find(tag("del")) is not None
