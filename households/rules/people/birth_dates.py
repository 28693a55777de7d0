"""Dates of birth as people know them: a day, a month of a year, or only the year. Pure."""

import re
from datetime import date

from households.choices import BirthPrecision
from households.rules.windows import add_months

EARLIEST_YEAR = 1900
UNREADABLE = "Nhập ngày sinh dạng 17/5/1980, tháng sinh dạng 5/1980 hoặc năm sinh dạng 1980."

_DAY = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{4})")
_YEAR = re.compile(r"\d{4}")


class UnreadableBirth(ValueError):
    """The text is no date of birth; the message says what to type."""


def read_birth(text: str, *, today: date) -> tuple[date, BirthPrecision]:
    """The first day that a typed birth may mean, and how much of it is known.

    >>> read_birth("17/5/1980", today=date(2026, 1, 1))
    (datetime.date(1980, 5, 17), BirthPrecision.DAY)
    >>> read_birth("5/1980", today=date(2026, 1, 1))
    (datetime.date(1980, 5, 1), BirthPrecision.MONTH)
    >>> read_birth("1980", today=date(2026, 1, 1))
    (datetime.date(1980, 1, 1), BirthPrecision.YEAR)
    """
    parts, precision = _parts(text.strip())
    try:
        born = date(*parts)
    except ValueError:
        raise UnreadableBirth(f"Không có ngày {text.strip()}.") from None
    if born.year < EARLIEST_YEAR:
        raise UnreadableBirth(f"Năm sinh {born.year} không hợp lý: nhập từ năm {EARLIEST_YEAR}.")
    if born > today:
        raise UnreadableBirth("Ngày sinh không được sau ngày hôm nay.")
    return born, precision


def write_birth(born: date | None, precision: str) -> str:
    """The text that `read_birth` reads back; nothing for an unknown birth.

    >>> write_birth(date(1980, 5, 1), "month")
    '05/1980'
    """
    if born is None:
        return ""
    patterns = {BirthPrecision.YEAR: "%Y", BirthPrecision.MONTH: "%m/%Y"}
    return born.strftime(patterns.get(BirthPrecision(precision), "%d/%m/%Y"))


def births_agree(one: tuple[date, BirthPrecision], other: tuple[date, BirthPrecision]) -> bool:
    """Whether two births may be one, as far as both are known.

    >>> day, year = (date(1980, 5, 17), BirthPrecision.DAY), (date(1980, 1, 1), BirthPrecision.YEAR)
    >>> births_agree(day, year), births_agree(day, (date(1980, 5, 18), BirthPrecision.DAY))
    (True, False)
    """
    precisions = {one[1], other[1]}
    if BirthPrecision.YEAR in precisions:
        return one[0].year == other[0].year
    if BirthPrecision.MONTH in precisions:
        return (one[0].year, one[0].month) == (other[0].year, other[0].month)
    return one[0] == other[0]


def age_on(born: date, on: date) -> int:
    """Full years on a day.

    >>> [age_on(date(2010, 11, day), date(2026, 11, 20)) for day in (20, 21)]
    [16, 15]
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def born_after(years: int, on: date) -> date:
    """The last birthday of those who are that old on a day: the younger were born after it.

    >>> born_after(16, date(2026, 11, 20))
    datetime.date(2010, 11, 20)
    """
    return add_months(on, -12 * years)


def _parts(text: str) -> tuple[tuple[int, int, int], BirthPrecision]:
    """Year, month and day of what was typed, with 1 for what was not."""
    if _YEAR.fullmatch(text):
        return (int(text), 1, 1), BirthPrecision.YEAR
    if found := _MONTH.fullmatch(text):
        return (int(found[2]), int(found[1]), 1), BirthPrecision.MONTH
    if found := _DAY.fullmatch(text):
        return (int(found[3]), int(found[2]), int(found[1])), BirthPrecision.DAY
    raise UnreadableBirth(UNREADABLE)
