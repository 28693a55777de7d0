"""A paper that rests on results nobody recognised says on every page that it is a draft."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from povertyplan.core import clock
from reports.papers.forms_catalogue import PRINT_FORMS, print_blank, print_filled
from tests.factories.households import CampaignFactory
from tests.households.campaigns import NEAR_POOR, NOT_POOR, entered, finish
from tests.households.procedures import TODAY
from tests.reports.paper import POINTS_PER_MILLIMETRE, Page, read_pages
from tests.reports.word import read_docx

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=2)]

WAITING = ("poor", "near-poor", "escaped", "decision", "certificates")
LISTS = WAITING[:-1]
DRAFT = "DỰ THẢO"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def row(campaign, village, coordinator):
    for said in ({}, {"said": NEAR_POOR}, {"said": NOT_POOR}):
        entered(campaign, village, by=coordinator, **said)
    return finish(campaign, village, by=coordinator)


@pytest.fixture
def recognised(row, campaign, coordinator, leader):
    campaign.refresh_from_db()
    submitted = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
    recognise_results(
        campaign=submitted,
        number="300",
        decided_on=date(2026, 11, 20),
        version=submitted.version,
        by=leader,
    )
    return row


def paper(client, row, name, ending):
    if PRINT_FORMS[name].is_batch:
        return print_filled(PRINT_FORMS[name], [row], row.campaign, ending)
    address = reverse("reports:campaign_paper", args=[row.campaign_id, name, ending])
    return client.post(address).content


def says_draft_above(page: Page) -> bool:
    border = page.height - 20 * POINTS_PER_MILLIMETRE
    return any(DRAFT in line.text and line.baseline > border for line in page.lines)


def test_a_page_says_draft_once(client_of, coordinator, row):
    pages = read_pages(paper(client_of(coordinator), row, "certificates", "pdf"))

    assert [page.text.count(DRAFT) for page in pages] == [1] * len(pages)
    assert "ngày ……… tháng ……… năm 2026" in " ".join(pages[0].text.split())


def marked(client, row, name) -> dict[str, list[bool]]:
    """Whether each page, header and sheet of a paper says that it is a draft."""
    content = paper(client, row, name, "pdf")
    pages = read_pages(content)
    section = read_docx(paper(client, row, name, "docx")).file.sections[0]
    heads = (section.first_page_header, section.header)
    found = {
        "pdf": [says_draft_above(page) for page in pages],
        "docx": [DRAFT in "".join(each.text for each in head.paragraphs) for head in heads],
    }
    if name in LISTS:
        book = load_workbook(io.BytesIO(paper(client, row, name, "xlsx")))
        found["xlsx"] = [
            any(cell.value == DRAFT for line in sheet.iter_rows() for cell in line)
            for sheet in book
        ]
    return found


@pytest.mark.parametrize("name", WAITING)
def test_every_page_says_draft_before_the_decision(name, client_of, coordinator, row):
    found = marked(client_of(coordinator), row, name)

    assert all(all(each) for each in found.values()), found


@pytest.mark.parametrize("name", WAITING)
def test_no_page_says_draft_after_the_decision(name, client_of, coordinator, recognised):
    found = marked(client_of(coordinator), recognised, name)

    assert not any(any(each) for each in found.values()), found


@pytest.mark.parametrize("name", ["posting", "minutes", "visits", "report"])
def test_what_comes_before_the_decision_by_law_is_no_draft(name, client_of, coordinator, row):
    found = marked(client_of(coordinator), row, name)

    assert not any(any(each) for each in found.values()), found


@pytest.mark.parametrize("name", ["poor", "certificates"])
def test_a_blank_form_is_no_draft(name, campaign):
    pages = read_pages(print_blank(PRINT_FORMS[name], campaign, "pdf"))

    assert not any(DRAFT in page.text for page in pages)


def test_the_page_of_the_papers_names_the_drafts(client_of, coordinator, row):
    address = reverse("reports:review_papers", args=[row.campaign_id])

    page = client_of(coordinator).get(address).content.decode()

    assert page.count(">Dự thảo</span>") == len(WAITING)
    assert "Đợt rà soát chưa được công nhận" in page


def test_the_page_of_the_papers_is_still_after_the_decision(client_of, coordinator, recognised):
    address = reverse("reports:review_papers", args=[recognised.campaign_id])

    page = client_of(coordinator).get(address).content.decode()

    assert "Dự thảo" not in page
