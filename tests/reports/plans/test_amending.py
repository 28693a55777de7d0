"""An issued document afterwards: figures that changed, what replaces or abolishes it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from households.models import AreaYear
from povertyplan.core import clock
from povertyplan.core.management.commands.work import StandingWork
from povertyplan.core.platform import jobs
from reports.choices import AmendKind, BlockKind, DocumentEnd, DocumentState
from reports.models import Document, DocumentBasis, FigureCheck, Recipient
from reports.plans.amending.selectors import compare_figures
from reports.plans.amending.services import comparing
from reports.plans.amending.services.abolishing import abolish_document
from reports.plans.amending.services.amending import begin_amendment
from reports.plans.amending.services.comparing import compare_issued_documents
from reports.plans.builder import build_with_links
from reports.plans.outline import reading_order
from reports.plans.plan_facts import findings
from reports.plans.services import issue_document, submit_document
from reports.todo.tasks import build_todo
from reports.triggers import ENDING_COLUMNS, FROZEN_COLUMNS
from tests.factories.households import AreaYearFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.documents import block, issue

TODAY = date(2026, 3, 20)
ABOLISHED = {
    "ended_on": date(2026, 3, 1),
    "ended_text": "Quyết định số 9/QĐ-UBND ngày 01/3/2026",
    "reason": "Trùng nội dung",
}


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


def written(ward, text="Tổng số {total_households 2024} hộ dân cư.", **more):
    document = DocumentFactory(ward=ward, subject="giảm nghèo năm 2025", **more)
    block(document, BlockKind.HEADING, "Tình hình")
    BlockFactory(document=document, text=text)
    return document


@pytest.fixture
def issued(ward):
    AreaYearFactory(area=ward, on=date(2024, 12, 31), households=1000)
    return issue(written(ward))


def correct_the_data():
    AreaYear.objects.update(households=1234)


def replacement(issued, by, kind=AmendKind.REPLACES):
    return begin_amendment(document=issued, kind=kind, reason="Sửa tổng số hộ", by=by)


def sign(draft, coordinator, leader):
    sent = submit_document(document=draft, version=draft.version, by=coordinator)
    sent.refresh_from_db()
    names = {"authority": "", "signer_title": "CHỦ TỊCH", "signer_name": "Trần Thị Ủy"}
    return issue_document(
        document=sent, number=9, issued_on=TODAY, version=sent.version, by=leader, **names
    )


def titles(user):
    groups = build_todo(user=user, today=TODAY)
    return [task.title for group in groups for task in group.tasks]


def test_a_correction_marks_the_documents_that_print_the_figure(
    ward, issued, client_of, coordinator
):
    issue(written(ward, text="Không có số nào."), number=6)
    assert compare_issued_documents() == 2
    assert "đã đổi" not in "".join(titles(coordinator))
    correct_the_data()
    FigureCheck.objects.all().delete()
    compare_issued_documents()

    client = client_of(coordinator)
    page = client.get(reverse("reports:plan_detail", args=[issued.pk])).content.decode()
    assert "Số liệu đã đổi sau khi ban hành (1)" in page
    assert "<strong>1.234</strong>" in page
    assert 'data-label="Đã ban hành:">1.000<' in page
    listed = client.get(reverse("reports:plan_list")).content.decode()
    assert listed.count("Số liệu đã đổi") == 1
    assert titles(coordinator).count("Xem số liệu đã đổi của kế hoạch giai đoạn 2025-2030") == 1

    replacement(issued, coordinator)
    assert not any("đã đổi" in title for title in titles(coordinator))


def test_what_was_compared_is_compared_again_when_the_data_moved_on(issued, monkeypatch):
    """Each minute another household, for half an hour; then the ward rests."""
    marks = iter(range(100))
    monkeypatch.setattr(comparing, "data_mark", lambda ward: str(min(next(marks), 30)))
    built, start = [], clock.now()
    for minute in range(60):
        monkeypatch.setattr(clock, "now", lambda at=minute: start + timedelta(minutes=at))
        built += [minute] * compare_issued_documents()
    assert built == [0, 15, 30]


def test_a_document_that_cannot_be_written_any_more_says_so(issued, monkeypatch):
    from reports.plans.amending import selectors
    from reports.plans.blocks import DocumentError

    def refuse(document):
        raise DocumentError("Không đọc được.")

    monkeypatch.setattr(selectors, "build_document", refuse)
    comparison = compare_figures(issued)
    assert (comparison.is_stale, comparison.count) == (True, 1)


def test_a_replacement_has_the_figures_of_today_and_ends_the_older(
    issued, client_of, coordinator, leader
):
    correct_the_data()
    address = reverse("reports:document_amend", args=[issued.pk])
    typed = {"key": str(uuid4()), "kind": "replaces", "reason": "Sửa tổng số hộ"}
    client = client_of(coordinator)
    page = client.post(address, typed, follow=True).content.decode()
    client.post(address, typed)

    draft = issued.amendments.get()
    assert "1.234" in page
    named = "thay thế Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2026"
    assert draft.blocks.filter(text__contains=named).exists()
    assert not set(draft.blocks.values_list("key")) & set(issued.blocks.values_list("key"))
    sign(draft, coordinator, leader)

    issued.refresh_from_db()
    assert (issued.ended_as, issued.ended_on) == (DocumentEnd.REPLACED, TODAY)
    assert issued.state == DocumentState.ISSUED
    older = client.get(reverse("reports:plan_detail", args=[issued.pk])).content.decode()
    assert "Bị thay thế" in older
    assert "số 09/KH-UBND" in older
    assert "1.000" in older


def test_an_amendment_names_what_changed_and_leaves_the_older_in_force(ward, coordinator, leader):
    AreaYearFactory(area=ward, on=date(2024, 12, 31), households=1000)
    document = written(ward, issuer="Ủy ban nhân dân phường Đăk Cấm")
    Recipient.objects.create(document=document, order=1, text="Đảng ủy phường;")
    for order, role in enumerate(("basis", "carries_out"), start=1):
        DocumentBasis.objects.create(document=document, order=order, role=role, kind="Luật")
    issued = issue(document)
    correct_the_data()
    draft = replacement(issued, coordinator, AmendKind.AMENDS)

    assert draft.subject.startswith("sửa đổi, bổ sung Kế hoạch số 05/KH-UBND")
    day = "ngày 05 tháng 01 năm 2026"
    assert [block.text for block in reading_order(draft.blocks.all())] == [
        "Ủy ban nhân dân phường Đăk Cấm sửa đổi, bổ sung một số nội dung của Kế hoạch số "
        f"05/KH-UBND {day}, cụ thể như sau:",
        "Nội dung sửa đổi, bổ sung",
        "Tại mục I: sửa “1.000 hộ” thành “1.234 hộ”.",
        "Hiệu lực thi hành",
        f"Các nội dung khác của Kế hoạch số 05/KH-UBND {day} không nêu tại Kế hoạch này giữ "
        "nguyên hiệu lực.",
    ]
    bases = [(row.kind, row.number) for row in draft.bases.order_by("order")]
    assert bases == [("Luật", ""), ("Kế hoạch", "05/KH-UBND"), ("Luật", "")]
    assert [line.text for line in draft.recipients.all()] == ["Đảng ủy phường;"]
    assert not messages_of(draft)
    sign(draft, coordinator, leader)
    issued.refresh_from_db()
    assert issued.is_in_force


def messages_of(draft):
    return [found.message for found in findings(draft, build_with_links(draft))]


def test_an_amendment_of_nothing_leaves_its_clauses_to_the_writer(issued, coordinator):
    draft = replacement(issued, coordinator, AmendKind.AMENDS)
    clause = draft.blocks.get(kind=BlockKind.NUMBERED)
    assert clause.text == ""
    assert ["Nội dung sửa đổi, bổ sung" in each for each in messages_of(draft)] == [True]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "adds"}, "Chọn thay thế hoặc sửa đổi"),
        ({"reason": "  "}, "Nhập lý do"),
        ({"kind": "replaces"}, "Đã có dự thảo thay thế"),
    ],
)
def test_a_wrong_amendment_is_refused(issued, client_of, coordinator, wrong, said):
    replacement(issued, coordinator)
    typed = {"key": str(uuid4()), "kind": "amends", "reason": "<b>Sửa sai</b>"} | wrong
    address = reverse("reports:document_amend", args=[issued.pk])
    answer = client_of(coordinator).post(address, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert issued.amendments.count() == 1


def test_an_abolished_document_says_by_what_since_when_and_why(issued, client_of, leader):
    address = reverse("reports:document_abolish", args=[issued.pk])
    client = client_of(leader)
    typed = {**ABOLISHED, "ended_on": "01/03/2026", "version": issued.version}
    page = client.post(address, typed, follow=True).content.decode()
    assert "Bãi bỏ" in page
    assert "Quyết định số 9/QĐ-UBND" in page
    assert "Trùng nội dung" in page
    again = client.post(address, typed, follow=True)
    assert again.status_code == 200
    assert compare_figures(Document.objects.get()) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ended_on": "04/01/2026"}, "không bãi bỏ trước ngày đó"),
        ({"ended_on": "21/03/2026"}, "không được sau hôm nay"),
        ({"ended_text": ""}, "Nhập văn bản bãi bỏ"),
        ({"reason": ""}, "Nhập lý do bãi bỏ"),
    ],
)
def test_a_wrong_abolition_is_refused(issued, client_of, leader, wrong, said):
    address = reverse("reports:document_abolish", args=[issued.pk])
    typed = {**ABOLISHED, "ended_on": "01/03/2026", "version": issued.version} | wrong
    answer = client_of(leader).post(address, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Document.objects.exclude(ended_as="").exists()


def test_a_draft_is_neither_replaced_nor_abolished(ward, coordinator, leader):
    draft = written(ward)
    with pytest.raises(ValidationError, match="đã ban hành"):
        replacement(draft, coordinator)
    with pytest.raises(ValidationError, match="đã ban hành"):
        abolish_document(document=draft, version=1, by=leader, **ABOLISHED)


@pytest.mark.parametrize(
    ("kind", "verb"), [(AmendKind.REPLACES, "thay thế"), (AmendKind.AMENDS, "sửa đổi")]
)
def test_what_was_begun_of_a_document_since_abolished_is_not_issued(
    issued, client_of, coordinator, leader, kind, verb
):
    draft = replacement(issued, coordinator, kind)
    abolish_document(document=issued, version=issued.version, by=leader, **ABOLISHED)
    page = client_of(leader).get(reverse("reports:plan_detail", args=[draft.pk])).content.decode()
    assert f"Văn bản được {verb} không còn hiệu lực: kế hoạch giảm nghèo năm 2025" in page
    with pytest.raises(ValidationError, match="không còn hiệu lực"):
        sign(draft, coordinator, leader)
    page = client_of(leader).get(reverse("reports:document_issue", args=[draft.pk]))
    assert "Không ban hành được dự thảo này" in page.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        "subject = 'khác'",
        "ended_as = 'abolished', ended_on = '2026-03-01', ended_text = 'a', ended_reason = 'b',"
        " subject = 'khác'",
        "ended_as = 'replaced', ended_on = '2026-03-01', ended_reason = 'b'",
    ],
)
def test_the_database_takes_nothing_but_an_end(issued, change):
    statement = f"UPDATE reports_document SET {change}"  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_signed_is_not_taken_away_with_an_end(ward, leader, coordinator):
    document = written(ward)
    document.issued_by, document.submitted_by = leader, coordinator
    issue(document)
    end = "ended_as = 'abolished', ended_on = '2026-03-01', ended_text = 'a', ended_reason = 'b'"
    for column in ("issued_by_id", "submitted_by_id"):
        statement = f"UPDATE reports_document SET {end}, {column} = NULL"  # noqa: S608
        with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
            connection.cursor().execute(statement)


def test_an_end_is_said_once(issued, leader):
    abolish_document(document=issued, version=issued.version, by=leader, **ABOLISHED)
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        Document.objects.filter(pk=issued.pk).update(ended_reason="Lý do khác")


def test_every_column_is_frozen_or_tells_the_end():
    columns = {field.column for field in Document._meta.concrete_fields}
    assert columns == set(FROZEN_COLUMNS) | set(ENDING_COLUMNS)


@pytest.mark.parametrize(("beside", "is_written"), [("", 0), ("replaces", 1), ("adds", 1)])
def test_a_second_plan_of_the_same_years_needs_a_word(
    ward, client_of, coordinator, beside, is_written
):
    first = issue(written(ward, year_to=2025))
    client, address = client_of(coordinator), reverse("reports:plan_new")
    assert "Hiện có: giảm nghèo năm 2025 (năm 2025" in client.get(address).content.decode()
    years = {"year_from": "2025", "year_to": "2025", "start": "yearly"}
    answer = client.post(address, {"key": str(uuid4()), "beside": beside, **years})
    assert first.amendments.count() == is_written
    if not is_written:
        assert "Đã có kế hoạch của cùng thời gian" in answer.content.decode()


def test_the_worker_looks_by_itself_and_goes_on_where_one_fails(issued, monkeypatch):
    def fail():
        raise ValueError("x")

    monkeypatch.setitem(jobs.standing_works, "a failing one", fail)
    standing = StandingWork()
    standing.look()
    assert FigureCheck.objects.filter(document=issued).exists()
    FigureCheck.objects.all().delete()
    standing.look()
    assert not FigureCheck.objects.exists()  # not again within a minute
