"""Vietnamese order, search, masks and numerals."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyplan.core.text.vietnamese import (
    mask_citizen_id,
    normalise_text,
    place_sort_key,
    point_letter,
    roman_numeral,
    search_key,
    sort_key,
    split_name,
)

IN_ORDER = [
    pytest.param(list("aăâbcdđeêghiklmnoôơpqrstuưvxy"), id="letters"),
    pytest.param(["ma", "mà", "mả", "mã", "má", "mạ"], id="tones"),
    pytest.param(["an", "ăn", "ân", "ẩn", "ấn"], id="letters before tones"),
    pytest.param(["An", "Ạn", "Anh"], id="a shorter syllable first, whatever its tone"),
    pytest.param(["Lê An", "Đỗ Ăn", "Bùi Ân", "Võ Bình"], id="given name first"),
    pytest.param(["Đặng Thị Hoa", "Lê Thị Hoa", "Lê Văn Hoa"], id="then family and middle"),
    pytest.param(["Hà Thị Hoa", "Hạ Thị Hoa"], id="tone of the family name"),
    pytest.param(["Hoa", "Lê Hoa"], id="no family name first"),
    pytest.param(["Nguyễn Văn An", "Nguyện An An"], id="a family stays together"),
    pytest.param(["Trần Uy", "Trần Ủy", "Trần Ưng"], id="u before ư"),
    pytest.param(["Tổ 10", "Tổ 2"], id="digits as characters"),
]


@pytest.mark.parametrize("names", IN_ORDER)
def test_sort_key_puts_names_in_vietnamese_order(names):
    shuffled = random.Random(7).sample(names, len(names))

    assert sorted(shuffled, key=sort_key) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hòa", "Hoà", id="both places of the tone"),
        pytest.param("Thủy", "Thuỷ", id="tone on u or y"),
        pytest.param("ĐẶNG THỊ ỦY", "Đặng Thị Ủy", id="capitals"),
        pytest.param("Đặng  Thị\u00a0Ủy ", "Đặng Thị Ủy", id="spaces"),
        pytest.param(unicodedata.normalize("NFD", "Nguyễn Thị Ượng"), "Nguyễn Thị Ượng", id="NFD"),
        pytest.param("Y H’Bơ", "Y H'Bơ", id="apostrophes"),
    ],
)
def test_keys_ignore_spelling_habits(one, other):
    assert sort_key(one) == sort_key(other)
    assert search_key(one) == search_key(other)


def test_places_stand_as_people_count_them():
    names = [f"Tổ dân phố {number}" for number in (1, 2, "2A", 3, 9, 10, 11, 100)]

    assert sorted(set(names), key=place_sort_key) == names
    assert len(place_sort_key("1 " * 60)) <= 400
    assert place_sort_key("Tổ dân phố 007") == place_sort_key("Tổ dân phố 7")


def test_sort_key_uses_the_name_given_for_sorting():
    names = [("Y Hữu Niê", "Hữu"), ("Trần Hùng", ""), ("Lê Văn Nam", "")]

    ordered = sorted(names, key=lambda pair: sort_key(*pair))

    assert [name for name, _ in ordered] == ["Trần Hùng", "Y Hữu Niê", "Lê Văn Nam"]


@given(st.text())
def test_sort_key_is_plain_ascii_for_any_text(text):
    assert re.fullmatch("[0-9a-z]*", sort_key(text))


@given(st.text(), st.text())
def test_sort_key_does_not_depend_on_normal_form(family, given_name):
    name = f"{family} {given_name}"

    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(
        unicodedata.normalize("NFC", name)
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đặng Thị Ủy", "dang thi uy"),
        ("  NGUYỄN   Ượng", "nguyen uong"),
        ("Ê-đê", "e-de"),
        ("Tổ dân phố 3", "to dan pho 3"),
        ("", ""),
    ],
)
def test_search_key_drops_accents(text, key):
    assert search_key(text) == key


def test_normalise_text_composes_and_collapses():
    typed = unicodedata.normalize("NFD", "\u00a0 Võ  Thị\u00a0Mai\t")

    assert normalise_text(typed) == "Võ Thị Mai"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Thị Hoa", ("Nguyễn Thị", "Hoa")),
        ("Hoa", ("", "Hoa")),
        ("", ("", "")),
    ],
)
def test_split_name_gives_family_and_given(name, parts):
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("citizen_id", "masked"),
    [
        pytest.param("051012341234", "0510****1234", id="twelve digits"),
        pytest.param("123456789", "*****6789", id="nine digits of an old card"),
        pytest.param("1234", "****", id="nothing readable when short"),
        pytest.param("", "", id="no number"),
    ],
)
def test_mask_citizen_id_hides_the_middle(citizen_id, masked):
    assert mask_citizen_id(citizen_id) == masked


def test_point_letters_follow_the_vietnamese_alphabet():
    assert "".join(point_letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize("position", [0, 24])
def test_point_letter_refuses_what_has_no_letter(position):
    with pytest.raises(ValueError, match="chữ cái"):
        point_letter(position)


@pytest.mark.parametrize(
    ("value", "numeral"),
    [(1, "I"), (4, "IV"), (8, "VIII"), (9, "IX"), (49, "XLIX"), (90, "XC"), (2026, "MMXXVI")],
)
def test_roman_numeral(value, numeral):
    assert roman_numeral(value) == numeral


def test_roman_numeral_refuses_zero():
    with pytest.raises(ValueError, match="La Mã"):
        roman_numeral(0)
