"""How an activity stands on a day, and what cannot be said of one."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from projects.choices import ActivityState

# A week before its day an activity is about to fall due.
SOON = timedelta(days=7)

DUE_OUTSIDE_YEAR = "Hạn phải nằm trong năm {year}."
QUANTITY_ZERO = "Khối lượng phải lớn hơn 0."
QUANTITY_WITHOUT_UNIT = "Nhập đơn vị tính của khối lượng."
DONE_TO_COME = "Ngày hoàn thành không được sau hôm nay."
DONE_BEFORE_YEAR = "Ngày hoàn thành không được trước năm {year}."
DONE_DAY_MISSING = "Nhập ngày hoàn thành."


@dataclass(frozen=True)
class ActivityFacts:
    """An activity of a year; what is not known yet is None."""

    year: int
    quantity: Decimal | None = None
    quantity_unit: str = ""
    due_on: date | None = None
    done_on: date | None = None
    done_quantity: Decimal | None = None


def activity_state(due_on: date | None, done_on: date | None, today: date) -> ActivityState:
    """How an activity stands; its last day itself is in time.

    >>> activity_state(date(2026, 6, 30), None, date(2026, 7, 1))
    ActivityState.OVERDUE
    >>> activity_state(date(2026, 6, 30), date(2026, 6, 30), date(2026, 7, 1))
    ActivityState.DONE
    """
    if done_on is not None:
        late = due_on is not None and done_on > due_on
        return ActivityState.DONE_LATE if late else ActivityState.DONE
    if due_on is None:
        return ActivityState.WITHOUT_DUE
    if due_on < today:
        return ActivityState.OVERDUE
    return ActivityState.DUE_SOON if due_on - today <= SOON else ActivityState.PLANNED


def activity_faults(facts: ActivityFacts, today: date) -> dict[str, str]:
    """What cannot be, keyed by field."""
    faults = {}
    if facts.due_on is not None and facts.due_on.year != facts.year:
        faults["due_on"] = DUE_OUTSIDE_YEAR.format(year=facts.year)
    if facts.quantity is not None and facts.quantity <= 0:
        faults["quantity"] = QUANTITY_ZERO
    elif facts.quantity is not None and not facts.quantity_unit:
        faults["quantity_unit"] = QUANTITY_WITHOUT_UNIT
    if facts.done_on is not None and facts.done_on > today:
        faults["done_on"] = DONE_TO_COME
    elif facts.done_on is not None and facts.done_on.year < facts.year:
        faults["done_on"] = DONE_BEFORE_YEAR.format(year=facts.year)
    elif facts.done_on is None and facts.done_quantity is not None:
        faults["done_on"] = DONE_DAY_MISSING
    return faults
