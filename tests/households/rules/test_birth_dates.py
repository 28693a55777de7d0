"""Births as they are typed, and what a personal number says of its bearer."""

import doctest
from datetime import date

import pytest

from households.choices import BirthPrecision
from households.rules.people import birth_dates, citizen_ids
from households.rules.people.birth_dates import UnreadableBirth, read_birth, write_birth
from households.rules.people.citizen_ids import find_contradictions

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("module", [birth_dates, citizen_ids])
def test_examples_hold(module):
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("text", "born", "precision"),
    [
        pytest.param("17/5/1980", date(1980, 5, 17), "day", id="day"),
        pytest.param(" 17-05-1980 ", date(1980, 5, 17), "day", id="day with dashes"),
        pytest.param("17.5.1980", date(1980, 5, 17), "day", id="day with dots"),
        pytest.param("29/2/2024", date(2024, 2, 29), "day", id="leap day"),
        pytest.param("5/1980", date(1980, 5, 1), "month", id="month"),
        pytest.param("1980", date(1980, 1, 1), "year", id="year"),
        pytest.param("20/11/2026", TODAY, "day", id="today"),
    ],
)
def test_read_birth_reads_and_writes_back(text, born, precision):
    read = read_birth(text, today=TODAY)

    assert read == (born, BirthPrecision(precision))
    assert read_birth(write_birth(*read), today=TODAY) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "80",
        "17/5/80",
        "31/2/1980",
        "13/1980",
        "1899",
        "21/11/2026",
        "2027",
        "abc",
        "1/1/1/1980",
    ],
)
def test_read_birth_refuses(text):
    with pytest.raises(UnreadableBirth):
        read_birth(text, today=TODAY)


@pytest.mark.parametrize(
    ("number", "sex", "born", "sentences"),
    [
        pytest.param("087084000999", "male", date(1984, 1, 1), 0, id="agrees"),
        pytest.param("087184000999", "female", date(1984, 1, 1), 0, id="a woman"),
        pytest.param("087210000999", "male", date(2010, 1, 1), 0, id="this century"),
        pytest.param("087084000999", "female", date(1984, 1, 1), 1, id="other sex"),
        pytest.param("087084000999", "male", date(2084, 1, 1), 1, id="other century"),
        pytest.param("999084000999", "male", date(1984, 1, 1), 1, id="no province"),
        pytest.param("087084000999", "male", None, 0, id="birth unknown"),
        pytest.param("", "male", date(1984, 1, 1), 0, id="no number"),
    ],
)
def test_contradictions_are_told(number, sex, born, sentences):
    assert len(find_contradictions(number, sex=sex, born=born)) == sentences
