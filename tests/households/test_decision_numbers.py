"""One decision has one number, however it was typed."""

import pytest

from households.decision_numbers import full_number


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
