"""What may stand in a name: what people see is what is stored, found and printed.

Characters that nobody sees are taken out; letters that only look like ours, markup and the
beginnings of formulas are named, because nobody can say what was meant.
"""

import re
import unicodedata

# Format and control characters, fillers and variation selectors. Tabs and line ends are no part
# of it: they separate words. U+FFFD stays, it shows that something was lost.
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5"
    "\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff"
    "\\u2800\\uffa0\\ufff0-\\ufffb\\U0001bca0-\\U0001bca3\\U0001d159\\U0001d173-\\U0001d17a"
    "\\U000e0000-\\U000e0fff]"
)
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc`\u00b4")
# Letters without a plain one inside them that somebody here or next door writes: ƀ is Bahnar, Jrai.
_OWN_LETTERS = frozenset("đĐƀɃøØłŁæÆœŒßŋŊ")
# What Vietnamese and the peoples of the Central Highlands put on a letter.
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u0309\u030c\u031b\u0323")
# Seen exactly as ours, and typed by old keyboards and copied text: nobody means anything else.
_TWINS = str.maketrans(
    {
        "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ",
        "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip
_MOST_MARKS = 2
_TOO_MANY_MARKS = re.compile(f"[\\u0300-\\u036f]{{{_MOST_MARKS + 1}}}")
_PERSON_SIGNS = _APOSTROPHES | frozenset(" -.,()/")
_MARKUP = re.compile(r"[<>{}|\\\ufffd]|&#?\w+;")
_FORMULA_STARTS = tuple("=+-@")
_SCRIPTS = {
    "CYRILLIC": "chữ Kirin",
    "GREEK": "chữ Hy Lạp",
    "FULLWIDTH": "chữ toàn khổ",
    "COMBINING": "dấu lạ",
}


def drop_unseen(text: str) -> str:
    """Return text without what nobody sees: zero width, direction marks, soft hyphens, controls.

    >>> drop_unseen("Ngu\\u200byễn\\u202e Thị\\u00ad Hoa")
    'Nguyễn Thị Hoa'
    """
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def unify_twins(text: str) -> str:
    """Return text with the one letter or hyphen of several that look exactly alike.

    >>> unify_twins("\\u00d0ặng Lê\\u2011Na")
    'Đặng Lê-Na'
    """
    return text if text.isascii() else text.translate(_TWINS)


def foreign_letter(text: str) -> str:
    """The first letter of composed text that is none of ours or of our neighbours'; else empty.

    >>> foreign_letter("Nguyễn \\u0412an") == "\\u0412", foreign_letter("Y Č'Brốk, ơ̆, 12 m²")
    (True, '')
    """
    return next((letter for letter in text if not _may_stand(letter)), "")


def name_fault(text: str, *, is_person: bool = False) -> str:
    """What is wrong with a name, as the end of a sentence; empty where nothing is.

    A person's name has letters and the signs of names; that of a place, a unit or a title may
    have digits and more. `text` is as it is stored.

    >>> name_fault("Đặng Thị Ủy", is_person=True), name_fault("Tổ dân phố 3/2")
    ('', '')
    >>> name_fault("Y Lan 2", is_person=True)
    'có chữ số “2”'
    >>> name_fault("Tổ \\u0412ình Minh").endswith("là chữ Kirin, nhìn giống chữ Việt")
    True
    """
    if letter := foreign_letter(text):
        return f"có “{letter}” là {_script(letter)}, {_alike(letter)}"
    if _TOO_MANY_MARKS.search(unicodedata.normalize("NFC", text)):
        return "có quá nhiều dấu chồng lên một chữ"
    return _person_fault(text) if is_person else _title_fault(text)


def _may_stand(letter: str) -> bool:
    if letter.isascii():
        return True
    category = unicodedata.category(letter)
    if "\uff00" <= letter <= "\uffef":
        return False
    if category[0] == "M":
        return letter in _MARKS
    if category[0] == "N":
        return unicodedata.decimal(letter, None) is None and category != "Nl"
    if category[0] != "L" or letter in _APOSTROPHES or letter in _OWN_LETTERS:
        return True
    return unicodedata.normalize("NFD", letter)[0].isascii()


def _alike(letter: str) -> str:
    """What a letter or digit that may not stand is taken for."""
    return "không phải chữ số thường" if letter.isnumeric() else "nhìn giống chữ Việt"


def _script(letter: str) -> str:
    first_word = unicodedata.name(letter, "").partition(" ")[0]
    return _SCRIPTS.get(first_word, "chữ lạ")


def _person_fault(text: str) -> str:
    for sign in text:
        if sign.isdigit():
            return f"có chữ số “{sign}”"
        if not (sign.isalpha() or sign in _PERSON_SIGNS or unicodedata.combining(sign)):
            return f"có ký hiệu “{sign}”"
    if not any(map(str.isalpha, text)):
        return "không có chữ cái nào"
    if not (text[0].isalpha() or text[0] in _APOSTROPHES):
        return f"bắt đầu bằng “{text[0]}”"
    return ""


def _title_fault(text: str) -> str:
    if found := _MARKUP.search(text):
        return f"có ký hiệu “{found[0]}”"
    if text.startswith(_FORMULA_STARTS):
        return f"bắt đầu bằng “{text[0]}” như một công thức"
    return "" if any(map(str.isalnum, text)) else "không có chữ cái, chữ số nào"
