"""Sheets copied into a new workbook, a row at a time: values and four looks, no formula, no link.

The writer of lists (`core.platform.spreadsheets`) takes five times as long a cell, which a list of
all people of a ward has no time for.
"""

import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import IntEnum
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from households.intake.sheets.parts import letters

ERROR_COLOUR, WARNING_COLOUR = "F8CBAD", "FFE699"
LONGEST_CELL = 32_000
EPOCH = date(1899, 12, 30)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = '<font>{bold}<sz val="11"/><name val="Times New Roman"/></font>'
_SOLID = '<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
_XF = '<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" {used}/>'


class Look(IntEnum):
    """The number of a cell's style."""

    PLAIN, BOLD, ERROR, WARNING, DAY = range(5)


Cell = tuple[int, object, Look]
"""Column, counted from 1, value, look."""


def text_of_cell(value: str) -> str:
    """What a cell of a workbook may hold."""
    return _NOT_IN_XML.sub("", value[:LONGEST_CELL])


class SheetCopy:
    """A workbook being written to a stream; a sheet begins where the one before ends."""

    def __init__(self, stream: IO[bytes]):
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._part: IO[bytes] | None = None
        self._hidden: list[bool] = []
        self._columns: list[str] = []
        self.titles: list[str] = []

    def __enter__(self) -> "SheetCopy":
        return self

    def __exit__(self, *error: object) -> None:
        self._end_sheet()
        if error[0] is None:
            self._write_frame()
        self._archive.close()

    def begin_sheet(self, title: str, *, is_hidden: bool = False, widths: Iterable[int] = ()):
        self._end_sheet()
        self.titles.append(title)
        self._hidden.append(is_hidden)
        name = f"xl/worksheets/sheet{len(self.titles)}.xml"
        self._part = self._archive.open(name, "w", force_zip64=True)
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(widths, start=1)
        )
        columns = columns and f"<cols>{columns}</cols>"
        self._say(f'{_HEAD}<worksheet xmlns="{_MAIN}">{columns}<sheetData>')

    def write_row(self, number: int, cells: Sequence[Cell]) -> None:
        """One row by its number, its cells from left to right."""
        found = "".join([self._cell(number, *cell) for cell in cells])
        self._say(f'<row r="{number}">{found}</row>')

    def _cell(self, row: int, column: int, value: object, look: Look) -> str:
        while len(self._columns) < column:
            self._columns.append(letters(len(self._columns) + 1))
        place = f'{self._columns[column - 1]}{row}" s="{int(look)}'
        if value == "" or value is None:
            return f'<c r="{place}"/>' if look else ""
        if isinstance(value, bool):
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        if isinstance(value, (int, float)) and math.isfinite(value):
            return f'<c r="{place}"><v>{value!r}</v></c>'
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            place = f'{self._columns[column - 1]}{row}" s="{int(look or Look.DAY)}'
            return f'<c r="{place}"><v>{(day - EPOCH).days}</v></c>'
        text = escape(text_of_cell(str(value)))
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    def _say(self, text: str) -> None:
        if self._part is not None:
            self._part.write(text.encode("utf-8", "replace"))

    def _end_sheet(self) -> None:
        self._say("</sheetData></worksheet>")
        if self._part is not None:
            self._part.close()
        self._part = None

    def _write_frame(self) -> None:
        """The parts around the sheets, which name them all."""
        numbers = range(1, len(self.titles) + 1)
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{at}" r:id="rId{at}" '
            f'state="{"hidden" if hidden else "visible"}"/>'
            for at, title, hidden in zip(numbers, self.titles, self._hidden, strict=True)
        )
        links = "".join(
            _link(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in numbers
        )
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
            f'ContentType="{_TYPES}.worksheet+xml"/>'
            for at in numbers
        )
        parts = {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _links(links + _link("rIdS", "styles", "styles.xml")),
            "_rels/.rels": _links(_link("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/styles.xml": _styles(),
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            '+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/><Override '
            f'PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{types}</Types>',
        }
        for name, xml in parts.items():
            self._archive.writestr(name, _HEAD + xml)


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _styles() -> str:
    """One cell format for each look, in their order."""
    fonts = _FONT.format(bold="") + _FONT.format(bold="<b/>")
    fills = '<fill><patternFill patternType="none"/></fill>'
    fills += '<fill><patternFill patternType="gray125"/></fill>'
    fills += _SOLID.format(colour=ERROR_COLOUR) + _SOLID.format(colour=WARNING_COLOUR)
    formats = "".join(
        _XF.format(number=number, font=font, fill=fill, used=used)
        for number, font, fill, used in (
            (0, 0, 0, ""),
            (0, 1, 0, 'applyFont="1"'),
            (0, 0, 2, 'applyFill="1"'),
            (0, 0, 3, 'applyFill="1"'),
            (164, 0, 0, 'applyNumberFormat="1"'),
        )
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        f'formatCode="dd/mm/yyyy"/></numFmts><fonts count="2">{fonts}</fonts>'
        f'<fills count="4">{fills}</fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="5">{formats}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
