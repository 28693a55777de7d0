"""Periods and dues of progress reports. Pure.

A rule is one of a report: dues are its periods of a year, each with the last day to send it and
the day up to which its figures count.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from povertyplan.core.periods.spans import span_of
from povertyplan.core.text import formatting
from reports.choices import ReportPeriod

Source = TypeVar("Source")  # what a due comes from

# How many periods of its kind a year has.
PERIODS_A_YEAR = {
    ReportPeriod.MONTH: 12,
    ReportPeriod.QUARTER: 4,
    ReportPeriod.HALF_YEAR: 1,
    ReportPeriod.NINE_MONTHS: 1,
    ReportPeriod.YEAR: 1,
}
MONTHS_LONG = {
    ReportPeriod.MONTH: 1,
    ReportPeriod.QUARTER: 3,
    ReportPeriod.HALF_YEAR: 6,
    ReportPeriod.NINE_MONTHS: 9,
    ReportPeriod.YEAR: 12,
}
# Months in which a report of such a period can be due; of a year also the first ones of the next.
DUE_MONTHS = {
    ReportPeriod.HALF_YEAR: range(4, 10),
    ReportPeriod.NINE_MONTHS: range(7, 13),
    ReportPeriod.YEAR: (*range(9, 13), *range(1, 4)),
}
AFTER_YEAR = range(1, 4)
MOST_MONTHS_AFTER = 1

DUE_BEFORE_PERIOD = "Hạn nộp không được trước kỳ báo cáo: báo cáo {period} có hạn {months}."
HALF_A_DUE = "Nhập cả ngày và tháng của hạn nộp, hoặc để trống cả hai."
NO_SUCH_DAY = "Ngày của hạn nộp từ 1 đến 31."
NOT_ALWAYS_A_DAY = "Không phải tháng nào cũng có ngày này: nhập ngày từ 1 đến 28."
DAY_MISSING = "Nhập ngày của hạn nộp."
MONTH_NOT_ASKED = "Báo cáo tháng, quý không nhập tháng của hạn nộp."
LATE_MONTH = "Chọn trong tháng cuối kỳ, hoặc tháng sau kỳ."
NUMBERS_OUT_OF_ORDER = "Kỳ cuối không được trước kỳ đầu."
YEARS_OUT_OF_ORDER = "Năm cuối không được trước năm đầu."
SAFE_DAY = 28


@dataclass(frozen=True)
class DueRule:
    """When a report is due; without a day nobody has said when."""

    period: str
    due_day: int | None = None
    due_month: int | None = None
    months_after: int = 0
    is_before: bool = False
    first_number: int = 1
    last_number: int = 12
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True)
class PeriodDue:
    """One period of a rule. `due_on` is the last day to send it; None where it is not said."""

    period: ReportPeriod
    year: int
    number: int
    first_day: date
    last_day: date
    due_on: date | None
    data_on: date

    @property
    def is_estimated(self) -> bool:
        """Whether it is due before its period is over, so that the rest has to be estimated."""
        return self.data_on < self.last_day

    @property
    def key(self) -> tuple[str, int]:
        return self.period, self.number


def dues_of_year(rule: DueRule, year: int) -> Iterator[PeriodDue]:
    """The periods of a year for which a rule asks a report; none of one on request."""
    if not (rule.year_from or year) <= year <= (rule.year_to or year):
        return
    period = ReportPeriod(rule.period)
    last = min(rule.last_number, PERIODS_A_YEAR.get(period, 0))
    for number in range(rule.first_number, last + 1):
        first_day, last_day = period_days(period, year, number)
        due_on = _due_day(rule, last_day)
        yield PeriodDue(
            period, year, number, first_day, last_day, due_on, data_day(last_day, due_on)
        )


def period_days(period: str, year: int, number: int) -> tuple[date, date]:
    """First and last day of a period; what is asked for otherwise is about the whole year.

    >>> period_days("quarter", 2026, 2)
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    """
    months = MONTHS_LONG.get(ReportPeriod(period), 12)
    number = number if period in PERIODS_A_YEAR else 1
    return span_of(year, months, number)


def span_token(period: str, year: int, number: int) -> str:
    """A period as the data fields of a text write it.

    >>> span_token("quarter", 2026, 2), span_token("month", 2026, 2), span_token("year", 2026, 1)
    ('2026-q2', '2026-m02', '2026')
    """
    parts = {
        ReportPeriod.MONTH: f"-m{number:02}",
        ReportPeriod.QUARTER: f"-q{number}",
        ReportPeriod.HALF_YEAR: "-h1",
        ReportPeriod.NINE_MONTHS: "-9m",
    }
    return f"{year}{parts.get(ReportPeriod(period), '')}"


def data_day(last_day: date, due_on: date | None) -> date:
    """The end of the period, or of the last month that is over on the due day.

    >>> data_day(date(2026, 12, 31), date(2026, 11, 9))
    datetime.date(2026, 10, 31)
    """
    if due_on is None or due_on >= last_day:
        return last_day
    return due_on.replace(day=1) - timedelta(days=1)


def period_name(period: str, year: int, number: int) -> str:
    """
    >>> period_name("month", 2026, 2), period_name("quarter", 2026, 3)
    ('Tháng 02/2026', 'Quý III/2026')
    """
    names = {
        ReportPeriod.MONTH: lambda: formatting.month_of_year(year, number),
        ReportPeriod.QUARTER: lambda: formatting.quarter(year, number),
        ReportPeriod.HALF_YEAR: lambda: formatting.half_year(year),
        ReportPeriod.NINE_MONTHS: lambda: formatting.nine_months(year),
        ReportPeriod.YEAR: lambda: formatting.whole_year(year),
        ReportPeriod.ON_REQUEST: lambda: f"Theo yêu cầu số {number} năm {year}",
    }
    return names[ReportPeriod(period)]()


def due_words(rule: DueRule) -> str:
    """When a rule is due: "trước ngày 10/6", "ngày 05 tháng sau kỳ"; "" where it is not said.

    >>> due_words(DueRule("half_year", 10, 6, is_before=True))
    'trước ngày 10/6'
    """
    if rule.due_day is None:
        return ""
    day = f"{'trước ' if rule.is_before else ''}ngày {formatting.two_digits(rule.due_day)}"
    if rule.due_month is None:
        return f"{day} tháng {'sau kỳ' if rule.months_after else 'cuối kỳ'}"
    month = formatting.two_digits(rule.due_month) if rule.due_month <= 2 else rule.due_month
    return f"{day}/{month}"


def rule_faults(rule: DueRule) -> dict[str, str]:
    """What cannot be, one sentence a field."""
    period = ReportPeriod(rule.period)
    faults = {
        "due_day": _fault_of_day(rule, period),
        "due_month": _fault_of_month(rule, period),
        "months_after": "" if 0 <= rule.months_after <= MOST_MONTHS_AFTER else LATE_MONTH,
        "last_number": NUMBERS_OUT_OF_ORDER if rule.last_number < rule.first_number else "",
    }
    if rule.year_from and rule.year_to and rule.year_to < rule.year_from:
        faults["year_to"] = YEARS_OUT_OF_ORDER
    return {name: fault for name, fault in faults.items() if fault}


def _fault_of_day(rule: DueRule, period: ReportPeriod) -> str:
    if rule.due_day is None:
        return DAY_MISSING if rule.due_month is not None else ""
    if not 1 <= rule.due_day <= 31:
        return NO_SUCH_DAY
    if period not in DUE_MONTHS:
        return NOT_ALWAYS_A_DAY if rule.due_day > SAFE_DAY else ""
    if rule.due_month is not None and rule.due_month in DUE_MONTHS[period]:
        # Any common year: nothing is due on 29 February.
        longest = monthrange(2025, rule.due_month)[1]
        return "" if rule.due_day <= longest else NO_SUCH_DAY
    return ""


def _fault_of_month(rule: DueRule, period: ReportPeriod) -> str:
    if period not in DUE_MONTHS:
        return MONTH_NOT_ASKED if rule.due_month is not None else ""
    if rule.due_month is None:
        return HALF_A_DUE if rule.due_day is not None else ""
    if rule.due_month in DUE_MONTHS[period]:
        return ""
    months = DUE_MONTHS[period]
    named = f"từ tháng {months[0]} đến tháng {months[-1]}"
    if period == ReportPeriod.YEAR:
        named += " năm sau"
    return DUE_BEFORE_PERIOD.format(period=period.label.lower(), months=named)


def _due_day(rule: DueRule, last_day: date) -> date | None:
    if rule.due_day is None:
        return None
    if rule.due_month is not None:
        is_next_year = rule.period == ReportPeriod.YEAR and rule.due_month in AFTER_YEAR
        due = date(last_day.year + is_next_year, rule.due_month, rule.due_day)
    else:
        months = last_day.year * 12 + last_day.month - 1 + rule.months_after
        due = date(months // 12, months % 12 + 1, rule.due_day)
    return due - timedelta(days=1) if rule.is_before else due


@dataclass(frozen=True)
class PeriodDraft:
    """A period before units are asked to report for it."""

    period: str
    year: int
    number: int
    data_on: date
    due_on: date
    subject: str = ""
    note: str = ""
    asks_figures: bool = True


SUBJECT_MISSING = "Nêu nội dung yêu cầu báo cáo."
DATA_OUTSIDE = "Ngày số liệu phải trong kỳ báo cáo, từ {first} đến {last}."
DUE_BEFORE_START = "Hạn gửi không được trước kỳ báo cáo, bắt đầu ngày {first}."
DUE_BEFORE_DATA = "Hạn gửi không được trước ngày số liệu."
UNKNOWN_PERIOD = "Chọn kỳ báo cáo trong danh sách."


def draft_faults(draft: PeriodDraft) -> dict[str, str]:
    """What cannot be asked of units, one sentence a field."""
    if draft.period not in ReportPeriod.values or not _is_of_year(draft):
        return {"period": UNKNOWN_PERIOD}
    first, last = period_days(draft.period, draft.year, draft.number)
    faults = {}
    if draft.period == ReportPeriod.ON_REQUEST and not draft.subject:
        faults["subject"] = SUBJECT_MISSING
    if not first <= draft.data_on <= last:
        days = {"first": formatting.day(first), "last": formatting.day(last)}
        faults["data_on"] = DATA_OUTSIDE.format(**days)
    if draft.due_on < first:
        faults["due_on"] = DUE_BEFORE_START.format(first=formatting.day(first))
    elif draft.due_on < draft.data_on:
        faults["due_on"] = DUE_BEFORE_DATA
    return faults


def _is_of_year(draft: PeriodDraft) -> bool:
    return 1 <= draft.number <= PERIODS_A_YEAR.get(ReportPeriod(draft.period), draft.number)


def days_late(due_on: date, sent_on: date | None, today: date) -> int:
    """How many days a report came, or still is, behind its day; 0 in time."""
    return max(((sent_on or today) - due_on).days, 0)


def dues_in_order(dues: Iterable[tuple[Source, PeriodDue]]) -> list[tuple[Source, PeriodDue]]:
    """By the day on which they are due; those without one behind their period."""
    return sorted(dues, key=lambda pair: (pair[1].due_on or pair[1].last_day, pair[1].first_day))
