"""Labels as they are written: "I.", "1.2.", "a)", "(1)", "-". What a text may begin with.

Pure. A label may be read in two ways ("C." a Roman hundred or the third letter): each is told,
and the one that goes on a sequence is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
WESTERN = "abcdefghijklmnopqrstuvwxyz"
BULLETS = ("-", "+", "*", "•")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SHAPE = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_TYPED = re.compile(
    r"""(?:
      (?P<part>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXL]+|\d{1,3})\b[.:]?)
    | (?P<open>\((?:\d{1,2}|[a-zđ]|[ivx]{1,5})\))
    | (?P<roman>[IVXLC]{1,6})(?P<romansep>\s?[.)/]|\s?[-–:](?=\s|$))
    | (?P<dotted>\d{1,2}(?:\.\d{1,2}){1,4})(?P<dottedsep>\.?\)?)(?=\s|$)
    | (?P<number>\d{1,2})(?P<numbersep>[.)/]|\s?[-–](?=\s|$))(?!\d)
    | (?P<letter>[a-zđA-ZĐ])(?P<lettersep>[.)/])(?!\w\.)
    | (?P<bullet>[-–—−+*•●▪])(?!\d)
    )\s*(?=\S|$)""",
    re.VERBOSE,
)
_PROJECT = re.compile(r"(Tiểu dự án|Dự án)\s+(?:thành phần\s+)?(\d{1,2})\b")
_DASHES = "-–—−"


@dataclass(frozen=True)
class Label:
    """One way to read a label: its form, its place in the sequence, and for 1.2.3 what is above."""

    form: str
    count: int | str
    above: tuple[int, ...] = ()

    @property
    def is_bullet(self) -> bool:
        return self.form in BULLETS

    @property
    def is_first(self) -> bool:
        return self.count in (1, "a")

    def follows(self, before: int | str) -> bool:
        """Whether it comes right after a count of the same form."""
        if isinstance(self.count, int):
            return isinstance(before, int) and self.count == before + 1
        return any(f"{before}{self.count}" in order for order in (VIETNAMESE, WESTERN))


def split_label(text: str) -> tuple[str, str]:
    """The label that a text begins with, and the text behind it.

    >>> split_label("1.2. Dự án 3"), split_label("12.500 hộ"), split_label("- 5 hộ")
    (('1.2.', 'Dự án 3'), ('', '12.500 hộ'), ('-', '5 hộ'))
    """
    found = _TYPED.match(text)
    if not found or (found["part"] and not _is_part_title(text, found)):
        return "", text
    return found.group().strip(), text[found.end() :]


def readings(label: str) -> list[Label]:
    """Every way to read a label, the likeliest first.

    >>> readings("1.2.")
    [Label(form='1.1', count=2, above=(1,))]
    >>> [each.count for each in readings("V.")], [each.count for each in readings("đ)")]
    ([5, 'v'], ['đ'])
    """
    found = _TYPED.fullmatch(label)
    return list(_readings(found)) if found else []


def project_label(text: str) -> Label | None:
    """A component project that opens a block without a number of its own."""
    found = _PROJECT.match(text)
    return Label(found[1].lower(), int(found[2])) if found else None


def _is_part_title(text: str, found: re.Match) -> bool:
    """A sentence may begin with "Mục I nêu trên" and be no title."""
    rest = text[found.end() :]
    is_marked = found["part"].endswith((".", ":"))
    return is_marked or not rest or rest[:1].isupper()


def _readings(found: re.Match) -> Iterator[Label]:
    if part := found["part"]:
        word, _, count = part.rstrip(".:").partition(" ")
        yield Label(word.lower(), _part_count(count))
    elif opened := found["open"]:
        inner = opened.strip("()")
        yield Label("(1)" if inner.isdigit() else "(a)", int(inner) if inner.isdigit() else inner)
    elif dotted := found["dotted"]:
        *above, last = map(int, dotted.split("."))
        yield Label(".".join("1" * (len(above) + 1)), last, tuple(above))
    elif number := found["number"]:
        yield Label(f"1{_sign(found['numbersep'])}", int(number))
    elif sign := found["bullet"]:
        yield Label("-" if sign in _DASHES else sign if sign in BULLETS else "•", 1)
    else:
        yield from _letters(found)


def _letters(found: re.Match) -> Iterator[Label]:
    if roman := found["roman"]:
        sign = _sign(found["romansep"])
        if _ROMAN_SHAPE.fullmatch(roman):
            yield Label(f"I{sign}", _roman_value(roman))
        if len(roman) == 1:
            yield Label(f"A{sign}", roman.lower())
        return
    letter, sign = found["letter"], found["lettersep"]
    yield Label(f"{'A' if letter.isupper() else 'a'}{sign}", letter.lower())
    if letter in "ivx":
        yield Label(f"i{sign}", _roman_value(letter.upper()))


def _sign(text: str) -> str:
    sign = text.strip()
    return "-" if sign in _DASHES else sign


def _roman_value(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def _part_count(text: str) -> int:
    words = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
    last = text.split()[-1]
    if last.isdigit():
        return int(last)
    if _ROMAN_SHAPE.fullmatch(last):
        return _roman_value(last)
    return words.index(last.lower()) + 1 if last.lower() in words else 1
