"""Kinds of values that files hold: days, numbers, lines of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from annotated_types import GroupedMetadata, MaxLen
from pydantic import AfterValidator, BeforeValidator, Field

from povertyplan.core.platform.structured_file.checking import refuse
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.vietnamese import normalise_text


def matching(pattern: str, sentence: str):
    """Refuse text that is not written as `pattern`; the library is more generous than we are."""
    shape = re.compile(pattern)

    def matched(value: object) -> object:
        if isinstance(value, str) and not shape.fullmatch(value):
            raise refuse(sentence)
        if not isinstance(value, str):
            raise refuse(sentence)
        return value

    return BeforeValidator(matched)


def _a_day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse(f"không có ngày “{value}”.") from None
    raise refuse("ngày phải viết theo dạng năm-tháng-ngày, ví dụ 2024-12-31.")


def _some_lines(value: str) -> str:
    return "\n".join(_some_text(line) for line in value.strip().splitlines()) or _some_text(value)


def _some_text(value: str) -> str:
    tidy = normalise_text(value)
    if not tidy:
        raise refuse("không được để trống.")
    return tidy


Day = Annotated[date, BeforeValidator(_a_day)]
Whole = Annotated[int, matching(r"\d{1,9}", "phải là số nguyên không âm, không có dấu chấm.")]
Number = Annotated[
    Decimal,
    matching(r"\d{1,10}(\.\d+)?", "phải là số không âm, phần thập phân sau dấu chấm (0.27)."),
    Field(max_digits=12, decimal_places=2),
]
Year = Annotated[int, matching(r"\d{4}", "năm phải có bốn chữ số."), Field(ge=2000, le=2100)]
LineOfText = Annotated[str, AfterValidator(_some_text)]
"""Text on one line, composed and trimmed."""


@dataclass(frozen=True)
class OneLine(GroupedMetadata):
    """Marks a line of text with the length of the column that stores it."""

    longest: int

    def __iter__(self) -> Iterator[object]:
        yield MaxLen(self.longest)
        yield AfterValidator(_some_text)


@dataclass(frozen=True)
class NameLine(OneLine):
    """Marks the name of a place, an organisation, a title, or of a person."""

    is_person: bool = False

    def __iter__(self) -> Iterator[object]:
        yield from super().__iter__()
        yield AfterValidator(self._readable)

    def _readable(self, name: str) -> str:
        if fault := name_fault(name, is_person=self.is_person):
            raise refuse(f"“{name}” {fault}.")
        return name


@dataclass(frozen=True)
class Lines(GroupedMetadata):
    """Marks a text of a few lines with the length of the column that stores it."""

    longest: int

    def __iter__(self) -> Iterator[object]:
        yield MaxLen(self.longest)
        yield AfterValidator(_some_lines)
