"""A register read from a sheet: its headings, and faults that stay few enough to read."""

from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.registers.tables import MOST_LINES, MOST_TOLD, TOO_MANY, read_table

HEADINGS = ("Ngày", "Mã hộ", "Loại", "Số", "Nguồn", "Ghi chú", "Văn bản")
OPTIONAL = ("Số", "Nguồn", "Ghi chú", "Văn bản")


@dataclass
class Sheet:
    rows: list
    name: str = "Trang"
    hidden: bool = False
    errors: frozenset = frozenset()
    legacy: dict = field(default_factory=dict)


def read(rows):
    return read_table([Sheet(rows)], headings=HEADINGS, optional=OPTIONAL, codes=("Mã hộ",))


def told(rows):
    with pytest.raises(ValidationError) as refused:
        read(rows)
    return refused.value.messages


def test_only_the_columns_that_must_be_there_make_a_register():
    table = read([["Sổ năm 2026"], ["Ngày", "Mã hộ", "Loại"], ["1/2/2026", "HN-1", "Gà"]])

    assert table.lines == ((3, ("1/2/2026", "HN-1", "Gà", "", "", "", "")),)


def test_a_column_that_must_be_there_is_asked_for():
    assert told([["Ngày", "Mã hộ"], ["1/2/2026", "HN-1"]]) == ["Trang “Trang” thiếu cột: Loại."]


def test_a_title_with_the_word_of_one_column_is_no_heading():
    assert told([["Loại"], ["Gà"]])[0].startswith("Không thấy dòng tiêu đề")


def test_of_very_many_faults_the_first_are_told():
    faults = told([HEADINGS[:3], *[["1/2/2026", 1.5, "Gà"]] * (MOST_TOLD + 20)])

    assert len(faults) == MOST_TOLD + 1
    assert faults[-1] == "Còn 20 lỗi nữa. Sửa các lỗi trên rồi gửi lại."


def test_of_too_many_lines_none_is_looked_at():
    assert told([HEADINGS[:3], *[["1/2/2026", 1.5, "Gà"]] * (MOST_LINES + 1)]) == [TOO_MANY]
