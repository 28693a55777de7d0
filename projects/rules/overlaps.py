"""When a support repeats another one (hỗ trợ trùng), and what of a support cannot be. Pure.

Thông tư 60/2026/TT-BTC, Điều 2: who may draw on several policies of one content takes the highest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from povertyplan.core.text import formatting
from projects.choices import Recurrence

# From the shortest period to the longest: two policies of one group are compared over the longer.
# One that is not known counts for nothing.
_PERIODS = (
    Recurrence.UNKNOWN,
    Recurrence.PER_CASE,
    Recurrence.MONTHLY,
    Recurrence.QUARTERLY,
    Recurrence.YEARLY,
    Recurrence.ONCE,
)

NOTHING_GIVEN = "Nhập số lượng hoặc số tiền."
ZERO_AMOUNT = "Số tiền bằng 0 và không có số lượng thì không có gì được cấp."
NEGATIVE_AMOUNT = "Số tiền không được là số âm."
NOT_WHOLE = "Số tiền tính bằng đồng, không có phần lẻ."
QUANTITY_NOT_POSITIVE = "Số lượng phải lớn hơn 0."
DAY_TO_COME = "Ngày này chưa đến."


@dataclass(frozen=True)
class GivenSupport:
    """A support as the comparison reads it; a group has its name in place of keys."""

    key: int | None
    kind: int
    content_group: str
    recurrence: str
    day: date
    household: int | None = None
    person: int | None = None
    group_name: str = ""


class Gift(Protocol):
    """What is given, and on which day."""

    @property
    def day(self) -> date: ...
    @property
    def quantity(self) -> Decimal | None: ...
    @property
    def amount(self) -> int | None: ...


def overlaps(new: GivenSupport, others: Iterable[GivenSupport]) -> list[GivenSupport]:
    """Those of the others that went to the same recipient for the same, in the same period."""
    return [
        other
        for other in others
        if _is_same_recipient(new, other)
        and _is_same_content(new, other)
        and _is_same_period(new, other)
    ]


def gift_faults(gift: Gift, *, valid_from: date | None, today: date) -> dict[str, str]:
    """What cannot be given, one sentence a field."""
    faults = {
        "on": _fault_of_day(gift.day, valid_from, today),
        "quantity": _fault_of_quantity(gift),
        "amount": _fault_of_amount(gift),
    }
    return {name: fault for name, fault in faults.items() if fault}


def day_fault(day: date, *, earliest: date | None, today: date) -> str:
    """Why a later step cannot have been on a day; empty where it can."""
    if day > today:
        return DAY_TO_COME
    if earliest is not None and day < earliest:
        return f"Ngày này phải từ {formatting.day(earliest)} trở đi."
    return ""


def _fault_of_day(day: date, valid_from: date | None, today: date) -> str:
    if valid_from is not None and day < valid_from:
        return f"Loại hỗ trợ này có hiệu lực từ ngày {formatting.day(valid_from)}."
    return day_fault(day, earliest=None, today=today)


def _fault_of_quantity(gift: Gift) -> str:
    if gift.quantity is None:
        return NOTHING_GIVEN if gift.amount is None else ""
    return QUANTITY_NOT_POSITIVE if gift.quantity <= 0 else ""


def _fault_of_amount(gift: Gift) -> str:
    if gift.amount is None:
        return ""
    if gift.amount != int(gift.amount):
        return NOT_WHOLE
    if gift.amount < 0:
        return NEGATIVE_AMOUNT
    return ZERO_AMOUNT if gift.amount == 0 and gift.quantity is None else ""


def _is_same_recipient(one: GivenSupport, other: GivenSupport) -> bool:
    if one.group_name or other.group_name:
        return one.group_name == other.group_name
    if one.person is not None and other.person is not None:
        return one.person == other.person
    return one.household == other.household


def _is_same_content(one: GivenSupport, other: GivenSupport) -> bool:
    return one.kind == other.kind or bool(
        one.content_group and one.content_group == other.content_group
    )


def _is_same_period(one: GivenSupport, other: GivenSupport) -> bool:
    longer = max(Recurrence(one.recurrence), Recurrence(other.recurrence), key=_PERIODS.index)
    if longer in (Recurrence.UNKNOWN, Recurrence.PER_CASE):
        return False
    return _period(one.day, longer) == _period(other.day, longer)


def _period(day: date, recurrence: Recurrence) -> tuple[int, ...]:
    if recurrence == Recurrence.ONCE:
        return ()
    if recurrence == Recurrence.YEARLY:
        return (day.year,)
    if recurrence == Recurrence.QUARTERLY:
        return (day.year, (day.month - 1) // 3)
    return (day.year, day.month)
