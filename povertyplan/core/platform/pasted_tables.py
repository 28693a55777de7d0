"""A small list pasted from Excel into a form: cells between tabs, with or without a heading line.

Nothing is dropped in silence: a heading that no column has, and a cell beyond the last column,
are refused with their line.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from django import forms
from django.core.exceptions import ValidationError

from povertyplan.core.text.vietnamese import normalise_text, search_key

MOST_ROWS, LONGEST = 500, 100_000
UNREAD = ""  # the key of a column that is known and not needed

MISSING = "Dán danh sách vào ô này."
TOO_MANY = f"Dán tối đa {MOST_ROWS} dòng một lần."
UNKNOWN_HEADING = "Không nhận ra cột “{heading}”. Bỏ cột này, hoặc đặt tên cột là: {titles}."
SAME_HEADING = "Cột “{heading}” có hai lần."
NO_FIRST_COLUMN = "Dòng tiêu đề thiếu cột “{title}”."
TOO_WIDE = "Dòng {row}: ô “{cell}” nằm ngoài các cột {titles}. Dán kèm dòng tiêu đề."


@dataclass(frozen=True)
class PastedColumn:
    """A column by its key, what it is called on the page, and its other headings."""

    key: str
    title: str
    others: tuple[str, ...] = ()

    def is_called(self, heading: str) -> bool:
        return _plain(heading) in {_plain(name) for name in (self.title, *self.others)}


@dataclass(frozen=True)
class PastedRow:
    """A line with its number on the page; a column that was not pasted is empty."""

    number: int
    values: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


class PastedTableField(forms.CharField):
    """A text area that gives rows. The first of `columns` is the one every list has."""

    def __init__(self, *, columns: Sequence[PastedColumn], **kwargs):
        self.columns = columns
        attributes = {"rows": 12, "spellcheck": "false", "autocomplete": "off"}
        super().__init__(
            widget=forms.Textarea(attrs=attributes),
            max_length=LONGEST,
            strip=False,
            error_messages={"required": MISSING},
            **kwargs,
        )

    def clean(self, value: object) -> list[PastedRow]:
        return read_pasted_rows(super().clean(value), self.columns)


def read_pasted_rows(text: str, columns: Sequence[PastedColumn]) -> list[PastedRow]:
    """The lines that have something in them. Raises ValidationError for what cannot be read."""
    lines = [
        (number, [normalise_text(cell) for cell in cells])
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter="\t"), start=1)
    ]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise ValidationError(MISSING)
    if len(lines) > MOST_ROWS + 1:
        raise ValidationError(TOO_MANY)
    keys = _keys_of_headings(lines[0][1], columns)
    if keys is None:
        keys = [column.key for column in columns if column.key != UNREAD]
    else:
        lines = lines[1:]
    rows = [_row(number, cells, keys, columns) for number, cells in lines]
    if not rows:
        raise ValidationError(MISSING)
    return rows


def _keys_of_headings(cells: list[str], columns: Sequence[PastedColumn]) -> list[str] | None:
    """The key of each cell of a heading line; None for a line that is none."""
    found = [next((each for each in columns if each.is_called(cell)), None) for cell in cells]
    if not any(found):
        return None
    for cell, column in zip(cells, found, strict=True):
        if cell and column is None:
            raise ValidationError(
                UNKNOWN_HEADING.format(heading=cell, titles=_titles(columns)), code="heading"
            )
    keys = [column.key if column else UNREAD for column in found]
    for cell, key in zip(cells, keys, strict=True):
        if key != UNREAD and keys.count(key) > 1:
            raise ValidationError(SAME_HEADING.format(heading=cell), code="heading")
    if columns[0].key not in keys:
        raise ValidationError(NO_FIRST_COLUMN.format(title=columns[0].title), code="heading")
    return keys


def _row(
    number: int, cells: list[str], keys: list[str], columns: Sequence[PastedColumn]
) -> PastedRow:
    for cell in cells[len(keys) :]:
        if cell:
            raise ValidationError(
                TOO_WIDE.format(row=number, cell=cell, titles=_titles(columns)), code="wide"
            )
    values = dict(zip(keys, cells, strict=False))
    values.pop(UNREAD, None)
    return PastedRow(number, values)


def _titles(columns: Sequence[PastedColumn]) -> str:
    return ", ".join(column.title for column in columns if column.key != UNREAD)


def _plain(text: str) -> str:
    """A heading without accents, marks and case.

    >>> _plain("Tên thôn, tổ dân phố (*)")
    'ten thon to dan pho'
    """
    return " ".join(re.findall(r"[a-z0-9]+", search_key(text)))
