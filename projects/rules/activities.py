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


def activity_state(facts: ActivityFacts, today: date) -> ActivityState:
    """How an activity stands; its last day itself is in time.

    >>> activity_state(ActivityFacts(2026, due_on=date(2026, 6, 30)), date(2026, 7, 1))
    ActivityState.OVERDUE
    >>> day = date(2026, 6, 30)
    >>> activity_state(ActivityFacts(2026, due_on=day, done_on=day), date(2026, 7, 1))
    ActivityState.DONE
    """
    due_on, done_on = facts.due_on, facts.done_on
    if done_on is not None and not is_partly_done(facts):
        late = due_on is not None and done_on > due_on
        return ActivityState.DONE_LATE if late else ActivityState.DONE
    if due_on is not None and due_on < today:
        return ActivityState.OVERDUE
    if done_on is not None:
        return ActivityState.PARTLY_DONE
    if due_on is None:
        return ActivityState.WITHOUT_DUE
    return ActivityState.DUE_SOON if due_on - today <= SOON else ActivityState.PLANNED


def is_partly_done(facts: ActivityFacts) -> bool:
    """Whether less was done than was planned."""
    planned, done = facts.quantity, facts.done_quantity
    return planned is not None and done is not None and done < planned


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
