"""The periods of a year for which a unit gives a figure, and what they make together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from povertyplan.core.periods.spans import span_of_months
from povertyplan.core.text import formatting
from projects.choices import Accumulation, FigurePeriod

# The months in which the periods of a year end.
_ENDS: Mapping[str, Sequence[int]] = {
    FigurePeriod.YEAR: (12,),
    FigurePeriod.MONTH: tuple(range(1, 13)),
    FigurePeriod.QUARTER: (3, 6, 9, 12),
    FigurePeriod.HALF_YEAR: (6, 12),
    FigurePeriod.NINE_MONTHS: (9, 12),
}
_NINE_AND_THREE = ("9 tháng đầu năm", "3 tháng cuối năm")
BASELINE_SOURCE = "số gốc ghi ở chỉ tiêu"


@dataclass(frozen=True)
class PeriodFigure:
    """What was reported for one period of a year; a count has no denominator."""

    period: int
    numerator: int
    denominator: int | None
    as_of: date
    is_estimate: bool = False


def periods_of(kind: str) -> range:
    """The numbers of the periods of a year.

    >>> list(periods_of("quarter"))
    [1, 2, 3, 4]
    """
    return range(1, len(_ENDS[kind]) + 1)


def period_days(kind: str, period: int, year: int) -> tuple[date, date]:
    """The first and the last day of a period.

    >>> period_days("quarter", 1, 2026)
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    """
    ends = (0, *_ENDS[kind])
    return span_of_months(year, ends[period - 1] + 1, ends[period])


def period_label(kind: str, period: int, year: int) -> str:
    """A period as a report names it.

    >>> period_label("quarter", 2, 2026)
    'Quý II/2026'
    """
    if kind == FigurePeriod.MONTH:
        return formatting.month_of_year(year, period)
    if kind == FigurePeriod.QUARTER:
        return formatting.quarter(year, period)
    if kind == FigurePeriod.HALF_YEAR:
        return formatting.half_year(year, period)
    if kind == FigurePeriod.NINE_MONTHS:
        return f"{_NINE_AND_THREE[period - 1]} {year}"
    return formatting.whole_year(year)


def day_fault(kind: str, period: int, year: int, as_of: date) -> str:
    """Why a figure of a period cannot be of a day; "" where it can."""
    first, last = period_days(kind, period, year)
    if first <= as_of <= last:
        return ""
    if kind == FigurePeriod.YEAR:
        return f"Nhập một ngày trong năm {year}."
    return f"Nhập một ngày từ {formatting.day(first)} đến {formatting.day(last)}."


def accumulated(
    accumulation: str, kind: str, figures: Sequence[PeriodFigure]
) -> PeriodFigure | None:
    """The figure of a year made of those of its periods; None where it is not known yet.

    A sum is that of the periods reported so far; a level is known when the last one is.
    """
    if not figures:
        return None
    latest = max(figures, key=lambda each: each.period)
    if accumulation == Accumulation.LEVEL:
        return latest if latest.period == periods_of(kind)[-1] else None
    if accumulation != Accumulation.SUM:
        return latest
    return PeriodFigure(
        period=latest.period,
        numerator=sum(each.numerator for each in figures),
        denominator=None,
        as_of=max(each.as_of for each in figures),
        is_estimate=any(each.is_estimate for each in figures),
    )


def with_periods(source: str, count: int) -> str:
    """The source of a sum, with how many periods it adds up.

    >>> with_periods("Trạm Y tế báo cáo", 3)
    'Trạm Y tế báo cáo, cộng 3 kỳ'
    """
    return f"{source}, cộng {count} kỳ" if count > 1 else source


def with_reasons(source: str, reasons: Iterable[str]) -> str:
    """A source with why its figure is not what the ledger says, each reason once."""
    stated = "; ".join(dict.fromkeys(filter(None, reasons)))
    return f"{source}; khác với sổ: {stated}" if stated else source
