"""Words that stay on one line, without a change to the text."""

import pytest

from reports.printing.tree import DataValue
from reports.printing.typesetting import runs

pytestmark = pytest.mark.alike


def held(*pieces):
    return [
        "".join(str(part) for part in parts) for parts, on_one_line in runs(pieces) if on_one_line
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("giai đoạn 2025 - 2030", ["2025 - 2030"]),
        ("các tổ chức chính trị - xã hội;", ["trị - xã"]),
        ("thực hiện Dự án 6.", ["Dự án 6."]),
        ("lộ trình tại Phụ lục I;", ["Phụ lục I"]),
        ("Chậm 10,7\xa0điểm phần trăm", ["10,7\xa0điểm"]),
        ("Nghị quyết số 24/2021/QH15 ngày", ["số 24/2021/QH15"]),
        ("tổng 05 hộ nghèo", ["05 hộ"]),
        ("Không có gì để giữ", []),
    ],
)
def test_runs_hold_together_what_belongs_together(text, kept):
    assert held(text) == kept
    assert "".join(part for parts, _ in runs([text]) for part in parts) == text


def test_figure_keeps_the_word_after_it():
    figure = DataValue("poor_households 2024", "21")

    assert held("còn ", figure, " hộ nghèo") == ["21 hộ"]
    assert held("chiếm ", figure) == ["21"]
    assert held(figure, figure, ".") == ["21", "21"]
