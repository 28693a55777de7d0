"""What may stand in a name, and that the stored name is the one people see."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from povertyplan.core.text.fields import LineField, NameField, PersonNameField
from povertyplan.core.text.names import drop_unseen, foreign_letter, name_fault
from povertyplan.core.text.vietnamese import normalise_text, search_key

SEEN = "Nguyễn Thị Hoa"
UNSEEN = {
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "right to left override": "\u202e",
    "isolate": "\u2066",
    "arabic letter mark": "\u061c",
    "grapheme joiner": "\u034f",
    "hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "tag": "\U000e0041",
    "null": "\x00",
    "escape": "\x1b",
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=list(UNSEEN))
@pytest.mark.parametrize("place", [0, 3, 7, len(SEEN)])
def test_text_is_stored_and_searched_as_it_is_seen(unseen, place):
    typed = SEEN[:place] + unseen + SEEN[place:]

    assert normalise_text(typed) == SEEN
    assert search_key(typed) == search_key(SEEN)
    assert PersonNameField().clean(typed) == SEEN


def test_marks_parted_from_their_letter_come_together_again():
    assert normalise_text("U\u200b\u0309y") == "Ủy"


@given(st.text())
def test_stored_text_has_nothing_unseen_and_is_stable(text):
    stored = normalise_text(text)

    assert normalise_text(stored) == stored
    assert not [each for each in stored if unicodedata.category(each) in ("Cf", "Cc")]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("Nguyễn V\u0430n An", "chữ Kirin", id="cyrillic a"),
        pytest.param("\u03a4rần Hoa", "chữ Hy Lạp", id="greek tau"),
        pytest.param("\uff2cê Hoa", "chữ toàn khổ", id="full width"),
        pytest.param("Lê \U0001d40coa", "chữ lạ", id="mathematical"),
        pytest.param("Lê H\u0251", "chữ lạ", id="latin alpha"),
        pytest.param("Lê H\u0131ền", "chữ lạ", id="dotless i"),
        pytest.param("Hoa\u0301\u0301\u0301\u0301", "quá nhiều dấu", id="piled marks"),
        pytest.param("<b>Hoa</b>", "ký hiệu “<”", id="markup"),
    ],
)
@pytest.mark.parametrize("is_person", [True, False])
def test_what_only_looks_like_a_name_is_named(name, fault, is_person):
    assert fault in name_fault(normalise_text(name), is_person=is_person)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("=HYPERLINK(A1)", "công thức"),
        ("+84 Hoa", "công thức"),
        ("@SUM(A1)", "công thức"),
        ("-2+3", "công thức"),
        ("Thôn &lt;b&gt;", "&lt;"),
        ("{{ ward }}", "{"),
        ("...", "không có chữ cái"),
    ],
)
def test_formula_and_markup_are_named_in_a_title(name, fault):
    assert fault in name_fault(name)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("=cmd|A", "ký hiệu “=”"),
        ("Y Lan 2", "chữ số “2”"),
        ("Ng?c", "ký hiệu “?”"),
        ("...", "không có chữ cái"),
        ("-Hoa", "bắt đầu bằng “-”"),
        ("Hoa; DROP", "ký hiệu “;”"),
    ],
)
def test_signs_that_no_person_has_are_named(name, fault):
    assert fault in name_fault(name, is_person=True)


@pytest.mark.parametrize(
    "name",
    [
        "Đặng Thị Ủy",
        "Y H’Bơ Niê",
        "A' Ưm",
        "Rơ Châm Phiơ̆m",
        "Nguyễn Thị Hoa (Tý)",
        "Lê-Na",
        "Ƀăn Čư",
    ],
)
def test_names_of_people_pass(name):
    assert not name_fault(normalise_text(name), is_person=True)


@pytest.mark.parametrize(
    "name",
    [
        "Tổ dân phố 3/2",
        "Thôn Kon Rờ Bàng 2",
        "Phòng Văn hóa – Xã hội",
        "Tỷ lệ hộ dùng nước < 30 m²",
    ],
)
def test_titles_may_have_digits_and_more_but_no_markup(name):
    assert bool(name_fault(name)) == ("<" in name)


def test_prose_is_cleaned_and_keeps_its_signs():
    assert LineField().clean("Thu nhập <\u200b 1,5 triệu") == "Thu nhập < 1,5 triệu"


def test_field_names_the_letter_and_keeps_nothing():
    with pytest.raises(ValidationError, match="“Tổ \u0412ắc” có “\u0412” là chữ Kirin"):
        NameField().clean("Tổ \u0412ắc")


def test_text_that_may_stand_is_left_alone():
    assert drop_unseen("Dòng\n\thai") == "Dòng\n\thai"
    assert foreign_letter("A’Ũ ʼ ² №") == ""


@pytest.mark.parametrize(
    "name",
    [
        "A Thủi",
        "Y Bliă Ayŭn",
        "Rơ Châm H'Lan",
        "Ê-đê Mlô",
        "H’Nghĕ Kpă",
        "Ksor Bơ̆m",
        "Rmah Čôč",
        "Siu Ñan",
        "Đinh Ƀaih",
        "Y Sơ̆ƀ Niê Kđăm",
        "Lò Thị Ỏn",
    ],
)
def test_names_of_the_highlands_pass_every_door(name):
    for typed in (name, unicodedata.normalize("NFD", name)):
        assert PersonNameField().clean(typed) == unicodedata.normalize("NFC", name)
        assert search_key(typed) == search_key(name)
        assert search_key(name).replace("'", "").replace("-", " ").replace(" ", "").isascii()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u00d0ặng Thị Hoa", "Đặng Thị Hoa"),
        ("\u0189inh H\u00f0", "Đinh Hđ"),
        ("Lê\u2011Na", "Lê-Na"),
        ("Ho\u2800a", "Hoa"),
    ],
)
def test_what_looks_the_same_is_stored_the_same(typed, stored):
    assert normalise_text(typed) == stored
    assert search_key(typed) == search_key(stored)


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("Tổ dân phố \uff11", "chữ toàn khổ"),
        ("Tổ dân phố \u0661", "không phải chữ số thường"),
        ("Tổ \u2162", "không phải chữ số thường"),
        ("\uff1cb\uff1e Thôn", "chữ toàn khổ"),
        ("Thôn \u01c8", "chữ lạ"),
        ("Thôn d\u0335ăk", "dấu lạ"),
    ],
)
def test_digits_signs_and_marks_that_look_like_ours_are_named(title, fault):
    assert fault in name_fault(normalise_text(title))
