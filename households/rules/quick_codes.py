"""The quick code of the bulk entry: numbers typed on the numeric keypad, "5 9", "5.9" or "5+9".

The twin of static/js/grid/codes.js.
"""

import re
from collections.abc import Collection

LARGEST_DIGIT = 9
BETWEEN_DIGITS = re.compile(r"(?<=[1-9])(?=[1-9])")
SEPARATORS = re.compile(r"[\s.,;+\-]+")


class CodeRefused(ValueError):
    """The code names no such number; the message says why, in Vietnamese."""


def numbers_in(
    code: str, *, known: Collection[int] | None = None, noun: str = ""
) -> frozenset[int]:
    """The numbers of a code; "0" is none.

    `known` are the numbers there are, where the code must name them; `noun` names them.
    """
    if known and max(known) <= LARGEST_DIGIT:
        # Where every number has one digit, none needs a sign before the next.
        code = BETWEEN_DIGITS.sub(" ", code)
    parts = [part for part in SEPARATORS.split(code.strip()) if part]
    if not parts:
        raise CodeRefused("Nhập các số, hoặc 0 nếu không có.")
    if faulty := [part for part in parts if not (part.isascii() and part.isdigit())]:
        raise CodeRefused(f"“{faulty[0]}” không phải là số.")
    numbers = {int(part) for part in parts}
    if numbers == {0}:
        return frozenset()
    if 0 in numbers:
        raise CodeRefused("Số 0 nghĩa là không có, không đi cùng số khác.")
    if known is not None and (unknown := numbers.difference(known)):
        raise CodeRefused(f"Chỉ có {len(known)} {noun}, không có số {max(unknown)}.")
    return frozenset(numbers)


def code_of(numbers: frozenset[int]) -> str:
    """The code that means these numbers."""
    return " ".join(str(number) for number in sorted(numbers)) or "0"
