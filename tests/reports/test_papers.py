"""The papers of a review: what stands on them, who may have them, what their files are called."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from households.services import recognise_results, submit_results
from povertyplan.core import clock
from povertyplan.core.models import AccessEvent
from reports.papers import PAPERS, file_name
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, MembershipFactory, ProcedureFactory
from tests.households.campaigns import NEAR_POOR, NOT_POOR, entered, finish
from tests.households.test_steps import TODAY, meet, post
from tests.reports.paper import read_pages

CITIZEN_ID = "001080000123"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


@pytest.fixture
def row(campaign, village, coordinator):
    home = {"head": "Đặng Thị Ủy", "head__citizen_id": CITIZEN_ID}
    review = entered(campaign, village, by=coordinator, **home)
    MembershipFactory(household=review.household, person__full_name="Trần Văn Con")
    entered(campaign, village, by=coordinator, said=NOT_POOR, head="Y Thoát")
    return finish(campaign, village, by=coordinator)


def paper_url(row, name):
    return reverse("reports:village_paper", args=[row.campaign_id, row.village_id, name])


def words(response):
    """The text of the file; what may not part at a line end is read back without its spaces."""
    assert response.status_code == 200
    pages = read_pages(b"".join(response))
    text = " ".join(" ".join(page.text.split()) for page in pages)
    return re.sub(r" (?=[,;.)])", "", text)


def test_posting_list_shows_lawful_columns_only(client_of, coordinator, row):
    meet(row, coordinator)
    post(row, coordinator)
    response = client_of(coordinator).get(paper_url(row, "posting"))
    page = words(response)

    assert "Đặng Thị Ủy" in page
    assert "1980" in page
    assert "Hộ nghèo" in page
    assert "Hộ thoát nghèo" in page
    assert "từ ngày 12/11/2026 đến hết ngày 17/11/2026" in page
    assert CITIZEN_ID not in page
    assert "Trần Văn Con" not in page
    assert "DỰ THẢO" not in page
    assert response["Content-Disposition"].endswith('filename="DS-niem-yet_TDP-1_2026.pdf"')


def test_minutes_are_printed_twice_and_signed_by_three(client_of, coordinator, row):
    meet(row, coordinator, attendance=40, agreeing=38)
    page = words(client_of(coordinator).get(paper_url(row, "minutes")))

    assert page.count("BIÊN BẢN") == 2
    assert "38 trên 40 người dự họp, đạt 95%" in page
    for signer in ("THƯ KÝ", "ĐẠI DIỆN HỘ DÂN", "CHỦ TỌA"):
        assert page.count(signer) == 2


def test_minutes_before_the_meeting_are_filled_in_from_the_results(client_of, village_head, row):
    page = words(client_of(village_head).get(paper_url(row, "minutes")))

    assert "đã rà soát 02 hộ; kết quả: 01 hộ nghèo" in page
    assert "………" in page


def test_decision_is_a_draft_until_it_is_approved(client_of, coordinator, leader, row, campaign):
    address = reverse("reports:campaign_paper", args=[campaign.pk, "decision"])
    draft = words(client_of(coordinator).get(address))
    meet(row, coordinator)
    post(row, coordinator)
    campaign.refresh_from_db()
    submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
    recognise_results(
        campaign=submitted,
        number="300/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        version=submitted.version,
        by=leader,
    )
    made = words(client_of(leader).get(address))

    assert "DỰ THẢO" in draft
    assert "DỰ THẢO" not in made
    assert "Số: 300/QĐ-UBND" in made
    for page in (draft, made):
        assert "Hộ nghèo: 01 hộ, 02 khẩu; hộ cận nghèo: 0 hộ, 0 khẩu" in page
        assert "Hộ thoát nghèo: 01 hộ, 01 khẩu" in page
        assert "DANH SÁCH HỘ THOÁT NGHÈO, HỘ THOÁT CẬN NGHÈO" in page


def test_report_says_what_the_decision_and_the_board_count(
    client_of, coordinator, leader, village_head, ward, row, campaign
):
    other = VillageFactory(parent=ward, name="Thôn Kon Mơ Nâm", order=9)
    entered(campaign, other, by=coordinator, said=NEAR_POOR)
    meet(row, coordinator)
    address = reverse("reports:campaign_paper", args=[campaign.pk, "report"])
    page = words(client_of(coordinator).get(address))

    assert "Đã rà soát 3 trên 3 hộ trong danh sách; 1 trên 2 thôn, tổ dân phố" in page
    assert "Họp dân: 1 trên 2 thôn, tổ dân phố có hộ trong danh sách." in page
    assert "chưa có quyết định công nhận" in page
    assert "Hộ nghèo: 01 hộ, 02 khẩu." in page
    assert "Hộ cận nghèo: 01 hộ, 01 khẩu." in page
    assert "Hộ thoát nghèo: 02 hộ, 02 khẩu, trong đó lên cận nghèo 01 hộ, 01 khẩu" in page
    assert "Tổ dân phố 1 2 1 2 0 0 1 1 0 0" in page
    assert "Thôn Kon Mơ Nâm 1 0 0 1 1 1 1 0 0" in page
    assert "Tổng cộng 3 1 2 1 1 2 2 0 0" in page
    assert client_of(village_head).get(address).status_code == 403


def test_report_after_the_decision_names_it(client_of, coordinator, leader, row, campaign):
    meet(row, coordinator)
    with clock.set_to(date(2026, 11, 12)):
        post(row, coordinator)
    campaign.refresh_from_db()
    submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
    recognise_results(
        campaign=submitted,
        number="300/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        version=submitted.version,
        by=leader,
    )

    address = reverse("reports:campaign_paper", args=[campaign.pk, "report"])
    page = words(client_of(leader).get(address))

    assert "theo Quyết định số 300/QĐ-UBND ngày 20/11/2026." in page
    assert "Niêm yết đủ thời hạn: 1 trên 1 thôn" in page
    assert "Tổng cộng 2 1 2 0 0 1 1 0 0" in page


def test_certificates_are_asked_for_by_post_and_written_down(client_of, coordinator, row):
    client = client_of(coordinator)
    assert client.get(paper_url(row, "certificates")).status_code == 405
    assert not AccessEvent.objects.exists()

    page = words(client.post(paper_url(row, "certificates")))

    assert "Trần Văn Con" in page
    assert "Y Thoát" not in page
    assert CITIZEN_ID not in page
    assert "Giấy chứng nhận" in AccessEvent.objects.get().what


def test_village_pack_holds_every_paper(client_of, village_head, row):
    address = reverse("reports:village_pack", args=[row.campaign_id, row.village_id])
    response = client_of(village_head).post(address)

    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert names == [
        "DS-ra-soat_TDP-1_2026.pdf",
        "Phieu-trong_TDP-1_2026.pdf",
        "BB-hop-dan_TDP-1_2026.pdf",
        "DS-niem-yet_TDP-1_2026.pdf",
        "GCN_TDP-1_2026.pdf",
    ]
    assert AccessEvent.objects.count() == 1


def test_pack_of_all_villages_is_one_sound_zip(client_of, coordinator, ward, campaign, row):
    other = VillageFactory(parent=ward, name="Thôn Kon Mơ Nâm", order=9)
    entered(campaign, other, by=coordinator)
    response = client_of(coordinator).post(reverse("reports:campaign_pack", args=[campaign.pk]))

    pack = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert pack.testzip() is None
    assert "09_Thon-kon-mo-nam/GCN_Thon-kon-mo-nam_2026.pdf" in pack.namelist()


def test_papers_page_lists_them_for_the_picked_village(client_of, coordinator, village_head, row):
    address = reverse("reports:review_papers", args=[row.campaign_id])
    whole = client_of(coordinator).get(address).content.decode()
    picked = client_of(coordinator).get(f"{address}?village={row.village_id}").content.decode()
    own = client_of(village_head).get(address).content.decode()

    assert reverse("reports:campaign_paper", args=[row.campaign_id, "posting"]) in whole
    assert paper_url(row, "posting") in picked
    assert paper_url(row, "posting") in own
    assert "Quyết định công nhận" not in own
    assert client_of(coordinator).get(f"{address}?village=abc").status_code == 200


def test_forms_centre_leads_to_the_papers(client_of, coordinator, observer, row):
    address = reverse("reports:review_papers", args=[row.campaign_id])

    assert address in client_of(coordinator).get("/forms/").content.decode()
    assert address not in client_of(observer).get("/forms/").content.decode()


def test_strangers_and_observers_get_no_paper(client_of, stranger, observer, village_head, row):
    ward_wide = reverse("reports:campaign_paper", args=[row.campaign_id, "posting"])

    assert client_of(stranger).get(paper_url(row, "posting")).status_code == 404
    assert client_of(observer).get(paper_url(row, "posting")).status_code == 403
    assert client_of(village_head).get(ward_wide).status_code == 403


def test_unknown_papers_are_not_found(client_of, coordinator, row):
    client = client_of(coordinator)

    assert client.get(paper_url(row, "khong-co")).status_code == 404
    assert client.get(paper_url(row, "decision")).status_code == 404


def test_file_names_are_plain_letters(campaign, village):
    for paper in PAPERS.values():
        name = file_name(paper, campaign, village, "pdf")
        assert name.isascii()
        assert " " not in name
