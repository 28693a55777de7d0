"""From stored blocks to a tree: outline, figures in texts, tables, what cannot be read."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.choices import PovertyClass
from povertyplan.core import clock
from projects.choices import Measure, TargetOperator, UnitRole
from reports.choices import BlockKind, DocumentKind
from reports.dashboard.board import build_dashboard
from reports.models import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from reports.plans.blocks import DocumentError
from reports.plans.builder import basis_text, build_document, build_with_links
from reports.printing import tree
from reports.printing.issuer import issuer_lines
from tests.factories.core import UnitFactory, VillageFactory
from tests.factories.projects import (
    ActualFactory,
    ComponentProjectFactory,
    IndicatorFactory,
    ProjectUnitFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.histories import recognised, ward_with_results


@pytest.fixture
def document(ward):
    return DocumentFactory(ward=ward, year_from=2025, year_to=2025)


def block(document, kind, text="", parent=None, **parameters):
    return BlockFactory(
        document=document, kind=kind, text=text, parent=parent, parameters=parameters
    )


def only_table(document):
    return next(part for part in build_document(document).body if isinstance(part, tree.Table))


def printed(row):
    cells = [cell.text if isinstance(cell, tree.Cell) else cell for cell in row]
    return [tree.plain(cell) for cell in cells]


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
    block(document, BlockKind.HEADING, "Bảng", parent=appendix)

    built = build_document(document)

    assert built.body == ()
    assert tree.plain(built.closing) == "Trên đây là Kế hoạch"
    assert built.appendices == (
        tree.Appendix("Lộ trình", (tree.Heading(1, "Bảng"),), landscape=True),
    )


def test_document_without_a_closing_gets_one(document):
    assert build_document(document).closing == "Trên đây là Kế hoạch giảm nghèo bền vững"


def test_appendix_below_a_heading_is_refused_with_its_place(document):
    top = block(document, BlockKind.HEADING, "Mục tiêu")
    block(document, BlockKind.APPENDIX, "Lộ trình", parent=top)

    with pytest.raises(DocumentError, match=r"phụ lục.*Lộ trình.*cấp ngoài cùng"):
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

    with pytest.raises(DocumentError, match=r"gạch đầu dòng.*Còn .*rich_households"):
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


def test_targets_name_their_group_only_where_there_are_several(ward, document):
    health = IndicatorFactory(
        ward=ward,
        name="Tỷ lệ người có thẻ",
        dimension="Y tế",
        measure=Measure.PERCENT,
        measure_unit="%",
        direction="up",
    )
    TargetFactory(indicator=health, low=98, operator=TargetOperator.AT_LEAST)
    block(document, BlockKind.TARGETS, years=[2025])

    (dash,) = build_document(document).body
    assert tree.plain(dash.text) == "Tỷ lệ người có thẻ đạt từ 98% trở lên."

    jobs = IndicatorFactory(ward=ward, name="Số hộ nghèo", dimension="Giảm nghèo")
    TargetFactory(indicator=jobs, low=None, operator=TargetOperator.NONE_LEFT)

    *_, heading, dash = build_document(document).body
    assert heading == tree.Heading(1, "Giảm nghèo")
    assert tree.plain(dash.text) == "Không còn hộ nghèo."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"operator": "level", "low": 5, "rate_operator": "level", "rate": "0.15"},
         "Số hộ nghèo còn 05\xa0hộ (0,15%)."),
        ({"operator": "equal", "low": 5}, "Số hộ nghèo còn 05\xa0hộ."),
        ({"operator": "at_most", "low": 12}, "Số hộ nghèo không quá 12\xa0hộ."),
        ({"operator": "about", "low": 12}, "Số hộ nghèo đạt khoảng 12\xa0hộ."),
        ({"operator": "range", "low": 5, "high": 9}, "Số hộ nghèo đạt từ 05 đến 09\xa0hộ."),
        ({"operator": "reduce_by", "low": 9}, "Số hộ nghèo giảm 09\xa0hộ."),
        ({"operator": "below", "low": None, "rate_operator": "below", "rate": "0.2"},
         "Tỷ lệ hộ nghèo dưới 0,2%."),
        ({"operator": "qualitative", "low": None, "note": "Giảm dần qua từng năm"},
         "Giảm dần qua từng năm."),
    ],
)  # fmt: skip
def test_target_reads_as_a_sentence(ward, document, fields, sentence):
    TargetFactory(indicator=IndicatorFactory(ward=ward, name="Số hộ nghèo"), **fields)
    block(document, BlockKind.TARGETS, years=[2025])

    (dash,) = build_document(document).body
    assert tree.plain(dash.text) == sentence


def test_components_print_local_names_units_and_the_years_of_a_passing_unit(ward, document):
    document.year_to = 2030
    document.save()
    project = ComponentProjectFactory(code="3", official_name="Hỗ trợ phát triển sản xuất")
    part = ComponentProjectFactory(
        code="3.1", parent=project, programme=project.programme, official_name="Nông nghiệp"
    )
    carried_out = WardProjectFactory(
        ward=ward, project=part, local_name="Nuôi bò", contents="Giống\nTập huấn"
    )
    for name, role, last in (
        ("Phòng A", UnitRole.LEAD, 2026),
        ("Đoàn B", UnitRole.COORDINATING, 2030),
    ):
        unit = UnitFactory(ward=ward, name=name)
        ProjectUnitFactory(ward_project=carried_out, unit=unit, role=role, year_to=last)
    block(document, BlockKind.COMPONENTS)

    assert build_document(document).body == (
        tree.ComponentBlock(
            "Tiểu dự án 1 thuộc Dự án 3: Nuôi bò",
            (
                tree.LabelledField("Nội dung", (("Giống;",), ("Tập huấn.",))),
                tree.LabelledField("Đơn vị thực hiện", (("Phòng A (giai đoạn 2025-2026).",),)),
                tree.LabelledField("Cơ quan phối hợp", (("Đoàn B.",),)),
            ),
            level=1,
        ),
    )


def test_project_units_of_a_year_say_where_nobody_leads(ward, document):
    WardProjectFactory(
        ward=ward, project=ComponentProjectFactory(code="2", official_name="Sinh kế")
    )
    block(document, BlockKind.PROJECT_UNITS, year=2025)

    assert only_table(document).rows == (("1", "Dự án 2: Sinh kế", "Chưa phân công", "–"),)


@pytest.mark.parametrize("kind", [BlockKind.COMPONENTS, BlockKind.PROJECT_UNITS])
def test_projects_that_do_not_exist_are_said_in_words(document, kind):
    block(document, kind, year=2025)

    (paragraph,) = build_document(document).body
    assert "hưa có dự án thành phần" in paragraph.text


def test_results_stand_beside_their_targets_with_the_standing_in_words(ward, document):
    ward_with_results(ward)
    insured = IndicatorFactory(
        ward=ward, name="Thẻ", measure=Measure.PERCENT, measure_unit="%", direction="up"
    )
    TargetFactory(indicator=insured, low=100)
    ActualFactory(indicator=insured, numerator=19, denominator=19)
    block(document, BlockKind.TARGET_RESULTS, year=2025)

    rows = [printed(row)[1:] for row in only_table(document).rows]

    assert rows == [
        ["Số poor_households", "hộ", "1", "2", "Chậm, còn cao hơn chỉ tiêu 1\xa0hộ"],
        ["Số near_poor_households", "hộ", "1", "1", "Đạt"],
        ["Thẻ", "%", "100", "100,00", "Đạt"],
    ]


def test_movement_tables_have_nine_columns_that_balance(ward, document):
    ward_with_results(ward)
    block(document, BlockKind.MOVEMENT, year=2025)

    poor, near_poor = build_document(document).body

    households, persons = ([int(cell) for cell in row[1:]] for row in poor.rows)
    assert [row[0] for row in poor.rows] == ["Hộ", "Nhân khẩu"]
    assert households == [3, 0, 1, 0, 0, 0, 0, 0, 2]
    for row in (households, persons):
        assert row[8] == row[0] - sum(row[1:4]) + sum(row[4:8])
    assert [int(cell) for cell in near_poor.rows[0][1:]] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert "(9) = (1) - (2)" in near_poor.note


def test_deprivations_stand_under_six_dimensions_with_rates(ward, document):
    village = VillageFactory(parent=ward)
    poor, near_poor = PovertyClass.POOR, PovertyClass.NEAR_POOR
    recognised(ward, 2025, (village, poor, [9]), (village, poor, []), (village, near_poor, [9]))
    block(document, BlockKind.DEPRIVATIONS, year=2025)

    table = only_table(document)

    assert len([row for row in table.rows if len(row) == 1]) == 6
    assert len([row for row in table.rows if len(row) > 1]) == 12
    water = next(printed(row) for row in table.rows if row[0] == "9")
    assert water == ["9", "Nguồn nước sinh hoạt", "1", "50,00", "1", "100,00"]
    assert printed(table.totals[0])[1:] == ["2 hộ", "1 hộ"]


@pytest.mark.parametrize("kind", [BlockKind.DEPRIVATIONS, BlockKind.MOVEMENT, BlockKind.VILLAGES])
def test_table_of_a_year_without_results_says_so(document, kind):
    block(document, kind, year=2026)

    (paragraph,) = build_document(document).body
    assert paragraph.text == "Chưa có số liệu: kết quả rà soát năm 2026 chưa được công nhận."


def test_villages_add_up_to_the_ward(ward, document):
    ward_with_results(ward)
    block(document, BlockKind.VILLAGES, year=2025)

    table = only_table(document)
    rows = [printed(row) for row in table.rows]

    assert [row[1] for row in rows] == ["Tổ dân phố A", "Tổ dân phố B"]
    assert [row[2] for row in rows] == ["1", "1"]
    assert printed(table.totals[0])[1] == "2"
    assert "chưa có tổng số hộ dân cư của từng thôn" in table.note


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
    ("data_on", "year"), [(date(2025, 12, 31), None), (date(2026, 10, 31), 2025)]
)
def test_draft_of_a_past_year_leaves_the_year_of_its_date_open(document, data_on, year):
    document.data_on = data_on

    assert build_document(document).year == year
