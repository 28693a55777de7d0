"""A register as CSV: it opens in a spreadsheet, runs nothing there, and comes back as it was."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.models import BudgetEntry, Programme
from tests.factories.households import (
    HouseholdFactory,
    InquiryFactory,
    LowIncomeWorkerFactory,
    NeedFactory,
)
from tests.factories.projects import (
    ActivityFactory,
    BudgetEntryFactory,
    ComponentProjectFactory,
    DonationFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import text_of


def lines_of(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def sent_back(client, register, answer):
    file = SimpleUploadedFile("so.csv", answer.content)
    return text_of(client.post(reverse(register), {"file": file}))


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward, project=ComponentProjectFactory(code="2"))


def test_text_that_a_spreadsheet_would_run_is_marked_and_comes_back(
    project, coordinator, client_of
):
    client = client_of(coordinator)
    BudgetEntryFactory(ward_project=project, note="=1+1")
    BudgetEntryFactory(ward_project=project, act="adjusted", amount=-5, document_number="")

    answer = client.get(reverse("projects:money_export"), {"year": 2026, "format": "csv"})
    again = sent_back(client, "projects:money_import", answer)

    cells = [cell for line in lines_of(answer) for cell in line]
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=1+1" in cells
    assert "=1+1" not in cells
    assert "-5" in cells
    assert "2 dòng trong tệp đã có" in again
    assert BudgetEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("export", "register", "make"),
    [
        ("activity_list", "activity_list", lambda one: ActivityFactory(ward_project=one)),
        ("ward_project_list", "ward_project_list", lambda one: one),
        ("assignment_list", "assignment_list", lambda one: ProjectUnitFactory(ward_project=one)),
        ("donation_register", "donation_register", lambda one: DonationFactory(ward=one.ward)),
    ],
)
def test_what_goes_out_as_text_comes_back_as_known(
    project, coordinator, client_of, export, register, make
):
    make(project)
    client = client_of(coordinator)

    answer = client.get(reverse(f"projects:{export}_export"), {"year": 2026, "format": "csv"})

    assert "Không có gì thay đổi" in sent_back(client, f"projects:{register}_import", answer)


def test_the_lists_of_every_ward_come_back_too(project, administrator, client_of):
    client = client_of(administrator)
    SupportKindFactory(name="Gà giống")
    programme = project.project.programme
    Programme.objects.update(levels=["Dự án", "Tiểu dự án"])
    part = reverse("projects:part_list_export", args=[programme.pk])
    exports = {
        "projects:programme_list_import": reverse("projects:programme_list_export"),
        "projects:part_list_import": part,
        "projects:support_kind_list_import": reverse("projects:support_kind_list_export"),
    }

    for register, export in exports.items():
        answer = client.get(export, {"format": "csv"})
        assert "Không có gì thay đổi" in sent_back(client, register, answer), register


def test_supports_go_out_as_text_with_their_purpose(ward, coordinator, client_of):
    client = client_of(coordinator)
    SupportFactory(household__village__parent=ward)
    address = reverse("projects:support_export") + "?year=2026&format=csv"

    answer = client.post(address, {"purpose": "report"})

    assert "Không có gì thay đổi" in sent_back(client, "projects:support_register_import", answer)


def test_needs_and_workers_go_out_as_text_and_come_back_as_known(ward, coordinator, client_of):
    client = client_of(coordinator)
    household = HouseholdFactory(village__parent=ward, head="Đặng Thị Ủy")
    need = NeedFactory(household=household, note="=1+1")
    InquiryFactory(household=household, asked_on=need.asked_on, has_needs=True)
    LowIncomeWorkerFactory(household=household, person=household.memberships.get().person)

    for name in ("need", "worker"):
        address = reverse(f"households:{name}_export")
        form = client.get(address).content.decode()
        assert "format=csv" in form
        answer = client.post(f"{address}?format=csv", {"purpose": "report"})
        cells = [cell for line in lines_of(answer) for cell in line]
        assert "Đặng Thị Ủy" in cells
        assert "=1+1" not in cells
        again = sent_back(client, f"households:{name}_register_import", answer)
        assert "Không có gì thay đổi" in again


@pytest.mark.parametrize(
    "template",
    ["activity_list", "ward_project_list", "assignment_list", "donation_register"],
)
def test_a_template_is_there_as_text(project, coordinator, client_of, template):
    answer = client_of(coordinator).get(reverse(f"projects:{template}_template"), {"format": "csv"})

    assert len(lines_of(answer)[-1]) > 3
