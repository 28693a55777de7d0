"""The third door to a new plan: a Word file is read, looked through, and becomes a draft."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from reports.choices import BlockKind, WordPart
from reports.models import Document, WordUpload
from reports.plans.outline import reading_order
from reports.plans.word.draft_parts import too_deep
from reports.plans.word.presenters import drafted
from reports.plans.word.reading.passages import read_word
from reports.plans.word.services import (
    PassageChoice,
    SentWord,
    begin_from_word,
    choose_parts,
    discard_upload,
    keep_upload,
)
from tests.factories.core import UnitFactory
from tests.reports.word_files import one_line, sample_plan, typed


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 11, 20)):
        yield


@pytest.fixture(scope="module")
def content():
    return typed(sample_plan())


@pytest.fixture
def upload(ward, coordinator, content):
    return kept(ward, content, coordinator)


def kept(ward, content, by):
    file = SentWord("ke-hoach.docx", "0" * 64, read_word(content, "ke-hoach.docx"))
    return keep_upload(ward=ward, file=file, by=by)


def choice(upload, text, part, level=1):
    row = upload.passages.get(text__startswith=text)
    return PassageChoice(row.order, part, level, row.version)


def test_an_officer_makes_a_draft_of_a_word_file(ward, client_of, coordinator, content):
    client = client_of(coordinator)
    file = SimpleUploadedFile("kế hoạch.docx", content)

    sent = client.post(reverse("reports:plan_word"), {"key": str(uuid4()), "file": file})
    review = client.get(sent["Location"]).content.decode()
    upload = WordUpload.objects.get()
    heading = upload.passages.get(text="Mục đích")
    left = upload.passages.get(text__startswith="Mỗi tổ dân phố")
    values = {"act": "draft", "version": upload.version, "year_from": "2027", "year_to": "2027"}
    for row in upload.passages.all():
        name = f"p{row.order}"
        part = WordPart.LEFT_OUT if row == left else row.part
        was = f"{row.part}:{row.level}:{row.version}"
        values |= {f"{name}-part": part, f"{name}-level": row.level, f"{name}-was": was}
    done = client.post(sent["Location"], values, follow=True).content.decode()

    assert "Chủ trì: Trạm Y tế phường" in review
    assert "Chỉ tiêu: Từ 80% trở lên" in review
    assert "Thời hạn: trước ngày 15 tháng 12 năm 2027" in review
    plan = Document.objects.get()
    assert plan.subject in done
    blocks = {block.text: block for block in reading_order(plan.blocks.all())}
    assert blocks["Mục đích"].parent == blocks["MỤC ĐÍCH, YÊU CẦU"]
    assert heading.part == blocks["Mục đích"].kind == BlockKind.HEADING
    assert left.text not in blocks
    assert blocks["a) Mục tiêu: Nâng sản lượng của các hộ tham gia."].kind == BlockKind.PARAGRAPH
    assert [basis.number for basis in plan.bases.all()] == ["101/QĐ-UBND", "12/NQ-HĐND"]
    assert plan.signer_name == "Nguyễn Thị Mẫu"
    assert [line.text for line in plan.recipients.all()] == [
        "Đảng ủy phường",
        "Trưởng các tổ dân phố",
    ]
    again = client.get(sent["Location"])
    assert again["Location"] == reverse("reports:plan_detail", args=[plan.pk])


def test_a_second_press_makes_no_second_draft(upload, coordinator):
    years = {"year_from": 2027, "year_to": 2027}
    first = begin_from_word(upload=upload, version=1, by=coordinator, **years)

    assert begin_from_word(upload=upload, version=1, by=coordinator, **years) == first
    assert Document.objects.count() == 1


def test_two_editors_of_other_paragraphs_lose_nothing(upload, coordinator):
    one = choice(upload, "Mỗi tổ dân phố", WordPart.LEFT_OUT)
    two = choice(upload, "Giảm số hộ nghèo", WordPart.DASH, 3)

    choose_parts(upload=upload, choices=[one], by=coordinator)
    choose_parts(upload=upload, choices=[two], by=coordinator)

    assert upload.passages.filter(part=WordPart.LEFT_OUT, text__startswith="Mỗi tổ").exists()
    assert upload.passages.filter(part=WordPart.DASH, text__startswith="Giảm số hộ").exists()


def test_two_editors_of_one_paragraph_are_told(upload, coordinator):
    one = choice(upload, "Mỗi tổ dân phố", WordPart.LEFT_OUT)
    two = choice(upload, "Mỗi tổ dân phố", WordPart.DASH)
    choose_parts(upload=upload, choices=[one], by=coordinator)

    with pytest.raises(ValidationError, match="không đưa vào dự thảo"):
        choose_parts(upload=upload, choices=[two], by=coordinator)

    assert upload.passages.get(text__startswith="Mỗi tổ").part == WordPart.LEFT_OUT


def test_who_was_told_of_another_choice_can_send_the_own_one_again(client_of, coordinator, upload):
    row = upload.passages.get(text__startswith="Mỗi tổ dân phố")
    was = f"{row.part}:{row.level}:{row.version}"
    name, address = f"p{row.order}", reverse("reports:plan_word_review", args=[upload.pk])
    every = {
        f"p{one.order}-{field}": value
        for one in upload.passages.all()
        for field, value in (("part", one.part), ("level", one.level))
    } | {f"p{one.order}-was": f"{one.part}:{one.level}:1" for one in upload.passages.all()}
    sent = every | {"act": "save", f"{name}-part": "plus", f"{name}-was": was}
    others = [
        choice(upload, "Mỗi tổ dân phố", WordPart.LEFT_OUT),
        choice(upload, "Giảm số hộ nghèo", WordPart.DASH, 3),
    ]
    choose_parts(upload=upload, choices=others, by=coordinator)
    client = client_of(coordinator)

    told = client.post(address, sent)
    again = client.post(address, sent | fields_of(told))

    assert told.status_code == 422
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.part == WordPart.PLUS
    assert upload.passages.get(text__startswith="Giảm số hộ").part == WordPart.DASH


def fields_of(page) -> dict[str, str]:
    """What a browser sends of the paragraphs of a page."""
    text = page.content.decode()
    hidden = re.findall(r'name="(p\d+-was)" value="([^"]+)"', text)
    lists = re.findall(r'<select name="(p\d+-\w+)".*?value="(\w+)" selected', text, re.DOTALL)
    return dict(hidden) | dict(lists)


def test_what_cannot_become_what_was_chosen_is_named_at_once(upload, coordinator):
    choices = [
        choice(upload, "Giúp các hộ nghèo", WordPart.BASIS),
        choice(upload, "Mỗi tổ dân phố", WordPart.SUBJECT),
    ]

    with pytest.raises(ValidationError) as refused:
        begin_from_word(
            upload=upload, version=1, choices=choices, year_from=2027, year_to=2027, by=coordinator
        )

    assert len(refused.value.messages) == 2
    assert not Document.objects.exists()


def test_a_file_that_is_no_word_file_is_refused_at_its_field(ward, client_of, coordinator):
    file = SimpleUploadedFile("ke-hoach.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100)

    page = client_of(coordinator).post(
        reverse("reports:plan_word"), {"key": str(uuid4()), "file": file}
    )

    assert page.status_code == 422
    assert "Word Document (*.docx)" in page.content.decode()
    assert not WordUpload.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_no_query_per_paragraph(
    ward, client_of, coordinator, upload, count, django_assert_max_num_queries
):
    upload.passages.filter(order__gt=count).delete()
    client = client_of(coordinator)

    with django_assert_max_num_queries(24):
        client.get(reverse("reports:plan_word_review", args=[upload.pk]))


def test_units_of_the_ward_get_their_tasks(ward, coordinator, content):
    unit = UnitFactory(ward=ward, name="Trạm Y tế")
    upload = kept(ward, content, coordinator)

    plan = begin_from_word(upload=upload, version=1, year_from=2027, year_to=2027, by=coordinator)

    duty = plan.duties.get()
    assert duty.unit == unit
    assert [task.text for task in duty.items.all()] == [
        "Khám sức khỏe cho trẻ em các hộ nghèo mỗi năm một lần."
    ]
    texts = [block.text for block in reading_order(plan.blocks.all())]
    assert "Khám sức khỏe cho trẻ em các hộ nghèo mỗi năm một lần." not in texts
    assert plan.blocks.filter(kind=BlockKind.DUTIES, parent__text="TỔ CHỨC THỰC HIỆN").exists()
    assert "Phòng Kinh tế phường" in texts


def test_a_unit_nobody_knows_is_given_nothing(upload, coordinator):
    chosen = choice(upload, "Các tổ dân phố", WordPart.DUTY, 2)

    with pytest.raises(ValidationError, match="Không có đơn vị tên này"):
        begin_from_word(
            upload=upload, version=1, choices=[chosen], year_from=2027, year_to=2027, by=coordinator
        )


def test_a_file_is_discarded_with_a_question_and_told_in_the_journal(ward, client_of, coordinator):
    client = client_of(coordinator)
    sent, content = {"key": str(uuid4())}, one_line()
    address = reverse("reports:plan_word")
    client.post(address, sent | {"file": SimpleUploadedFile("ke.docx", content)})
    page = reverse("reports:plan_word_discard", args=[WordUpload.objects.get().pk])

    asked = client.get(page).content.decode()
    done = client.post(page, {"version": "1"}, follow=True).content.decode()
    again = client.post(address, sent | {"file": SimpleUploadedFile("ke.docx", content)})

    assert "kể cả lựa chọn của người khác" in asked
    assert "Đã bỏ tệp ke.docx." in done
    assert not WordUpload.objects.exists()
    assert AuditEvent.objects.filter(summary__contains="bỏ tệp Word ke.docx").exists()
    assert again.status_code == 422
    assert "đã được bỏ" in again.content.decode()
    assert client.get(page).status_code == 404


def test_what_somebody_chose_meanwhile_is_not_discarded_unseen(upload, coordinator):
    one = choice(upload, "Mỗi tổ dân phố", WordPart.LEFT_OUT)
    choose_parts(upload=upload, choices=[one], by=coordinator)

    with pytest.raises(ValidationError, match="vừa được sửa"):
        discard_upload(upload=upload, version=1, by=coordinator)

    discard_upload(upload=upload, version=2, by=coordinator)
    with pytest.raises(ValidationError, match="vừa được người khác bỏ"):
        choose_parts(upload=upload, choices=[one], by=coordinator)


def test_a_file_with_a_draft_is_not_discarded(upload, coordinator):
    begin_from_word(upload=upload, version=1, year_from=2027, year_to=2027, by=coordinator)

    with pytest.raises(ValidationError, match="Đã lập dự thảo"):
        discard_upload(upload=upload, version=2, by=coordinator)


def test_numbers_too_deep_for_the_draft_are_told(ward, client_of, coordinator, upload):
    rows = list(upload.passages.order_by("order"))
    deep = [rows[at] for at in too_deep(rows)]
    address = reverse("reports:plan_word_review", args=[upload.pk])

    page = client_of(coordinator).get(address).content.decode()
    plan = begin_from_word(upload=upload, version=1, year_from=2027, year_to=2027, by=coordinator)

    assert "Mục tiêu: Nâng sản lượng của các hộ tham gia." in [one.text for one in deep]
    assert f'href="?page=1#passage-{deep[0].order}"' in page
    assert page.count("Sâu hơn ba cấp") == len(deep)
    assert f" {len(deep)} đề mục sâu hơn ba cấp giữ số thứ tự" in drafted(plan, rows)
