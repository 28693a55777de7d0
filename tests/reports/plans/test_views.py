"""Lists, previews and PDF of plans and reports: who sees what, and what a page shows."""

import pytest
from django.urls import reverse

from povertyplan.core.choices import Role
from reports.choices import BlockKind, DocumentKind
from reports.printing import pdf
from tests.factories.core import user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of
from tests.reports.documents import issue
from tests.reports.histories import recognised
from tests.reports.paper import read_pages

KINDS = {"plan": DocumentKind.PLAN, "report": DocumentKind.REPORT}


@pytest.fixture(params=list(KINDS))
def name(request):
    return request.param


@pytest.fixture
def document(ward, name):
    return DocumentFactory(ward=ward, kind=KINDS[name], subject="giảm nghèo năm 2025")


def url(name, view, document):
    return reverse(f"reports:{name}_{view}", args=[document.pk])


@pytest.mark.parametrize("who", ["coordinator", "leader", "reporter"])
def test_draft_is_open_to_those_who_write_and_sign(name, document, client_of, request, who):
    client = client_of(request.getfixturevalue(who))

    listed = client.get(reverse(f"reports:{name}_list"))
    page = client.get(url(name, "detail", document))

    assert document.title in listed.content.decode()
    assert "Dự thảo" in listed.content.decode()
    assert "Tải PDF" in page.content.decode()
    assert "document-sheet" in page.content.decode()


def test_a_preview_has_one_title_the_pages_own(name, document, client_of, coordinator):
    page = client_of(coordinator).get(url(name, "detail", document)).content.decode()

    assert page.count("<h1") == 1
    assert '<h2 class="document-title">' in page


def test_observer_sees_only_what_was_issued(name, document, client_of, observer):
    client = client_of(observer)
    assert client.get(url(name, "detail", document)).status_code == 404
    assert document.title not in client.get(reverse(f"reports:{name}_list")).content.decode()

    issue(document)

    assert client.get(url(name, "detail", document)).status_code == 200
    assert "05/KH-UBND" in client.get(reverse(f"reports:{name}_list")).content.decode()


def test_village_head_reads_issued_plans_and_no_report(ward, client_of, village_head):
    plan = DocumentFactory(ward=ward)
    issue(plan)
    report = DocumentFactory(ward=ward, kind=DocumentKind.REPORT)
    client = client_of(village_head)

    assert heading_of(client.get(url("plan", "detail", plan))).startswith("Kế hoạch giai đoạn")
    assert heading_of(client.get(url("report", "detail", report))) == NO_RIGHT
    assert heading_of(client.get(reverse("reports:report_list"))) == NO_RIGHT


@pytest.mark.parametrize("view", ["list", "detail", "pdf"])
def test_administrator_reads_no_document(name, document, client_of, administrator, view):
    arguments = [] if view == "list" else [document.pk]
    address = reverse(f"reports:{name}_{view}", args=arguments)

    assert heading_of(client_of(administrator).get(address)) == NO_RIGHT


@pytest.mark.parametrize("view", ["detail", "pdf"])
def test_stranger_and_wrong_kind_and_unknown_number_are_not_found(
    name, document, client_of, stranger, coordinator, view
):
    other = next(kind for kind in KINDS if kind != name)

    assert heading_of(client_of(stranger).get(url(name, view, document))) == NOT_FOUND
    client = client_of(coordinator)
    assert heading_of(client.get(url(other, view, document))) == NOT_FOUND
    assert heading_of(client.get(reverse(f"reports:{name}_{view}", args=[10**9]))) == NOT_FOUND
    assert client.post(url(name, view, document)).status_code in (403, 405)


def test_list_without_documents_says_so(name, client_of, leader):
    page = client_of(leader).get(reverse(f"reports:{name}_list"))

    assert "được mở cho tài khoản này" in page.content.decode()


def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    name, document, client_of, coordinator, django_assert_max_num_queries
):
    client, address = client_of(coordinator), reverse(f"reports:{name}_list")

    def queries():
        with django_assert_max_num_queries(20) as captured:
            client.get(address)
        return len(captured.captured_queries)

    one = queries()
    DocumentFactory.create_batch(2, ward=document.ward, kind=KINDS[name])

    assert queries() == one


def test_preview_links_its_figures_to_the_list_behind_them(name, document, client_of, leader):
    BlockFactory(document=document, text="Còn {poor_households 2024} hộ.")
    recognised(document.ward, 2024)

    page = client_of(leader).get(url(name, "detail", document)).content.decode()

    assert '<a class="figure" href="/households/?class=poor&amp;on=2024-12-31"' in page


def test_preview_shows_the_doubts_of_the_checks(ward, client_of, leader):
    plan = DocumentFactory(ward=ward)
    BlockFactory(document=plan, text="Học tập Phường số 77.")
    user_with(Role.COORDINATOR, DocumentFactory(ward__name="Phường số 77").ward)

    page = client_of(leader).get(url("plan", "detail", plan)).content.decode()

    assert "Kiểm tra (1)" in page
    assert "Nội dung nhắc đến Phường số 77" in page


def test_preview_of_an_unreadable_document_says_where(name, document, client_of, leader):
    BlockFactory(document=document, kind=BlockKind.DASH, text="Còn {rich_households 2024} hộ.")

    page = client_of(leader).get(url(name, "detail", document))

    assert page.status_code == 200
    assert "rich_households" in page.content.decode()
    assert "document-sheet" not in page.content.decode()


def test_pdf_is_a_file_that_holds_the_document(name, document, client_of, leader):
    BlockFactory(document=document, text="Nội dung thử.")

    answer = client_of(leader).get(url(name, "pdf", document))

    assert answer["Content-Type"] == "application/pdf"
    slug = {"plan": "ke-hoach", "report": "bao-cao"}[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{slug}-2025-2030.pdf"'
    assert "Nội dung thử." in read_pages(answer.content)[0].text


def test_machine_that_cannot_print_says_why(name, document, client_of, leader, monkeypatch):
    monkeypatch.setattr(pdf, "find_faces", lambda: None)

    answer = client_of(leader).get(url(name, "pdf", document))

    assert answer.status_code == 503
    assert "chưa có phông chữ" in answer.content.decode()
