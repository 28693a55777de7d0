"""The papers of a review: what stands on them, who may have them, what their files are called."""

import io
import re
import zipfile
from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from households.campaign.recognition.services.recognising import Signer, recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.models import CampaignVillage
from households.register.services.villages import rename_village
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent, Job
from povertyplan.core.platform import jobs
from reports.models import PrintRun
from reports.papers.forms_catalogue import PACK, PRINT_FORMS, file_name
from reports.papers.views import papers
from tests.access.canaries import words_of_file
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    MembershipFactory,
    ProcedureFactory,
    StatusFactory,
)
from tests.households.campaigns import NEAR_POOR, NOT_POOR, entered, finish
from tests.households.procedures import TODAY, meet, post
from tests.pages import text_of
from tests.reports.paper import read_pages
from tests.reports.word import read_docx

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=2)]

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


def paper_url(row, name, ending="pdf"):
    keys = [row.campaign_id, row.village_id, name, ending]
    return reverse("reports:village_paper", args=keys)


def ward_url(row, name, ending="pdf"):
    return reverse("reports:campaign_paper", args=[row.campaign_id, name, ending])


def blank_url(row, name, ending="docx"):
    return reverse("reports:blank_paper", args=[row.campaign_id, name, ending])


def words(response):
    """The text of the file; what may not part at a line end is read back without its spaces."""
    assert response.status_code == 200
    pages = read_pages(b"".join(response))
    text = " ".join(" ".join(page.text.split()) for page in pages)
    return re.sub(r" (?=[,;.)])", "", text)


def test_posting_list_shows_lawful_columns_only(client_of, coordinator, row):
    meet(row, coordinator)
    post(row, coordinator)
    response = client_of(coordinator).post(paper_url(row, "posting"))
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
    page = words(client_of(coordinator).post(paper_url(row, "minutes")))

    assert page.count("BIÊN BẢN") == 2
    assert "38 trên 40 người dự họp, đạt 95%" in page
    for signer in ("THƯ KÝ", "ĐẠI DIỆN HỘ DÂN", "CHỦ TỌA"):
        assert page.count(signer) == 2


def test_minutes_before_the_meeting_are_filled_in_from_the_results(client_of, village_head, row):
    page = words(client_of(village_head).post(paper_url(row, "minutes")))

    assert "đã rà soát 02 hộ; kết quả: 01 hộ nghèo" in page
    assert "………" in page


def test_decision_is_a_draft_until_it_is_approved(client_of, coordinator, leader, row, campaign):
    address = ward_url(row, "decision")
    draft = words(client_of(coordinator).post(address))
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
    made = words(client_of(leader).post(address))

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
    address = ward_url(row, "report")
    page = words(client_of(coordinator).post(address))

    assert "Đã rà soát 3 trên 3 hộ trong danh sách; 1 trên 2 thôn, tổ dân phố" in page
    assert "Họp dân: 1 trên 2 thôn, tổ dân phố có hộ trong danh sách." in page
    assert "chưa có quyết định công nhận" in page
    assert "Hộ nghèo: 01 hộ, 02 khẩu." in page
    assert "Hộ cận nghèo: 01 hộ, 01 khẩu." in page
    assert "Hộ thoát nghèo: 02 hộ, 02 khẩu, trong đó lên cận nghèo 01 hộ, 01 khẩu" in page
    assert "Tổ dân phố 1 2 1 2 0 0 1 1 0 0" in page
    assert "Thôn Kon Mơ Nâm 1 0 0 1 1 1 1 0 0" in page
    assert "Tổng cộng 3 1 2 1 1 2 2 0 0" in page
    assert client_of(village_head).post(address).status_code == 403


def test_report_after_the_decision_names_it(client_of, coordinator, leader, row, campaign):
    meet(row, coordinator)
    with clock.set_to(date(2026, 11, 12)):
        post(row, coordinator)
    campaign.refresh_from_db()
    submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
    recognise_results(
        campaign=submitted,
        number="300",
        decided_on=date(2026, 11, 20),
        signer=Signer("KT. Chủ tịch\nPhó Chủ tịch", "Y Ký"),
        version=submitted.version,
        by=leader,
    )

    certificates = words(client_of(leader).post(paper_url(row, "certificates")))
    assert "theo Quyết định số 300/QĐ-UBND ngày 20 tháng 11 năm 2026" in certificates
    signed = words(client_of(leader).post(ward_url(row, "decision")))
    for paper in (certificates, signed):
        assert "PHÓ CHỦ TỊCH" in paper.upper()
        assert "Y Ký" in paper
    address = ward_url(row, "report")
    page = words(client_of(leader).post(address))

    assert "theo Quyết định số 300/QĐ-UBND ngày 20/11/2026." in page
    assert "Niêm yết đủ thời hạn: 1 trên 1 thôn" in page
    assert "Tổng cộng 2 1 2 0 0 1 1 0 0" in page


def test_papers_are_asked_for_by_post_and_written_down(client_of, coordinator, row):
    client = client_of(coordinator)
    assert client.get(paper_url(row, "certificates")).status_code == 405
    assert not AccessEvent.objects.exists()

    page = words(client.post(paper_url(row, "certificates")))

    assert "Trần Văn Con" in page
    assert "Y Thoát" not in page
    assert f"Số CCCD/CMND: {CITIZEN_ID}; cấp ngày ……/……/………" in page
    assert "Quyết định số ………… ngày" in page
    assert AccessEvent.objects.get().what == (
        f"Giấy chứng nhận hộ nghèo, hộ cận nghèo: {row.village}; {row.campaign}; PDF"
    )


def test_village_pack_holds_every_paper(client_of, village_head, row):
    address = reverse("reports:village_pack", args=[row.campaign_id, row.village_id])
    response = client_of(village_head).post(address)

    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert names == [
        "DS-ra-soat_TDP-1_2026.pdf",
        "DS-ra-soat_mau-trong_2026.pdf",
        "BB-hop-dan_TDP-1_2026.pdf",
        "DS-niem-yet_TDP-1_2026.pdf",
        "DS-ho-ngheo_TDP-1_2026.pdf",
        "DS-ho-can-ngheo_TDP-1_2026.pdf",
        "DS-ho-thoat-ngheo_TDP-1_2026.pdf",
        "GCN_TDP-1_2026.pdf",
    ]
    assert AccessEvent.objects.count() == 1


def test_pack_comes_in_the_formats_asked_for(client_of, village_head, row):
    address = reverse("reports:village_pack", args=[row.campaign_id, row.village_id])
    response = client_of(village_head).post(address, {"ending": ["xlsx", "docx", "exe"]})

    pack = zipfile.ZipFile(io.BytesIO(response.content))
    endings = [name.rpartition(".")[2] for name in pack.namelist()]
    assert sorted(set(endings)) == ["docx", "xlsx"]
    assert "DS-ho-ngheo_TDP-1_2026.xlsx" in pack.namelist()
    assert "BB-hop-dan_TDP-1_2026.xlsx" not in pack.namelist()
    assert "Đặng Thị Ủy" in read_docx(pack.read("DS-ho-ngheo_TDP-1_2026.docx")).text
    assert AccessEvent.objects.get().what.endswith("; Word, Excel")
    runs = PrintRun.objects.filter(form=PACK, village=row.village_id, campaign=row.campaign_id)
    assert sorted(runs.values_list("format", flat=True)) == ["docx", "xlsx"]


def test_pack_of_all_villages_is_one_sound_zip(client_of, coordinator, ward, campaign, row):
    other = VillageFactory(parent=ward, name="Thôn Kon Mơ Nâm", order=9)
    entered(campaign, other, by=coordinator)
    client = client_of(coordinator)
    waiting = client.post(reverse("reports:campaign_pack", args=[campaign.pk]), {"ending": "docx"})
    assert "Đang chờ" in client.get(waiting.url).content.decode()
    assert AccessEvent.objects.get().what.endswith("; Word")

    jobs.run(Job.objects.get())

    page = client.get(waiting.url).content.decode()
    assert "Bo-mau_toan-dia-ban_2026.zip" in page
    papers = client.get(reverse("reports:review_papers", args=[campaign.pk])).content.decode()
    assert f'href="{waiting.url}"> Bộ mẫu tạo lúc' in " ".join(papers.split())
    response = client.get(f"{waiting.url}file/")
    pack = zipfile.ZipFile(io.BytesIO(response.content))
    assert pack.testzip() is None
    assert "09_Thon-kon-mo-nam/GCN_Thon-kon-mo-nam_2026.docx" in pack.namelist()
    colleague = client_of(user_with(Role.COORDINATOR, ward))
    assert colleague.get(f"{waiting.url}file/").status_code == 404


def test_papers_page_lists_them_for_the_picked_village(client_of, coordinator, village_head, row):
    address = reverse("reports:review_papers", args=[row.campaign_id])
    whole = client_of(coordinator).get(address).content.decode()
    picked = client_of(coordinator).get(f"{address}?village={row.village_id}").content.decode()
    own = client_of(village_head).get(address).content.decode()

    assert ward_url(row, "posting", "xlsx") in whole
    assert blank_url(row, "certificates") in whole
    assert paper_url(row, "posting") in picked
    assert paper_url(row, "posting") in own
    assert "Quyết định công nhận" not in own
    assert client_of(coordinator).get(f"{address}?village=abc").status_code == 200


def test_forms_centre_shows_the_papers_to_those_who_may_have_them(
    client_of, coordinator, observer, row
):
    whole = client_of(coordinator).get("/forms/").content.decode()
    picked = client_of(coordinator).get(f"/forms/?village={row.village_id}").content.decode()

    assert ward_url(row, "decision", "docx") in whole
    assert paper_url(row, "posting") in picked
    assert "Tạo cả bộ cho 1 thôn" in whole
    assert "Tạo cả bộ" not in client_of(observer).get("/forms/").content.decode()


def test_last_making_is_told_from_the_prints(client_of, coordinator, village_head, ward, row):
    other = VillageFactory(parent=ward, name="Thôn Kon Mơ Nâm", order=9)
    CampaignVillage.objects.create(campaign=row.campaign, ward=ward, village=other)
    client = client_of(coordinator)
    address = reverse("reports:review_papers", args=[row.campaign_id])
    assert "Lập gần nhất" in client.get(address).content.decode()
    assert made_in(client.get(address)) == {}

    client.post(paper_url(row, "posting", "xlsx"))
    pack = reverse("reports:village_pack", args=[row.campaign_id, other.pk])
    with clock.set_to(TODAY + timedelta(days=1)):
        client.post(pack, {"ending": "xlsx"})

    told = made_in(client.get(address))
    assert told["posting"] == told["poor"] == told["minutes"] == "Thôn Kon Mơ Nâm"
    assert "decision" not in told
    assert made_in(client_of(village_head).get(address)) == {"posting": str(row.village)}


def test_last_making_stays_with_a_village_that_is_renamed(client_of, coordinator, row):
    client = client_of(coordinator)
    client.post(paper_url(row, "posting", "xlsx"))
    rename_village(
        village=row.village,
        name="Tổ dân phố Một",
        seen_name=row.village.name,
        on=TODAY,
        reason="Theo nghị quyết",
        by=coordinator,
    )

    page = client.get(reverse("reports:review_papers", args=[row.campaign_id]))

    assert made_in(page) == {"posting": "Tổ dân phố Một"}


def made_in(response):
    """Where each paper was made last, as the page was told."""
    return {
        paper.name: str(made.place)
        for _group, papers in response.context["groups"]
        for paper, made in papers
        if made
    }


def test_strangers_and_observers_get_no_paper(client_of, stranger, observer, village_head, row):
    assert client_of(stranger).post(paper_url(row, "posting")).status_code == 404
    assert client_of(stranger).get(blank_url(row, "posting")).status_code == 404
    assert client_of(observer).post(paper_url(row, "posting")).status_code == 403
    assert client_of(village_head).post(ward_url(row, "posting")).status_code == 403
    assert not AccessEvent.objects.exists()


def test_unknown_papers_are_not_found(client_of, coordinator, row):
    client = client_of(coordinator)

    for name, ending in (("khong-co", "pdf"), ("decision", "pdf"), ("minutes", "xlsx")):
        assert client.post(paper_url(row, name, ending)).status_code == 404
    assert client.get(blank_url(row, "posting", "odt")).status_code == 404
    assert client.get(blank_url(row, "report")).status_code == 404
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize("name", [name for name, paper in PRINT_FORMS.items() if paper.is_list])
def test_pdf_word_and_excel_of_a_list_hold_the_same_rows(client_of, coordinator, row, name):
    address = ward_url if PRINT_FORMS[name].build is None else paper_url
    client = client_of(coordinator)
    pdf = words(client.post(address(row, name, "pdf")))
    word = read_docx(client.post(address(row, name, "docx")).content)
    book = load_workbook(io.BytesIO(client.post(address(row, name, "xlsx")).content))

    tables = [[list(filter(None, line)) for line in table] for table in word.ruled]
    assert tables
    assert len(tables) == len(book.worksheets)
    for table, sheet in zip(tables, book.worksheets, strict=True):
        lines = [[str(cell) for cell in line if cell not in (None, "")] for line in sheet.values]
        start = lines.index(table[0])
        assert lines[start : start + len(table)] == table
        for line in table:
            for cell in line:
                assert "".join(cell.split()) in "".join(pdf.split())


@pytest.mark.parametrize("name", [name for name, paper in PRINT_FORMS.items() if paper.blank])
def test_blank_papers_name_nobody_and_are_not_written_down(client_of, village_head, row, name):
    client = client_of(village_head)
    for ending in PRINT_FORMS[name].formats:
        response = client.get(blank_url(row, name, ending.value))
        assert response.status_code == 200
        text = words_of_file(response.content)
        for secret in ("Đặng Thị Ủy", "Y Thoát", "Trần Văn Con", CITIZEN_ID):
            assert secret not in text
        assert f"_mau-trong_2026.{ending}" in response["Content-Disposition"]
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize("name", ["posting", "certificates", "minutes"])
def test_files_tell_standard_and_time_at_the_foot_of_each_page(client_of, coordinator, row, name):
    client = client_of(coordinator)
    told = f"{row.campaign.standard}. Số liệu lập lúc"

    word = read_docx(client.post(paper_url(row, name, "docx")).content)
    for section in word.file.sections:
        assert told in section.footer.paragraphs[0].text
        assert told in section.first_page_footer.paragraphs[0].text
    for page in read_pages(client.post(paper_url(row, name)).content):
        assert "".join(told.split()) in "".join(page.text.split())


def test_workbook_tells_standard_and_time_and_holds_no_formula(client_of, coordinator, row):
    household = row.campaign.reviews.first().household
    household.address = '=HYPERLINK("http://x","y")'
    household.save()
    content = client_of(coordinator).post(paper_url(row, "visits", "xlsx")).content

    sheet = load_workbook(io.BytesIO(content)).active
    assert f"{row.campaign.standard}. Số liệu lập lúc" in sheet.oddFooter.center.text
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert household.address in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    raw = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in raw


def test_file_names_are_plain_letters(campaign, village):
    for paper in PRINT_FORMS.values():
        for blank in (False, True):
            name = file_name(paper, campaign, village, "pdf", blank=blank)
            assert name.isascii()
            assert " " not in name


@pytest.mark.parametrize("paper", ["decision", "report"])
def test_a_draft_names_who_is_not_in_the_results(client_of, coordinator, row, village, paper):
    outside = HouseholdFactory(village=village, code="HN-09", head="Y Tách")
    StatusFactory(household=outside)

    page = words(client_of(coordinator).post(ward_url(row, paper)))

    assert "Còn 01 hộ chưa có trong kết quả: HN-09 – Y Tách, sinh 1980" in page


def test_the_page_of_papers_names_who_is_not_in_the_results(client_of, coordinator, row, village):
    StatusFactory(household=HouseholdFactory(village=village, code="HN-09"))
    page = client_of(coordinator).get(reverse("reports:review_papers", args=[row.campaign_id]))

    assert "1 hộ chưa có trong đợt rà soát" in text_of(page)


def test_a_list_too_long_for_a_request_is_laid_out_by_the_worker(
    client_of, coordinator, row, monkeypatch
):
    client = client_of(coordinator)
    address = partial(reverse, "reports:campaign_paper")
    at_once = client.post(address(args=[row.campaign_id, "poor", "docx"]))
    monkeypatch.setattr(papers, "LONG_PAPER", 0)

    begun = client.post(address(args=[row.campaign_id, "poor", "docx"]))
    workbook = client.post(address(args=[row.campaign_id, "poor", "xlsx"]))

    job = Job.objects.get()
    assert begun.url == reverse("core:job_detail", args=[job.pk])
    jobs.run(job)
    file = client.get(f"{begun.url}file/")
    assert read_docx(file.content).text == read_docx(at_once.content).text
    assert workbook["Content-Disposition"].endswith('.xlsx"')


def test_certificates_of_the_ward_are_one_job_however_often_begun(client_of, coordinator, row):
    client = client_of(coordinator)
    address = reverse("reports:campaign_paper", args=[row.campaign_id, "certificates", "docx"])

    begun, again = client.post(address), client.post(address)

    job = Job.objects.get()
    assert begun.url == again.url == reverse("core:job_detail", args=[job.pk])
    jobs.run(job)
    file = client.get(f"{begun.url}file/")
    assert file["Content-Disposition"].endswith('"GCN_toan-dia-ban_2026.docx"')
    assert "Giấy chứng nhận" in read_docx(file.content).text
