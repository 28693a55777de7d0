"""The book of certificates on screen, as a file, at a household, and on the paper."""

import io

import openpyxl
import pytest
from django.urls import reverse

from households.certificates.services import CertificateBatch, issue_certificates
from households.models import Certificate
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent
from reports.papers.certificates import certificates
from reports.printing.layout import date_text, number_text
from tests.factories.core import user_with
from tests.factories.households import CertificateFactory
from tests.households.campaigns import village_of
from tests.households.certificates.conftest import DECIDED_ON
from tests.pages import words_of
from tests.queries import questions, repeated

LIST = reverse("households:certificate_list")
EXPORT = reverse("households:certificate_export")
# No household's code has these digits.
FIRST = 87_651
BATCH = {
    "key": "0d6f1c9e-6a1e-4c5b-9a55-1f3b7a1c2d3e",
    "village": "",
    "issued_on": "20/11/2026",
    "first_number": "",
}


@pytest.fixture
def issued(decision, campaign, coordinator):
    batch = CertificateBatch(campaign, None, DECIDED_ON, FIRST)
    return issue_certificates(batch=batch, by=coordinator)


def test_numbers_are_given_from_the_papers_of_the_review(
    decision, campaign, village, client_of, coordinator
):
    client = client_of(coordinator)
    address = reverse("households:certificate_issue", args=[campaign.pk])
    assert address in client.get(reverse("reports:review_papers", args=[campaign.pk])).text

    answer = client.post(address, BATCH | {"village": village.pk, "first_number": "7"}, follow=True)

    page = words_of(answer)
    assert "Đã cấp số cho 2 giấy chứng nhận: từ số 07 đến số 08." in page
    assert "07/GCN-HN.HCN A Bình" in page
    assert "300/QĐ-UBND" in page
    assert "Số tiếp theo của năm nay là 09." in words_of(client.get(address))


def test_a_refused_batch_says_why(issued, campaign, client_of, coordinator):
    address = reverse("households:certificate_issue", args=[campaign.pk])

    answer = client_of(coordinator).post(address, BATCH | {"first_number": "2"})

    assert answer.status_code == 422
    assert "Mọi hộ nghèo, hộ cận nghèo ở đây đã có số giấy chứng nhận." in words_of(answer)
    assert Certificate.objects.count() == 3


def test_before_the_decision_the_page_says_so(campaign, client_of, coordinator):
    address = reverse("households:certificate_issue", args=[campaign.pk])

    page = words_of(client_of(coordinator).get(address))

    assert "chưa được công nhận nên chưa cấp số" in page
    assert "Ngày cấp" not in page


def test_a_reprint_has_the_same_number_and_what_is_not_numbered_has_room_for_one(
    decision, campaign, village, second_village, coordinator
):
    batch = CertificateBatch(campaign, village, DECIDED_ON)
    issue_certificates(batch=batch, by=coordinator)
    row, other = village_of(campaign, village), village_of(campaign, second_village)

    for _print in range(2):
        papers = certificates(row)
        assert [number_text(each) for each in papers] == ["01/GCN-HN.HCN", "02/GCN-HN.HCN"]
        assert date_text(papers[0]) == "ngày 20 tháng 11 năm 2026"
    assert [number_text(each) for each in certificates(other)] == ["………/GCN-HN.HCN"]


def test_a_draft_has_no_number(campaign, village, coordinator):
    assert {number_text(each) for each in certificates(village_of(campaign, village))} == {
        "………/GCN-HN.HCN"
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["A Bình", "Y Đức", "Y Hai"]),
        ({"words": "dUc"}, ["Y Đức"]),
        ({"words": str(FIRST + 2)}, ["Y Hai"]),
        ({"words": "9" * 40}, []),
        ({"village": "second"}, ["Y Hai"]),
        ({"year": "1999"}, ["A Bình", "Y Đức", "Y Hai"]),
    ],
)
def test_the_book_is_searched_and_taken_away(
    issued, second_village, client_of, leader, asked, found
):
    client = client_of(leader)
    if "village" in asked:
        asked = {"village": second_village.pk}

    page = words_of(client.get(LIST, asked))
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = client.post(f"{EXPORT}?{query}", {"purpose": "report"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    lines = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert [line[2] for line in lines] == found
    assert [head for head in ("A Bình", "Y Đức", "Y Hai") if head in page] == found
    assert f"tệp {len(found)} dòng" in AccessEvent.objects.latest("pk").what


def test_a_household_shows_its_number_to_who_may_see_the_book(issued, client_of, coordinator, ward):
    address = reverse("households:household_detail", args=[issued.household_id])
    told = "Số 87651/GCN-HN.HCN cấp ngày 20/11/2026: Hộ cận nghèo, theo Quyết định số 300/QĐ-UBND."

    assert told in words_of(client_of(coordinator).get(address))
    observer = user_with(Role.OBSERVER, ward)
    assert "GCN-HN.HCN" not in words_of(client_of(observer).get(address))
    assert client_of(observer).get(LIST).status_code == 403


def test_a_village_head_sees_their_village_alone(issued, client_of, village_head):
    page = words_of(client_of(village_head).get(LIST))

    assert "A Bình" in page
    assert "Y Hai" not in page


def test_more_lines_cost_no_more_questions(issued, decision, client_of, coordinator, village):
    client = client_of(coordinator)
    client.get(LIST)
    _few, before = questions(lambda: client.get(LIST))
    for number in range(10, 15):
        CertificateFactory(
            ward=decision.ward, decision=decision, household__village=village, number=number
        )

    _many, after = questions(lambda: client.get(LIST))

    assert after.total() == before.total()
    assert not repeated(after)
