"""Numbers and dates as Vietnamese offices print them."""

import doctest
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from povertyplan.core.text import formatting, vietnamese

NBSP = "\u00a0"


@pytest.mark.parametrize("module", [formatting, vietnamese], ids=["formatting", "vietnamese"])
def test_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(module)

    assert result.attempted >= 8
    assert result.failed == 0


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        pytest.param(999, None, "999", id="no group under a thousand"),
        pytest.param(1000, None, "1.000", id="one group at a thousand"),
        pytest.param(1234567, None, "1.234.567", id="two groups"),
        pytest.param(0, None, "0", id="zero is zero"),
        pytest.param(None, None, "–", id="missing is a dash"),
        pytest.param(-5, None, "−5", id="true minus"),
        pytest.param(-1234, None, "−1.234", id="minus with group"),
        pytest.param(Decimal("1.50"), None, "1,5", id="no idle zeros"),
        pytest.param(Decimal("100"), None, "100", id="whole decimal keeps its zeros"),
        pytest.param(Decimal("1E+3"), None, "1.000", id="exponent is written out"),
        pytest.param(Decimal("0.125"), 2, "0,13", id="half goes up"),
        pytest.param(Decimal("0.124"), 2, "0,12", id="under half goes down"),
        pytest.param(Decimal("-0.125"), 2, "−0,13", id="half goes away from zero"),
        pytest.param(Decimal("-0.001"), 2, "0,00", id="no minus on zero"),
        pytest.param(7, 1, "7,0", id="decimals asked for are kept"),
        pytest.param(9007199254740993, None, "9.007.199.254.740.993", id="exact past a float"),
    ],
)
def test_number_prints(value, decimals, printed):
    assert formatting.number(value, decimals) == printed


@pytest.mark.parametrize("printer", [formatting.number, formatting.percent, formatting.millions])
def test_float_is_refused(printer):
    with pytest.raises(TypeError):
        printer(0.1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        pytest.param(221, 5098, Decimal("4.34"), id="rounded up from 4.335"),
        pytest.param(93, 204, Decimal("45.59"), id="official picture"),
        pytest.param(1, 8, Decimal("12.50"), id="two decimals kept"),
        pytest.param(1, 16000, Decimal("0.01"), id="0.00625 rounds up"),
        pytest.param(1, 20000, Decimal("0.01"), id="exactly half rounds up"),
        pytest.param(1, 20001, Decimal("0.00"), id="just under half rounds down"),
        pytest.param(0, 7847, Decimal("0.00"), id="none of them is zero"),
        pytest.param(5, 0, None, id="no total, no rate"),
        pytest.param(5, None, None, id="unknown total, no rate"),
        pytest.param(None, 7847, None, id="unknown count, no rate"),
    ],
)
def test_rate_is_half_up_percent(numerator, denominator, expected):
    assert formatting.rate(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        pytest.param(Decimal("0.27"), 2, "0,27%", id="no space before the sign"),
        pytest.param(Decimal("98"), 2, "98,00%", id="columns line up"),
        pytest.param(Decimal("98.00"), None, "98%", id="as it is"),
        pytest.param(Decimal("0.275"), None, "0,275%", id="as it is, three decimals"),
        pytest.param(None, 2, "–", id="missing"),
        pytest.param(Decimal("-42.86"), 1, "−42,9%", id="negative"),
    ],
)
def test_percent_prints(value, decimals, printed):
    assert formatting.percent(value, decimals) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1234, "1.234"), (None, "–")],
)
def test_two_digits_pads_counts_under_ten(value, printed):
    assert formatting.two_digits(value) == printed


@pytest.mark.parametrize(
    ("value", "table", "document", "long"),
    [
        (date(2025, 8, 9), "09/08/2025", "09/8/2025", "ngày 09 tháng 8 năm 2025"),
        (date(2024, 3, 7), "07/03/2024", "07/3/2024", "ngày 07 tháng 3 năm 2024"),
        (date(2022, 1, 18), "18/01/2022", "18/01/2022", "ngày 18 tháng 01 năm 2022"),
        (date(2026, 2, 10), "10/02/2026", "10/02/2026", "ngày 10 tháng 02 năm 2026"),
        (date(2022, 7, 29), "29/07/2022", "29/7/2022", "ngày 29 tháng 7 năm 2022"),
        (date(2023, 12, 6), "06/12/2023", "06/12/2023", "ngày 06 tháng 12 năm 2023"),
        (None, "–", "–", "–"),
    ],
)
def test_days_print(value, table, document, long):
    assert formatting.day(value) == table
    assert formatting.short_day(value) == document
    assert formatting.long_day(value) == long


@pytest.mark.parametrize(
    ("utc", "printed"),
    [
        pytest.param(datetime(2026, 1, 1, 16, 59, tzinfo=UTC), "23:59 ngày 01/01/2026", id="eve"),
        pytest.param(datetime(2026, 1, 1, 17, 0, tzinfo=UTC), "00:00 ngày 02/01/2026", id="next"),
        pytest.param(None, "–", id="missing"),
    ],
)
def test_moment_prints_office_time(utc, printed):
    assert formatting.moment(utc) == printed


def test_millions_rounds_half_up_without_floats():
    assert formatting.millions(1_250_000) == "1,3"
    assert formatting.millions(1_249_999) == "1,2"


def test_money_keeps_its_unit_on_the_line():
    assert formatting.money(75_000_000) == f"75.000.000{NBSP}đồng"


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ count|number }}", "1.234.567"),
        ("{{ rate|percent }}", "0,27%"),
        ("{{ rate|percent:1 }}", "0,3%"),
        ("{{ count|money }}", f"1.234.567{NBSP}đồng"),
        ("{{ count|millions }}", "1,2"),
        ("{{ few|two_digits }}", "05"),
        ("{{ on|day }}", "09/08/2025"),
        ("{{ on|short_day }}", "09/8/2025"),
        ("{{ on|long_day }}", "ngày 09 tháng 8 năm 2025"),
        ("{{ on|month }}", "8/2025"),
        ("{{ on|birth:'year' }}", "2025"),
        ("{{ few|point_letter }}", "đ"),
        ("{{ citizen_id|masked_id }}", "0510****1234"),
        ("{{ nothing|masked_id }} {{ nothing|number }} {{ nothing|day }}", "– – –"),
    ],
)
def test_filters_print_through_a_template(template, printed):
    context = {
        "count": 1234567,
        "few": 5,
        "rate": Decimal("0.27"),
        "on": date(2025, 8, 9),
        "citizen_id": "051012341234",
        "nothing": None,
    }

    assert Template("{% load formats %}" + template).render(Context(context)) == printed
