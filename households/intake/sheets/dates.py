"""Dates as offices type them: text, a serial number of Excel, or only a year."""

import re
from datetime import date, timedelta

from households.intake.sheets.readings import EMPTY, Reading, error, note, warning
from households.intake.sheets.workbook import Raw

FIRST_YEAR = 1900
# Excel counts a 29 February 1900 that never was: serial 60. After it day 1 is 31/12/1899.
EPOCH_1900, PHANTOM_DAY = date(1899, 12, 30), 60
EPOCH_1904 = date(1904, 1, 1)
LARGEST_SERIAL = 73_050  # 31/12/2099

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?")
_MONTH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR = re.compile(r"\d{4}")
_IN_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)

UNREADABLE = "“{raw}” không phải là ngày. Ghi theo dạng ngày/tháng/năm, ví dụ 09/08/1985."


def read_date(raw: Raw, *, today: date, date1904: bool = False) -> Reading:
    """A day, a month or a year not after today, as the reading's ISO text."""
    if isinstance(raw, date):
        return _within(raw, today)
    if isinstance(raw, bool):
        return error("date_unreadable", UNREADABLE.format(raw=raw))
    if isinstance(raw, (int, float)):
        return _from_number(raw, today, date1904)
    return _from_text(raw.lstrip("'").strip(), today, date1904)


def day_of(value: str) -> date:
    """The first day that a partial date may mean.

    >>> day_of("1958"), day_of("1958-05-17")
    (datetime.date(1958, 1, 1), datetime.date(1958, 5, 17))
    """
    parts = [int(part) for part in value.split("-")]
    return date(*[*parts, 1, 1][:3])


def as_typed(value: str) -> str:
    """A partial date as Vietnamese type it.

    >>> as_typed("1958"), as_typed("1958-05"), as_typed("1958-05-17")
    ('1958', '05/1958', '17/05/1958')
    """
    return "/".join(reversed(value.split("-")))


def _from_number(raw: float, today: date, date1904: bool) -> Reading:
    if raw != int(raw) and not 0 < raw < LARGEST_SERIAL:
        return error("date_unreadable", UNREADABLE.format(raw=raw))
    number = int(raw)
    if FIRST_YEAR <= number <= today.year:
        return note(str(number), "date_year_only", f"Chỉ có năm sinh {number}.")
    if number == PHANTOM_DAY and not date1904:
        return error("date_phantom", "Ô ghi ngày 29/02/1900, ngày này không có.")
    if not 0 < number < LARGEST_SERIAL:
        return error("date_unreadable", UNREADABLE.format(raw=f"{raw:g}"))
    base = EPOCH_1904 if date1904 else EPOCH_1900
    day = base + timedelta(days=number + (not date1904 and number < PHANTOM_DAY))
    reading = _within(day, today)
    if reading.is_error:
        return reading
    typed = day.strftime("%d/%m/%Y")
    return warning(
        reading.value, "date_serial", f"Ô ghi số {number} theo cách đếm ngày của Excel: {typed}."
    )


def _from_text(text: str, today: date, date1904: bool) -> Reading:
    if not text:
        return EMPTY
    if _YEAR.fullmatch(text):
        return _year(int(text), today)
    if found := _YEAR_FIRST.fullmatch(text):
        return _whole(int(found[1]), int(found[2]), int(found[3]), text, today)
    if found := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        if len(found[3]) == 2:
            return _short_year(found, text, today)
        return _whole(int(found[3]), int(found[2]), int(found[1]), text, today)
    if found := _MONTH.fullmatch(text):
        return _month(int(found[2]), int(found[1]), text, today)
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _from_number(int(text), today, date1904)
    return error("date_unreadable", UNREADABLE.format(raw=text))


def _year(year: int, today: date) -> Reading:
    if not FIRST_YEAR <= year <= today.year:
        return error("date_out_of_range", f"Năm {year} không hợp lý.")
    return note(str(year), "date_year_only", f"Chỉ có năm sinh {year}.")


def _month(year: int, month: int, text: str, today: date) -> Reading:
    if not 1 <= month <= 12:
        return error("date_unreadable", UNREADABLE.format(raw=text))
    reading = _within(date(year, month, 1), today) if year else error("date_unreadable", text)
    if reading.is_error:
        return reading
    return note(f"{year:04}-{month:02}", "date_month_only", f"Chỉ có tháng sinh {month:02}/{year}.")


def _whole(year: int, month: int, day: int, text: str, today: date) -> Reading:
    try:
        return _within(date(year, month, day), today)
    except ValueError:
        return error("date_no_such_day", f"Không có ngày {text}.")


def _short_year(found: re.Match, text: str, today: date) -> Reading:
    """Two digits of a year could mean two centuries: only offered, never taken."""
    year = 2000 + int(found[3])
    if year > today.year:
        year -= 100
    offered = f"{int(found[1]):02}/{int(found[2]):02}/{year}"
    readable = not _whole(year, int(found[2]), int(found[1]), text, today).is_error
    return error(
        "date_short_year", f"Năm trong “{text}” chỉ có hai chữ số.", offered if readable else ""
    )


def _within(day: date, today: date) -> Reading:
    if day.year < FIRST_YEAR:
        return error("date_out_of_range", f"Năm {day.year} không hợp lý.")
    if day > today:
        return error("date_in_future", f"Ngày {day:%d/%m/%Y} sau ngày hôm nay.")
    return Reading(value=day.isoformat())
