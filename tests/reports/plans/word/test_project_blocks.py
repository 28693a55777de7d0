"""A component project as plans write it: number, labelled lines, who leads and who helps."""

from dataclasses import dataclass

import pytest

from reports.plans.word.draft_parts import unit_key
from reports.plans.word.reading.project_blocks import ProjectField, read_project, split_units

KNOWN = {
    unit_key(name): name
    for name in ("Phòng Kinh tế, Hạ tầng và Đô thị", "Hội Nông dân", "Trạm Y tế")
}


@dataclass(frozen=True)
class Line:
    text: str
    level: int
    order: int


def lines(*texts):
    """Each line deeper by two spaces in front of it."""
    return [
        Line(text.strip(), 2 + (len(text) - len(text.lstrip())) // 2, order)
        for order, text in enumerate(texts, start=1)
    ]


def test_each_label_is_its_field_and_other_lines_stay():
    said = read_project(
        "Dự án 2: Đa dạng hóa sinh kế",
        lines(
            "Mục tiêu: Giúp hộ nghèo có thêm nguồn thu.",
            "Đối tượng: Hộ nghèo, hộ cận nghèo;",
            "Nội dung:",
            "  Cấp cây giống;",
            "  Tập huấn kỹ thuật.",
            "Lưu ý khi thực hiện ở vùng sâu.",
            "Đơn vị thực hiện: Phòng Kinh tế, Hạ tầng và Đô thị.",
            "Cơ quan phối hợp: Hội Nông dân.",
        ),
    )

    assert said.code == "2"
    assert said.said_of(ProjectField.CONTENTS) == ["Cấp cây giống", "Tập huấn kỹ thuật"]
    assert said.said_of(ProjectField.LEADS) == ["Phòng Kinh tế, Hạ tầng và Đô thị"]
    assert said.taken == [1, 2, 3, 4, 5, 7, 8]


@pytest.mark.parametrize(
    "line",
    [
        "Phân công: Trạm Y tế chủ trì, phối hợp với Hội Nông dân.",
        "Đơn vị chủ trì: Trạm Y tế; phối hợp: Hội Nông dân.",
        "Đơn vị thực hiện: Trạm Y tế chủ trì, phối hợp với Hội Nông dân.",
    ],
)
def test_who_leads_and_who_helps_may_stand_on_one_line(line):
    said = read_project("Tiểu dự án 2: Cải thiện bữa ăn", lines(line), above="3")

    assert said.code == "3.2"
    assert said.said_of(ProjectField.LEADS) == ["Trạm Y tế"]
    assert said.said_of(ProjectField.COORDINATING) == ["Hội Nông dân"]


def test_what_a_part_of_a_project_says_is_not_said_of_the_project():
    below = lines("Mục tiêu: Của dự án.", "Tiểu dự án 1: A", "  Đơn vị chủ trì: Trạm Y tế.")

    assert read_project("Dự án 3: Hỗ trợ sản xuất", below) is None
    assert read_project("Mục tiêu cụ thể", lines("Đơn vị chủ trì: Trạm Y tế.")) is None


def test_units_are_found_with_their_commas_and_no_word_is_lost():
    found, rest = split_units(
        ["Phòng Kinh tế, Hạ tầng và Đô thị phường, Hội Nông dân và Ban A; các đơn vị khác"],
        KNOWN,
        unit_key,
    )

    assert [KNOWN[key] for key in found] == ["Phòng Kinh tế, Hạ tầng và Đô thị", "Hội Nông dân"]
    assert rest == ["Ban A", "các đơn vị khác"]


def test_a_name_of_a_thousand_pieces_is_split_in_time():
    found, rest = split_units([", ".join(["Ban"] * 3_000)], KNOWN, unit_key)

    assert (found, len(rest)) == ([], 1)
