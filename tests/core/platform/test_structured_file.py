"""YAML as text: nothing guessed, nothing twice, every slip with its line."""

from decimal import Decimal
from typing import Annotated

import pytest

from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read, read_file
from povertyplan.core.platform.structured_file.values import Day, Number, OneLine, Whole, Year
from povertyplan.core.platform.structured_file.writing import write


class Part(Section):
    name: Annotated[str, OneLine(10)]
    on: Day | None = None
    share: Number | None = None
    households: Whole | None = None
    year: Year | None = None


class SmallFile(Section):
    parts: tuple[Part, ...]


def problems_of(text):
    with pytest.raises(FileError) as caught:
        check(SmallFile, read(text))
    return [str(problem) for problem in caught.value.problems]


def test_read_keeps_every_scalar_as_it_was_typed():
    text = read("code: 01\nanswer: no\nday: 2024-02-30\nempty:\nquoted: ''\nrate: 0.27\n")

    assert text.tree == {
        "code": "01",
        "answer": "no",
        "day": "2024-02-30",
        "empty": None,
        "quoted": "",
        "rate": "0.27",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("parts: [1\nb: 2", "dòng 2: sai cú pháp YAML ở cột 2", id="broken"),
        pytest.param("a: 1\n---\nb: 2", "dòng 2: sai cú pháp YAML", id="two documents"),
        pytest.param("a: &x 1\nb: 2", "dòng 1: không dùng neo", id="anchor"),
        pytest.param("a: 1\nb: *x", "dòng 2: không dùng neo", id="alias"),
        pytest.param("[" * 5000, "dòng 1: lồng nhau quá 40 cấp", id="deep"),
        pytest.param("", "dòng 1: tệp không có nội dung", id="empty"),
        pytest.param("a: \x00", "dòng 1: tệp có ký tự không in được", id="control character"),
    ],
)
def test_read_refuses_what_is_not_a_plain_file(text, expected):
    with pytest.raises(FileError, match=expected):
        read(text)


def test_read_file_in_another_encoding(tmp_path):
    path = tmp_path / "ward.yaml"
    path.write_bytes("name: Phường".encode("utf-16"))

    with pytest.raises(FileError, match="bảng mã UTF-8"):
        read_file(path)


def test_read_file_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match=r"không mở được tệp ward\.yaml"):
        read_file(tmp_path / "ward.yaml")


def test_check_reports_every_problem_with_line_and_path():
    text = """\
parts:
  - {name: Tổ 1, on: 2024-02-30}
  - {name: Tổ 2, on: 31/12/2024, share: "0,27"}
  - name: Tổ 3
    name: Tổ 4
    households: 7.847
    colour: red
  - {households: 3, year: 24}
  - {name: "  ", share: 0.275}
  - {name: Tên dài quá mười, year: 1999}
"""

    assert problems_of(text) == [
        "dòng 2, parts[0].on: không có ngày “2024-02-30”.",
        "dòng 3, parts[1].on: ngày phải viết theo dạng năm-tháng-ngày, ví dụ 2024-12-31.",
        "dòng 3, parts[1].share: phải là số không âm, phần thập phân sau dấu chấm (0.27).",
        "dòng 5, parts[2].name: mục “name” đã có ở dòng 4.",
        "dòng 6, parts[2].households: phải là số nguyên không âm, không có dấu chấm.",
        "dòng 7, parts[2].colour: không có mục “colour”.",
        "dòng 8, parts[3].name: thiếu mục này.",
        "dòng 8, parts[3].year: năm phải có bốn chữ số.",
        "dòng 9, parts[4].name: không được để trống.",
        "dòng 9, parts[4].share: chỉ được 2 chữ số thập phân.",
        "dòng 10, parts[5].name: dài quá 10 ký tự.",
        "dòng 10, parts[5].year: không được nhỏ hơn 2000.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- a\n- b", "dòng 1: phải gồm các mục “tên: giá trị”.", id="list for section"),
        pytest.param(
            "parts: {a: b}", "dòng 1, parts: phải là một danh sách", id="section for list"
        ),
        pytest.param("parts: []\n? [a]\n: 1", "dòng 2: tên mục phải là chữ.", id="list as a key"),
        pytest.param("parts: [{name: [a]}]", "parts[0].name: phải là một dòng chữ.", id="list"),
    ],
)
def test_check_names_a_value_of_another_shape(text, expected):
    assert any(expected in problem for problem in problems_of(text))


def test_check_composes_letters_and_spaces():
    decomposed = "parts: [{name: ' Tô\u0309   1 '}]"

    assert check(SmallFile, read(decomposed)).parts[0].name == "Tổ 1"


def test_write_reads_back_as_the_same_text():
    tree = {
        "code": "01",
        "eight": "08",
        "answer": "no",
        "low": Decimal("12.00"),
        "rate": Decimal("0.20"),
        "note": "Còn {poor_households 2024} hộ: “ít”",
        "parts": [{"name": "Tổ 1"}],
    }

    written = write(tree)

    assert "low: 12\n" in written
    assert read(written).tree == {**tree, "low": "12", "rate": "0.2"}
