"""A new plan on screen: from a template, and from the plan of the year before."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from reports.choices import BasisRole, BlockKind
from reports.models import Block, Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.drafting.year_shift import YearShift
from tests.factories.core import UnitFactory
from tests.factories.reports import BlockFactory, DocumentFactory


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 11, 20)):
        yield


def typed(start, first=2027, last=2027, **more):
    return {
        "key": str(uuid4()),
        "start": start,
        "year_from": str(first),
        "year_to": str(last),
        **more,
    }


def begin(client, values):
    return client.post(reverse("reports:plan_new"), values, follow=True)


@pytest.fixture
def earlier(ward):
    """A plan of 2026 with something in each of its parts."""
    plan = DocumentFactory(
        ward=ward, year_from=2026, year_to=2026, subject="giảm nghèo năm 2026", signer_name="A Ký"
    )
    heading = BlockFactory(document=plan, order=1, kind=BlockKind.HEADING, text="Mục tiêu năm 2026")
    text = "Từ {poor_households 2025} hộ, theo Quyết định 12/2026/QĐ-UBND; đã nêu năm 2021."
    BlockFactory(document=plan, order=2, parent=heading, text=text)
    goals = {"kind": BlockKind.TARGETS, "text": "", "parameters": {"years": [2026]}}
    BlockFactory(document=plan, order=3, parent=heading, **goals)
    DocumentBasis.objects.create(
        document=plan, order=1, role=BasisRole.BASIS, kind="Nghị định", valid_to=date(2026, 6, 30)
    )
    duty = DocumentDuty.objects.create(document=plan, unit=UnitFactory(ward=ward), order=1)
    DutyItem.objects.create(duty=duty, order=1, text="Báo cáo trước ngày 15/11/2026.")
    Recipient.objects.create(document=plan, order=1, text="Đảng ủy")
    return plan


@pytest.mark.parametrize(("start", "last"), [("yearly", 2027), ("period", 2030)])
def test_a_plan_begins_from_a_template(ward, client_of, coordinator, start, last):
    page = begin(client_of(coordinator), typed(start, last=last)).content.decode()

    plan = Document.objects.get()
    assert (plan.year_from, plan.year_to, plan.ward) == (2027, last, ward)
    assert "$" not in "".join(plan.blocks.values_list("text", flat=True))
    assert "tổ chức thực hiện" in page.lower()
    assert "chưa có số liệu" in page
    assert AuditEvent.objects.filter(summary__contains="lập dự thảo kế hoạch").exists()


def test_a_plan_begins_from_that_of_the_year_before(earlier, client_of, coordinator):
    page = begin(client_of(coordinator), typed(f"plan-{earlier.pk}")).content.decode()

    plan = Document.objects.exclude(pk=earlier.pk).get()
    heading, sentence, goals = plan.blocks.order_by("order")
    assert (plan.subject, plan.number, plan.signer_name) == ("giảm nghèo năm 2027", None, "")
    assert heading.text == "Mục tiêu năm 2027"
    assert "{poor_households 2026}" in sentence.text
    assert "12/2026/QĐ-UBND" in sentence.text
    assert sentence.parent == heading
    assert goals.parameters == {"years": [2027]}
    assert DutyItem.objects.get(duty__document=plan).text == "Báo cáo trước ngày 15/11/2027."
    assert plan.recipients.get().text == "Đảng ủy"
    assert "nhắc đến năm 2021" in page
    assert "Nghị định" in page
    assert Block.objects.filter(document=earlier, text="Mục tiêu năm 2026").exists()


def test_a_plan_sent_twice_is_written_once(ward, client_of, coordinator):
    client, values = client_of(coordinator), typed("yearly")
    begin(client, values)
    begin(client, values)
    assert Document.objects.count() == 1


def test_years_in_the_wrong_order_keep_what_was_typed(ward, client_of, coordinator):
    answer = begin(client_of(coordinator), typed("yearly", 2028, 2027, subject="<b>nghèo</b>"))
    assert answer.status_code == 422
    assert "Năm cuối không được trước năm đầu." in answer.content.decode()
    assert "&lt;b&gt;nghèo" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_plan_of_another_ward_is_not_offered(earlier, ward, client_of, coordinator):
    other = DocumentFactory(year_from=2026, year_to=2026)
    answer = begin(client_of(coordinator), typed(f"plan-{other.pk}"))
    assert "Chọn kế hoạch gốc hoặc mẫu trong danh sách." in answer.content.decode()
    assert not Document.objects.filter(ward=ward).exclude(pk=earlier.pk).exists()


def test_years_of_a_longer_plan_end_with_the_new_one():
    shift = YearShift(2021, 2025, 2026, 2028)
    assert shift.parameters({"first": 2020, "last": 2025, "years": [2024, 2025]}) == {
        "first": 2025,
        "last": 2028,
        "years": [2028],
    }
