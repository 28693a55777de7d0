"""What a ward has to publish, by when and how long (Luật 10/2022/QH15, Điều 11 đến 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.rules.working_days import WorkingCalendar, after_working_days
from povertyplan.core.periods.spans import MONTHS_A_QUARTER, span_of
from povertyplan.core.text import formatting
from projects.choices import PublicationState, PublicationTrigger

DAY_TO_COME = "Ngày này chưa đến."


@dataclass(frozen=True)
class Occasion:
    """Something that happened on a day and has to be published; `key` names it for good."""

    trigger: str
    key: str
    label: str
    happened_on: date

    @property
    def listed_quarter(self) -> int:
        """The quarter whose supports or donated money are published; 0 for anything else."""
        if self.trigger not in (PublicationTrigger.SUPPORTS, PublicationTrigger.DONATIONS):
            return 0
        return quarter_of(self.happened_on).number


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return span_of(self.year, MONTHS_A_QUARTER, self.number)[0]

    @property
    def last(self) -> date:
        return span_of(self.year, MONTHS_A_QUARTER, self.number)[1]

    def __str__(self) -> str:
        return formatting.quarter(self.year, self.number)


def quarter_of(day: date) -> Quarter:
    """
    >>> quarter_of(date(2026, 12, 31)).last
    datetime.date(2026, 12, 31)
    """
    return Quarter(day.year, (day.month + 2) // 3)


def listed_days(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter; of the year for 0.

    >>> listed_days(2026, 2)
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    """
    if quarter == 0:
        return span_of(year, 12)
    return Quarter(year, quarter).first, Quarter(year, quarter).last


def gift_in_words(kind: str, day: date) -> str:
    """A gift whose list is published before and after it is decided."""
    return f"{kind}, quyết định ngày {formatting.day(day)}"


def due_on(occasion: Occasion, days: int, calendar: WorkingCalendar) -> date:
    """The last day to begin; what comes before a decision is due on its day."""
    if occasion.trigger == PublicationTrigger.BEFORE_GIFT:
        return occasion.happened_on
    return after_working_days(occasion.happened_on, days, calendar)


def last_day_of(posted_from: date, posted_to: date | None, min_days: int) -> date:
    """The last day of a publication; of one that goes on, the last that is asked for."""
    return posted_to or date.fromordinal(posted_from.toordinal() + max(min_days, 1) - 1)


def publication_state(
    *, due: date, min_days: int, posted: Iterable[tuple[date, date | None]], today: date
) -> PublicationState:
    """The state by the first publication that lasts as long as asked, else by the first."""
    spells = sorted(posted, key=lambda spell: spell[0])
    if not spells:
        return PublicationState.MISSED if due < today else PublicationState.TO_COME
    long_enough = [each for each in spells if _days(*each, min_days) >= min_days]
    if not long_enough:
        return PublicationState.TOO_SHORT
    posted_from, posted_to = long_enough[0]
    if posted_from > due:
        return PublicationState.LATE
    is_over = last_day_of(posted_from, posted_to, min_days) < today or min_days == 0
    return PublicationState.DONE if is_over else PublicationState.RUNNING


def publication_faults(
    *, trigger: str, happened_on: date, posted_from: date, posted_to: date | None, today: date
) -> dict[str, str]:
    """Every fault of the days of a publication, by field."""
    faults = {}
    if posted_from > today:
        faults["posted_from"] = DAY_TO_COME
    elif trigger != PublicationTrigger.BEFORE_GIFT and posted_from < happened_on:
        day = formatting.day(happened_on)
        faults["posted_from"] = f"Không công khai trước ngày {day} được."
    elif trigger == PublicationTrigger.BEFORE_GIFT and posted_from > happened_on:
        day = formatting.day(happened_on)
        faults["posted_from"] = f"Đây là lần công khai trước quyết định ngày {day}."
    if posted_to is not None and posted_to < posted_from:
        faults["posted_to"] = "Ngày kết thúc không được trước ngày bắt đầu."
    return faults


def days_missing(posted_from: date, posted_to: date | None, min_days: int) -> int:
    """By how many days a publication is shorter than asked.

    >>> days_missing(date(2026, 4, 1), date(2026, 4, 10), 30)
    20
    """
    return max(min_days - _days(posted_from, posted_to, min_days), 0)


def _days(posted_from: date, posted_to: date | None, min_days: int) -> int:
    return (last_day_of(posted_from, posted_to, min_days) - posted_from).days + 1
