"""The list, the board, submitting, recognising and returning, as each role meets them."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from households.choices import CampaignStage
from households.entry.survey.selectors.rows import open_warnings_by_village
from households.entry.survey.services.confirmation import confirm_village_warnings
from households.models import Decision, HouseholdStatus, Review, ReviewCampaign
from povertyplan.core.choices import Role
from povertyplan.core.text import formatting
from tests.factories.core import GrantFactory, VillageFactory
from tests.factories.households import (
    CampaignFactory,
    CampaignVillageFactory,
    DecisionFactory,
    ReviewFactory,
)
from tests.households.campaigns import (
    NOT_POOR,
    POOR,
    entered,
    finish,
    pending_review,
    submitted_campaign,
    village_of,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text

LIST = "/reviews/"
DECISION = {
    "version": "2",
    "number": "283/QĐ-UBND",
    "decided_on": "18/11/2026",
    "signer_title": "KT. Chủ tịch\r\nPhó Chủ tịch",
    "signer_name": "Y Ký",
}


def url(name, campaign):
    return reverse(f"households:{name}", args=[campaign.pk])


def test_campaign_list_shows_stage_and_counts(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    pending_review(campaign, village)

    page = text(client_of(coordinator).get(LIST))

    assert "Rà soát định kỳ năm 2026" in page
    assert "Đang rà soát" in page
    assert "1/2" in page
    assert "0/1" in page


def test_campaign_list_says_when_it_is_empty(client_of, coordinator, stranger):
    CampaignFactory(ward=stranger.ward, name="Đợt của phường khác")

    page = text(client_of(coordinator).get(LIST))

    assert "Chưa có đợt rà soát nào." in page
    assert "Đợt của phường khác" not in page


def test_campaign_list_query_count_does_not_grow(client_of, coordinator, ward):
    client = client_of(coordinator)
    counts = []
    for years in ([2024], [2025, 2026]):
        for year in years:
            ReviewFactory(campaign=CampaignFactory(ward=ward, year=year))
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(LIST))
        counts.append((page.count("Rà soát định kỳ năm"), len(queries)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert many == few


@pytest.mark.parametrize("role", ["coordinator", "leader", "observer", "reporter", "village_head"])
def test_the_board_is_open_to_readers(client_of, ward, role, request):
    campaign = CampaignFactory(ward=ward)
    client = client_of(request.getfixturevalue(role))

    assert campaign.name in text(client.get(LIST))
    assert heading_of(client.get(url("campaign_overview", campaign))) == campaign.name


def test_the_board_is_closed_to_the_administrator(client_of, administrator, ward):
    client = client_of(administrator)

    assert heading_of(client.get(LIST)) == NO_RIGHT
    assert heading_of(client.get(url("campaign_overview", CampaignFactory(ward=ward)))) == NO_RIGHT


def test_campaign_detail_headline_and_total(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward, closes_on=date(2026, 12, 11))
    entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)
    pending_review(campaign, VillageFactory(parent=ward))

    page = text(client_of(coordinator).get(url("campaign_overview", campaign)))

    assert "Còn 21 ngày · 1/2 hộ đã rà soát · 1/2 thôn xong" in page
    assert page.index("Tổng cộng") < page.index("Tổ dân phố 1</a>")


def test_campaign_detail_filters_villages(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)
    slow = VillageFactory(parent=ward, name="Thôn chậm")
    pending_review(campaign, slow)
    page = url("campaign_overview", campaign)
    client = client_of(coordinator)

    for show in ("unfinished", "late"):
        filtered = text(client.get(page, {"show": show}))
        assert "Thôn chậm" in filtered
        assert "Tổ dân phố 1</a>" not in filtered
        assert "Tổng cộng" not in filtered


def test_campaign_detail_shows_a_village_head_only_his_village(
    client_of, village_head, ward, village
):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)
    pending_review(campaign, VillageFactory(parent=ward, name="Thôn khác"))

    page = text(client_of(village_head).get(url("campaign_overview", campaign)))

    assert "0/1 hộ đã rà soát" in page
    assert "Thôn khác" not in page
    assert "Trình kết quả" not in page


def test_campaign_detail_gives_the_observer_counts_without_links(
    client_of, observer, ward, village
):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)

    page = text(client_of(observer).get(url("campaign_overview", campaign)))

    assert "0/1 hộ đã rà soát" in page
    assert "/villages/" not in page


def test_the_board_says_that_a_village_waits_for_its_confirmation(
    client_of, coordinator, ward, village
):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    client = client_of(coordinator)
    assert "Chờ xác nhận" in text(client.get(url("campaign_overview", campaign)))

    pending_review(campaign, village)
    assert "Chờ xác nhận" not in text(client.get(url("campaign_overview", campaign)))


def test_the_board_leads_to_the_entry_of_an_open_village(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    client = client_of(coordinator)
    links = [
        f'"/reviews/{campaign.pk}/villages/{village.pk}/grid/"',
        f'"/reviews/{campaign.pk}/phone/?village={village.pk}"',
        f'"/reviews/{campaign.pk}/villages/{village.pk}/reviewer/"',
    ]
    page = text(client.get(url("campaign_overview", campaign)))
    assert [link in page for link in links] == [True, True, True]

    finish(campaign, village, by=coordinator)
    page = text(client.get(url("campaign_overview", campaign)))
    assert [link in page for link in links] == [False, False, False]


def test_the_menu_of_a_village_leads_to_what_can_be_done(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    client = client_of(coordinator)
    here = f"/reviews/{campaign.pk}/villages/{village.pk}/"
    links = [
        f'<li><a href="{here}reviewer/"',
        f'<li><a href="{here}grid/print/"',
        f'<li><a href="/forms/reviews/{campaign.pk}/?village={village.pk}"',
        f'<li><a href="{here}reopen/"',
    ]
    page = text(client.get(url("campaign_overview", campaign)))
    assert [link in page for link in links] == [True, True, True, False]

    finish(campaign, village, by=coordinator)
    page = text(client.get(url("campaign_overview", campaign)))
    assert [link in page for link in links] == [False, True, True, True]


def test_a_village_without_households_and_a_reader_have_no_menu(
    client_of, coordinator, observer, ward, village
):
    campaign = CampaignFactory(ward=ward)
    CampaignVillageFactory(campaign=campaign, village=village)
    assert "Việc khác ở" not in text(client_of(coordinator).get(url("campaign_overview", campaign)))

    pending_review(campaign, VillageFactory(parent=ward))
    assert "Việc khác ở" in text(client_of(coordinator).get(url("campaign_overview", campaign)))
    assert "Việc khác ở" not in text(client_of(observer).get(url("campaign_overview", campaign)))


def test_the_board_counts_warnings_nobody_confirmed(
    client_of, coordinator, observer, ward, village
):
    campaign = CampaignFactory(ward=ward)
    other = VillageFactory(parent=ward)
    for place, forms in ((village, 2), (other, 1)):
        for _ in range(forms):
            entered(campaign, place, by=coordinator, said=NOT_POOR)
    entered(campaign, village, by=coordinator, said=POOR)
    confirm_village_warnings(
        campaign_village=village_of(campaign, other), by=coordinator, source="web"
    )
    page = url("campaign_overview", campaign)

    assert open_warnings_by_village(campaign) == {village.pk: 2}
    assert f'villages/{village.pk}/finish/"> 2 cảnh báo' in text(client_of(coordinator).get(page))
    assert "cảnh báo" not in text(client_of(observer).get(page))


def test_the_board_says_when_somebody_last_entered(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)
    client = client_of(coordinator)
    assert "nhập 09:00" not in text(client.get(url("campaign_overview", campaign)))

    entered(campaign, village, by=coordinator)
    shown = formatting.moment(Review.objects.done().get().updated_at)
    assert f"nhập {shown}" in text(client.get(url("campaign_overview", campaign)))


def excel(client, campaign, **query):
    response = client.get(url("campaign_overview_excel", campaign), query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_the_board_as_a_workbook_holds_the_villages_as_filtered(
    client_of, coordinator, observer, ward, village
):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)
    slow = VillageFactory(parent=ward, name="Thôn chậm")
    entered(campaign, slow, by=coordinator, said=NOT_POOR)
    pending_review(campaign, slow)

    rows = excel(client_of(coordinator), campaign)
    assert rows[2][0].startswith("Lọc: tất cả thôn, tổ dân phố; lập lúc ")
    assert rows[2][0].endswith("; số liệu chưa duyệt.")
    assert [(row[1], row[2], *row[3:7]) for row in rows[5:]] == [
        ("Tổ dân phố 1", "Hoàn thành", 1, 1, 0, 0),
        ("Thôn chậm", "Chậm", 2, 1, 1, 1),
    ]
    assert rows[6][13] == "Chưa hoàn thành rà soát."

    late = excel(client_of(coordinator), campaign, show="late")
    assert late[2][0].startswith("Lọc: Chậm; ")
    assert [row[1] for row in late[5:]] == ["Thôn chậm"]
    # Who sees no scores is told of no warnings.
    assert [row[6] for row in excel(client_of(observer), campaign)[5:]] == ["", ""]


def test_the_workbook_holds_only_the_villages_of_its_reader(client_of, village_head, ward, village):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)
    pending_review(campaign, VillageFactory(parent=ward, name="Thôn khác"))

    assert [row[1] for row in excel(client_of(village_head), campaign)[5:]] == [village.name]


def test_the_board_shows_what_is_unusual_only_to_who_reads_the_scores(
    client_of, coordinator, village_head, reporter, observer, ward, village
):
    campaign = CampaignFactory(ward=ward)
    own = entered(campaign, village, by=coordinator, said=NOT_POOR).household
    other = entered(campaign, VillageFactory(parent=ward), by=coordinator, said=NOT_POOR).household
    seen = {}
    for user in (coordinator, village_head, reporter, observer):
        page = text(client_of(user).get(url("campaign_overview", campaign)))
        seen[user] = [f'href="/households/{home.pk}/"' in page for home in (own, other)]

    assert seen == {
        coordinator: [True, True],
        village_head: [True, False],
        reporter: [False, False],
        observer: [False, False],
    }


def test_campaign_detail_query_count_does_not_grow(client_of, coordinator, ward):
    campaign = CampaignFactory(ward=ward)
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            ReviewFactory(campaign=campaign)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(url("campaign_overview", campaign)))
        counts.append((page.count('/grid/"'), len(queries)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert many == few


@pytest.mark.parametrize("name", ["campaign_overview", "campaign_submit"])
def test_campaign_pages_do_not_exist_for_strangers(client_of, stranger, ward, name):
    assert heading_of(client_of(stranger).get(url(name, CampaignFactory(ward=ward)))) == NOT_FOUND


def test_campaign_submit_names_unfinished_villages_and_refuses(
    client_of, coordinator, ward, village
):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)
    client = client_of(coordinator)

    page = text(client.get(url("campaign_submit", campaign)))
    answer = client.post(url("campaign_submit", campaign), {"version": "1"})

    assert "Chưa trình được: còn 1 thôn, tổ dân phố chưa hoàn thành" in page
    assert answer.status_code == 422
    assert ReviewCampaign.objects.get().is_open


def test_campaign_submit_shows_totals_and_hands_in(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator, said=NOT_POOR)
    finish(campaign, village, by=coordinator)
    client = client_of(coordinator)

    page = text(client.get(url("campaign_submit", campaign)))
    answer = client.post(url("campaign_submit", campaign), {"version": "1"}, follow=True)

    assert "Thoát nghèo, vượt chuẩn cận nghèo" in page
    assert "Xác nhận trình 1 hộ" in page
    assert "chờ duyệt" in text(answer)
    assert ReviewCampaign.objects.get().stage == CampaignStage.SUBMITTED


@pytest.mark.parametrize("version", ["", "x", "0", "9"])
def test_campaign_submit_refuses_a_missing_or_forged_version(
    client_of, coordinator, ward, village, version
):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)

    answer = client_of(coordinator).post(url("campaign_submit", campaign), {"version": version})

    assert answer.status_code == 422
    assert "phiên bản" in text(answer)
    assert ReviewCampaign.objects.get().is_open


@pytest.mark.parametrize("role", ["village_head", "leader", "observer", "reporter"])
def test_campaign_submit_is_closed_to_other_roles(client_of, ward, village, role, request):
    campaign = CampaignFactory(ward=ward)
    client = client_of(request.getfixturevalue(role))

    with nothing_written():
        answer = client.post(url("campaign_submit", campaign), {"version": "1"})

    assert heading_of(answer) == NO_RIGHT


def test_campaign_recognise_writes_the_decision(client_of, leader, coordinator, ward, village):
    campaign = submitted_campaign(ward, village, by=coordinator)
    client = client_of(leader)
    page = text(client.get(url("campaign_recognise", campaign)))
    assert "chờ duyệt" in page
    assert f'value="{leader.full_name}"' in page

    answer = client.post(url("campaign_recognise", campaign), DECISION, follow=True)

    assert "Quyết định số 283/QĐ-UBND ngày 18/11/2026" in text(answer)
    assert "Số liệu của đợt rà soát này đã khóa" in text(answer)
    decision = Decision.objects.get()
    assert decision.approved_by == leader
    assert (decision.signer_title, decision.signer_name) == ("KT. Chủ tịch\nPhó Chủ tịch", "Y Ký")
    assert HouseholdStatus.objects.filter(decision__isnull=False).count() == 1


def test_campaign_recognise_refuses_a_day_before_the_last_step(
    client_of, leader, coordinator, ward, village
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    data = {**DECISION, "decided_on": "15/11/2026"}

    answer = client_of(leader).post(url("campaign_recognise", campaign), data)

    assert answer.status_code == 422
    assert "không được trước ngày trình kết quả (16/11/2026)" in text(answer)
    assert not Decision.objects.exists()


def test_campaign_recognise_keeps_what_was_typed_beside_every_error(
    client_of, leader, coordinator, ward, village
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    DecisionFactory(ward=ward, number="283/QĐ-UBND", decided_on=date(2026, 1, 5))
    data = {**DECISION, "decided_on": "21/11/2026"}

    answer = client_of(leader).post(url("campaign_recognise", campaign), data)

    page = text(answer)
    assert answer.status_code == 422
    assert "Có 2 lỗi cần sửa" in page
    assert "Số quyết định này đã dùng trong năm." in page
    assert "Ngày quyết định không được sau hôm nay." in page
    assert 'value="283/QĐ-UBND"' in page
    assert ReviewCampaign.objects.get().stage == CampaignStage.SUBMITTED


def test_campaign_recognise_refuses_the_submitter_who_is_also_leader(
    client_of, coordinator, ward, village
):
    GrantFactory(user=coordinator, role=Role.LEADER, area=ward)
    campaign = submitted_campaign(ward, village, by=coordinator)
    client = client_of(coordinator)

    page = text(client.get(url("campaign_recognise", campaign)))
    answer = client.post(url("campaign_recognise", campaign), DECISION)

    assert "không được tự phê duyệt" in page
    assert answer.status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["campaign_recognise", "campaign_return"])
@pytest.mark.parametrize("role", ["coordinator", "village_head", "observer", "reporter"])
def test_approval_is_closed_to_other_roles(client_of, ward, name, role, request):
    client = client_of(request.getfixturevalue(role))
    page = url(name, CampaignFactory(ward=ward))

    assert heading_of(client.get(page)) == NO_RIGHT
    with nothing_written():
        assert heading_of(client.post(page, DECISION)) == NO_RIGHT


def test_campaign_return_sends_back_with_the_reason(client_of, leader, coordinator, ward, village):
    campaign = submitted_campaign(ward, village, by=coordinator)
    client, page = client_of(leader), url("campaign_return", campaign)

    without = client.post(page, {"version": "2", "reason": " "})
    assert without.status_code == 422
    assert "Nhập lý do trả lại kết quả." in text(without)

    answer = client.post(page, {"version": "2", "reason": "Rà lại Tổ dân phố 1"}, follow=True)
    assert "Rà lại Tổ dân phố 1" in text(answer)
    assert ReviewCampaign.objects.get().is_open
