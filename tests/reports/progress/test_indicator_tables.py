"""Tables 01 to 15: a ward chooses indicators and columns; figures of any time of a year."""

from datetime import date

import pytest
from django.urls import reverse

from povertyplan.core import clock
from reports.models import IndicatorTable
from tests.factories.core import UnitFactory
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.pages import heading_of, nothing_written, words_of

LIST = "/reports/tables/"


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(date(2026, 9, 28)):
        yield


@pytest.fixture
def indicator(ward):
    made = IndicatorFactory(
        ward=ward, name="Lao động được đào tạo", measure_unit="người",
        owner=UnitFactory(ward=ward, name="Phòng Kinh tế"),
    )  # fmt: skip
    TargetFactory(indicator=made, year=2026, low=40)
    ActualFactory(indicator=made, year=2026, numerator=17, denominator=None,
                  as_of=date(2026, 6, 30))  # fmt: skip
    return made


def url_of(number, act="detail", *more):
    return reverse(f"reports:indicator_table_{act}", args=[number, *more])


def typed(*indicators, **more):
    columns = ["planned", "actual", "estimate", "owner"]
    chosen = [each.pk for each in indicators]
    return {"name": "Kết quả đào tạo nghề", "columns": columns, "indicators": chosen, **more}


def test_coordinator_sets_a_table_up_and_reads_it_of_any_time(indicator, coordinator, client_of):
    client = client_of(coordinator)
    assert words_of(client.get(LIST)).count("chưa cấu hình") == 15

    saved = client.post(url_of(2, "edit"), typed(indicator), follow=True)

    assert "Biểu 02: Kết quả đào tạo nghề" in words_of(saved)
    half = words_of(client.get(url_of(2), {"year": 2026, "time": "2026-h1"}))
    assert all(said in half for said in ("40 người", "17 (sơ bộ)", "Phòng Kinh tế"))
    quarter = words_of(client.get(url_of(2), {"year": 2026, "time": "2026-q3"}))
    assert "Chưa có số liệu" in quarter
    assert "tính đến ngày 28/09/2026" in quarter
    assert client.get(url_of(2, "file", "2026-h1", "xlsx")).content[:2] == b"PK"


def test_two_editors_lose_nothing_and_bad_input_is_said_at_once(indicator, coordinator, client_of):
    client = client_of(coordinator)
    client.post(url_of(1, "edit"), typed(indicator))
    other = IndicatorFactory()
    with nothing_written():
        answers = [
            client.post(url_of(1, "edit"), typed(indicator, name="Khác", version=version))
            for version in ("", "9")
        ]
        wrong = client.post(url_of(1, "edit"), {"name": "", "version": "1"})
        foreign = client.post(url_of(1, "edit"), typed(other, version="1"))
    client.post(url_of(1, "edit"), typed(indicator, name="Khác", version="1"))

    assert [answer.status_code for answer in (*answers, wrong, foreign)] == [422] * 4
    for sentence in ("Nhập tên biểu.", "Chọn ít nhất một cột.", "Chọn ít nhất một chỉ tiêu."):
        assert sentence in words_of(wrong)
    assert IndicatorTable.objects.get().name == "Khác"


def test_readers_read_and_do_not_set_up(
    indicator, coordinator, observer, village_head, stranger, client_of
):
    client_of(coordinator).post(url_of(1, "edit"), typed(indicator))

    page = client_of(observer).get(url_of(1))
    assert indicator.name in page.text
    assert url_of(1, "edit") not in page.text
    for user, address in (
        (observer, url_of(1, "edit")),
        (village_head, url_of(1)),
        (village_head, url_of(1, "edit")),
        (stranger, url_of(1)),
    ):
        refused = client_of(user).get(address)
        assert refused.status_code in (403, 404)
        assert indicator.name not in refused.text


@pytest.mark.parametrize(
    "address", ["/reports/tables/16/", "/reports/tables/3/", "/reports/tables/1/2026-q9/xlsx/"]
)
def test_what_there_is_not_is_not_found(ward, coordinator, client_of, address):
    assert heading_of(client_of(coordinator).get(address)) == "Không tìm thấy trang này"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_rows(
    ward, coordinator, client_of, count, django_assert_max_num_queries
):
    rows = [IndicatorFactory(ward=ward) for _ in range(count)]
    client = client_of(coordinator)
    client.post(url_of(1, "edit"), typed(*rows))
    client.get(url_of(1))

    with django_assert_max_num_queries(22):
        client.get(url_of(1))
