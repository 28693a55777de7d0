"""From stored blocks to a tree: outline, figures in texts, tables, what cannot be read."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from reports.choices import BlockKind, DocumentKind
from reports.dashboard.board import build_dashboard
from reports.models import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.blocks import DocumentError
from reports.plans.builder import basis_text, build_document, build_with_links
from reports.printing import tree
from reports.printing.issuer import issuer_lines
from tests.factories.core import UnitFactory
from tests.factories.projects import WardProjectFactory
from tests.factories.reports import DocumentFactory
from tests.reports.documents import block
from tests.reports.histories import ward_with_results


def test_outline_follows_the_depth_of_the_blocks(document):
    top = block(document, BlockKind.HEADING, "Mục tiêu")
    inner = block(document, BlockKind.HEADING, "Mục tiêu chung", parent=top)
    point = block(document, BlockKind.HEADING, "Y tế", parent=inner)
    block(document, BlockKind.HEADING, "Sâu hơn", parent=point)
    dash = block(document, BlockKind.DASH, "Một", parent=point)
    block(document, BlockKind.PLUS, "Hai", parent=dash)
    block(document, BlockKind.NUMBERED, "Kinh phí", parent=top)
    block(document, BlockKind.PARAGRAPH, "Ba")

    assert build_document(document).body == (
        tree.Heading(1, "Mục tiêu"),
        tree.Heading(2, "Mục tiêu chung"),
        tree.Heading(3, "Y tế"),
        tree.Heading(3, "Sâu hơn"),
        tree.Dash(("Một",)),
        tree.Plus(("Hai",)),
        tree.Numbered(("Kinh phí",), level=2),
        tree.Paragraph(("Ba",)),
    )


def test_closing_and_appendices_stand_apart_from_the_body(document):
    block(document, BlockKind.CLOSING, "Trên đây là Kế hoạch")
    appendix = block(document, BlockKind.APPENDIX, "Lộ trình", landscape=True)
    heading = block(document, BlockKind.HEADING, "Bảng", parent=appendix)

    built = build_document(document)

    assert built.body == ()
    assert tree.plain(built.closing) == "Trên đây là Kế hoạch"
    assert built.appendices == (
        tree.Appendix(
            "Lộ trình",
            (tree.Heading(1, "Bảng"),),
            landscape=True,
            keys=(f"k1h_{heading.key.hex}",),
        ),
    )


def test_document_without_a_closing_gets_one(document):
    assert build_document(document).closing == "Trên đây là Kế hoạch giảm nghèo bền vững"


def test_appendix_below_a_heading_is_refused_with_its_place(document):
    top = block(document, BlockKind.HEADING, "Mục tiêu")
    block(document, BlockKind.APPENDIX, "Lộ trình", parent=top)

    with pytest.raises(DocumentError, match=r"Phụ lục.*Lộ trình.*cấp ngoài cùng"):
        build_document(document)


def test_frame_comes_from_the_document(ward):
    document = DocumentFactory(
        ward=ward,
        kind=DocumentKind.REPORT,
        symbol="BC-UBND",
        issuer="Ủy ban nhân dân phường Đăk Cấm",
        addressee="Sở Nông nghiệp và Môi trường; Ủy ban nhân dân tỉnh",
        signer_title="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        signer_name="Trần Thị Ủy",
        number=7,
        issued_on=date(2026, 1, 5),
        archive="VT, KTHTĐT",
    )
    Recipient.objects.create(document=document, order=1, text="Như trên")

    built = build_document(document)

    assert (built.kind, built.symbol, built.number) == ("Báo cáo", "BC-UBND", 7)
    assert built.signed_on == date(2026, 1, 5)
    assert built.issuer_lines == ("Ủy ban nhân dân", "phường Đăk Cấm")
    assert built.addressees == ("Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân tỉnh")
    assert built.signature == tree.Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Thị Ủy"
    )
    assert (built.recipients, built.archive) == (("Như trên",), "VT, KTHTĐT")


def test_the_database_refuses_a_document_that_nobody_keeps(ward):
    with pytest.raises(IntegrityError, match="document_is_kept_somewhere"), transaction.atomic():
        DocumentFactory(ward=ward, archive="")


def test_issuer_without_the_area_in_its_name_stays_on_its_lines():
    assert issuer_lines("UBND\nXÃ CẨM CHÂU", "Phường Đăk Cấm") == ("UBND", "XÃ CẨM CHÂU")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"number": "24/2021/QH15", "dated_on": date(2021, 7, 28), "issuer": "Quốc hội"},
            "Nghị quyết số 24/2021/QH15 ngày 28 tháng 7 năm 2021 của Quốc hội",
        ),
        ({"title": "Đại hội Đảng bộ phường"}, "Nghị quyết Đại hội Đảng bộ phường"),
    ],
)
def test_basis_names_what_is_known_of_the_act(fields, text):
    assert basis_text(DocumentBasis(kind="Nghị quyết", **fields)) == text


def test_figures_of_a_text_are_live_and_lead_to_their_list(ward, document):
    ward_with_results(ward)
    block(document, BlockKind.PARAGRAPH, "Còn {poor_households 2025} hộ, {poor_percent 2025}.")

    built = build_with_links(document)

    (paragraph,) = built.tree.body
    assert tree.plain(paragraph.text) == "Còn 02 hộ, 0,13%."
    assert paragraph.text[1].name == "poor_households 2025"
    assert "31/12/2025" in paragraph.text[1].source
    assert built.figure_links["poor_households 2025"].endswith("?class=poor&on=2025-12-31")


def test_figure_that_cannot_be_known_says_so_in_the_text(document):
    block(document, BlockKind.PARAGRAPH, "Còn {poor_households 2026} hộ nghèo.")

    (paragraph,) = build_document(document).body

    assert tree.plain(paragraph.text) == "Còn (chưa có số liệu) hộ nghèo."


def test_unknown_field_is_refused_with_its_place(document):
    block(document, BlockKind.DASH, "Còn {rich_households 2025} hộ.")

    with pytest.raises(DocumentError, match=r"Gạch đầu dòng.*Còn .*rich_households"):
        build_document(document)


def test_unknown_field_of_a_task_is_refused_with_its_unit(document):
    duty = DocumentDuty.objects.create(
        document=document, unit=UnitFactory(ward=document.ward, name="Trạm Y tế"), order=1
    )
    DutyItem.objects.create(duty=duty, order=1, text="Giúp {rich_households 2025} hộ")
    block(document, BlockKind.DUTIES)

    with pytest.raises(DocumentError, match="Nhiệm vụ 1 của Trạm Y tế"):
        build_document(document)


def test_plan_dashboard_and_household_list_tell_the_same_number(ward, document, leader, client_of):
    ward_with_results(ward)
    block(document, BlockKind.PARAGRAPH, "{poor_households 2025}")

    built = build_with_links(document)
    board = build_dashboard(ward=ward, year=2025, today=clock.today(), viewer=leader)
    page = client_of(leader).get(built.figure_links["poor_households 2025"])

    assert tree.plain(built.tree.body[0].text) == "02"
    assert "Còn 2\xa0hộ nghèo" in board.headline
    assert page.context["page"].paginator.count == 2


def queries_of(document, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        build_document(Document.objects.select_related("ward").get(pk=document.pk))
    return len(captured.captured_queries)


def test_number_of_queries_does_not_grow_with_the_content(
    ward, document, django_assert_max_num_queries
):
    ward_with_results(ward)
    for kind in (BlockKind.MOVEMENT, BlockKind.VILLAGES, BlockKind.TARGET_RESULTS):
        block(document, kind, year=2025)
    block(document, BlockKind.COMPONENTS)
    block(document, BlockKind.DUTIES)

    def grow():
        block(
            document, BlockKind.DASH, "Còn {poor_households 2025} hộ, {near_poor_households 2025}."
        )
        WardProjectFactory(ward=ward)
        unit = UnitFactory(ward=ward)
        order = document.duties.count()
        duty = DocumentDuty.objects.create(document=document, unit=unit, order=order)
        DutyItem.objects.create(duty=duty, order=1, text="Một việc")

    grow()
    small = queries_of(document, django_assert_max_num_queries)
    grow()
    grow()

    assert queries_of(document, django_assert_max_num_queries) == small


@pytest.mark.parametrize(
    ("data_on", "year"), [(date(2025, 12, 31), None), (date(2026, 10, 31), 2026)]
)
def test_date_of_a_draft_has_the_year_of_now_or_none(document, data_on, year):
    document.data_on, document.year_from = data_on, 2027

    with clock.set_to(date(2026, 11, 20)):
        assert build_document(document).year == year
