"""The forms centre: who opens it, what it hands out, what it refuses."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from households.models import CampaignVillage, PovertyStandard
from povertyplan.core.models import AccessEvent, Job
from povertyplan.core.platform import jobs
from reports.tables.catalogue import TABLES
from reports.tables.views import tables
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory
from tests.factories.reports import DocumentFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of
from tests.reports.documents import issue
from tests.reports.paper import read_pages
from tests.reports.word import read_docx

YEAR = {"year": "2025"}
AGGREGATES = [number for number in TABLES if number not in (14, 15)]


def address(name, number):
    return reverse(f"reports:{name}", args=[number])


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
    word = read_docx(client.get(address("table_docx", 2), YEAR).content)

    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[2] in ("Hộ", "Nhân khẩu")]
    assert [list(row[3:12]) for row in rows] == [
        [cell.value for cell in row.cells] for row in shown.rows
    ]
    assert word.ruled[0][len(shown.head) :] == [
        [*row.leads, *(cell.text for cell in row.cells)] for row in (*shown.parts, *shown.totals)
    ]
    text = " ".join(page.text for page in read_pages(paper.content))
    assert "DIỄN BIẾN HỘ NGHÈO" in text
    assert " ".join(cell.text for cell in shown.totals[0].cells) in " ".join(text.split())


def test_files_tell_standard_and_time_at_the_foot(client_of, coordinator, villages):
    client = client_of(coordinator)
    PovertyStandard.objects.update(name="Chuẩn nghèo A & B")
    told = re.compile(r"Chuẩn nghèo A & B\. Số liệu lập lúc \d\d:\d\d ngày")

    sheet = openpyxl.load_workbook(BytesIO(client.get(address("table_excel", 1), YEAR).content))
    word = read_docx(client.get(address("table_docx", 1), YEAR).content)
    pages = read_pages(client.get(address("table_pdf", 1), YEAR).content)

    # The file doubles the sign that opens a code.
    assert told.search(sheet.active.oddFooter.center.text.replace("&&", "&"))
    assert told.search(word.file.sections[0].first_page_footer.paragraphs[0].text)
    assert re.search(r"Sốliệulậplúc", "".join(pages[0].text.split()))


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


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_list_of_persons_too_long_for_a_request_is_laid_out_by_the_worker(
    client_of, coordinator, villages, monkeypatch, ending
):
    client, purpose = client_of(coordinator), {"purpose": "report"}
    at_once = client.post(address(f"person_table_{ending}", 15) + "?year=2025", purpose)
    monkeypatch.setattr(tables, "LONG_PAPER", 0)

    refused = client.post(address(f"person_table_{ending}", 15) + "?year=2025")
    begun = client.post(address(f"person_table_{ending}", 15) + "?year=2025", purpose)
    workbook = client.post(address("person_table_excel", 15) + "?year=2025", purpose)

    job = Job.objects.get()
    assert refused.status_code == 422
    assert begun.url == reverse("core:job_detail", args=[job.pk])
    jobs.run(job)
    file = client.get(f"{begun.url}file/")
    assert file["Content-Disposition"] == at_once["Content-Disposition"]
    assert _lines(file.content, ending) == _lines(at_once.content, ending) != []
    assert workbook["Content-Type"].endswith("sheet")


def _lines(content, ending):
    """What a file says, but for the time at its foot."""
    if ending == "docx":
        return read_docx(content).text.splitlines()
    pages = ["".join(page.text.split()) for page in read_pages(content)]
    return [re.sub(r"lậplúc\d\d:\d\d", "", page) for page in pages]


def test_detailed_list_leaves_for_a_purpose_that_is_written_down(client_of, coordinator, villages):
    client = client_of(coordinator)

    refused = client.post(address("person_table_excel", 15))
    taken = client.post(address("person_table_excel", 15), {"purpose": "report"})

    assert refused.status_code == 422
    assert taken["Content-Type"].endswith("sheet")
    assert AccessEvent.objects.get().actor == coordinator
    assert "Lập gần nhất" in client.get(reverse("reports:form_list")).content.decode()
    families = client.get(reverse("reports:form_list")).context["families"]
    made = {kind.number for _title, kinds in families for kind, made in kinds if made}
    assert made == {15}


def test_forms_centre_says_of_each_table_and_document_what_is_known_of_its_making(
    client_of, coordinator, ward, villages
):
    DocumentFactory(ward=ward)
    issue(DocumentFactory(ward=ward), number=12, issued_on=date(2026, 2, 3))
    response = client_of(coordinator).get(reverse("reports:form_list"), {"year": "2026"})
    page = " ".join(response.content.decode().split())
    tables = [kind for _title, kinds in response.context["families"] for kind, _made in kinds]

    # A table without names is made anew each time: nothing keeps a record of it.
    assert page.count("mỗi lần mở</span>") == sum(not kind.names_persons for kind in tables)
    assert page.count('data-label="Ban hành"> – <') == 1
    assert page.count('data-label="Ban hành"> Số 12/KH-UBND, 03/02/2026 <') == 1
    assert page.count('data-label="Số liệu đến ngày">31/12/2025<') == 2


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
    assert heading_of(client_of(village_head).get(address("table_detail", 1))) == NO_RIGHT


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
    assert heading_of(client_of(coordinator).get(address(name, number), query)) == NOT_FOUND


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

    with django_assert_max_num_queries(13):
        client.get(address("table_detail", 1), YEAR)


@pytest.mark.parametrize("number", [2, 9, 15])
def test_blank_tables_keep_the_villages_and_no_figure(client_of, observer, villages, number):
    client = client_of(observer)
    keys = {"number": number, "ending": "docx"}
    word = read_docx(client.get(reverse("reports:blank_table", kwargs=keys), YEAR).content)
    keys["ending"] = "xlsx"
    file = client.get(reverse("reports:blank_table", kwargs=keys), YEAR)

    names_persons = number == 15
    rows = word.ruled[0][3:]
    assert rows
    leads = len(rows[0]) if names_persons else 3 if number == 2 else 2
    assert {text for row in rows for text in row[leads:]} <= {""}
    assert any("Thôn Một" in row for row in rows) is not names_persons
    assert "Chủ hộ" not in word.text
    assert openpyxl.load_workbook(BytesIO(file.content)).active.max_row > len(rows)
    assert f"Bieu-{number:02}_mau-trong_2025-12-31.xlsx" in file["Content-Disposition"]
    keys["ending"] = "exe"
    assert client.get(reverse("reports:blank_table", kwargs=keys)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_forms_centre_query_count(
    client_of, coordinator, ward, count, django_assert_max_num_queries
):
    client = client_of(coordinator)
    for campaign in CampaignFactory.create_batch(1, ward=ward, year=2025):
        for village in VillageFactory.create_batch(count, parent=ward):
            CampaignVillage.objects.create(ward=ward, campaign=campaign, village=village)
    for number in range(count):
        DocumentFactory(ward=ward, code=f"plan-{number}")

    with django_assert_max_num_queries(21):
        page = client.get(reverse("reports:form_list"), YEAR)

    assert len(page.context["rows"]) == len(page.context["documents"]) == count


def test_matrix_page_and_its_village(client_of, coordinator, villages):
    client = client_of(coordinator)

    whole = client.get(reverse("reports:matrix"), YEAR)
    part = client.get(reverse("reports:matrix"), {**YEAR, "village": villages[0].pk})

    assert whole.context["matrix"].households == 6
    assert part.context["matrix"].households == 2
