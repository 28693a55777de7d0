"""Blocks that are written from data: targets, projects, tables."""

from datetime import date
from decimal import Decimal

import pytest

from households.choices import PovertyClass
from projects.choices import Measure, ProgrammeKind, TargetOperator, UnitRole
from projects.models import Target
from projects.targets.services.targets import revise_target
from reports.choices import BlockKind
from reports.plans.builder import build_document, build_with_links
from reports.plans.plan_facts import findings
from reports.printing import tree
from tests.factories.core import UnitFactory, VillageFactory
from tests.factories.projects import (
    ActualFactory,
    ComponentProjectFactory,
    IndicatorFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.reports.documents import block, only_table, printed
from tests.reports.histories import recognised, ward_with_results


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
    ProjectUnitFactory(ward_project=carried_out, unit=None, wording="các sở", role=UnitRole.GUIDING)
    block(document, BlockKind.COMPONENTS)

    assert build_document(document).body == (
        tree.ComponentBlock(
            "Tiểu dự án 1 thuộc Dự án 3: Nuôi bò",
            (
                tree.LabelledField("Nội dung", (("Giống;",), ("Tập huấn.",))),
                tree.LabelledField("Đơn vị thực hiện", (("Phòng A (giai đoạn 2025-2026).",),)),
                tree.LabelledField("Cơ quan phối hợp", (("Đoàn B.",),)),
                tree.LabelledField("Cơ quan hướng dẫn", (("các sở.",),)),
            ),
            level=1,
        ),
    )


def test_components_of_two_programmes_are_called_by_their_own_words(ward, document):
    merged = ProgrammeFactory(code="mới", valid_from=date(2026, 1, 1), valid_to=date(2035, 12, 31))
    top = ComponentProjectFactory(code="1", label="Hợp phần", programme=merged)
    middle = ComponentProjectFactory(
        code="1.4", label="Nội dung thành phần", parent=top, programme=merged
    )
    policies = ProgrammeFactory(code="chung", kind=ProgrammeKind.POLICIES)
    policy = ComponentProjectFactory(code="1", label="Chính sách", programme=policies)
    for project, name in ((middle, "Việc làm"), (policy, "Tín dụng")):
        WardProjectFactory(ward=ward, project=project, local_name=name)
    block(document, BlockKind.COMPONENTS)
    block(document, BlockKind.COMPONENTS, projects=["chung/1"])

    titles = [part.title for part in build_document(document).body]

    # A policy is no project: it is printed where it is named.
    assert titles == ["Nội dung thành phần 4 thuộc Hợp phần 1: Việc làm", "Tín dụng"]


def test_project_units_of_a_year_say_where_nobody_leads(ward, document):
    WardProjectFactory(
        ward=ward, project=ComponentProjectFactory(code="2", official_name="Sinh kế")
    )
    block(document, BlockKind.PROJECT_UNITS, year=2025)

    assert only_table(document).rows == (("1", "Dự án 2: Sinh kế", "Chưa phân công", "–"),)


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
        ["Số poor_households", "hộ", "1", "2", "Chưa đạt, còn cao hơn chỉ tiêu 1\xa0hộ"],
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


def test_a_strict_bound_promises_at_least_one_more(ward, document):
    """From 80 households "dưới 77" is at least 4 fewer, in the table and in a sentence."""
    indicator = IndicatorFactory(ward=ward, code="poor", name="Số hộ nghèo")
    TargetFactory(indicator=indicator, year=2025, low=77, operator=TargetOperator.BELOW)
    ActualFactory(indicator=indicator, year=2024, numerator=80)
    block(document, BlockKind.ROADMAP, first=2024, last=2025, indicators=["poor"])
    block(document, BlockKind.PARAGRAPH, "Giảm {target_reduction poor 2025} hộ.")

    body = build_document(document).body

    assert printed(body[0].rows[-1])[-2:] == ["–", "ít nhất 4"]
    assert tree.plain(body[1].text) == "Giảm 04 hộ."


def test_count_and_rate_that_disagree_say_so_in_one_line(ward, document, coordinator):
    ward_with_results(ward)
    target = Target.objects.get(indicator__code="poor_households", year=2025)
    promise = {"low": 2, "rate": Decimal("0.1"), "rate_operator": TargetOperator.LEVEL}
    revise_target(target=target, promise=promise, reason="Theo nghị quyết", by=coordinator)
    block(document, BlockKind.TARGET_RESULTS, year=2025)

    table = only_table(document)

    assert [printed(row)[-1] for row in table.rows][:2] == [
        "Đạt",
        "Chưa đạt, còn cao hơn chỉ tiêu 0,03\u00a0điểm phần trăm",
    ]
    assert table.note == "Ghi chú: poor_households: số lượng đạt, tỷ lệ chưa đạt chỉ tiêu."


@pytest.mark.parametrize(
    ("kind", "parameters", "part"),
    [
        (BlockKind.TARGETS, {"years": [2025]}, "Chỉ tiêu theo chiều thiếu hụt"),
        (BlockKind.ROADMAP, {"indicators": [], "first": 2025, "last": 2026},
         "Bảng lộ trình hằng năm"),
        (BlockKind.COMPONENTS, {}, "Các dự án thành phần"),
        (BlockKind.TARGET_RESULTS, {"year": 2025}, "Bảng kết quả thực hiện chỉ tiêu"),
        (BlockKind.PROJECT_UNITS, {"year": 2025}, "Bảng dự án theo đơn vị"),
    ],
)  # fmt: skip
def test_an_empty_list_prints_nothing_and_is_found(document, kind, parameters, part):
    block(document, BlockKind.DASH, "Hai dòng.")
    block(document, kind, **parameters)

    built = build_with_links(document)

    assert [tree.plain(each.text) for each in built.tree.body] == ["Hai dòng."]
    sentence = f"Phần “{part}” không in vì chưa có số liệu."
    assert sentence in [finding.message for finding in findings(document, built)]
