"""The forms centre: who opens it, what it hands out, what it refuses."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from povertyplan.core.models import AccessEvent
from reports.tables import TABLES
from tests.factories.core import VillageFactory
from tests.reports.paper import read_pages
from tests.reports.tables.test_facts import some_history

YEAR = {"year": "2025"}
AGGREGATES = [number for number in TABLES if number not in (14, 15)]


def address(name, number):
    return reverse(f"reports:{name}", args=[number])


@pytest.fixture
def villages(ward):
    return some_history(ward)


@pytest.mark.parametrize("number", AGGREGATES)
def test_table_is_shown_with_its_villages(client_of, coordinator, villages, number):
    page = client_of(coordinator).get(address("table_detail", number), YEAR)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Thôn Một" in text
    assert "Tổng cộng" in text


def test_screen_workbook_and_paper_tell_the_same(client_of, coordinator, villages):
    client = client_of(coordinator)
    shown = client.get(address("table_detail", 2), YEAR).context["table"]
    file = client.get(address("table_excel", 2), YEAR)
    paper = client.get(address("table_pdf", 2), YEAR)

    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[2] in ("Hộ", "Nhân khẩu")]
    assert [list(row[3:12]) for row in rows] == [
        [cell.value for cell in row.cells] for row in shown.rows
    ]
    text = " ".join(page.text for page in read_pages(paper.content))
    assert "DIỄN BIẾN HỘ NGHÈO" in text
    assert " ".join(cell.text for cell in shown.totals[0].cells) in " ".join(text.split())


def test_workbook_holds_no_formula(client_of, coordinator, ward):
    VillageFactory(parent=ward, name="=1+1")

    file = client_of(coordinator).get(address("table_excel", 1), YEAR)

    cells = [
        cell
        for row in openpyxl.load_workbook(BytesIO(file.content)).active.iter_rows()
        for cell in row
    ]
    assert "=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_detailed_list_leaves_for_a_purpose_that_is_written_down(client_of, coordinator, villages):
    client = client_of(coordinator)

    refused = client.post(address("person_table_excel", 15))
    taken = client.post(address("person_table_excel", 15), {"purpose": "report"})

    assert refused.status_code == 422
    assert taken["Content-Type"].endswith("sheet")
    assert AccessEvent.objects.get().actor == coordinator


def test_detailed_lists_are_closed_to_units_and_observers(client_of, reporter, observer, villages):
    for user in (reporter, observer):
        client = client_of(user)
        assert client.get(address("person_table", 15)).status_code == 403
        assert "Danh sách hộ nghèo" not in client.get(reverse("reports:form_list")).content.decode()


def test_observer_gets_no_link_to_what_may_not_be_seen(client_of, observer, villages):
    page = client_of(observer).get(address("table_detail", 8), YEAR)

    assert "trait=" not in page.content.decode()
    assert "class=poor" in page.content.decode()


def test_stranger_sees_the_own_ward_only(client_of, stranger, villages):
    page = client_of(stranger).get(address("table_detail", 1), YEAR)

    assert "Thôn Một" not in page.content.decode()


def test_village_head_has_no_table_of_the_ward(client_of, village_head, villages):
    assert client_of(village_head).get(address("table_detail", 1)).status_code == 403


@pytest.mark.parametrize(
    ("name", "number", "query"),
    [
        ("table_detail", 16, {}),
        ("table_detail", 15, {}),
        ("person_table", 1, {}),
        ("table_detail", 1, {"year": "2027"}),
        ("table_detail", 1, {"year": "năm"}),
    ],
)
def test_no_such_table(client_of, coordinator, villages, name, number, query):
    assert client_of(coordinator).get(address(name, number), query).status_code == 404


@pytest.mark.parametrize(
    ("after", "until", "sentence"),
    [
        ("31/12/2025", "31/12/2024", "Ngày đầu kỳ phải trước ngày cuối kỳ."),
        ("31/12/2025", "01/01/2027", "Chọn một ngày không sau hôm nay."),
        ("32/12/2025", "31/12/2025", "Nhập ngày theo dạng"),
    ],
)
def test_wrong_days_are_named(client_of, coordinator, villages, after, until, sentence):
    page = client_of(coordinator).get(address("table_detail", 1), {"after": after, "until": until})

    assert sentence in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_query_count(client_of, coordinator, ward, count, django_assert_max_num_queries):
    client = client_of(coordinator)
    VillageFactory.create_batch(count, parent=ward)

    with django_assert_max_num_queries(23):
        client.get(address("table_detail", 1), YEAR)


def test_matrix_page_and_its_village(client_of, coordinator, villages):
    client = client_of(coordinator)

    whole = client.get(reverse("reports:matrix"), YEAR)
    part = client.get(reverse("reports:matrix"), {**YEAR, "village": villages[0].pk})

    assert whole.context["matrix"].households == 6
    assert part.context["matrix"].households == 2
