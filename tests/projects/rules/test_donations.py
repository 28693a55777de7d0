"""What a fund holds day by day, and what may be taken out of it."""

from datetime import date

import pytest

from povertyplan.core.text import formatting
from projects.choices import DonationFund, DonationWay
from projects.rules.donations import DonationDraft, draft_faults, lowest_from, overdrawn

FUND = DonationFund.FOR_THE_POOR
TODAY = date(2026, 11, 19)
MOVED = [(date(2026, 2, 1), 10), (date(2026, 4, 1), -7), (date(2026, 6, 1), 5)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 31), (date(2026, 1, 31), 0)),
        (date(2026, 2, 1), (date(2026, 4, 1), 3)),
        (date(2026, 4, 1), (date(2026, 4, 1), 3)),
        (date(2026, 6, 1), (date(2026, 6, 1), 8)),
        (date(2026, 12, 31), (date(2026, 12, 31), 8)),
    ],
)
def test_the_least_that_a_fund_holds_from_a_day_on(day, expected):
    assert lowest_from(day, MOVED) == expected


@pytest.mark.parametrize(
    ("taken", "day", "refused"),
    [
        (3, date(2026, 2, 1), False),
        (4, date(2026, 2, 1), True),
        (8, date(2026, 6, 1), False),
        (9, date(2026, 6, 1), True),
        (1, date(2026, 1, 1), True),
    ],
)
def test_a_later_payment_is_not_left_without_money(taken, day, refused):
    assert bool(overdrawn(FUND, taken, day, MOVED)) is refused


def test_what_is_left_is_told_with_its_day():
    assert overdrawn(FUND, 4, date(2026, 2, 1), MOVED) == (
        f"Quỹ “Vì người nghèo” chỉ còn {formatting.money(3)} vào ngày 01/04/2026:"
        " không chi quá số còn lại."
    )


def test_every_fault_of_an_entry_is_told_at_once():
    draft = DonationDraft(FUND, DonationWay.IN, 0, date(2026, 11, 20), party="", purpose="")

    assert set(draft_faults(draft, TODAY, 2000)) == {"dated", "amount", "party", "purpose"}
