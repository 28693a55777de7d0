"""The pages of money: the table of a year, a project with its entries, writing and reversing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import BudgetEntry
from tests.factories.projects import BudgetEntryFactory, ProjectUnitFactory, WardProjectFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, text_of

YEAR = "/money/?year=2026"


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward)


def address(project, year=2026):
    return reverse("projects:money_project", args=[project.pk, year])


def form_address(project):
    return reverse("projects:entry_new", args=[project.pk, 2026])


def sent(client, project, **changes):
    page = client.get(form_address(project))
    values = {"act": "allocated", "source": "central", "kind": "recurrent", "amount": "90.000.000"}
    values |= {"dated": "02/03/2026", "first_year": "2026", "document_number": "5/QĐ-UBND"}
    return values | {"key": page.context["form"]["key"].value()} | changes


def test_a_year_without_entries_says_that_nothing_is_known(project, coordinator, client_of):
    words = text_of(client_of(coordinator).get(YEAR))

    assert "chưa có số liệu" in words
    assert project.name in words


def test_the_total_says_what_it_leaves_out(project, coordinator, client_of):
    rated, spent = (WardProjectFactory(ward=project.ward) for _ in range(2))
    BudgetEntryFactory(ward_project=rated, act="allocated", amount=100)
    BudgetEntryFactory(ward_project=rated, act="disbursed", amount=20)
    BudgetEntryFactory(ward_project=spent, act="disbursed", amount=70)

    words = text_of(client_of(coordinator).get(YEAR))

    assert "đã giải ngân 20,0% số được sử dụng" in words
    assert "1 dự án chưa có số liệu, không có trong tổng." in words
    assert "Tỷ lệ tính trên 1/3 dự án" in words


def test_an_entry_is_written_and_shows_in_both_tables(project, coordinator, client_of):
    client = client_of(coordinator)

    answer = client.post(form_address(project), sent(client, project))

    assert answer.url == address(project)
    assert "Ngân sách trung ương" in text_of(client.get(answer.url))
    assert "90.000.000" in text_of(client.get(YEAR))


def test_what_looks_wrong_is_asked_about_before_it_is_written(project, coordinator, client_of):
    client = client_of(coordinator)
    values = sent(client, project, act="disbursed", document_number="")

    asked = client.post(form_address(project), values)

    assert asked.status_code == 409
    assert "Đã giải ngân mà chưa ghi khoản phân bổ nào." in text_of(asked)
    assert "Khoản này không có văn bản." in text_of(asked)
    assert not BudgetEntry.objects.exists()
    token = asked.context["form"]["confirmed"].value()
    client.post(form_address(project), values | {"confirmed": token})
    words = text_of(client.get(address(project)))
    assert BudgetEntry.objects.get().amount == 90_000_000
    assert "1 khoản không có văn bản." in words


def test_another_doubt_than_the_one_shown_is_asked_about_again(project, coordinator, client_of):
    client = client_of(coordinator)
    values = sent(client, project, document_number="")
    token = client.post(form_address(project), values).context["form"]["confirmed"].value()

    again = client.post(form_address(project), values | {"act": "disbursed", "confirmed": token})

    assert again.status_code == 409
    assert not BudgetEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "1,5"}, "Nhập số đồng nguyên"),
        ({"amount": "-5"}, "Nhập số tiền lớn hơn 0."),
        ({"dated": "21/11/2026"}, "Ngày này chưa đến."),
        ({"act": "gift"}, "Chọn trong danh sách."),
        ({"first_year": "2025"}, "mới dùng vốn của năm trước"),
        ({"first_year": "1026"}, "Nhập năm từ 2000."),
    ],
)
def test_wrong_entries_are_refused_with_what_was_typed(
    project, coordinator, client_of, changes, words
):
    client = client_of(coordinator)

    answer = client.post(form_address(project), sent(client, project, **changes))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not BudgetEntry.objects.exists()


def test_an_adjustment_that_takes_away_is_typed_with_a_minus(project, coordinator, client_of):
    BudgetEntryFactory(ward_project=project)
    client = client_of(coordinator)

    client.post(form_address(project), sent(client, project, act="adjusted", amount="−2.000"))

    assert BudgetEntry.objects.get(act="adjusted").amount == -2000


def test_a_reversed_entry_stays_on_the_page_with_its_reason(project, coordinator, client_of):
    entry = BudgetEntryFactory(ward_project=project)
    client = client_of(coordinator)
    page = reverse("projects:entry_reverse", args=[entry.pk])
    assert page in client.get(address(project)).content.decode()

    client.post(page, {"reason": "Ghi nhầm nguồn"})

    words = text_of(client.get(address(project)))
    assert "Đã hủy ngày 20/11/2026" in words
    assert "Ghi nhầm nguồn" in words
    assert "chưa có số liệu" in words
    assert page not in client.get(address(project)).content.decode()
    second = client.post(page, {"reason": "Lần nữa"})
    assert second.status_code == 422
    assert "vừa được hủy" in text_of(second)


def test_leaving_a_form_and_reversing_an_entry_read_differently(project, coordinator, client_of):
    entry = BudgetEntryFactory(ward_project=project)
    client = client_of(coordinator)

    form, listed = text_of(client.get(form_address(project))), text_of(client.get(address(project)))
    asked = text_of(client.get(reverse("projects:entry_reverse", args=[entry.pk])))

    assert "Hủy bỏ" in form
    assert "Thôi" not in form
    assert "Ghi hủy" in listed
    assert "Ghi hủy khoản này" in asked


def test_a_unit_writes_only_where_it_leads(project, reporter, client_of):
    other = WardProjectFactory(ward=project.ward)
    ProjectUnitFactory(ward_project=project, unit=reporter.grants.get().unit)
    client = client_of(reporter)

    assert client.get(form_address(project)).status_code == 200
    assert client.get(form_address(other)).status_code == 403
    assert form_address(project) in client.get(address(project)).content.decode()
    assert form_address(other) not in client.get(address(other)).content.decode()


def test_who_reads_has_no_form_and_a_foreign_ward_is_not_there(project, observer, client_of):
    foreign = BudgetEntryFactory()
    client = client_of(observer)

    page = client.get(address(project))
    assert project.name in text_of(page)
    assert form_address(project) not in text_of(page)
    assert heading_of(client.get(form_address(project))) == NO_RIGHT
    assert heading_of(client.get(address(foreign.ward_project))) == NOT_FOUND


@pytest.mark.parametrize("page", ["year", "project"])
def test_pages_ask_the_same_for_any_number_of_rows(project, coordinator, client_of, page):
    client = client_of(coordinator)
    BudgetEntryFactory(ward_project=project)

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(YEAR if page == "year" else address(project))
        return len(asked)

    few = count()
    for source in ("ward", "provincial"):
        BudgetEntryFactory(ward_project=project, source=source)
        BudgetEntryFactory(ward_project=WardProjectFactory(ward=project.ward))

    assert count() == few


def test_money_spent_outside_what_may_be_is_said_beside_the_rate(project, coordinator, client_of):
    BudgetEntryFactory(ward_project=project, act="disbursed", amount=15_000)

    page = text_of(client_of(coordinator).get(reverse("projects:money_year") + "?year=2026"))

    assert "15.000 đồng giải ngân ngoài số được sử dụng, không tính tỷ lệ." in page
