"""Lists pasted from Excel: read whole, or refused with the line."""

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.platform.pasted_tables import (
    UNREAD,
    PastedColumn,
    PastedRow,
    PastedTableField,
)

COLUMNS = (
    PastedColumn("name", "Tên", ("Tên thôn",)),
    PastedColumn("code", "Mã"),
    PastedColumn(UNREAD, "STT", ("TT",)),
)


def read(text):
    return PastedTableField(columns=COLUMNS).clean(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Thôn 1\nThôn 2", [(1, {"name": "Thôn 1"}), (2, {"name": "Thôn 2"})], id="bare"
        ),
        pytest.param("Thôn 1\t01\r\n\r\n", [(1, {"name": "Thôn 1", "code": "01"})], id="columns"),
        pytest.param(
            "TT\tMÃ\ttên thôn (*)\n1\t01\tThôn  1",
            [(2, {"name": "Thôn 1", "code": "01"})],
            id="headings in another order",
        ),
        pytest.param('"Thôn\n1"\t01', [(1, {"name": "Thôn 1", "code": "01"})], id="a broken cell"),
        pytest.param("Thôn 1\t01\t\t", [(1, {"name": "Thôn 1", "code": "01"})], id="empty cells"),
    ],
)
def test_rows_are_read_with_their_line(text, rows):
    assert read(text) == [PastedRow(number, values) for number, values in rows]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(" \n", "Dán danh sách vào ô này.", id="nothing"),
        pytest.param("Tên\tMã\n", "Dán danh sách vào ô này.", id="headings alone"),
        pytest.param(
            "Tên\tTrưởng thôn\nThôn 1\tA",
            "Không nhận ra cột “Trưởng thôn”. Bỏ cột này, hoặc đặt tên cột là: Tên, Mã.",
            id="unknown heading",
        ),
        pytest.param("Tên\tTên thôn\nA\tB", "Cột “Tên” có hai lần.", id="heading twice"),
        pytest.param("STT\tMã\n1\t2", "Dòng tiêu đề thiếu cột “Tên”.", id="no name"),
        pytest.param(
            "Thôn 1\n\nThôn 2\t02\tđô thị",
            "Dòng 3: ô “đô thị” nằm ngoài các cột Tên, Mã. Dán kèm dòng tiêu đề.",
            id="a cell too many",
        ),
        pytest.param("Thôn\n" * 502, "Dán tối đa 500 dòng một lần.", id="too many"),
    ],
)
def test_what_cannot_be_read_is_refused(text, sentence):
    with pytest.raises(ValidationError) as refused:
        read(text)

    assert refused.value.messages == [sentence]


def test_an_empty_cell_and_a_column_that_was_not_pasted_are_empty():
    assert read("Thôn 1")[0]["code"] == ""
