"""Needs from a file: what is new is recorded, who is not named stays not asked."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.choices import PovertyClass
from households.models import NeedInquiry, SupportNeed
from tests.factories.households import (
    HouseholdFactory,
    LowIncomeTermFactory,
    LowIncomeWorkerFactory,
    NeedFactory,
    NeedKindFactory,
    StatusFactory,
)
from tests.pages import nothing_written, text_of, words_of
from tests.projects.registers import workbook

LIST = reverse("households:need_list")
READ = reverse("households:need_register_import")
SAVE = reverse("households:need_register_import_save")
ROW = {"Mã hộ": "hn-01", "Hỏi ngày": "02/03/2026", "Loại nhu cầu": "vay vốn", "Ghi chú": "Nuôi bò"}


@pytest.fixture
def household(village):
    household = HouseholdFactory(village=village, code="HN-01", head="Đặng Thị Ủy")
    StatusFactory(household=household)
    return household


@pytest.fixture
def loan(ward):
    return NeedKindFactory(ward=ward, code="", name="Vay vốn")


@pytest.fixture
def training(ward):
    return NeedKindFactory(ward=ward, code="", name="Học nghề", for_persons=True)


@pytest.fixture
def keeping(coordinator, client_of):
    return client_of(coordinator)


def send(client, *rows, content=None):
    file = SimpleUploadedFile("nhu-cau.xlsx", content or workbook(*rows))
    return client.post(READ, {"file": file})


def save(client, page):
    form = page.context["confirm"]
    return client.post(SAVE, {name: form[name].value() for name in form.fields}, follow=True)


def test_needs_of_households_and_persons_are_recorded_once(household, loan, training, keeping):
    rows = [
        ROW,
        ROW | {"Loại nhu cầu": "Học nghề", "Người có nhu cầu": "đặng thị ủy", "Ghi chú": ""},
    ]

    save(keeping, send(keeping, *rows))
    again = send(keeping, *rows)

    found = {
        (need.kind, need.person and need.person.full_name) for need in SupportNeed.objects.all()
    }
    assert found == {(loan, None), (training, "Đặng Thị Ủy")}
    assert SupportNeed.objects.get(kind=loan).asked_on == date(2026, 3, 2)
    assert "Không có gì thay đổi" in text_of(again)


def test_who_needs_nothing_is_told_from_who_was_not_asked(household, village, loan, keeping):
    other = HouseholdFactory(village=village, code="HN-02")
    nothing = {"Mã hộ": "HN-01", "Hỏi ngày": "02/03/2026", "Tình trạng": "Không có nhu cầu"}
    silent = {"Mã hộ": "HN-02", "Hỏi ngày": "", "Tình trạng": "Chưa hỏi", "Loại nhu cầu": ""}

    save(keeping, send(keeping, nothing, silent))

    inquiry = NeedInquiry.objects.get()
    assert (inquiry.household, inquiry.has_needs) == (household, False)
    assert not NeedInquiry.objects.filter(household=other).exists()


def test_a_need_that_is_open_stays_and_one_that_ended_may_come_again(household, loan, keeping):
    NeedFactory(household=household, kind=loan, asked_on=date(2025, 5, 5))

    assert "Không có gì thay đổi" in text_of(send(keeping, ROW))

    ended = {"outcome": "served", "end_reason": "Đã cấp"}
    SupportNeed.objects.update(ended_on=date(2025, 12, 1), **ended)
    save(keeping, send(keeping, ROW))

    assert SupportNeed.objects.filter(ended_on=None).count() == 1


def test_the_list_that_was_taken_away_comes_back_as_it_is(household, loan, keeping):
    NeedFactory(household=household, kind=loan, asked_on=date(2026, 3, 2))
    content = keeping.post(reverse("households:need_export"), {"purpose": "report"}).content

    assert "Không có gì thay đổi" in text_of(send(keeping, content=content))


def test_every_wrong_line_is_named_and_nothing_is_saved(household, loan, training, keeping):
    wrong = [
        ROW | {"Mã hộ": "HN-99"},
        ROW | {"Loại nhu cầu": "Vàng"},
        ROW | {"Hỏi ngày": ""},
        ROW | {"Hỏi ngày": "31/12/2099"},
        ROW | {"Loại nhu cầu": "Học nghề"},
    ]

    with nothing_written():
        shown = text_of(send(keeping, *wrong))

    for line in range(2, 7):
        assert f"Dòng {line}" in shown


def test_a_household_cannot_need_something_and_nothing(household, loan, keeping):
    nothing = {"Mã hộ": "HN-01", "Hỏi ngày": "02/03/2026", "Tình trạng": "Không có nhu cầu"}

    with nothing_written():
        shown = text_of(send(keeping, ROW, nothing))

    assert "Dòng 3: Hộ này có dòng nhu cầu khác trong tệp" in shown


def test_a_household_of_another_ward_is_not_known(loan, keeping):
    HouseholdFactory(code="HN-01")

    with nothing_written():
        shown = text_of(send(keeping, ROW))

    assert "Không có hộ nào mang mã “hn-01” trong phường, xã." in shown


def test_the_household_of_a_low_income_worker_is_listed_whatever_it_answers(
    village, loan, coordinator, keeping
):
    LowIncomeTermFactory()
    home = HouseholdFactory(village=village, code="HN-02", head="Y Lao Động")
    StatusFactory(household=home, poverty_class=PovertyClass.NOT_POOR)
    LowIncomeWorkerFactory(household=home)
    asked = {"village": village.pk}

    before = words_of(keeping.get(LIST, asked))
    none = {"Mã hộ": "HN-02", "Hỏi ngày": "02/03/2026", "Tình trạng": "Không có nhu cầu"}
    save(keeping, send(keeping, none | {"Loại nhu cầu": ""}))
    after = words_of(keeping.get(LIST, asked))

    assert "1 hộ chưa hỏi trong 1 hộ" in before
    assert "1 hộ không có nhu cầu · 0 hộ chưa hỏi trong 1 hộ" in after
    assert "Hộ có lao động thu nhập thấp" in after
