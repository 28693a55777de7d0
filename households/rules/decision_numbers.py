"""The number of a decision in its one full form. Pure: no database, no clock, no request."""

import re

from povertyplan.core.text.vietnamese import normalise_text

SYMBOL = "QĐ-UBND"  # of the decisions of a people's committee and its chairman


def full_number(typed: str) -> str:
    """A number as every paper prints it: "283" and "283 / qđ-ubnd" are "283/QĐ-UBND".

    A symbol of its own stays; "" stays "".

    >>> full_number("Số 0283")
    '283/QĐ-UBND'
    >>> full_number("7/qđ-ct")
    '07/QĐ-CT'
    """
    text = re.sub(r"^số\b[\s:.]*", "", normalise_text(typed), flags=re.IGNORECASE)
    number, _, symbol = (part.strip() for part in text.partition("/"))
    if not number:
        return text
    symbol = re.sub(r"\s*([-/])\s*", r"\1", symbol).upper().strip("-/")
    return f"{_plain(number)}/{_with_d(symbol) or SYMBOL}"


def bare_number(typed: str) -> str:
    """The number alone, without the symbol of whoever signed.

    >>> bare_number("Số 0283/QĐ-UBND"), bare_number("283 QĐ-UBND")
    ('283', '283')
    """
    return _plain(re.split(r"[/\s]", full_number(typed), maxsplit=1)[0])


def symbol_of(typed: str) -> str:
    """The symbol of whoever signed, without the number.

    >>> symbol_of("283/qđ-ct")
    'QĐ-CT'
    """
    return full_number(typed).partition("/")[2] or SYMBOL


def _plain(number: str) -> str:
    """Without leading noughts, with one below ten as the law of papers writes it."""
    if number.isascii() and number.isdigit():
        return f"{int(number):02}"
    return number


def _with_d(symbol: str) -> str:
    """A keyboard without Vietnamese letters writes QD for QĐ."""
    return re.sub(r"^QD(?=-|$)", "QĐ", symbol)
