"""What an entry of donated money cannot be, and what a fund holds day by day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from povertyplan.core.text import formatting
from projects.choices import DonationFund, DonationWay

LARGEST_AMOUNT = 9_999_999_999_999
DAY_TO_COME = "Ngày này chưa đến."
TOO_OLD = "Sổ ghi từ năm {year}: kiểm tra lại ngày này."
AMOUNT_MISSING = "Nhập số tiền lớn hơn 0; hiện vật thì ghi giá trị quy ra tiền."
PARTY_MISSING = "Nhập người ủng hộ hoặc nơi nhận."
PURPOSE_MISSING = "Nhập mục đích, nội dung."
NOT_ENOUGH = "{fund} chỉ còn {left} vào ngày {day}: không chi quá số còn lại."


@dataclass(frozen=True)
class DonationDraft:
    """An entry as somebody writes it."""

    fund: DonationFund
    way: DonationWay
    amount: int
    dated: date
    party: str
    purpose: str
    goods: str = ""
    document_number: str = ""
    note: str = ""

    @property
    def signed(self) -> int:
        return self.amount if self.way == DonationWay.IN else -self.amount


@dataclass(frozen=True)
class FundMoney:
    """What of a fund came in and went out in some days, and what it holds after them."""

    fund: DonationFund
    before: int
    came_in: int
    went_out: int

    @property
    def left(self) -> int:
        return self.before + self.came_in - self.went_out


def donation_day_fault(day: date, today: date, first_year: int) -> str:
    """Why money cannot have come or gone on a day; empty where it can."""
    if day > today:
        return DAY_TO_COME
    return TOO_OLD.format(year=first_year) if day.year < first_year else ""


def draft_faults(draft: DonationDraft, today: date, first_year: int) -> dict[str, str]:
    """What an entry cannot be by itself, one sentence a field; no page goes before `first_year`."""
    faults = {}
    if sentence := donation_day_fault(draft.dated, today, first_year):
        faults["dated"] = sentence
    if draft.amount <= 0:
        faults["amount"] = AMOUNT_MISSING
    if not draft.party:
        faults["party"] = PARTY_MISSING
    if not draft.purpose:
        faults["purpose"] = PURPOSE_MISSING
    return faults


def lowest_from(day: date, movements: Iterable[tuple[date, int]]) -> tuple[date, int]:
    """The least that a fund holds at the end of a day from one on, and the first such day.

    >>> lowest_from(date(2026, 3, 1), [(date(2026, 2, 1), 5), (date(2026, 4, 1), -3)])
    (datetime.date(2026, 4, 1), 2)
    """
    totals: dict[date, int] = {}
    for dated, amount in movements:
        totals[dated] = totals.get(dated, 0) + amount
    held = sum(amount for dated, amount in totals.items() if dated <= day)
    lowest = (day, held)
    for dated in sorted(each for each in totals if each > day):
        held += totals[dated]
        if held < lowest[1]:
            lowest = (dated, held)
    return lowest


def overdrawn(
    fund: DonationFund, taken: int, day: date, movements: Iterable[tuple[date, int]]
) -> str:
    """A sentence where taking so much out on a day leaves less than nothing; empty where not."""
    lowest_on, held = lowest_from(day, movements)
    if taken <= held:
        return ""
    return NOT_ENOUGH.format(
        fund=fund.label, left=formatting.money(held), day=formatting.day(lowest_on)
    )
