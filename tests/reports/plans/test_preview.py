"""The sheets of a draft beside its editor, and as a page of its own."""

import re

import pytest
from django.urls import reverse

from povertyplan.core.choices import Role
from reports.choices import BlockKind
from reports.plans.builder import build_document
from reports.plans.outline import GAP
from reports.printing.html import render_html
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import text_of, words_of
from tests.reports.documents import issue


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    top = BlockFactory(document=document, order=0, kind="heading", text="Mục tiêu")
    BlockFactory(document=document, parent=top, order=0, text="Lời <b>đậm</b>.")
    BlockFactory(document=document, parent=top, order=GAP, text="")
    BlockFactory(document=document, order=GAP, kind=BlockKind.CLOSING, text="Trên đây là kế hoạch.")
    appendix = BlockFactory(document=document, order=2 * GAP, kind="appendix", text="Lộ trình")
    BlockFactory(document=document, parent=appendix, order=0, text="Dòng của phụ lục.")
    return document


def preview(client, document, **headers):
    return client.get(reverse("reports:document_preview", args=[document.pk]), **headers)


def test_each_block_on_paper_leads_to_where_it_is_written(draft, client_of, coordinator):
    page = text_of(preview(client_of(coordinator), draft))

    editor = reverse("reports:document_text", args=[draft.pk])
    printed = [block for block in draft.blocks.all() if block.text]
    for block in printed:
        assert f'id="sheet-{block.key.hex}"' in page
        assert f'href="{editor}#block-{block.key.hex}"' in page
    assert len(re.findall('id="sheet-', page)) == len(printed) == 5
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page


def test_the_editor_gets_the_sheets_alone_and_as_they_are_now(draft, client_of, coordinator):
    client = client_of(coordinator)
    draft.blocks.filter(text__startswith="Lời").update(text="Lời viết lại.")

    answer = preview(client, draft, headers={"HX-Request": "true"})

    assert "<html" not in text_of(answer)
    assert "Lời viết lại." in words_of(answer)
    assert "HX-Request" in answer["Vary"]


def test_a_text_that_cannot_be_read_is_said_instead(draft, client_of, coordinator):
    draft.blocks.filter(text__startswith="Lời").update(text="Còn {khong_co 2026} hộ.")

    answer = preview(client_of(coordinator), draft)

    assert answer.status_code == 200
    assert "không có số liệu “khong_co”" in words_of(answer)


def test_what_was_signed_is_shown_as_signed_and_leads_to_no_editor(draft, client_of, coordinator):
    issue(draft)

    page = text_of(preview(client_of(coordinator), draft))

    assert "Lời &lt;b&gt;đậm" in page
    assert "document-part__link" not in page


def test_a_unit_sees_the_sheets_and_an_observer_does_not(draft, ward, client_of):
    unit = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    observer = user_with(Role.OBSERVER, ward)

    assert "đậm" in text_of(preview(client_of(unit), draft))
    assert "đậm" not in text_of(preview(client_of(observer), draft))


def test_printed_files_carry_none_of_it(draft):
    """What leads from paper to the editor is on screen only."""
    assert "document-part" not in render_html(build_document(draft))
