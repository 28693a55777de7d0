"""What a sentence of a plan promises: every operator that plans use, and what stays a sentence."""

from decimal import Decimal

import pytest

from projects.choices import TargetOperator as Is
from reports.plans.word.reading.promises import read_promise


@pytest.mark.parametrize(
    ("sentence", "operator", "low"),
    [
        ("Có 98% hộ đạt 98% trở lên", None, None),
        ("Tỷ lệ dùng nước sạch đạt 98%.", Is.EQUAL, "98"),
        ("100% hộ nghèo nhận được tờ tin.", Is.EQUAL, "100"),
        ("Từ 80% trở lên người lao động được giới thiệu việc làm.", Is.AT_LEAST, "80"),
        ("95% trở lên hộ nghèo dùng nước hợp vệ sinh.", Is.AT_LEAST, "95"),
        ("Mở tối thiểu 03 lớp dạy nghề.", Is.AT_LEAST, "3"),
        ("Ít nhất 05 mô hình.", Is.AT_LEAST, "5"),
        ("Không quá 1,5% hộ nghèo.", Is.AT_MOST, "1.5"),
        ("Tối đa 12 hộ nghèo.", Is.AT_MOST, "12"),
        ("Tỷ lệ hộ nghèo còn dưới 0,2%.", Is.BELOW, "0.2"),
        ("Còn khoảng 1.277 hộ.", Is.ABOUT, "1277"),
        ("Từ 05 đến 07 hộ thoát nghèo.", Is.RANGE, "5"),
        ("Giảm 12 hộ nghèo.", Is.REDUCE_BY, "12"),
        ("Giảm ít nhất 12 hộ nghèo so với năm trước.", Is.REDUCE_AT_LEAST, "12"),
        ("Giảm từ 5 - 7 hộ.", Is.REDUCE_RANGE, "5"),
        ("Bình quân mỗi năm giảm 0,5% hộ nghèo.", Is.REDUCE_YEARLY, "0.5"),
        ("Giảm bình quân 0,5%/năm.", Is.REDUCE_YEARLY, "0.5"),
        ("Tỷ lệ hộ nghèo giảm xuống còn 0,15%.", Is.LEVEL, "0.15"),
        ("Đến năm 2030 không còn hộ nghèo.", Is.NONE_LEFT, None),
        ("Trên 80% lao động có việc làm.", None, None),
        ("Hỗ trợ 10 hộ làm nhà và 05 mô hình.", None, None),
        ("100% hộ có nhà, 98% trẻ đi học.", None, None),
        ("Không còn hộ nghèo, còn 12 hộ cận nghèo.", None, None),
        ("Thực hiện Kế hoạch số 14/KH-UBND ngày 09/8/2025.", None, None),
    ],
)
def test_a_sentence_is_one_promise_or_none(sentence, operator, low):
    said = read_promise(sentence)

    if operator is None:
        assert said is None
    else:
        assert (said.promise.operator, said.promise.low) == (operator, low and Decimal(low))


@pytest.mark.parametrize(
    ("sentence", "how", "rate"),
    [
        ("Đến 31/12/2026 còn 12 hộ nghèo (0,15%).", Is.EQUAL, "0.15"),
        ("Còn 77 hộ nghèo (dưới 0,9%) năm 2026.", Is.BELOW, "0.9"),
        ("Năm 2026 còn 106 hộ cận nghèo, chiếm tỷ lệ 1,27%.", Is.EQUAL, "1.27"),
        ("Còn khoảng 127 hộ (khoảng 1,49%) vào năm 2026.", Is.ABOUT, "1.49"),
    ],
)
def test_a_count_brings_its_rate_and_its_year(sentence, how, rate):
    said = read_promise(sentence)

    assert (said.promise.rate_operator, said.promise.rate) == (how, Decimal(rate))
    assert said.year == 2026
    assert sentence[slice(*said.figure)] == str(said.promise.low)
    assert sentence[slice(*said.rate)] == f"{rate.replace('.', ',')}%"


def test_the_year_of_the_baseline_is_not_that_of_the_promise():
    assert read_promise("Giảm ít nhất 12 hộ nghèo so với cuối năm 2026.").year is None
    assert read_promise("Năm 2027 giảm 12 hộ so với năm 2026.").year == 2027


def test_a_long_row_of_numbers_takes_no_time():
    """Bad input: a paragraph without end is no sentence, and a dense one is told in time."""
    assert read_promise("còn 5 hộ " * 10_000) is None
    assert read_promise("giảm từ 5 đến " * 140) is None
