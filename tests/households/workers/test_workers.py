"""Low-income workers: who may be listed, on screen and from a file; what they may receive."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from households.choices import PovertyClass
from households.models import LowIncomeWorker
from households.rules.people.low_income import WorkerFacts, worker_faults
from projects.support.selectors.recipients import candidates, households_asked
from reports.figures.queries.catalogue import NAMED_QUERIES
from reports.figures.registry import FigureRegistry
from tests.factories.households import (
    HouseholdFactory,
    LowIncomeTermFactory,
    LowIncomeWorkerFactory,
    StatusFactory,
)
from tests.factories.projects import SupportFactory, SupportKindFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, text_of, words_of
from tests.projects.registers import workbook

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
TODAY = date(2026, 11, 19)
LIST = "/low-income-workers/"


@dataclass(frozen=True)
class Term:
    valid_from: date = date(2025, 2, 24)
    valid_to: date | None = date(2026, 12, 31)


@pytest.fixture
def household(village):
    LowIncomeTermFactory()
    household = HouseholdFactory(village=village, code="H-01", head="Rơ Châm Thử")
    StatusFactory(household=household, poverty_class=PovertyClass.NOT_POOR)
    return household


@pytest.fixture
def head(household):
    return household.memberships.get(is_head=True)


def address(household):
    return reverse("households:worker_new", args=[household.pk])


def typed(head, **more):
    values = {"key": KEY, "person": head.pk, "recognised_on": "02/03/2026", "document": "7/BC-UBND"}
    return values | more


@pytest.mark.parametrize(
    ("day", "today", "fault"),
    [
        (date(2025, 2, 23), TODAY, "recognised_on"),
        (date(2025, 2, 24), TODAY, None),
        (date(2026, 12, 31), date(2027, 2, 1), None),
        (date(2027, 1, 1), date(2027, 2, 1), "recognised_on"),
        (date(2026, 11, 20), TODAY, "recognised_on"),
    ],
    ids=["before the decree", "first day", "last day", "after it", "to come"],
)
def test_the_law_knows_them_from_a_day_to_a_day(day, today, fault):
    facts = WorkerFacts(is_member=True)

    found = worker_faults(facts, day=day, document="7/BC", terms=[Term()], today=today)

    assert list(found) == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (WorkerFacts(is_member=True), False),
        (WorkerFacts(is_member=True, poverty_class="not_poor"), False),
        (WorkerFacts(is_member=True, poverty_class="near_poor"), True),
        (WorkerFacts(is_member=True, poverty_class="poor"), True),
        (WorkerFacts(is_member=False), True),
        (WorkerFacts(is_member=True, listed_since=date(2026, 1, 5)), True),
    ],
)
def test_who_may_be_listed(facts, refused):
    day = date(2026, 3, 2)

    found = worker_faults(facts, day=day, document="7/BC", terms=[Term()], today=TODAY)

    assert ("person" in found) is refused


def test_the_coordinator_lists_a_member_and_takes_them_off(household, head, coordinator, client_of):
    client = client_of(coordinator)

    listed = client.post(address(household), typed(head), follow=True)
    worker = LowIncomeWorker.objects.get()
    off = {"version": "1", "on": "01/10/2026", "reason": "Thu nhập đã tăng"}
    client.post(reverse("households:worker_end", args=[worker.pk]), off)
    shown = text_of(client.get(LIST))

    assert "Rơ Châm Thử : từ 02/03/2026 (7/BC-UBND)" in words_of(listed)
    assert "0 người trong danh sách" in shown
    assert "Thôi từ 01/10/2026: Thu nhập đã tăng" in shown


def test_all_faults_are_told_at_once_and_nothing_is_saved(village, coordinator, client_of):
    LowIncomeTermFactory()
    poor = HouseholdFactory(village=village, head="Y Nghèo")
    StatusFactory(household=poor, poverty_class=PovertyClass.POOR)
    wrong = {"recognised_on": "31/12/2099", "document": ""}

    with nothing_written():
        answer = client_of(coordinator).post(address(poor), typed(poor.memberships.get(), **wrong))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"recognised_on", "document", "person"}


def test_others_read_or_do_not_see_it(household, head, village_head, stranger, client_of):
    LowIncomeWorkerFactory(household=household, person=head.person)

    assert "Rơ Châm Thử" in text_of(client_of(village_head).get(LIST))
    assert heading_of(client_of(village_head).get(address(household))) == NO_RIGHT
    assert heading_of(client_of(stranger).get(address(household))) == NOT_FOUND
    assert "Rơ Châm Thử" not in text_of(client_of(stranger).get(LIST))


def sent(client, content):
    page = client.post(LIST + "import/", {"file": SimpleUploadedFile("a.xlsx", content)})
    if "confirm" not in page.context or not page.context["confirm"]:
        return page
    values = {
        name: page.context["confirm"][name].value() for name in page.context["confirm"].fields
    }
    return client.post(LIST + "import/save/", values, follow=True)


ROW = {
    "Mã hộ": "h-01",
    "Họ và tên": "rơ châm thử",
    "Xác định từ ngày": "02/03/2026",
    "Văn bản xác định": "7/BC-UBND",
}


def test_a_file_lists_them_once(household, head, coordinator, client_of):
    client = client_of(coordinator)

    sent(client, workbook(ROW))
    again = client.post(LIST + "import/", {"file": SimpleUploadedFile("a.xlsx", workbook(ROW))})

    assert LowIncomeWorker.objects.get().person == head.person
    assert "Không có gì thay đổi" in text_of(again)


def test_every_wrong_line_of_a_file_is_named(household, head, coordinator, client_of):
    wrong = [
        ROW | {"Mã hộ": "H-99"},
        ROW | {"Họ và tên": "Ai Đó"},
        ROW | {"Xác định từ ngày": "01/01/2024"},
    ]
    with nothing_written():
        page = sent(client_of(coordinator), workbook(*wrong))

    shown = text_of(page)
    for line in ("Dòng 2", "Dòng 3", "Dòng 4"):
        assert line in shown


def test_the_file_tells_birth_and_sex_and_comes_back(household, head, coordinator, client_of):
    LowIncomeWorkerFactory(household=household, person=head.person)
    client = client_of(coordinator)

    content = client.post(LIST + "export/", {"purpose": "report"}).content
    cells = [cell.value for row in load_workbook(BytesIO(content)).active for cell in row]
    again = client.post(LIST + "import/", {"file": SimpleUploadedFile("a.xlsx", content)})

    assert {"Ngày sinh", "17/05/1980", "Giới tính", "Nam"} <= set(cells)
    assert "Không có gì thay đổi" in text_of(again)


def test_a_birth_or_sex_that_the_register_knows_otherwise_is_named(
    household, head, coordinator, client_of
):
    rows = [
        ROW | {"Ngày sinh": "1980", "Giới tính": "Nữ"},
        ROW | {"Ngày sinh": "18/5/1980", "Giới tính": "Nam"},
        ROW | {"Ngày sinh": "hôm qua", "Giới tính": ""},
    ]
    with nothing_written():
        shown = text_of(sent(client_of(coordinator), workbook(*rows)))

    assert "Dòng 2, cột “Giới tính”: Sổ ghi giới tính của người này là Nam" in shown
    assert "Dòng 3, cột “Ngày sinh”: Sổ ghi người này sinh 17/05/1980" in shown
    assert "Dòng 4, cột “Ngày sinh”: Nhập ngày sinh dạng" in shown


def test_the_database_keeps_the_list(household, head):
    LowIncomeWorkerFactory(household=household, person=head.person)

    for change in (
        lambda: LowIncomeWorker.objects.update(document="khác"),
        lambda: LowIncomeWorker.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_kind_for_them_finds_them_while_they_are_listed(household, head):
    kind = SupportKindFactory(
        for_poor=False, for_near_poor=False, for_low_income=True, recipient="person"
    )
    LowIncomeWorkerFactory(
        household=household,
        person=head.person,
        recognised_on=date(2026, 3, 2),
        ended_on=date(2026, 6, 1),
        end_reason="Thôi giao",
    )

    def found(day):
        asked = households_asked(kind, type(household).objects.all(), day)
        return [each.person for each in candidates(kind, list(asked), day)]

    assert found(date(2026, 3, 1)) == []
    assert found(date(2026, 3, 2)) == [head.person_id]
    assert found(date(2026, 6, 1)) == []


def test_after_the_term_nobody_counts(household, head, ward):
    LowIncomeWorkerFactory(household=household, person=head.person)

    counted = LowIncomeWorker.objects.in_force

    assert counted(on=date(2026, 12, 31)).count() == 1
    assert counted(on=date(2027, 1, 1)).count() == 0


def test_targets_count_them_and_those_supported(household, head, ward, village):
    LowIncomeWorkerFactory(household=household, person=head.person)
    other = HouseholdFactory(village=village, head="Người Khác")
    LowIncomeWorkerFactory(household=other, person=other.memberships.get().person)
    SupportFactory(household=household, person=head.person)
    book = FigureRegistry(ward=ward, until=TODAY)

    found = NAMED_QUERIES["supported_workers_percent"].find(book, 2026)

    assert book.figure("low_income_workers", 2026).value == 2
    assert (found.counted, len(found.whole)) == ({head.person_id}, 2)


def test_a_longer_list_takes_no_more_queries(village, coordinator, client_of):
    LowIncomeTermFactory()
    client, counts = client_of(coordinator), []
    client.get(LIST)
    for more in (1, 2):
        for _ in range(more):
            household = HouseholdFactory(village=village, head="Ai Đó")
            LowIncomeWorkerFactory(household=household, person=household.memberships.get().person)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_whose_household_became_poor_counts_no_more(ward, household, coordinator, client_of):
    worker = LowIncomeWorkerFactory(household=household, recognised_on=date(2026, 3, 2))
    household.statuses.update(ends_on=date(2026, 9, 30))
    StatusFactory(
        household=household, poverty_class=PovertyClass.NEAR_POOR, starts_on=date(2026, 10, 1)
    )

    shown = words_of(client_of(coordinator).get(LIST))

    assert "0 người trong danh sách" in shown
    assert "Hộ nay là hộ nghèo, hộ cận nghèo" in shown
    assert list(LowIncomeWorker.objects.in_force(on=date(2026, 9, 30))) == [worker]
    assert list(LowIncomeWorker.objects.in_force(on=date(2026, 10, 1))) == []


def test_who_left_the_household_counts_no_more(household, head, coordinator, client_of):
    LowIncomeWorkerFactory(household=household, recognised_on=date(2026, 3, 2))
    head.left_on = date(2026, 8, 1)
    head.save()

    shown = words_of(client_of(coordinator).get(LIST))

    assert "0 người trong danh sách" in shown
    assert "Không còn là thành viên của hộ" in shown


def test_an_old_file_does_not_list_again_who_is_off_the_list(household, coordinator, client_of):
    client = client_of(coordinator)
    sent(client, workbook(ROW))
    LowIncomeWorker.objects.update(ended_on=date(2026, 6, 1), end_reason="Thu nhập đã tăng")

    sent(client, workbook(ROW))

    assert LowIncomeWorker.objects.get().ended_on == date(2026, 6, 1)


def test_nobody_is_listed_again_from_before_the_end(household, head, coordinator, client_of):
    ended = {"ended_on": date(2026, 6, 1), "end_reason": "Thu nhập đã tăng"}
    LowIncomeWorkerFactory(household=household, **ended)
    client = client_of(coordinator)

    with nothing_written():
        early = client.post(address(household), typed(head, recognised_on="31/05/2026"))
    client.post(address(household), typed(head, recognised_on="01/06/2026"))

    assert set(early.context["form"].errors) == {"recognised_on"}
    assert LowIncomeWorker.objects.filter(ended_on=None).count() == 1
