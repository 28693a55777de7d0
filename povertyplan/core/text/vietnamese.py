"""Vietnamese text: one spelling, search without accents, alphabetical order, masks, numerals.

The keys are plain ASCII, so that SQLite and PostgreSQL put the same names in the same order.
"""

import re
import unicodedata

from povertyplan.core.text.names import drop_unseen, unify_twins

POINT_LETTERS = tuple("abcdđeghiklmnopqrstuvxy")
"""Letters of a point (điểm) in a document; Vietnamese has no f, j, w, z."""

_APOSTROPHES = str.maketrans("‘’ʼ`´", "'" * 5)
_UNDECOMPOSED = str.maketrans({"đ": "d", "ƀ": "b", "ł": "l", "ø": "o"})

# The second character of a letter's code places it among its relatives: a ă â, d đ, o ô ơ.
_QUALITY_RANK = {
    ("a", "\u0306"): "1",
    ("a", "\u0302"): "2",
    ("e", "\u0302"): "1",
    ("o", "\u0302"): "1",
    ("o", "\u031b"): "2",
    ("u", "\u031b"): "1",
}
_PLAIN, _BARRED = "0", "1"
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_VOWELS = frozenset("aeiouy")
_END_OF_NAME_PART = "00"
LONGEST_NUMBER = 6  # digits of a number in the name of a place
LONGEST_PLACE_KEY = 400
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_TENS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"))
_ROMAN_STEPS = (*_ROMAN_TENS, (50, "L"), (40, "XL"), *_ROMAN)


def normalise_text(text: str) -> str:
    """Return text as it is stored: composed letters (NFC), single ordinary spaces, nothing unseen.

    >>> normalise_text("  Đặng\\u00a0Thị \\u200b  U\\u0309y ")
    'Đặng Thị Ủy'
    """
    return " ".join(unicodedata.normalize("NFC", unify_twins(drop_unseen(text))).split())


def normalise_lines(text: str) -> str:
    """The same of a text of several lines, whose breaks are kept.

    >>> normalise_lines("  Dòng  một \\r\\n\\r\\n hai ")
    'Dòng một\\n\\nhai'
    """
    return "\n".join(map(normalise_text, text.splitlines())).strip()


def lower_first(text: str) -> str:
    """Return a name as it stands inside a sentence.

    >>> lower_first("Phường Đăk Cấm"), lower_first("")
    ('phường Đăk Cấm', '')
    """
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return words as they begin a sentence.

    >>> upper_first("ước thực hiện năm 2025")
    'Ước thực hiện năm 2025'
    """
    return text[:1].upper() + text[1:]


def search_key(text: str) -> str:
    """Return text for searching: lower case, no accents, đ as d.

    >>> search_key("Đặng Thị Ủy"), search_key("Hòa") == search_key("hoà")
    ('dang thi uy', True)
    """
    folded = normalise_text(text).translate(_APOSTROPHES).casefold().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def split_name(name: str) -> tuple[str, str]:
    """Split a full name into (family and middle names, given name).

    >>> split_name("Nguyễn Thị Hoa"), split_name("Hoa")
    (('Nguyễn Thị', 'Hoa'), ('', 'Hoa'))
    """
    family_and_middle, _, given = normalise_text(name).rpartition(" ")
    return family_and_middle, given


def sort_key(name: str, override: str = "") -> str:
    """Return a key that puts names in Vietnamese order when compared byte by byte.

    The given name comes first, then family and middle names, syllable by syllable: letters
    a ă â b … first, the tone last (ngang, huyền, hỏi, ngã, sắc, nặng). ``override`` is the name
    to sort by (tên dùng để sắp xếp) when the last word is not the given name.

    >>> sort_key("An")
    'a0n00000'
    >>> sorted(["Võ Ân", "Lê An", "Đỗ Ăn", "Bùi Ẩn"], key=sort_key)
    ['Lê An', 'Đỗ Ăn', 'Võ Ân', 'Bùi Ẩn']
    """
    family_and_middle, given = split_name(name)
    if override.strip():
        given = normalise_text(override)
        given_words = {word.casefold() for word in given.split()}
        words = normalise_text(name).split()
        family_and_middle = " ".join(word for word in words if word.casefold() not in given_words)
    return _phrase_key(given) + _END_OF_NAME_PART + _phrase_key(family_and_middle)


def place_sort_key(name: str) -> str:
    """Return a key that puts places as people sort them when compared byte by byte.

    Vietnamese letters as in ``sort_key``, from the first word on; a number by its size.

    >>> sorted(["Tổ dân phố 10", "Thôn Đăk", "Tổ dân phố 2", "Thôn Dăk"], key=place_sort_key)
    ['Thôn Dăk', 'Thôn Đăk', 'Tổ dân phố 2', 'Tổ dân phố 10']
    """
    counted = re.sub(r"[0-9]+", lambda found: found[0].zfill(LONGEST_NUMBER), name)
    return _phrase_key(counted)[:LONGEST_PLACE_KEY]


def mask_citizen_id(citizen_id: str) -> str:
    """Hide the middle of a personal number (số định danh cá nhân).

    >>> mask_citizen_id("051012341234"), mask_citizen_id("123456789"), mask_citizen_id("")
    ('0510****1234', '*****6789', '')
    """
    if len(citizen_id) == 12:
        return f"{citizen_id[:4]}****{citizen_id[-4:]}"
    shown = citizen_id[-4:] if len(citizen_id) > 4 else ""
    return "*" * (len(citizen_id) - len(shown)) + shown


def point_letter(position: int) -> str:
    """Return the letter of the n-th point (điểm), counted from 1.

    >>> [point_letter(n) for n in (1, 4, 5, 6, 7)]
    ['a', 'd', 'đ', 'e', 'g']
    """
    if not 1 <= position <= len(POINT_LETTERS):
        raise ValueError(f"Chỉ có {len(POINT_LETTERS)} chữ cái để đánh thứ tự điểm.")
    return POINT_LETTERS[position - 1]


def roman_numeral(value: int) -> str:
    """Return a Roman numeral for a section or an appendix.

    >>> [roman_numeral(n) for n in (1, 4, 9, 14, 40, 2026)]
    ['I', 'IV', 'IX', 'XIV', 'XL', 'MMXXVI']
    """
    if value < 1:
        raise ValueError("Số La Mã bắt đầu từ 1.")
    numeral = ""
    for step, letters in _ROMAN_STEPS:
        count, value = divmod(value, step)
        numeral += letters * count
    return numeral


def _phrase_key(text: str) -> str:
    readable = text.translate(_APOSTROPHES).replace("'", "").casefold()
    return "".join(_syllable_key(syllable) for syllable in re.findall(r"[^\W_]+", readable))


def _syllable_key(syllable: str) -> str:
    """Return two characters a letter, then the tone; every code starts higher than a tone."""
    codes: list[str] = []
    base, tone = "", 0
    for mark in unicodedata.normalize("NFD", syllable):
        if (base, mark) in _QUALITY_RANK:
            codes[-1] = base + _QUALITY_RANK[base, mark]
        elif mark in _TONE_RANK and base in _VOWELS:
            tone = _TONE_RANK[mark]
        elif not unicodedata.combining(mark):
            base = mark.translate(_UNDECOMPOSED)
            codes.append(_letter_code(mark, base))
    return "".join(codes) + f"0{tone}"


def _letter_code(letter: str, base: str) -> str:
    if not base.isascii():
        return ""
    if base.isdigit():
        return f"1{base}"
    return base + (_BARRED if letter == "đ" else _PLAIN)
