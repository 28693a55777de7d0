"""Numbers, rates, money and dates as Vietnamese offices print them. Pure; every screen uses it.

Values are ``int`` or ``Decimal``. A ``float`` is refused, because it has already drifted.
A missing value prints as an en dash and never as zero.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

MISSING = "–"
MINUS = "−"
NBSP = "\u00a0"

DONG_PER_MILLION = 1_000_000
QUARTER_NUMERALS = {1: "I", 2: "II", 3: "III", 4: "IV"}
OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def rounded(value: int | Decimal, decimals: int) -> Decimal:
    """Round half up, as the official tables do.

    >>> rounded(Decimal("4.335"), 2), rounded(Decimal("-0.005"), 2)
    (Decimal('4.34'), Decimal('-0.01'))
    """
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def rate(
    numerator: int | Decimal | None, denominator: int | Decimal | None, decimals: int = 2
) -> Decimal | None:
    """Return numerator ÷ denominator as a percentage (0–100), or None when it has no meaning.

    >>> rate(221, 5098), rate(93, 204)
    (Decimal('4.34'), Decimal('45.59'))
    >>> rate(3, 0) is None, rate(None, 7847) is None
    (True, True)
    """
    if numerator is None or not denominator:
        return None
    return rounded(_exact(numerator) * 100 / _exact(denominator), decimals)


def number(value: int | Decimal | None, decimals: int | None = None) -> str:
    """Group thousands with dots; the comma is the decimal mark.

    >>> number(1234567), number(0), number(-5), number(None)
    ('1.234.567', '0', '−5', '–')
    >>> number(Decimal("1234.50")), number(Decimal("1234.45"), 1)
    ('1.234,5', '1.234,5')
    """
    if value is None:
        return MISSING
    exact = _exact(value)
    if decimals is not None:
        exact = rounded(exact, decimals)
    text = f"{abs(exact):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = MINUS if exact < 0 else ""
    return sign + text.translate(str.maketrans(",.", ".,"))


def percent(value: int | Decimal | None, decimals: int | None = 2) -> str:
    """Print a percentage between 0 and 100; ``decimals=None`` keeps what the value has.

    >>> percent(Decimal("0.27")), percent(Decimal("77.777"), 1), percent(98, None), percent(None)
    ('0,27%', '77,8%', '98%', '–')
    """
    if value is None:
        return MISSING
    return f"{number(value, decimals)}%"


def two_digits(value: int | Decimal | None) -> str:
    """Print a count in a document: below ten it carries a leading zero (05 hộ).

    >>> two_digits(5), two_digits(0), two_digits(12), two_digits(1234), two_digits(None)
    ('05', '0', '12', '1.234', '–')
    """
    if value is not None and 0 < value < 10:
        return f"0{value}"
    return number(value)


def paper_number(value: int) -> str:
    """Print the number of a document: it counts nothing, so no mark parts its thousands.

    >>> paper_number(5), paper_number(1234)
    ('05', '1234')
    """
    return f"{value:02d}"


def with_unit(text: str, measure_unit: str) -> str:
    """Join a printed number and its unit so that no line break parts them.

    >>> with_unit("05", "hộ"), with_unit("0,27", "%"), with_unit("–", "hộ")
    ('05\\xa0hộ', '0,27%', '–')
    """
    if text == MISSING or not measure_unit:
        return text
    return f"{text}%" if measure_unit == "%" else f"{text}{NBSP}{measure_unit}"


def money(value: int | None) -> str:
    """Print an amount of whole đồng.

    >>> money(1234567), money(None)
    ('1.234.567\\xa0đồng', '–')
    """
    return with_unit(number(value), "đồng")


def millions(value: int | None, decimals: int = 1) -> str:
    """Print đồng as millions for a table whose caption names the unit "triệu đồng".

    >>> millions(1234567890), millions(0), millions(None)
    ('1.234,6', '0,0', '–')
    """
    if value is None:
        return MISSING
    return number(_exact(value) / DONG_PER_MILLION, decimals)


def day(value: date | None) -> str:
    """Print a date in a table, both parts padded.

    >>> day(date(2025, 8, 9)), day(None)
    ('09/08/2025', '–')
    """
    if value is None:
        return MISSING
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def short_day(value: date | None) -> str:
    """Print a date in a document: months are padded only for January and February.

    Nghị định 30/2020/NĐ-CP, Phụ lục I.

    >>> short_day(date(2024, 3, 7)), short_day(date(2022, 1, 18)), short_day(date(2023, 12, 6))
    ('07/3/2024', '18/01/2022', '06/12/2023')
    """
    if value is None:
        return MISSING
    return f"{value.day:02}/{_document_month(value)}/{value.year:04}"


def long_day(value: date | None) -> str:
    """Print a date in words, padded as Nghị định 30/2020/NĐ-CP asks.

    >>> long_day(date(2025, 8, 9)), long_day(date(2026, 1, 5))
    ('ngày 09 tháng 8 năm 2025', 'ngày 05 tháng 01 năm 2026')
    """
    if value is None:
        return MISSING
    return f"ngày {value.day:02} tháng {_document_month(value)} năm {value.year:04}"


def month(value: date | None) -> str:
    """Print a month.

    >>> month(date(2026, 8, 1)), month(None)
    ('8/2026', '–')
    """
    return MISSING if value is None else f"{value.month}/{value.year:04}"


def birth(value: date | None, precision: str = "day") -> str:
    """Print a date of birth as far as it is known: ``day``, ``month`` or ``year``.

    >>> birth(date(1958, 1, 1), "year"), birth(date(1958, 8, 1), "month"), birth(date(1958, 8, 9))
    ('1958', '8/1958', '09/08/1958')
    """
    if value is None:
        return MISSING
    if precision == "year":
        return f"{value.year:04}"
    return month(value) if precision == "month" else day(value)


def moment(value: datetime | None) -> str:
    """Print an aware moment in office time.

    >>> from datetime import timezone
    >>> moment(datetime(2026, 11, 20, 2, 14, tzinfo=timezone.utc))
    '09:14 ngày 20/11/2026'
    """
    if value is None:
        return MISSING
    local = value.astimezone(OFFICE_ZONE)
    return f"{local.hour:02}:{local.minute:02} ngày {day(local.date())}"


def month_of_year(year: int, index: int) -> str:
    """
    >>> month_of_year(2026, 2)
    'Tháng 02/2026'
    """
    return f"Tháng {index:02}/{year}"


def quarter(year: int, index: int) -> str:
    """
    >>> quarter(2026, 1)
    'Quý I/2026'
    """
    return f"Quý {QUARTER_NUMERALS[index]}/{year}"


def half_year(year: int, index: int = 1) -> str:
    """
    >>> half_year(2026), half_year(2026, 2)
    ('6 tháng đầu năm 2026', '6 tháng cuối năm 2026')
    """
    return f"6 tháng {'đầu' if index == 1 else 'cuối'} năm {year}"


def nine_months(year: int) -> str:
    """
    >>> nine_months(2026)
    '9 tháng năm 2026'
    """
    return f"9 tháng năm {year}"


def whole_year(year: int) -> str:
    """
    >>> whole_year(2026)
    'Năm 2026'
    """
    return f"Năm {year}"


def years(first: int, last: int) -> str:
    """Name the years of a plan.

    >>> years(2026, 2026), years(2025, 2030)
    ('năm 2026', 'giai đoạn 2025-2030')
    """
    return f"năm {first}" if first == last else f"giai đoạn {first}-{last}"


def _document_month(value: date) -> str:
    return f"{value.month:02}" if value.month <= 2 else str(value.month)


def _exact(value: int | Decimal) -> Decimal:
    if isinstance(value, float):
        raise TypeError("Numbers are int or Decimal; a float has already drifted.")
    return Decimal(value)
