"""Figures of a text found again in words that were written over it elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.plans.returned.fields import PrintedPiece, recase, restore_fields

PIECES = (
    PrintedPiece("Đến 31/12/2026 còn "),
    PrintedPiece("21", "{poor_households 2026}"),
    PrintedPiece(" hộ nghèo, bằng "),
    PrintedPiece("0,27%", "{poor_percent 2026}"),
    PrintedPiece(" số hộ."),
)


@pytest.mark.parametrize(
    ("written", "text", "others"),
    [
        (
            "Đến 31/12/2026 còn 21 hộ nghèo, bằng 0,27% số hộ.",
            "Đến 31/12/2026 còn {poor_households 2026} hộ nghèo, bằng {poor_percent 2026} số hộ.",
            [],
        ),
        (
            "Cuối năm 2026 toàn phường chỉ còn 21 hộ nghèo (0,27%).",
            "Cuối năm 2026 toàn phường chỉ còn {poor_households 2026} hộ nghèo"
            " ({poor_percent 2026}).",
            [],
        ),
        (
            "Đến 31/12/2026 còn 20 hộ nghèo, bằng 0,27% số hộ.",
            "Đến 31/12/2026 còn 20 hộ nghèo, bằng {poor_percent 2026} số hộ.",
            [("21", "20")],
        ),
        ("Giữ nguyên chỉ tiêu.", "Giữ nguyên chỉ tiêu.", [("21", None), ("0,27%", None)]),
    ],
)
def test_a_figure_that_stands_as_printed_is_the_figure_again(written, text, others):
    restored = restore_fields(PIECES, written)
    assert restored.text == text
    assert [each.printed for each in restored.others] == [printed for printed, _ in others]
    for said, (_, found) in zip(restored.others, others, strict=True):
        assert found is None or said.found == found


def test_a_part_of_a_number_is_no_figure():
    pieces = (PrintedPiece("Còn "), PrintedPiece("21", "{a}"), PrintedPiece(" hộ"))
    assert restore_fields(pieces, "Còn 213 hộ").text == "Còn 213 hộ"


def test_a_figure_beside_its_percent_sign_is_found():
    pieces = (PrintedPiece("Tỷ lệ "), PrintedPiece("0,27", "{a}"), PrintedPiece("% số hộ"))
    assert restore_fields(pieces, "Tỷ lệ mới 0,27% số hộ").text == "Tỷ lệ mới {a}% số hộ"


WORDS = st.lists(st.sampled_from(["hộ", "nghèo", "21", "0,5%", "7.847", ",", "năm"]), max_size=6)


@given(st.lists(st.tuples(WORDS.map(" ".join), st.booleans()), max_size=6))
def test_words_nobody_touched_are_the_text_that_they_were_printed_from(parts):
    pieces = []
    for place, (words, is_figure) in enumerate(parts):
        pieces.append(PrintedPiece(f" {words} "))
        if is_figure:
            pieces.append(PrintedPiece(str(1000 + place), f"{{f{place}}}"))
    printed = "".join(each.printed for each in pieces)
    typed = "".join(each.code or each.printed for each in pieces)
    restored = restore_fields(pieces, printed)
    assert (restored.text, restored.others) == (typed, ())


def test_capitals_of_a_title_are_taken_back():
    assert recase("Mục tiêu của phường Hòa Mẫu", "MỤC TIÊU CỦA PHƯỜNG HÒA MẪU") == (
        "Mục tiêu của phường Hòa Mẫu"
    )
    assert recase("Mục tiêu", "NHIỆM VỤ") == "Nhiệm vụ"
    assert recase("Mục tiêu", "Mục tiêu chung") == "Mục tiêu chung"


def test_another_figure_is_shown_between_the_words_around_it():
    words = " ".join(f"chữ{number}" for number in range(20))
    pieces = [PrintedPiece(f"{words} "), PrintedPiece("21", "{poor}"), PrintedPiece(f" {words}")]
    (other,) = restore_fields(pieces, f"{words} 20 {words}").others
    begins, ends = "… chữ13 chữ14", "chữ5 chữ6 …"
    assert other.context.startswith(begins)
    assert " chữ19 21 chữ0 " in other.context
    assert other.context.endswith(ends)
