"""One decision has one number, however it was typed."""

import pytest

from households.rules.decision_numbers import bare_number, full_number


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        pytest.param("283", "283/QĐ-UBND", id="number alone"),
        pytest.param(" 283 / qđ - ubnd ", "283/QĐ-UBND", id="spaces and small letters"),
        pytest.param("283/QD-UBND", "283/QĐ-UBND", id="keyboard without đ"),
        pytest.param("Số: 0283", "283/QĐ-UBND", id="with the word and a nought"),
        pytest.param("7", "07/QĐ-UBND", id="below ten"),
        pytest.param("283/QĐ-CT", "283/QĐ-CT", id="another symbol stays"),
        pytest.param("283/", "283/QĐ-UBND", id="no symbol behind the stroke"),
        pytest.param("12a/qđ-ubnd", "12a/QĐ-UBND", id="a letter behind the number"),
        pytest.param("  ", "", id="nothing"),
    ],
)
def test_full_number(typed, full):
    assert full_number(typed) == full
    assert full_number(full) == full


@pytest.mark.parametrize(
    "typed",
    ["300", "0300", "Số 300", "300/QĐ-UBND", "300 QĐ-UBND", "0300 qđ-ubnd", " 300 / QĐ-CT "],
)
def test_bare_number(typed):
    assert bare_number(typed) == "300"
