"""Recognising rehearsed: what it shows, and that nothing of it stays."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from households.choices import CampaignStage
from households.models import Decision, HouseholdStatus, RecognisedVersion
from povertyplan.core import clock
from povertyplan.core.models import AccessEvent, AuditEvent, RowChange
from projects.models import SupportKind
from reports.rehearsal import presenters
from reports.rehearsal.presenters import MARK
from tests.factories.households import CampaignFactory
from tests.factories.projects import IndicatorFactory, SupportKindFactory, TargetFactory
from tests.households.campaigns import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    entered,
    pending_review,
    submitted_campaign,
)
from tests.pages import text_of

TODAY = date(2026, 11, 20)
FILE = "reports:recognition_rehearsal_file"


@pytest.fixture
def campaign(ward, village, coordinator):
    """Submitted: one stays poor, one escapes to the near-poor, one leaves both lists."""
    indicator = IndicatorFactory(ward=ward, query="poor_households", name="Số hộ nghèo")
    TargetFactory(indicator=indicator, year=2026, operator="level", low=1)
    return submitted_campaign(ward, village, by=coordinator, said=(POOR, NEAR_POOR, NOT_POOR))


def address(campaign):
    return reverse("reports:recognition_rehearsal", args=[campaign.pk])


def stored():
    return (
        list(HouseholdStatus.objects.order_by("pk").values()),
        Decision.objects.count(),
        RecognisedVersion.objects.count(),
        AuditEvent.objects.count(),
        RowChange.objects.count(),
    )


def test_it_shows_what_signing_comes_to(campaign, leader, client_of):
    SupportKindFactory(name="Chỉ cho hộ nghèo")
    SupportKind.objects.update(for_poor=True, for_near_poor=False, recipient="household")
    with clock.set_to(TODAY):
        shown = text_of(client_of(leader).post(address(campaign)))

    assert "3 hộ có kết quả, trong đó 1 hộ nghèo, 1 hộ cận nghèo; 2 hộ đổi phân loại" in shown
    assert "Thoát nghèo, trở thành cận nghèo: 1 hộ" in shown
    assert "Bắt đầu 36 tháng mới thoát nghèo: 2 hộ" in shown
    assert "Chỉ cho hộ nghèo: không còn: 2 hộ" in shown
    assert "Đạt" in shown
    assert "Biểu 2." in shown


def test_long_lists_are_paged_and_leave_whole_as_a_file(campaign, leader, client_of, monkeypatch):
    monkeypatch.setattr(presenters, "PAGE_SIZE", 1)
    client, file = client_of(leader), reverse(FILE, args=[campaign.pk])
    with clock.set_to(TODAY):
        first = client.post(address(campaign))
        windows = first.context["shown"].sections[1].groups[0]
        turned = client.post(address(campaign), {"group": windows.place, "page": 2})
        unasked = client.post(file)
        saved = client.post(file, {"purpose": "report"})

    assert windows.page.paginator.count == 2
    pages = turned.context["shown"].sections[1].groups[0].page
    assert [each.code for each in pages] == [windows.households[1].code]
    assert f'<details id="nhom-{windows.place}" open>' in turned.content.decode()
    assert unasked.status_code == 422
    cells = [
        cell.value
        for sheet in load_workbook(io.BytesIO(saved.content))
        for row in sheet
        for cell in row
    ]
    assert all(each.code in cells for each in windows.households)
    assert any(MARK in str(each) for each in cells)
    assert AccessEvent.objects.filter(what__contains="Tải danh sách phép tính thử").exists()


def test_nothing_of_it_stays(campaign, leader, client_of):
    client = client_of(leader)
    before = stored()
    with clock.set_to(TODAY):
        client.get(address(campaign))
        assert stored() == before
        client.post(address(campaign))

    statuses, decisions, kept, _events, _rows = stored()
    assert (statuses, decisions, kept) == before[:3]
    campaign.refresh_from_db()
    assert campaign.stage == CampaignStage.SUBMITTED
    # Who looked at it is on record, and nothing else.
    assert stored()[3] - before[3] <= 1
    assert stored()[4] - before[4] <= 1


def test_a_review_that_runs_judges_no_target_while_forms_are_missing(
    ward, village, coordinator, leader, client_of
):
    indicator = IndicatorFactory(ward=ward, query="poor_households", name="Số hộ nghèo")
    TargetFactory(indicator=indicator, year=2026, operator="level", low=5)
    running = CampaignFactory(ward=ward)
    entered(running, village, by=coordinator)
    pending_review(running, village)

    page = client_of(leader).post(address(running))

    shown = text_of(page)
    assert "Còn 1 hộ chưa có phiếu, nên chưa kết luận chỉ tiêu nào đạt hay không" in shown
    assert "Kết quả chưa được trình" in shown
    assert page.context["shown"].targets == ()
    running.refresh_from_db()
    assert running.stage == CampaignStage.OPEN


def test_a_review_without_forms_is_refused(ward, village, coordinator, client_of):
    running = CampaignFactory(ward=ward)
    pending_review(running, village)

    page = client_of(coordinator).post(address(running))
    assert page.status_code == 422
    assert "chưa có phiếu nào đã nhập" in text_of(page)


def test_the_one_who_submitted_is_told_that_another_signs(campaign, coordinator, leader, client_of):
    with clock.set_to(TODAY):
        page = client_of(coordinator).post(address(campaign))

    assert page.status_code == 200
    assert "người khác phải duyệt" in text_of(page)
    assert HouseholdStatus.objects.filter(decision__isnull=False).count() == 0


def test_others_do_not_open_it(campaign, observer, village_head, stranger, client_of):
    for user in (observer, village_head, stranger):
        page = client_of(user).get(address(campaign))
        assert page.status_code in (403, 404)
        assert MARK not in text_of(page)
