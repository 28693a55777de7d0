"""A register as the table of a workbook: finding its headings, keeping it between two posts."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.core import signing
from django.core.exceptions import ValidationError

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text, search_key

Cell = str | float | Decimal | bool | date
Place = tuple[int, int]
# How our CSV marks text that a spreadsheet would run.
_GUARDED = re.compile(r"^'(?=[=+\-@])")

MOST_LINES = 2000
MOST_TOLD = 100
TOP_LINES = 20  # in which the headings are looked for
KEPT_SECONDS = 24 * 60 * 60
SALT = "povertyplan.registers"

NO_HEADINGS = "Không thấy dòng tiêu đề. Tải tệp mẫu rồi chép số liệu vào đó."
MISSING_COLUMNS = "Trang “{sheet}” thiếu cột: {columns}."
UNKNOWN_COLUMNS = "Trang “{sheet}” có cột không dùng được: {columns}. Bỏ cột này rồi gửi lại."
SAME_COLUMN = "Trang “{sheet}” có hai cột “{column}”."
NO_LINES = "Trang “{sheet}” không có dòng số liệu nào."
TOO_MANY = f"Mỗi lần nhập tối đa {formatting.number(MOST_LINES)} dòng."
OLD_FONT = "Trang “{sheet}” dùng phông chữ cũ (TCVN3, VNI). Đổi sang Unicode rồi gửi lại."
BROKEN_CELL = "Dòng {line}, cột “{column}”: ô báo lỗi công thức. Sửa trong tệp rồi gửi lại."
NUMBER_FOR_CODE = (
    "Dòng {line}, cột “{column}”: Excel đã đổi mã, số hiệu thành số hoặc ngày. Đặt định dạng ô của"
    " cột này là Văn bản (Text) rồi nhập lại."
)
MORE = "Còn {rest} lỗi nữa. Sửa các lỗi trên rồi gửi lại."
KEPT_TOO_LONG = "Bảng xem trước đã quá một ngày. Gửi lại tệp."
KEPT_BROKEN = "Bảng xem trước bị thay đổi khi gửi. Gửi lại tệp."
KEPT_ELSEWHERE = "Bảng xem trước là của phường, xã khác hoặc của sổ khác. Gửi lại tệp."


class RegisterSheet(Protocol):
    """What is asked of a sheet, however it was read; rows and columns count from 1."""

    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def errors(self) -> frozenset[Place]: ...
    @property
    def legacy(self) -> Mapping[Place, str] | None: ...


@dataclass(frozen=True)
class RegisterTable:
    """The lines of a register by heading, each with its number in the file."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def digest(self) -> str:
        """Names the lines, so that the same file sent twice is known."""
        return hashlib.sha256(repr((self.headings, self.lines)).encode()).hexdigest()

    def keep(self, register: str, ward: int) -> str:
        """The table as signed text that a form carries, for one register of one ward."""
        content = {"of": [register, ward], "headings": self.headings, "lines": self.lines}
        return signing.dumps(content, salt=SALT, compress=True)

    @classmethod
    def kept(cls, text: str, register: str, ward: int) -> "RegisterTable":
        """The table of `keep`. Raises ValidationError."""
        try:
            content = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
        except signing.SignatureExpired as old:
            raise ValidationError(KEPT_TOO_LONG, code="kept") from old
        except signing.BadSignature as bad:
            raise ValidationError(KEPT_BROKEN, code="kept") from bad
        if content["of"] != [register, ward]:
            raise ValidationError(KEPT_ELSEWHERE, code="kept")
        lines = tuple((number, tuple(cells)) for number, cells in content["lines"])
        return cls(tuple(content["headings"]), lines)


def read_table(
    sheets: Sequence[RegisterSheet],
    *,
    headings: Sequence[str],
    optional: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> RegisterTable:
    """The lines below the headings of the first sheet that has them.

    `codes` are columns in which a number of Excel no longer says what was typed: 1.10 is 1.1.
    Raises ValidationError with everything that is wrong with the sheet as a whole.
    """
    for sheet in sheets:
        top = None if sheet.hidden else _heading_line(sheet, headings, optional)
        if top is not None:
            return _read(sheet, top, headings, optional, codes)
    raise ValidationError(NO_HEADINGS, code="headings")


def first_of(faults: Sequence[str]) -> list[str]:
    """Every fault; of very many the first ones, and how many follow."""
    rest = len(faults) - MOST_TOLD
    if rest <= 0:
        return list(faults)
    return [*faults[:MOST_TOLD], MORE.format(rest=formatting.number(rest))]


def _heading_line(
    sheet: RegisterSheet, headings: Sequence[str], optional: Sequence[str]
) -> int | None:
    """The index of the line in which at least half of the headings stand, or of those that must."""
    wanted = set(map(_plain, headings))
    needed = wanted - set(map(_plain, optional))
    for index, row in enumerate(sheet.rows[:TOP_LINES]):
        found = wanted & {_plain(written(cell)) for cell in row}
        if len(found) * 2 >= len(wanted) or len(found & needed) * 2 >= max(len(needed), 3):
            return index
    return None


def _read(sheet, top, headings, optional, codes) -> RegisterTable:
    by_name = {_plain(heading): heading for heading in headings}
    columns = [by_name.get(_plain(written(cell)), "") for cell in sheet.rows[top]]
    lines = [
        (number, row)
        for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2)
        if any(written(cell) for cell in row)
    ]
    faults = [*_column_faults(sheet, top, columns, headings, optional)]
    if not lines:
        faults.append(NO_LINES.format(sheet=sheet.name))
    if len(lines) > MOST_LINES:
        faults.append(TOO_MANY)
    else:
        faults += _cell_faults(sheet, columns, {number for number, _ in lines})
        faults += _code_faults(columns, lines, codes)
    if faults:
        raise ValidationError(first_of(faults), code="table")
    return RegisterTable(
        tuple(headings), tuple((number, _cells(row, columns, headings)) for number, row in lines)
    )


def _column_faults(sheet, top, columns, headings, optional):
    missing = [name for name in headings if name not in columns and name not in optional]
    if missing:
        yield MISSING_COLUMNS.format(sheet=sheet.name, columns=", ".join(missing))
    unknown = [
        written(cell)[:40] for cell, name in zip(sheet.rows[top], columns, strict=True) if not name
    ]
    if any(unknown):
        yield UNKNOWN_COLUMNS.format(sheet=sheet.name, columns=", ".join(filter(None, unknown)))
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        yield SAME_COLUMN.format(sheet=sheet.name, column=name)


def _cell_faults(sheet, columns, numbers):
    if any(line in numbers for line, _ in sheet.legacy or ()):
        yield OLD_FONT.format(sheet=sheet.name)
    for line, column in sorted(sheet.errors):
        if line in numbers and column <= len(columns):
            yield BROKEN_CELL.format(line=line, column=columns[column - 1])


def _code_faults(columns, lines, codes):
    """A whole number is read as it was typed; of others Excel kept the value, not the signs."""
    for number, row in lines:
        for name, cell in zip(columns, row, strict=False):
            is_changed = isinstance(cell, date) or (
                isinstance(cell, float) and not cell.is_integer()
            )
            if name in codes and is_changed:
                yield NUMBER_FOR_CODE.format(line=number, column=name)


def _cells(row: Sequence[Cell], columns: list[str], headings: Sequence[str]) -> tuple[str, ...]:
    by_column = dict(zip(columns, map(written, row), strict=False))
    return tuple(by_column.get(heading, "") for heading in headings)


def written(cell: Cell | None) -> str:
    """A cell as somebody would type it: a number of Excel has no point, a day is day first."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float | int | Decimal):
        return str(int(cell)) if float(cell).is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, date):
        return formatting.day(cell)
    return normalise_text(_GUARDED.sub("", cell))


def _plain(heading: str) -> str:
    """A heading without accents, marks and case.

    >>> _plain("Số tiền (đồng) *")
    'so tien dong'
    """
    return " ".join(re.findall(r"[a-z0-9]+", search_key(heading)))
