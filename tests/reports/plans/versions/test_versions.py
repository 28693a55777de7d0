"""Versions of a draft: kept at each step and by hand, never changed, compared on a page."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import BasisRole, BlockKind, VersionOccasion
from reports.models import DocumentBasis, DraftVersion
from reports.plans.outline import GAP
from reports.plans.reviewing.services.asking import ask_for_comments
from reports.plans.services import return_document, submit_document
from reports.plans.versions.contents import document_content
from reports.plans.versions.services import keep_by_hand
from reports.plans.writing.services.placing import Move, move_block
from reports.plans.writing.services.removing import remove_block
from reports.plans.writing.services.words import write_block
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of
from tests.reports.documents import issue

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    for order in range(2):
        top = BlockFactory(
            document=document, order=order * GAP, kind="heading", text=f"Mục {order}"
        )
        BlockFactory(document=document, parent=top, order=0, text=f"Đoạn {order} còn 7.847 hộ")
    return document


@pytest.fixture
def leader(ward):
    return user_with(Role.LEADER, ward)


def named(document, text):
    return document.blocks.select_related("document__ward").get(text__startswith=text)


def compare(client, document, **sides):
    return client.get(reverse("reports:document_compare", args=[document.pk]), sides)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ({}, "Chưa có phiên bản hay văn bản nào khác để so sánh."),
        ({"before": "kept-1", "after": "x"}, "Chưa có phiên bản hay văn bản nào khác để so sánh."),
    ],
    ids=["nothing asked", "a wrong choice"],
)
def test_a_text_that_is_alone_is_told_on_the_page(client_of, draft, coordinator, sides, said):
    answer = compare(client_of(coordinator), draft, **sides)

    assert (answer.status_code, said in words_of(answer)) == (200, True)


def test_a_version_is_kept_at_each_step_of_the_way(draft, coordinator, leader):
    ask_for_comments(document=draft, until=date(2026, 3, 31), version=1, by=coordinator)
    draft.refresh_from_db()
    ask_for_comments(document=draft, until=date(2026, 4, 5), version=2, by=coordinator)
    draft.refresh_from_db()
    submit_document(document=draft, version=draft.version, by=coordinator)
    draft.refresh_from_db()
    return_document(document=draft, version=draft.version, reason="Thiếu nguồn vốn.", by=leader)
    kept = DraftVersion.objects.order_by("number")
    assert list(kept.values_list("number", "occasion", "note")) == [
        (1, VersionOccasion.ASKED, ""),
        (2, VersionOccasion.SUBMITTED, ""),
        (3, VersionOccasion.RETURNED, "Thiếu nguồn vốn."),
    ]


def test_what_a_version_says_has_numbers_places_and_the_parts_around(draft):
    DocumentBasis.objects.create(document=draft, order=1, role=BasisRole.BASIS, kind="Luật")
    appendix = BlockFactory(document=draft, order=9 * GAP, kind="appendix", text="Biểu giao")
    BlockFactory(document=draft, parent=appendix, order=0, text="Trong phụ lục")
    said = document_content(draft)
    found = {each.text: each for each in said}
    assert found["Mục 1"].label == "II."
    assert said[found["Đoạn 1 còn 7.847 hộ"].parent].text == "Mục 1"
    assert said[found["Trong phụ lục"].parent].text == "Biểu giao"
    assert found["Căn cứ Luật"].kind == "basis"
    assert found["Đoạn 0 còn 7.847 hộ"].key == named(draft, "Đoạn 0").key.hex


def test_a_draft_that_cannot_be_built_is_kept_as_it_was_typed(draft, coordinator):
    BlockFactory(document=draft, order=8 * GAP, text="Có {no_such_figure 2025} hộ")
    kept = keep_by_hand(document=draft, by=coordinator)
    assert "Có {no_such_figure 2025} hộ" in [each["text"] for each in kept.content.blocks]


def test_what_reads_the_same_is_not_kept_twice_by_hand(draft, coordinator):
    keep_by_hand(document=draft, note="Trước họp", by=coordinator)
    with pytest.raises(ValidationError, match="không khác phiên bản 1"):
        keep_by_hand(document=draft, by=coordinator)
    assert DraftVersion.objects.count() == 1


@pytest.mark.parametrize("table", ["reports_draftversion", "reports_draftversioncontent"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_keeps_a_version_as_it_is(draft, coordinator, table, act):
    keep_by_hand(document=draft, by=coordinator)
    with (
        pytest.raises(DatabaseError, match="giữ nguyên"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table))


def test_a_version_is_kept_on_the_page_once_for_two_presses(draft, client_of, coordinator):
    address = reverse("reports:document_versions", args=[draft.pk])
    sent = {"key": str(uuid4()), "note": "Trước <họp>"}
    client = client_of(coordinator)
    page = client.post(address, sent, follow=True).content.decode()
    client.post(address, sent)
    assert "Đã lưu phiên bản 1." in page
    assert "Trước &lt;họp&gt;" in page
    assert DraftVersion.objects.count() == 1
    again = client.post(address, {"key": str(uuid4()), "note": "Lần nữa"})
    assert "không khác phiên bản 1" in again.content.decode()
    assert "Lần nữa" in again.content.decode()


def test_an_issued_document_takes_no_version_and_shows_those_it_has(draft, client_of, coordinator):
    keep_by_hand(document=draft, by=coordinator)
    issue(draft)
    page = client_of(coordinator).get(reverse("reports:document_versions", args=[draft.pk]))
    assert "Phiên bản 1" in page.content.decode()
    assert "Lưu phiên bản" not in page.content.decode()
    with pytest.raises(ValidationError, match="đã ban hành"):
        keep_by_hand(document=draft, by=coordinator)


def test_units_read_versions_and_keep_none(draft, ward, client_of, coordinator):
    keep_by_hand(document=draft, by=coordinator)
    client = client_of(user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward)))
    address = reverse("reports:document_versions", args=[draft.pk])
    page = client.get(address).content.decode()
    assert "Phiên bản 1" in page
    assert "Lưu phiên bản" not in page
    assert client.post(address, {"key": str(uuid4()), "note": ""}).status_code == 403
    assert DraftVersion.objects.count() == 1


def test_the_page_shows_what_moved_changed_went_and_came(draft, client_of, coordinator):
    keep_by_hand(document=draft, by=coordinator)
    block = named(draft, "Đoạn 0")
    write_block(block=block, text="Đoạn 0 còn 7.846 hộ", version=1, by=coordinator)
    section = named(draft, "Mục 1")
    move_block(block=section, move=Move.UP, version=section.version, by=coordinator)
    gone = named(draft, "Đoạn 1")
    remove_block(block=gone, version=gone.version, by=coordinator)
    BlockFactory(document=draft, order=7 * GAP, kind=BlockKind.HEADING, text="Kinh phí")
    page = compare(client_of(coordinator), draft).content.decode()
    said = words_of(compare(client_of(coordinator), draft))
    assert "[bỏ] 7.847" in said
    assert "[thêm] 7.846" in said
    assert "<del>" in page
    assert "Sửa: 1" in said
    assert "Bỏ: 1" in said
    assert "Thêm: 1" in said
    assert "Chuyển chỗ: 1" in said
    assert "Số thứ tự: I. → II." in said
    back = words_of(compare(client_of(coordinator), draft, before="now", after="v1"))
    assert "[thêm] 7.847" in back


def test_last_years_plan_is_the_other_side_until_a_version_is_kept(draft, client_of, coordinator):
    earlier = DocumentFactory(ward=draft.ward, year_from=2024, year_to=2024, subject="giảm nghèo")
    BlockFactory(document=earlier, order=0, kind="heading", text="Mục 0")
    BlockFactory(document=earlier, order=GAP, text="Đoạn 0 còn 9.120 hộ")
    said = words_of(compare(client_of(coordinator), draft))
    assert "[bỏ] 9.120" in said
    assert "Kế hoạch năm 2024: giảm nghèo" in said


def test_sides_nobody_offers_are_refused_and_two_alike_say_so(draft, ward, client_of, coordinator):
    keep_by_hand(document=draft, by=coordinator)
    foreign = DocumentFactory()
    for name in ("v9", f"d{foreign.pk}", "x'"):
        answer = compare(client_of(coordinator), draft, before=name, after="now")
        assert "Chọn một bản trong danh sách" in answer.content.decode()
    same = compare(client_of(coordinator), draft, before="v1", after="now")
    assert "Hai bản không có gì khác nhau" in same.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_versions_asks_the_database_the_same(
    draft, client_of, coordinator, django_assert_max_num_queries, count
):
    for number in range(count):
        BlockFactory(document=draft, order=(20 + number) * GAP)
        keep_by_hand(document=draft, by=coordinator)
    client = client_of(coordinator)
    client.get(reverse("reports:document_versions", args=[draft.pk]))
    with django_assert_max_num_queries(14):
        client.get(reverse("reports:document_versions", args=[draft.pk]))
