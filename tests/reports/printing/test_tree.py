from datetime import date

import pytest

from reports.printing.tree import (
    Appendix,
    DataValue,
    DutyList,
    Heading,
    Numbered,
    Paragraph,
    ended,
    listed,
    plain,
    with_numbers,
)
from tests.reports.samples import sample_draft, sample_plan

pytestmark = pytest.mark.alike

FIGURE = DataValue("poor_households:2024", "21")


def test_outline_restarts_below_a_new_section():
    body = (
        Heading(1, "Mục tiêu"),
        Heading(2, "Mục tiêu chung"),
        Paragraph("Giảm nghèo bền vững."),
        Heading(2, "Mục tiêu cụ thể"),
        Heading(3, "Việc làm"),
        Heading(3, "Y tế"),
        Heading(1, "Kinh phí"),
        Numbered("Ngân sách trung ương."),
        DutyList("Phòng Văn hóa - Xã hội", ("Chủ trì.",)),
        Numbered("Theo dõi.", level=3),
    )

    numbers = [number for number, _ in with_numbers(body)]

    assert numbers == ["I.", "1.", "", "2.", "a)", "b)", "II.", "1.", "2.", "a)"]


def test_points_follow_the_vietnamese_alphabet():
    body = tuple(Heading(3, "Điểm") for _ in range(7))

    numbers = [number for number, _ in with_numbers(body)]

    assert numbers == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]


def test_plain_reads_figures_as_printed():
    assert plain(("còn ", FIGURE, " hộ nghèo")) == "còn 21 hộ nghèo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Tổ chức thực hiện", "Tổ chức thực hiện./.", id="no mark yet"),
        pytest.param("Tổ chức thực hiện.", "Tổ chức thực hiện./.", id="a full stop"),
        pytest.param("Tổ chức thực hiện./.", "Tổ chức thực hiện./.", id="the mark itself"),
        pytest.param(("Còn ", FIGURE), "Còn 21./.", id="a figure at the end"),
        pytest.param((FIGURE, " hộ;"), "21 hộ./.", id="words after a figure"),
    ],
)
def test_ended_leaves_one_closing_mark(text, expected):
    assert plain(ended(text, "./.")) == expected


def test_listed_separates_with_semicolons_and_ends_with_a_full_stop():
    items = listed(("Thường trực Đảng ủy", "Thường trực HĐND;", "Lưu: VT"))

    assert [plain(item) for item in items] == [
        "Thường trực Đảng ủy;",
        "Thường trực HĐND;",
        "Lưu: VT.",
    ]


def test_listed_nothing_is_nothing():
    assert listed(()) == []


@pytest.mark.parametrize(
    ("number", "signed_on", "draft"),
    [
        pytest.param(5, date(2026, 1, 5), False, id="numbered and dated"),
        pytest.param(None, date(2026, 1, 5), True, id="no number"),
        pytest.param(5, None, True, id="no date"),
    ],
)
def test_draft_lacks_number_or_date(number, signed_on, draft):
    assert sample_plan(number=number, signed_on=signed_on).is_draft is draft


def test_single_appendix_has_no_number():
    plan = sample_draft(appendices=(Appendix("Lộ trình giảm nghèo hằng năm", ()),))

    assert plan.appendix_label(1) == "Phụ lục"


def test_several_appendices_have_roman_numbers():
    assert [sample_plan().appendix_label(place) for place in (1, 2)] == ["Phụ lục I", "Phụ lục II"]
