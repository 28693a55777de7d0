"""The list's address as a typed query, and back."""

from datetime import date

import pytest
from django.http import QueryDict

from households.directory.filters import HouseholdFilterForm, list_address
from households.directory.selectors.search import HouseholdQuery
from households.field_access import Field
from households.rules.transitions import COLUMNS_BY_KEY
from tests.factories.core import VillageFactory
from tests.factories.households import StandardFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
EVERY_FIELD = frozenset(Field)


@pytest.fixture
def form_of(coordinator):
    StandardFactory()

    def form(text="", fields=EVERY_FIELD):
        return HouseholdFilterForm(QueryDict(text), user=coordinator, fields=fields)

    return form


def test_query_of_an_empty_address_is_everything_today(form_of):
    assert form_of().query() == HouseholdQuery(on=TODAY, year=2026)


def test_query_reads_every_condition(form_of, village):
    query = form_of(
        f"q=+uy++dang&village={village.pk}&class=poor&window=1&on=2025-12-31"
        "&change=fell_back&year=2024&deprived=5&pending=1"
    ).query()

    assert query == HouseholdQuery(
        on=date(2025, 12, 31),
        year=2024,
        words="uy  dang",
        village=village,
        poverty_class="poor",
        newly_escaped=True,
        change="fell_back",
        deprived=5,
        pending=True,
    )


@pytest.mark.parametrize(
    ("text", "on", "year"),
    [
        pytest.param("year=2025", date(2025, 12, 31), 2025, id="a past year ends on 31/12"),
        pytest.param("year=2026", TODAY, 2026, id="this year is told as of today"),
        pytest.param("on=31/12/2024", date(2024, 12, 31), 2024, id="a day names its year"),
        pytest.param("on=2024-12-31&year=2025", date(2024, 12, 31), 2025, id="both as typed"),
    ],
)
def test_query_takes_day_and_year_from_each_other(form_of, text, on, year):
    query = form_of(text).query()

    assert (query.on, query.year) == (on, year)


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("class=rich", "poverty_class", "Chọn một phân loại trong danh sách."),
        ("village=abc", "village", "Chọn một thôn, tổ dân phố trong danh sách."),
        ("change=poor", "change", "Chọn một diễn biến trong danh sách."),
        ("column=poor.rich", "column", "Liên kết không đúng. Mở lại danh sách từ biểu."),
        ("deprived=13", "deprived", "Chọn một chỉ số thiếu hụt trong danh sách."),
        ("year=1999", "year", "Chọn một năm trong danh sách."),
        ("on=2026-11-21", "on", "Chọn một ngày không sau hôm nay."),
        ("on=hôm qua", "on", "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 09/08/2025."),
        ("q=" + "a" * 101, "q", "Nhập tối đa 100 ký tự để tìm."),
    ],
)
def test_a_wrong_value_is_named_and_does_not_filter(form_of, text, name, sentence):
    form = form_of(text)

    assert form.query() == HouseholdQuery(on=TODAY, year=2026)
    assert form.errors == {name: [sentence]}
    assert form.active() == {}


def test_a_village_of_another_ward_is_not_in_the_list(form_of):
    foreign = VillageFactory()

    form = form_of(f"village={foreign.pk}")

    assert form.query().village is None
    assert "village" in form.errors


def test_a_filter_on_what_the_user_may_not_see_is_refused(form_of):
    form = form_of("deprived=5&pending=1&class=poor", fields=frozenset())

    assert form.query() == HouseholdQuery(on=TODAY, year=2026, poverty_class="poor")
    assert form.refused == ["Thiếu hụt khi rà soát", "Chưa rà soát"]


def test_chips_say_each_condition_and_link_to_the_rest(form_of, village):
    form = form_of(f"q=uy&village={village.pk}&window=1&on=31/12/2025&deprived=9&year=2025")

    assert form.chips() == [
        {
            "label": label,
            "url": list_address(
                {key: form.active()[key] for key in form.active() if key != left_out}
            ),
        }
        for left_out, label in (
            ("q", "Tìm “uy”"),
            ("village", "Tổ dân phố 1"),
            ("deprived", "Thiếu hụt: 9. Nguồn nước sinh hoạt"),
            ("year", "Năm 2025"),
            ("on", "Đến ngày 31/12/2025"),
            ("newly_escaped", "Mới thoát nghèo (36 tháng)"),
        )
    ]


def test_a_column_of_a_movement_table_is_read_from_its_address_and_written_back(form_of):
    form = form_of("after=2024-12-31&column=poor.newly.persons")

    assert form.query().column == COLUMNS_BY_KEY["poor.newly.persons"]
    assert form.active()["column"] == "poor.newly.persons"
    assert "Diễn biến hộ nghèo, cột “Phát sinh mới” (nhân khẩu)" in [
        chip["label"] for chip in form.chips()
    ]


def test_address_uses_the_words_of_the_contract():
    values = {"poverty_class": "near_poor", "newly_escaped": "1", "on": "2025-12-31"}

    assert list_address(values) == "?class=near_poor&window=1&on=2025-12-31"
