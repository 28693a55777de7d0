"""Everything the ward's plan of 2025-2030 holds is in print, and the report is whole.

The people are a short history of our own; the structure is that of the ward file.
"""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from povertyplan.core.models import Area
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.ward_file.loading import load_ward
from reports.models import Document
from reports.plans.builder import build_document, build_with_links
from reports.plans.checking.checked_facts import LintRule
from reports.plans.plan_facts import findings
from reports.printing import tree
from reports.printing.pdf import render_pdf
from tests.reports.paper import read_pages

FILE = settings.BASE_DIR / "fixtures" / "wards" / "dak-cam-2025-2030.yaml"


def load_dak_cam():
    call_command("load_reference", verbosity=0)
    load_ward(text=read_file(FILE), by=None, source="command")


@pytest.fixture(scope="module")
def loaded(build_once):
    build_once(load_dak_cam)


@pytest.fixture
def ward(loaded, db):
    return Area.objects.get(code="23284")


@pytest.fixture
def plan(ward):
    return Document.objects.select_related("ward").get(code="plan-2025-2030")


@pytest.fixture
def report(ward):
    return Document.objects.select_related("ward").get(code="report-2025")


def section(document, title):
    """The blocks of one section, by its Roman heading."""
    blocks, inside = [], False
    for block in document.body:
        if isinstance(block, tree.Heading) and block.level == 1:
            inside = block.text == title
        elif inside:
            blocks.append(block)
    return blocks


def of(kind, blocks):
    return [block for block in blocks if isinstance(block, kind)]


def titles(blocks, level):
    return [block.text for block in of(tree.Heading, blocks) if block.level == level]


def test_plan_prints_all_its_parts(plan):
    document = build_document(plan)

    assert [basis.role for basis in document.bases] == ["Căn cứ"] * 4 + ["Thực hiện"]
    assert titles(document.body, 1) == [
        "Mục đích, yêu cầu",
        "Mục tiêu",
        "Nội dung thực hiện",
        "Kinh phí thực hiện",
        "Giải pháp",
        "Tổ chức thực hiện",
    ]
    assert len(of(tree.Dash, section(document, "Mục đích, yêu cầu"))) == 1 + 4
    assert [block.level for block in section(document, "Kinh phí thực hiện")] == [2, 2, 2]
    assert len(of(tree.Dash, section(document, "Giải pháp"))) == 14
    assert len(titles(section(document, "Giải pháp"), 2)) == 5
    assert [appendix.landscape for appendix in document.appendices] == [True]
    assert len([*document.recipients, document.archive]) == 7
    assert document.signature == tree.Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    assert document.is_draft


def test_plan_prints_its_targets_by_dimension(plan):
    goals = section(build_document(plan), "Mục tiêu")
    sentences = [tree.plain(block.text) for block in of(tree.Dash, goals)]

    assert titles(goals, 3) == [
        "Việc làm",
        "Y tế",
        "Giáo dục",
        "Nhà ở",
        "Nước sinh hoạt và vệ sinh",
        "Thông tin",
    ]
    promise = re.compile(r"\d%|\d\s(hộ|lao động)")
    assert len([sentence for sentence in sentences if promise.search(sentence)]) == 13
    assert "Tỷ lệ người thuộc hộ nghèo có thẻ bảo hiểm y tế đạt 100%." in sentences
    assert any(sentence.endswith("hợp vệ sinh đạt từ 98% trở lên.") for sentence in sentences)
    assert any(sentence.endswith("đạt từ 01\xa0lao động trở lên.") for sentence in sentences)
    assert "Giảm dần tỷ lệ trẻ em dưới 16 tuổi" in " ".join(sentences)


def test_plan_prints_policies_and_component_blocks(plan):
    contents = section(build_document(plan), "Nội dung thực hiện")
    blocks = of(tree.ComponentBlock, contents)

    assert len(titles(contents, 3)) == 5
    assert [block.title.split(":")[0] for block in blocks] == [
        "Dự án 2",
        "Tiểu dự án 1 thuộc Dự án 3",
        "Tiểu dự án 2 thuộc Dự án 3",
        "Tiểu dự án 2 thuộc Dự án 6",
        "Tiểu dự án 1 thuộc Dự án 7",
        "Tiểu dự án 2 thuộc Dự án 7",
    ]
    for block in blocks:
        assert [field.label for field in block.fields] == [
            "Mục tiêu",
            "Đối tượng",
            "Đơn vị thực hiện",
            "Cơ quan phối hợp",
        ]
    assert tree.plain(blocks[2].fields[2].texts[0]) == "Phòng Văn hóa - Xã hội."


def test_plan_prints_the_tasks_of_each_unit(plan):
    duties = of(tree.DutyList, section(build_document(plan), "Tổ chức thực hiện"))

    assert [len(duty.duties) for duty in duties] == [5, 5, 2, 4, 1, 4]
    assert [duty.unit.startswith("Đề nghị ") for duty in duties].count(True) == 1


def test_road_map_takes_its_first_year_from_the_ledger_and_the_rest_from_targets(plan):
    (table,) = build_document(plan).appendices[0].body
    rows = {row[1]: [tree.plain(cell) for cell in row[3:]] for row in table.rows}

    assert [str(cell) for cell in table.head[1]] == [str(year) for year in range(2024, 2031)]
    assert table.head[0][3].text == "Thực hiện đến 31/12/2024"
    assert rows["Số hộ nghèo"][1:] == ["12", "9", "6", "4", "2", "0"]
    assert rows["Tỷ lệ hộ nghèo"][1:] == ["0,15", "0,11", "0,08", "0,05", "0,03", "0"]
    assert rows["Mức giảm hộ nghèo trong năm"][2:] == ["3", "3", "2", "2", "2"]
    assert rows["Tỷ lệ hộ cận nghèo"][-1] == "dưới 0,20"
    assert rows["Số hộ cận nghèo"][-1] == "–"


def test_plan_on_paper_has_its_sections_and_its_appendix_on_its_side(plan):
    pages = read_pages(render_pdf(build_document(plan)))
    text = " ".join(page.text for page in pages)

    for numeral in ("I.", "II.", "III.", "IV.", "V.", "VI."):
        assert re.search(rf"(^|\s){re.escape(numeral)} [A-ZĐ]", text), numeral
    assert "KẾ HOẠCH" in pages[0].text
    assert "4. Đề nghị Ủy ban MTTQ Việt Nam phường" in text
    assert "giải quyết./." in text
    assert pages[-1].width > pages[-1].height
    assert "LỘ TRÌNH GIẢM HỘ NGHÈO" in pages[-1].text


def test_linter_finds_the_slips_of_the_source(plan):
    every = findings(plan, build_with_links(plan))

    # Nobody has reviewed the ward of the file yet, and the check says which sections that leaves.
    unknown = [finding for finding in every if finding.rule == LintRule.UNKNOWN_FIGURE]
    found = [finding for finding in every if finding not in unknown]
    assert unknown
    assert [finding.rule for finding in found] == [
        LintRule.TOTALS_DISAGREE,
        LintRule.KNOWN_TOTAL_DISAGREES,
        LintRule.DUTY_WITHOUT_PROJECT,
    ]
    assert "12\xa0hộ (0,15%) và 106\xa0hộ (1,27%)" in found[0].message
    assert "dự án 4" in found[2].message


def test_report_says_what_is_not_known_before_results_are_recognised(report):
    document = build_document(report)
    body = [tree.plain(block.text) for block in of(tree.Paragraph, document.body)]
    results = of(tree.Table, document.body)[0]
    rows = {row[1]: row for row in results.rows}

    assert "Chưa có số liệu: kết quả rà soát năm 2025 chưa được công nhận." in body
    assert titles(document.body, 1)[2:] == [
        "Khó khăn, vướng mắc",
        "Phương hướng, nhiệm vụ năm 2026",
        "Đề xuất, kiến nghị",
    ]
    water = rows["Tỷ lệ hộ nghèo, hộ cận nghèo sử dụng nguồn nước sinh hoạt hợp vệ sinh"]
    assert water[2:4] == ("%", "từ 98 trở lên")
    assert [tree.plain(cell) for cell in water[4:]] == ["Chưa có số liệu", "Chưa có số liệu"]
    insured = rows["Tỷ lệ người thuộc hộ nghèo có thẻ bảo hiểm y tế"]
    planned, reached, standing = (tree.plain(cell) for cell in insured[3:])
    assert planned == "100"
    assert reached != "Chưa có số liệu"
    assert standing.startswith("Chưa đạt, thiếu 20")
    housing = rows["Số căn nhà tạm, nhà dột nát của hộ nghèo được hỗ trợ xây mới, sửa chữa"]
    assert [tree.plain(cell) for cell in housing[3:]] == [
        "–",
        "3",
        "Chỉ tiêu định tính, đã thực hiện 3\xa0căn",
    ]
    assert document.addressees == ("Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi",)


def test_report_assigns_no_work_and_is_not_asked_who_does_it(report):
    rules = {finding.rule for finding in findings(report, build_with_links(report))}

    assert not rules & {LintRule.UNIT_WITHOUT_DUTY, LintRule.DUTY_WITHOUT_PROJECT}
