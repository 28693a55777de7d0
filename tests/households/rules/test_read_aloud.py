"""What is read to a family at the door, by class."""

import pytest

from households.rules.classification import classify
from households.rules.read_aloud import WHAT_COMES_NEXT, spoken_result
from tests.households.standards import STANDARD


@pytest.mark.parametrize(
    ("score", "lacking", "told", "why"),
    [
        pytest.param(175, [1, 5, 9], "là hộ nghèo", "từ mức 30 điểm trở lên.", id="poor"),
        pytest.param(175, [5, 9], "là hộ cận nghèo", "chưa đến mức 30 điểm.", id="near poor"),
        pytest.param(176, [], "không thuộc diện hộ nghèo, hộ cận nghèo", "nào.", id="not poor"),
    ],
)
def test_spoken_result_says_class_reason_and_what_comes_next(score, lacking, told, why):
    result = classify(STANDARD, "urban", score, lacking)

    first, income, lacks, last = spoken_result(STANDARD, "urban", score, lacking, result)

    assert first == f"Theo kết quả rà soát, gia đình {told}."
    assert (f"là {score}, " in income, "175 điểm của khu vực thành thị" in income) == (True, True)
    assert lacks.endswith(why)
    assert last == WHAT_COMES_NEXT
