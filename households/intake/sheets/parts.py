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

LAST_ROW, LONGEST_COLUMN = 100_000, 2
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LEGACY_FONTS = {".vn": "tcvn3", "vni": "vni"}

Start = Callable[[str, dict[str, str]], None]


@dataclass
class SheetFacts:
    """Cells by reference ("B12") that need more than their value."""

    name: str
    hidden: bool
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


def facts_of(container: zipfile.ZipFile) -> WorkbookFacts:
    entries, date1904 = _sheet_entries(container)
    targets = _targets(container)
    legacy = _legacy_styles(container)
    sheets = []
    for name, hidden, relation in entries:
        sheet = SheetFacts(name=name, hidden=hidden)
        path = targets.get(relation, "")
        if "worksheets" in path:
            _scan(container, path, sheet, legacy)
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
    coded = {str(number): _legacy_encoding(font) for number, font in enumerate(fonts)}
    return {style: coded[font] for style, font in styles.items() if coded.get(font)}


def _legacy_encoding(font: str) -> str:
    """ "tcvn3", "tcvn3-capitals", "vni" or nothing.

    >>> _legacy_encoding(".VnTimeH"), _legacy_encoding("VNI-Times"), _legacy_encoding("Arial")
    ('tcvn3-capitals', 'vni', '')
    """
    lowered = font.lower()
    encoding = next((code for start, code in LEGACY_FONTS.items() if lowered.startswith(start)), "")
    return "tcvn3-capitals" if encoding == "tcvn3" and font.endswith("H") else encoding


def _scan(container, path: str, sheet: SheetFacts, legacy: dict[str, str]) -> None:
    row, column, reference = 0, 0, ""

    def start(name, attributes):
        nonlocal row, column, reference
        if name == "c":
            column += 1
            reference = attributes.get("r") or f"{letters(column)}{row}"
            _note_cell(sheet, reference, attributes, legacy)
        elif name == "f":
            sheet.formulas.append(reference)
        elif name == "row":
            number = attributes.get("r", "")
            row = int(number) if number.isdecimal() and len(number) < 9 else row + 1
            column = 0
            if row > LAST_ROW:
                raise FileRefused(refusals.FAR_CELL.format(sheet=sheet.name, cell=f"A{row}"))

    _walk(container, path, start)


def _note_cell(sheet: SheetFacts, reference: str, attributes, legacy: dict[str, str]) -> None:
    found = REFERENCE.fullmatch(reference)
    if found is None or len(found[1]) > LONGEST_COLUMN or int(found[2]) > LAST_ROW:
        raise FileRefused(refusals.FAR_CELL.format(sheet=sheet.name, cell=reference[:12]))
    if attributes.get("t") == "e":
        sheet.errors.append(reference)
    if legacy and (encoding := legacy.get(attributes.get("s", "0"))):
        sheet.legacy[reference] = encoding


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
