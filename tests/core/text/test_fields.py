"""What officers type, and what the fields read in it."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from povertyplan.core.models import Area
from povertyplan.core.text.fields import (
    DecimalNumberField,
    NameField,
    RecordsField,
    VietnameseDateField,
    WholeNumberField,
)
from tests.factories.core import VillageFactory

NBSP = "\u00a0"


def refusal(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", 0),
        ("05", 5),
        ("1234567", 1234567),
        ("1.234.567", 1234567),
        ("1 234 567", 1234567),
        (f"1{NBSP}234{NBSP}567", 1234567),
        (" 12 ", 12),
        ("2147483647", 2147483647),
    ],
)
def test_whole_number_reads(typed, value):
    assert WholeNumberField().clean(typed) == value


@pytest.mark.parametrize(
    "typed", ["-1", "1,5", "1.5", "0.275", "1.23.456", "12a", "1e3", "²", "1,234", "..", "1  2"]
)
def test_whole_number_refuses(typed):
    assert refusal(WholeNumberField(), typed) == ["Nhập số nguyên từ 0 trở lên."]


def test_whole_number_refuses_more_than_its_limit():
    assert refusal(WholeNumberField(), "2147483648") == ["Nhập số không lớn hơn 2.147.483.647."]
    assert refusal(WholeNumberField(max_value=140), "141") == ["Nhập số không lớn hơn 140."]


def test_whole_number_empty():
    assert WholeNumberField(required=False).clean("") is None
    assert refusal(WholeNumberField(), "") == ["Nhập số nguyên từ 0 trở lên."]


def test_whole_number_shows_groups_again():
    class CountForm(forms.Form):
        count = WholeNumberField()

    assert 'value="1.234"' in str(CountForm(initial={"count": 1234})["count"])
    assert not CountForm({"count": "1.234"}, initial={"count": 1234}).has_changed()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234", Decimal(1234)),
        ("1.234,5", Decimal("1234.5")),
        ("1 234,5", Decimal("1234.5")),
        ("1.5", Decimal("1.5")),
    ],
)
def test_decimal_number_reads_groups(typed, value):
    assert DecimalNumberField().clean(typed) == value


@pytest.mark.parametrize("typed", ["0.275", "1.2345"])
def test_decimal_number_refuses_a_doubtful_dot(typed):
    expected = f"Dùng dấu phẩy cho phần thập phân: {typed.replace('.', ',')}"

    assert refusal(DecimalNumberField(), typed) == [expected]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        pytest.param("09/08/2025", date(2025, 8, 9), id="day first, not 8 September"),
        pytest.param("25/12/2025", date(2025, 12, 25), id="day over twelve"),
        pytest.param("9/8/2025", date(2025, 8, 9), id="no zeros"),
        pytest.param("09-08-2025", date(2025, 8, 9), id="dashes"),
        pytest.param("09.08.2025", date(2025, 8, 9), id="dots"),
        pytest.param("09/08/25", date(2025, 8, 9), id="short year"),
        pytest.param("2025-08-09", date(2025, 8, 9), id="as a browser sends it"),
        pytest.param("29/02/2024", date(2024, 2, 29), id="leap day"),
    ],
)
def test_date_reads_day_first(typed, value):
    assert VietnameseDateField().clean(typed) == value


@pytest.mark.parametrize(
    "typed", ["12/25/2025", "29/02/2025", "31/04/2025", "09/08/0025", "09/08/3025", "hôm nay", ""]
)
def test_date_refuses(typed):
    assert refusal(VietnameseDateField(), typed) == [
        "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 09/08/2025."
    ]


def test_date_shows_day_first_again():
    class DayForm(forms.Form):
        on = VietnameseDateField()

    assert 'value="09/08/2025"' in str(DayForm(initial={"on": date(2025, 8, 9)})["on"])


def test_name_is_stored_composed_and_trimmed():
    typed = unicodedata.normalize("NFD", f"  Đặng{NBSP}Thị   Ủy ")

    assert NameField().clean(typed) == "Đặng Thị Ủy"


def test_name_counts_letters_after_composing():
    typed = unicodedata.normalize("NFD", "Ủy" * 5)

    assert NameField(max_length=10).clean(typed) == "Ủy" * 5


def test_name_of_spaces_is_empty():
    assert refusal(NameField(), f" {NBSP} ") == ["Nhập nội dung này."]


@pytest.mark.parametrize("key", [str(2**63), str(2**70), "-1", "một"])
def test_records_refuses_a_key_of_no_record(db, key):
    field = RecordsField(Area.objects.all(), error_messages={"invalid_choice": "Chọn lại."})
    own = VillageFactory()

    with pytest.raises(ValidationError):
        field.clean([str(own.pk), key])
    assert list(field.clean([str(own.pk)])) == [own]


def test_plain_date_field_reads_day_first_under_our_settings():
    assert forms.DateField().clean("09/08/2025") == date(2025, 8, 9)
    assert forms.DateField().clean("25/12/2025") == date(2025, 12, 25)
    assert formats.date_format(date(2025, 8, 9), "SHORT_DATE_FORMAT") == "09/08/2025"


def test_templates_do_not_group_years_under_our_settings():
    assert formats.localize(2026) == "2026"
    assert formats.number_format(1234567, force_grouping=True) == "1.234.567"
