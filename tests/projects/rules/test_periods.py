"""What the figures of the periods of a year make together."""

from datetime import date

import pytest

from projects.rules.periods import PeriodFigure, accumulated, day_fault, period_label, periods_of


def figure(period, numerator, denominator=None, month=1):
    return PeriodFigure(period, numerator, denominator, date(2026, month, 1))


QUARTERS = [figure(2, 7, month=5), figure(1, 5, month=2)]


@pytest.mark.parametrize(
    ("accumulation", "figures", "expected"),
    [
        ("sum", QUARTERS, 12),
        ("latest", QUARTERS, 7),
        ("level", QUARTERS, None),
        ("level", [*QUARTERS, figure(4, 9, month=12)], 9),
        ("sum", [], None),
    ],
)
def test_figures_of_quarters_make_that_of_the_year(accumulation, figures, expected):
    found = accumulated(accumulation, "quarter", figures)

    assert (found and found.numerator) == expected


def test_a_sum_is_of_its_latest_day():
    assert accumulated("sum", "quarter", QUARTERS).as_of == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("kind", "period", "label"),
    [
        ("month", 3, "Tháng 03/2026"),
        ("quarter", 4, "Quý IV/2026"),
        ("half_year", 2, "6 tháng cuối năm 2026"),
        ("nine_months", 1, "9 tháng đầu năm 2026"),
        ("year", 1, "Năm 2026"),
    ],
)
def test_a_period_has_the_name_that_reports_use(kind, period, label):
    assert period in periods_of(kind)
    assert period_label(kind, period, 2026) == label


def test_a_day_belongs_to_its_period():
    assert day_fault("month", 2, 2028, date(2028, 2, 29)) == ""
    assert "29/02/2028" in day_fault("month", 2, 2028, date(2028, 3, 1))
    assert day_fault("year", 1, 2026, date(2025, 12, 31)) == "Nhập một ngày trong năm 2026."
