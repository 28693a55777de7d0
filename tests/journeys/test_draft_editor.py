"""A draft saves itself while typing pauses, its sheets follow, and no word of two is lost."""

import pytest
from django.urls import reverse

from reports.models import Block, BlockProposal
from reports.plans.outline import GAP
from tests.factories.reports import BlockFactory, DocumentFactory

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def draft(transactional_db, ward):
    document = DocumentFactory(ward=ward)
    BlockFactory(document=document, order=0, text="Đoạn một.")
    BlockFactory(document=document, order=GAP, text="Đoạn hai.")
    return document


@pytest.fixture
def editor(open_page, coordinator, draft):
    page = open_page(reverse("reports:document_text", args=[draft.pk]), coordinator)
    page.locator(".writing__sheet", has_text="Đoạn hai.").wait_for()
    return page


def block(draft, at):
    return draft.blocks.order_by("order")[at]


def field(page, one):
    return page.locator(f"#block-{one.key.hex} textarea")


def word(page, one):
    return page.locator(f"#block-{one.key.hex} .block__saved")


def told(page, one, words):
    page.locator(f"#block-{one.key.hex} .block__saved", has_text=words).wait_for()


def stored(one):
    return Block.objects.get(pk=one.pk).text


def test_what_is_typed_is_saved_and_seen_on_the_sheet(editor, draft):
    first = block(draft, 0)
    field(editor, first).press("End")
    editor.keyboard.type(" Viết thêm.")
    assert word(editor, first).inner_text() == "Chưa lưu"

    editor.locator(".writing__sheet", has_text="Đoạn một. Viết thêm.").wait_for()

    told(editor, first, "Đã lưu")
    assert stored(first) == "Đoạn một. Viết thêm."
    assert editor.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_a_syllable_in_the_making_and_a_blank_line_wait(editor, draft):
    """A Vietnamese keyboard composes; a split under the hand would take the cursor away."""
    first = block(draft, 0)
    field(editor, first).press("End")
    field(editor, first).dispatch_event("compositionstart")
    editor.keyboard.type(" ti")
    editor.wait_for_timeout(2_000)
    assert stored(first) == "Đoạn một."
    field(editor, first).dispatch_event("compositionend")
    told(editor, first, "Đã lưu")
    assert stored(first) == "Đoạn một. ti"

    editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")
    editor.keyboard.type("Đoạn mới.")
    told(editor, first, "rời ô này thì lưu và tách đoạn")
    editor.wait_for_timeout(2_000)
    assert draft.blocks.count() == 2
    editor.keyboard.press("Tab")
    editor.locator(".writing__sheet", has_text="Đoạn mới.").wait_for()
    assert draft.blocks.count() == 3


@pytest.mark.drawn(one_of=1)
def test_newer_words_of_somebody_else_are_never_overwritten_by_waiting(editor, draft):
    first = block(draft, 0)
    Block.objects.filter(pk=first.pk).update(text="Của người khác.", version=first.version + 1)
    field(editor, first).press("End")
    editor.keyboard.type(" Của tôi.")
    editor.locator("[data-newer]", has_text="Của người khác.").wait_for()

    editor.keyboard.type(" Viết tiếp.")
    told(editor, first, "lấy bản của người khác")
    editor.wait_for_timeout(2_000)

    assert stored(first) == "Của người khác."
    assert BlockProposal.objects.get().text == "Đoạn một. Của tôi."


@pytest.mark.drawn(one_of=1)
def test_a_lost_network_is_told_and_tried_again(editor, draft):
    first = block(draft, 0)
    editor.context.set_offline(True)
    field(editor, first).press("End")
    editor.keyboard.type(" Khi mất mạng.")
    told(editor, first, "Không lưu được")
    assert stored(first) == "Đoạn một."

    editor.context.set_offline(False)

    told(editor, first, "Đã lưu")
    assert stored(first) == "Đoạn một. Khi mất mạng."


def test_paper_and_editor_lead_to_each_other(editor, draft):
    second = block(draft, 1)
    part = editor.locator(f".writing__sheet [data-block='{second.key.hex}']")
    field(editor, second).focus()
    editor.locator(f".writing__sheet .is-current[data-block='{second.key.hex}']").wait_for()

    field(editor, block(draft, 0)).focus()
    part.click()

    assert editor.evaluate("document.activeElement.name") == f"b{second.key.hex}-text"


def test_a_phone_has_the_sheets_on_a_page_of_their_own(open_page, coordinator, draft):
    address = reverse("reports:document_text", args=[draft.pk])
    page = open_page(address, coordinator, width=360, height=740)
    assert not page.locator(".writing__paper").is_visible()

    page.locator(f"#block-{block(draft, 1).key.hex} .block__sheet").click()

    assert page.url.endswith(f"/preview/#sheet-{block(draft, 1).key.hex}")
    page.locator(f"#sheet-{block(draft, 1).key.hex} .document-part__link").click()
    assert page.url.endswith(f"/text/#block-{block(draft, 1).key.hex}")


def test_without_a_script_blocks_are_saved_by_their_buttons(open_page, coordinator, draft):
    page = open_page(reverse("reports:document_text", args=[draft.pk]), coordinator, script=False)
    field(page, block(draft, 0)).fill("Không có tập lệnh.")

    page.get_by_role("button", name="Lưu tất cả").click()

    assert stored(block(draft, 0)) == "Không có tập lệnh."
