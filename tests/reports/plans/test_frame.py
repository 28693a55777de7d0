"""The parts around the text of a draft: heading data, legal bases, recipients, duties."""

from datetime import date

import pytest
from django.urls import reverse

from reports.choices import BasisRole
from reports.models import DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.writing.services.words import write_block
from tests.factories.core import UnitFactory
from tests.factories.projects import ComponentProjectFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.queries import questions


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward, subject="giảm nghèo năm 2026")
    for order, number in ((1, "1/2021"), (2, "2/2022")):
        DocumentBasis.objects.create(
            document=document,
            order=order,
            role=BasisRole.BASIS,
            kind="Nghị định",
            number=number,
            dated_on=date(2021, 1, 27),
            valid_to=date(2026, 12, 31),
        )
    for order, text in ((1, "Như trên"), (2, "HĐND phường")):
        Recipient.objects.create(document=document, order=order, text=text)
    return document


@pytest.fixture
def duty(draft):
    made = DocumentDuty.objects.create(
        document=draft, unit=UnitFactory(ward=draft.ward, name="Phòng Kinh tế"), order=1
    )
    for order, text in ((1, "Chủ trì."), (2, "Báo cáo.")):
        DutyItem.objects.create(duty=made, order=order, text=text)
    made.items.first().projects.add(ComponentProjectFactory())
    return made


def page_of(document, part):
    return reverse(f"reports:document_{part}", args=[document.pk])


def shown(client, document, part):
    """The form as the page shows it."""
    form = client.get(page_of(document, part)).context["form"]
    values = {}
    for each in (form, *form.line_forms()):
        values |= {bound.html_name: bound.value() for bound in each}
    values = {name: "" if value is None else value for name, value in values.items()}
    return {name: value for name, value in values.items() if value is not False}


def save(client, document, part, **changes):
    return client.post(
        page_of(document, part), shown(client, document, part) | changes, follow=True
    )


def test_heading_data_are_written_and_may_be_left_empty(draft, coordinator, client_of):
    client = client_of(coordinator)

    changes = {"signer_title": "KT. CHỦ TỊCH\r\nPHÓ CHỦ TỊCH", "addressee": "", "place_line": ""}
    page = save(client, draft, "heading", subject="giảm nghèo  mới", **changes).content.decode()

    assert "Đã lưu thể thức" in page
    draft.refresh_from_db()
    assert draft.subject == "giảm nghèo mới"
    assert (draft.signer_title, draft.place_line) == ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "")


def test_every_fault_of_the_heading_is_named_at_once(draft, coordinator, client_of):
    changes = {"subject": "", "issuer": "Ủy ban " * 40, "signer_name": "<b>"}

    page = save(client_of(coordinator), draft, "heading", **changes).content.decode()

    for sentence in ("Nhập trích yếu", "Dài nhất 160 ký tự", "không phải là họ tên"):
        assert sentence in page
    draft.refresh_from_db()
    assert draft.subject == "giảm nghèo năm 2026"


def test_a_block_written_meanwhile_is_no_conflict_with_the_heading(draft, coordinator, client_of):
    client, block = client_of(coordinator), BlockFactory(document=draft)
    older = shown(client, draft, "heading")
    write_block(block=block, text="Khác.", version=1, by=coordinator)

    answer = client.post(page_of(draft, "heading"), older | {"symbol": "KH"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.symbol == "KH"


@pytest.mark.parametrize(
    ("part", "changes", "theirs"),
    [
        pytest.param("heading", {"symbol": "KH-1"}, "Ký hiệu: KH-1", id="heading"),
        pytest.param("recipients", {"recipients": "UBND tỉnh"}, "UBND tỉnh", id="recipients"),
        pytest.param("bases", {"n0-kind": "Luật Nhà ở"}, "Căn cứ Luật Nhà ở", id="bases"),
    ],
)
def test_who_saves_a_part_second_sees_both(draft, coordinator, client_of, part, changes, theirs):
    client = client_of(coordinator)
    older = shown(client, draft, part)
    save(client, draft, part, **changes)
    mine = dict.fromkeys(changes, "Của tôi")

    answer = client.post(page_of(draft, part), older | mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Người khác vừa lưu" in page
    assert f"<li>{theirs}</li>" in page
    assert "Của tôi" in page


def sent_again(page):
    """What the page of an answer sends when it is looked at and sent once more."""
    form, values = page.context["form"], {}
    for each in (form, *form.line_forms()):
        values |= {bound.html_name: bound.value() for bound in each}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_basis_added_meanwhile_is_shown_and_kept_by_who_saves_second(
    draft, coordinator, client_of
):
    client = client_of(coordinator)
    older = shown(client, draft, "bases")
    save(client, draft, "bases", **{"n0-kind": "Luật Nhà ở"})

    answer = client.post(page_of(draft, "bases"), older | {"n0-kind": "Của tôi"})
    done = client.post(page_of(draft, "bases"), sent_again(answer))

    assert answer.status_code == 422
    assert 'value="Luật Nhà ở"' in answer.content.decode()
    assert done.status_code == 302
    kinds = draft.bases.order_by("order").values_list("kind", flat=True)
    assert sorted(kinds) == ["Của tôi", "Luật Nhà ở", "Nghị định", "Nghị định"]


def test_a_duty_added_meanwhile_is_shown_and_kept_by_who_saves_second(
    draft, duty, coordinator, client_of
):
    client = client_of(coordinator)
    older = shown(client, draft, "duties")
    theirs, mine = (UnitFactory(ward=draft.ward, name=name) for name in ("Trạm Y tế", "Công an"))
    save(client, draft, "duties", **{"n0-unit": theirs.pk, "n0-tasks": "Khám bệnh."})

    changes = {"n0-unit": mine.pk, "n0-tasks": "Tuần tra."}
    answer = client.post(page_of(draft, "duties"), older | changes)
    client.post(page_of(draft, "duties"), sent_again(answer))

    assert "Khám bệnh." in answer.content.decode()
    assert set(draft.duties.values_list("unit", flat=True)) == {duty.unit_id, theirs.pk, mine.pk}
    assert DutyItem.objects.filter(duty__unit=theirs).count() == 1


def test_bases_are_added_changed_moved_and_removed_at_once(draft, coordinator, client_of):
    first, second = draft.bases.order_by("order")
    third = DocumentBasis.objects.create(document=draft, order=3, role="basis", kind="Bỏ")
    changes = {
        f"b{first.pk}-place": "9",
        f"b{second.pk}-title": "về chuẩn nghèo",
        f"b{third.pk}-gone": "on",
        "n0-kind": "Kế hoạch",
        "n0-role": "carries_out",
        "n0-dated_on": "05/02/2026",
    }

    save(client_of(coordinator), draft, "bases", **changes)

    rows = draft.bases.order_by("order").values_list("pk", "role", "kind", "title", "dated_on")
    assert [row[0] for row in rows][:2] == [second.pk, first.pk]
    assert rows[0][3] == "về chuẩn nghèo"
    assert rows[2][1:] == ("carries_out", "Kế hoạch", "", date(2026, 2, 5))
    assert draft.bases.get(pk=first.pk).valid_to == date(2026, 12, 31)


def test_a_basis_twice_and_a_day_that_is_none_are_named_at_once(draft, coordinator, client_of):
    copy = {"n0-kind": "Nghị định", "n0-number": "1/2021", "n0-dated_on": "27/01/2021"}

    page = save(client_of(coordinator), draft, "bases", **copy).content.decode()
    faulty = save(client_of(coordinator), draft, "bases", **{"n1-dated_on": "31/02/2021"})

    assert "đã ghi ở dòng 1" in page
    assert "Dòng 4, ngày" in faulty.content.decode()
    assert draft.bases.count() == 2


def test_recipients_are_lines(draft, coordinator, client_of):
    first = draft.recipients.first()

    changes = {"recipients": "Như trên\r\n\r\nMặt trận phường\r\nThôn", "archive": ""}
    save(client_of(coordinator), draft, "recipients", **changes)

    lines = draft.recipients.order_by("order")
    assert [line.text for line in lines] == ["Như trên", "Mặt trận phường", "Thôn"]
    assert lines[0].pk == first.pk
    draft.refresh_from_db()
    assert draft.archive == "VT"


def test_a_line_too_long_is_named(draft, coordinator, client_of):
    page = save(client_of(coordinator), draft, "recipients", recipients="Ngắn\n" + "dài " * 60)

    assert "Dòng 2 dài quá 200 ký tự" in page.content.decode()
    assert draft.recipients.count() == 2


def test_duties_keep_the_projects_of_their_tasks(draft, duty, coordinator, client_of):
    other = UnitFactory(ward=draft.ward, name="Trạm Y tế")
    changes = {
        f"d{duty.unit_id}-tasks": "Tổng hợp.\nChủ trì.",
        f"d{duty.unit_id}-place": "5",
        "n0-unit": other.pk,
        "n0-tasks": "Khám bệnh.",
        "n0-place": "1",
    }

    save(client_of(coordinator), draft, "duties", **changes)

    duties = draft.duties.order_by("order")
    assert [each.unit.name for each in duties] == ["Trạm Y tế", "Phòng Kinh tế"]
    tasks = duties[1].items.order_by("order")
    assert [(task.text, task.projects.count()) for task in tasks] == [
        ("Tổng hợp.", 0),
        ("Chủ trì.", 1),
    ]


def test_faults_of_all_duties_are_named_at_once(draft, duty, coordinator, client_of):
    changes = {
        f"d{duty.unit_id}-tasks": "Còn {khong_co}.",
        "n0-unit": duty.unit_id,
        "n0-tasks": "Thêm.",
        "n1-tasks": "Không ai.",
    }

    page = save(client_of(coordinator), draft, "duties", **changes).content.decode()

    for sentence in ("khong_co", "đã được phân công ở dòng khác", "Chọn đơn vị được giao"):
        assert sentence in page
    assert duty.items.count() == 2


@pytest.mark.parametrize("part", ["heading", "bases", "recipients", "duties"])
def test_a_submitted_document_is_not_written(draft, coordinator, client_of, part):
    client = client_of(coordinator)
    older = shown(client, draft, part)
    type(draft).objects.filter(pk=draft.pk).update(state="submitted")

    page = client.post(page_of(draft, part), older | {"subject": "Sửa lén"}).content.decode()

    assert "không sửa được ở đây" in page
    draft.refresh_from_db()
    assert (draft.subject, draft.version) == ("giảm nghèo năm 2026", 1)


def test_the_lines_of_duties_ask_once_for_all_units(draft, coordinator, client_of):
    client, counted = client_of(coordinator), []
    client.get(page_of(draft, "duties"))
    for order in (1, 2, 3):
        unit = UnitFactory(ward=draft.ward)
        DocumentDuty.objects.create(document=draft, unit=unit, order=order)
        counted.append(questions(lambda: client.get(page_of(draft, "duties")))[1].total())
    assert counted[0] == counted[2]
