"""What the reading library does not tell about a workbook: formulas, fonts, far cells, its age.

Runs in the child process. Everything is read by expat, one element after the other.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from households.intake.sheets import refusals
from households.intake.sheets.container import WORKBOOK_PART
from households.intake.sheets.refusals import FileRefused
from households.rules.import_sheets import EXPORTED_AT
from povertyplan.core.text.legacy_fonts import font_encoding

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

MERGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")

Start = Callable[[str, dict[str, str]], None]


@dataclass
class SheetFacts:
    """Cells by reference ("B12") that need more than their value; `width` in columns."""

    name: str
    hidden: bool
    width: int = 0
    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    legacy: dict[str, str] = field(default_factory=dict)


@dataclass
class WorkbookFacts:
    """`saved_at` is when the program that saved the file says it did; empty when unknown."""

    date1904: bool
    saved_at: str
    exported_at: str
    sheets: list[SheetFacts]


@dataclass
class FileTally:
    """How much a file holds so far; raises FileRefused as soon as it is too much."""

    cells: int = 0
    noted: int = 0

    def add_sheet(self, rows: int, columns: int) -> None:
        """A sheet of so many rows and columns, or what was read of it so far."""
        if self.cells + rows * columns > refusals.MOST_CELLS:
            raise FileRefused(refusals.phrase(refusals.TOO_MANY_CELLS, limit=refusals.MOST_CELLS))

    def end_sheet(self, rows: int, columns: int) -> None:
        self.cells += rows * columns

    def note(self) -> None:
        self.noted += 1
        if self.noted > refusals.MOST_NOTED:
            raise FileRefused(refusals.phrase(refusals.TOO_MANY_NOTED, limit=refusals.MOST_NOTED))


def refuse_far(sheet: str, row: int, column: int, cell: str = "") -> None:
    """Refuse what lies outside the rows and columns that a list may have."""
    if row > refusals.MOST_ROWS or column > refusals.MOST_COLUMNS:
        raise FileRefused(
            refusals.phrase(
                refusals.FAR_CELL,
                sheet=sheet[:40],
                cell=(cell or f"{letters(column)}{row}")[:12],
                rows=refusals.MOST_ROWS,
                columns=refusals.MOST_COLUMNS,
            )
        )


def facts_of(container: zipfile.ZipFile) -> WorkbookFacts:
    entries, date1904 = _sheet_entries(container)
    if len(entries) > refusals.MOST_SHEETS:
        raise FileRefused(refusals.phrase(refusals.TOO_MANY_SHEETS, limit=refusals.MOST_SHEETS))
    targets = _targets(container)
    legacy = _legacy_styles(container)
    sheets, tally = [], FileTally()
    for name, hidden, relation in entries:
        sheet = SheetFacts(name=name, hidden=hidden)
        path = targets.get(relation, "")
        if "worksheets" in path:
            _SheetScan(sheet, legacy, tally).read(container, path)
        sheets.append(sheet)
    return WorkbookFacts(
        date1904=date1904,
        saved_at=_text_of(container, "docProps/core.xml", "modified"),
        exported_at=_exported_at(container),
        sheets=sheets,
    )


def _walk(container: zipfile.ZipFile, path: str, start: Start, text=None) -> None:
    parser = expat.ParserCreate()
    local: dict[str, str] = {}

    def opened(name, attributes):
        short = local.get(name)
        if short is None:
            short = local[name] = name.rpartition(":")[2]
        start(short, attributes)

    parser.StartElementHandler = opened
    if text:
        parser.CharacterDataHandler = text
    try:
        with container.open(path) as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, KeyError) as error:
        raise FileRefused(refusals.BROKEN) from error


def _sheet_entries(container) -> tuple[list[tuple[str, bool, str]], bool]:
    entries: list[tuple[str, bool, str]] = []
    systems: list[str] = []

    def start(name, attributes):
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            entries.append(
                (
                    attributes.get("name", ""),
                    "hidden" in str(attributes.get("state", "")).lower(),
                    relation,
                )
            )
        elif name == "workbookPr":
            systems.append(attributes.get("date1904", "0"))

    _walk(container, WORKBOOK_PART, start)
    if not entries:
        raise FileRefused(refusals.NO_SHEETS)
    return entries, any(value in ("1", "true", "on") for value in systems)


def _targets(container) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name, attributes):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path)

    _walk(container, "xl/_rels/workbook.xml.rels", start)
    return targets


def _legacy_styles(container) -> dict[str, str]:
    """The numbers of the cell styles whose font needs another alphabet table."""
    if "xl/styles.xml" not in container.namelist():
        return {}
    fonts: list[str] = []
    styles: dict[str, str] = {}
    inside: list[str] = [""]

    def start(name, attributes):
        if name in ("fonts", "cellXfs", "cellStyleXfs", "fills", "dxfs"):
            inside[0] = name
        elif name == "font" and inside[0] == "fonts":
            fonts.append("")
        elif name == "name" and inside[0] == "fonts" and fonts:
            fonts[-1] = attributes.get("val", "")
        elif name == "xf" and inside[0] == "cellXfs":
            styles[str(len(styles))] = attributes.get("fontId", "0")

    _walk(container, "xl/styles.xml", start)
    coded = {str(number): font_encoding(font) for number, font in enumerate(fonts)}
    return {style: coded[font] for style, font in styles.items() if coded.get(font)}


class _SheetScan:
    """One pass over a sheet's cells and merged cells."""

    def __init__(self, sheet: SheetFacts, legacy: dict[str, str], tally: FileTally):
        self.sheet, self.legacy, self.tally = sheet, legacy, tally
        self.row = self.column = self.merges = 0
        self.last_row = self.last_column = 0
        self.reference = ""

    def read(self, container: zipfile.ZipFile, path: str) -> None:
        _walk(container, path, self._start)
        self.tally.end_sheet(self.last_row, self.last_column)
        self.sheet.width = self.last_column

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._note_cell(attributes)
        elif name == "f":
            self.sheet.formulas.append(self.reference)
            self.tally.note()
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "mergeCell":
            self._note_merge(attributes.get("ref", ""))

    def _begin_row(self, number: str) -> None:
        self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
        self.column = 0
        self._reach(self.row, 1)

    def _note_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        self.reference = attributes.get("r") or f"{letters(self.column)}{self.row}"
        found = REFERENCE.fullmatch(self.reference)
        if found is None:
            raise FileRefused(refusals.BROKEN)
        self._reach(int(found[2]), number_of(found[1]), self.reference)
        if attributes.get("t") == "e":
            self.sheet.errors.append(self.reference)
            self.tally.note()
        if self.legacy and (encoding := self.legacy.get(attributes.get("s", "0"))):
            self.sheet.legacy[self.reference] = encoding
            self.tally.note()

    def _reach(self, row: int, column: int, cell: str = "") -> None:
        if row > self.last_row or column > self.last_column:
            refuse_far(self.sheet.name, row, column, cell)
            self.last_row = max(self.last_row, row)
            self.last_column = max(self.last_column, column)
            self.tally.add_sheet(self.last_row, self.last_column)

    def _note_merge(self, reference: str) -> None:
        self.merges += 1
        if self.merges > refusals.MOST_MERGES:
            raise FileRefused(
                refusals.phrase(
                    refusals.TOO_MANY_MERGES, sheet=self.sheet.name[:40], limit=refusals.MOST_MERGES
                )
            )
        found = MERGE.fullmatch(reference)
        if found is None:
            raise FileRefused(refusals.BROKEN)
        row, column = int(found[4] or found[2]), number_of(found[3] or found[1])
        if row > refusals.MOST_ROWS or column > refusals.MOST_COLUMNS:
            raise FileRefused(
                refusals.phrase(
                    refusals.LARGE_MERGE,
                    sheet=self.sheet.name[:40],
                    cell=reference[:24],
                    rows=refusals.MOST_ROWS,
                    columns=refusals.MOST_COLUMNS,
                )
            )


def number_of(name: str) -> int:
    """The number of a column by its letters, counted from 1.

    >>> number_of("A"), number_of("AA")
    (1, 27)
    """
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column


def letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letters(1), letters(27), letters(703)
    ('A', 'AA', 'AAA')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _text_of(container, path: str, element: str) -> str:
    """The text of the first element of that name; nothing where the part is missing or odd."""
    if path not in container.namelist():
        return ""
    inside, found = [False], []

    def start(name, attributes):
        inside[0] = name == element

    def text(data):
        if inside[0]:
            found.append(data)

    try:
        _walk(container, path, start, text)
    except FileRefused:
        return ""
    return "".join(found).strip()[:40]


def _exported_at(container) -> str:
    """The moment our own export wrote into the file's properties."""
    path = "docProps/custom.xml"
    if path not in container.namelist():
        return ""
    inside, found = [False], []

    def start(name, attributes):
        if name == "property":
            inside[0] = attributes.get("name") == EXPORTED_AT

    def text(data):
        if inside[0]:
            found.append(data)

    try:
        _walk(container, path, start, text)
    except FileRefused:
        return ""
    return "".join(found).strip()[:40]
