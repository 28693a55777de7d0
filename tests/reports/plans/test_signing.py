"""A document on its way to its signature: submitted, returned, issued, and frozen from then on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.models import AreaYear
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import history
from povertyplan.core.models import AuditEvent
from reports.choices import BasisRole, BlockKind, DocumentKind, DocumentState
from reports.models import Document, DocumentBasis, Snapshot
from reports.plans import services, snapshots
from reports.plans.services import (
    issue_document,
    print_and_issue,
    return_document,
    submit_document,
)
from reports.plans.snapshots import PrintedDocument
from reports.printing import pdf
from tests.factories.core import user_with
from tests.factories.households import AreaYearFactory
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.documents import block, issue
from tests.reports.paper import read_pages
from tests.reports.word import read_docx

TODAY = date(2026, 1, 20)
SIGNED = {
    "number": 7,
    "issued_on": date(2026, 1, 15),
    "authority": "TM. ỦY BAN NHÂN DÂN",
    "signer_title": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    "signer_name": "Trần Thị Ủy",
}
TYPED = {**SIGNED, "number": "7", "issued_on": "15/01/2026"}


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def document(ward):
    AreaYearFactory(area=ward, on=date(2024, 12, 31), households=1000)
    document = DocumentFactory(ward=ward, subject="giảm nghèo năm 2025")
    BlockFactory(document=document, text="Tổng số {total_households 2024} hộ dân cư.")
    return document


@pytest.fixture
def submitted(document, coordinator):
    return submit_document(document=document, version=document.version, by=coordinator)


@pytest.fixture
def issued(submitted, leader):
    return issue_document(document=submitted, version=submitted.version, by=leader, **SIGNED)


def correct_the_data(document):
    AreaYear.objects.update(households=1234)


def detail(document):
    return reverse("reports:plan_detail", args=[document.pk])


def issue_page(document):
    return reverse("reports:document_issue", args=[document.pk])


def test_a_draft_goes_from_submission_to_issue_on_screen(document, client_of, coordinator, leader):
    client = client_of(coordinator)
    submit = reverse("reports:document_submit", args=[document.pk])
    assert submit in client.get(detail(document)).content.decode()
    sent = client.post(submit, {"version": document.version}, follow=True)
    assert "chờ lãnh đạo ký ban hành" in sent.content.decode()

    client = client_of(leader)
    assert issue_page(document) in client.get(detail(document)).content.decode()
    document.refresh_from_db()
    answer = client.post(
        issue_page(document), {**TYPED, "version": document.version}, follow=True
    ).content.decode()

    assert "Đã ban hành kế hoạch số 07/KH-UBND ngày 15/01/2026" in answer
    assert "DỰ THẢO" not in answer
    assert "PHÓ CHỦ TỊCH" in answer
    lines = AuditEvent.objects.order_by("pk").values_list("summary", flat=True)
    assert "trình ký kế hoạch giảm nghèo năm 2025" in lines[0]
    assert "ký ban hành kế hoạch giảm nghèo năm 2025" in lines[1]


def test_what_was_issued_stays_as_it_was_when_the_data_change(issued, client_of, leader):
    client = client_of(leader)
    kept = [client.get(f"{detail(issued)}{ending}/").content for ending in ("pdf", "docx")]
    page = client.get(detail(issued)).content.decode()

    correct_the_data(issued)

    assert [client.get(f"{detail(issued)}{ending}/").content for ending in ("pdf", "docx")] == kept
    after = client.get(detail(issued)).content.decode()
    assert "1.000" in page
    assert "1.000" in after
    # Once, in the notice that the data say something else since.
    assert after.count("1.234") == after.count("<strong>1.234</strong>") == 1
    assert issued.snapshot.digest in after
    assert "1.000" in read_pages(kept[0])[0].text
    assert "1.000" in read_docx(kept[1]).text


def test_the_workbook_of_an_issued_report_stays_the_same_bytes(ward, client_of, leader):
    report = DocumentFactory(ward=ward, kind=DocumentKind.REPORT, year_from=2025, year_to=2025)
    TargetFactory(indicator=IndicatorFactory(ward=ward), year=2025, low=12)
    BlockFactory(document=report, kind=BlockKind.TARGET_RESULTS, parameters={"year": 2025})
    issue(report, number=8)
    address = reverse("reports:report_xlsx", args=[report.pk])
    kept = client_of(leader).get(address).content

    with clock.set_to(date(2026, 3, 2)):
        assert client_of(leader).get(address).content == kept
    assert kept[:2] == b"PK"


def test_a_draft_follows_the_data(document, client_of, leader):
    correct_the_data(document)

    assert "1.234" in client_of(leader).get(detail(document)).content.decode()


def test_a_draft_with_number_and_day_is_still_a_draft(document, client_of, leader):
    Document.objects.update(number=7, issued_on=date(2026, 1, 15), issued_year=2026)

    assert "DỰ THẢO" in client_of(leader).get(detail(document)).content.decode()


def test_what_should_be_looked_at_stands_where_one_submits(document, client_of, coordinator):
    block(document, BlockKind.HEADING, "Tổ chức thực hiện")

    page = client_of(coordinator).get(reverse("reports:document_submit", args=[document.pk]))

    assert "Tổ chức thực hiện” chưa có nội dung bên dưới." in page.content.decode()


def test_a_number_is_given_once_a_year_and_kind(ward, submitted, client_of, leader):
    other = DocumentFactory(ward=ward, subject="giảm nghèo năm 2026", year_from=2026, year_to=2026)
    issue(other, number=7, issued_on=date(2026, 1, 3))

    answer = client_of(leader).post(issue_page(submitted), {**TYPED, "version": submitted.version})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "Số 07 năm 2026 đã cấp cho kế hoạch giảm nghèo năm 2026 (năm 2026), ngày 03/01/2026."
        in page
    )
    assert 'value="7"' in page
    assert Document.objects.get(pk=submitted.pk).state == DocumentState.SUBMITTED
    assert Snapshot.objects.count() == 1


def test_a_number_taken_at_this_moment_is_refused_by_the_database(
    ward, submitted, leader, monkeypatch
):
    issue(DocumentFactory(ward=ward, subject="giảm nghèo năm 2026"), number=7, issued_on=TODAY)
    monkeypatch.setattr(services, "signing_faults", lambda *args, **kwargs: {})

    with pytest.raises(ValidationError, match="đã cấp cho kế hoạch giảm nghèo năm 2026"):
        issue_document(document=submitted, version=submitted.version, by=leader, **SIGNED)

    assert Document.objects.get(pk=submitted.pk).state == DocumentState.SUBMITTED


@pytest.mark.parametrize(
    "free",
    [
        {"number": 8},
        {"kind": DocumentKind.REPORT},
        {"issued_on": date(2025, 12, 31)},
        {"ward": None},
    ],
)
def test_a_number_is_free_elsewhere(ward, submitted, leader, free):
    wanted = {"number": 7, "issued_on": date(2026, 1, 3), "kind": DocumentKind.PLAN, **free}
    place = {} if "ward" in free else {"ward": ward}
    other = DocumentFactory(kind=wanted["kind"], **place)
    issue(other, number=wanted["number"], issued_on=wanted["issued_on"])

    issue_document(document=submitted, version=submitted.version, by=leader, **SIGNED)

    assert Document.objects.get(pk=submitted.pk).number == 7


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Nhập số văn bản."),
        ({"number": "0"}, "Số văn bản từ 1 đến 99.999."),
        ({"number": "7/KH"}, "Số văn bản chỉ gồm chữ số."),
        ({"number": "100000"}, "Nhập số không lớn hơn 99.999."),
        ({"issued_on": "21/01/2026"}, "Ngày ban hành không được sau hôm nay."),
        ({"issued_on": "09/01/2026"}, "Ngày ban hành không được trước căn cứ Nghị quyết số 5"),
        ({"signer_title": " "}, "Nhập chức vụ người ký."),
        ({"signer_name": ""}, "Nhập họ và tên người ký."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_issued(submitted, client_of, leader, wrong, said):
    DocumentBasis.objects.create(
        document=submitted,
        order=1,
        role=BasisRole.BASIS,
        kind="Nghị quyết",
        number="5",
        dated_on=date(2026, 1, 10),
    )

    answer = client_of(leader).post(
        issue_page(submitted), {**TYPED, **wrong, "version": submitted.version}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Trần Thị Ủy" in answer.content.decode() or "signer_name" in wrong
    assert not Snapshot.objects.exists()


def test_who_submitted_does_not_sign(ward, document, client_of):
    both = user_with(Role.COORDINATOR, ward)
    both.grants.create(area=ward, role=Role.LEADER, valid_from=TODAY)
    submitted = submit_document(document=document, version=document.version, by=both)

    page = client_of(both).get(issue_page(submitted)).content.decode()

    assert "không được tự ký ban hành" in page
    assert 'name="number"' not in page
    with pytest.raises(ValidationError, match="không được tự ký ban hành"):
        issue_document(document=submitted, version=submitted.version, by=both, **SIGNED)


def test_the_same_issue_sent_twice_is_one(issued, leader):
    again = issue_document(document=issued, version=2, by=leader, **SIGNED)

    assert again.pk == issued.pk
    assert Snapshot.objects.count() == 1
    assert AuditEvent.objects.filter(act="issue_document").count() == 1


def test_another_number_for_what_is_issued_is_refused(issued, leader):
    with pytest.raises(ValidationError, match="đã ban hành"):
        issue_document(
            document=issued, version=issued.version, by=leader, **{**SIGNED, "number": 8}
        )


def test_the_same_submission_sent_twice_is_one(submitted, coordinator):
    again = submit_document(document=submitted, version=1, by=coordinator)

    assert (again.pk, again.version) == (submitted.pk, submitted.version)
    assert AuditEvent.objects.count() == 1


def test_a_draft_cannot_be_issued_unsubmitted(document, leader):
    with pytest.raises(ValidationError, match="chưa được trình ký"):
        issue_document(document=document, version=document.version, by=leader, **SIGNED)


def test_what_was_returned_shows_the_reason_and_is_submitted_again(
    submitted, client_of, coordinator, leader
):
    address = reverse("reports:document_return", args=[submitted.pk])
    typed = {"reason": "Thiếu nguồn vốn", "version": submitted.version}
    client_of(leader).post(address, typed)

    page = client_of(coordinator).get(detail(submitted)).content.decode()

    assert "Văn bản bị trả lại" in page
    assert "Thiếu nguồn vốn" in page
    back = Document.objects.get(pk=submitted.pk)
    assert back.state == DocumentState.DRAFT
    again = submit_document(document=back, version=back.version, by=coordinator)
    assert again.return_reason == ""


def test_a_return_asks_for_a_reason(submitted, leader):
    with pytest.raises(ValidationError, match="Nhập lý do"):
        return_document(document=submitted, version=submitted.version, reason=" ", by=leader)


def test_a_document_that_cannot_be_written_is_not_submitted(document, client_of, coordinator):
    BlockFactory(document=document, kind=BlockKind.DASH, text="Còn {rich_households 2024} hộ.")
    address = reverse("reports:document_submit", args=[document.pk])

    answer = client_of(coordinator).post(address, {"version": document.version})

    assert answer.status_code == 422
    assert "rich_households" in answer.content.decode()
    assert Document.objects.get(pk=document.pk).state == DocumentState.DRAFT


def test_a_machine_that_cannot_print_issues_nothing(submitted, client_of, leader, monkeypatch):
    monkeypatch.setattr(pdf, "find_faces", lambda: None)

    answer = client_of(leader).post(issue_page(submitted), {**TYPED, "version": submitted.version})

    assert answer.status_code == 422
    assert "chưa có phông chữ" in answer.content.decode()
    assert Document.objects.get(pk=submitted.pk).state == DocumentState.SUBMITTED


def test_a_document_is_printed_before_anything_is_held(submitted, leader, monkeypatch):
    acts = []

    def note(tree):
        acts.append(history.current_token())
        return b"%PDF"

    monkeypatch.setattr(snapshots, "render_pdf", note)

    print_and_issue(document=submitted, version=submitted.version, by=leader, **SIGNED)

    assert acts == [""]


def test_what_was_printed_of_other_data_is_printed_anew(submitted, leader):
    old = PrintedDocument("digest of something else", b"old", b"old")

    document = issue_document(
        document=submitted, version=submitted.version, by=leader, printed=old, **SIGNED
    )

    assert bytes(document.snapshot.content.pdf).startswith(b"%PDF")
