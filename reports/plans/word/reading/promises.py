"""A sentence that promises one figure, taken apart: how it binds, the figure, a rate beside it.

Pure. A sentence whose figures can be read in two ways is not read at all: it stays a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from projects.choices import TargetOperator
from projects.rules.promises import Promise

PERCENT = "%"
_NUMBER = r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,\d{1,2})?(?![\d/])"
_NOUNS = (
    r"hộ|người|nhân khẩu|mô hình|lớp|nhà|căn|trẻ|học sinh|lao động|lượt|công trình|dự án|cuộc"
    r"|thôn|đợt|điểm %|%"
)
_FIGURE = rf"(?P<low>{_NUMBER})\s*(?P<unit>{_NOUNS})?"
_BESIDE = (
    rf"(?:\s+[^\W\d]+){{0,6}}\s*(?:\(|,?\s*(?:chiếm\s+)?(?:tỷ|tỉ) lệ\s+)(?:tỷ lệ\s+|chiếm\s+)?"
    rf"(?P<rate_how>dưới|khoảng|không quá|còn)?\s*(?P<rate>{_NUMBER})\s*%"
)
_PER_YEAR = r"\s*(?:/\s*năm|mỗi năm|hằng năm|hàng năm)"
# The most telling words first: what a shape found is not looked for again.
_SHAPES: tuple[tuple[TargetOperator, str], ...] = (
    (
        TargetOperator.REDUCE_RANGE,
        rf"giảm\s+(?:từ\s+)?(?P<low>{_NUMBER})\s*%?\s*(?:đến|-|–)\s*(?P<high>{_NUMBER})\s*"
        rf"(?P<unit>{_NOUNS})(?!{_PER_YEAR})",
    ),
    (
        TargetOperator.REDUCE_YEARLY,
        rf"(?:(?:bình quân|trung bình)\s+)?(?:mỗi năm|hằng năm|hàng năm)\s+giảm\s+{_FIGURE}",
    ),
    (
        TargetOperator.REDUCE_YEARLY,
        rf"giảm\s+(?:bình quân\s+)?{_FIGURE}{_PER_YEAR}",
    ),
    (
        TargetOperator.REDUCE_AT_LEAST,
        rf"giảm\s+(?:ít nhất|tối thiểu)\s+{_FIGURE}",
    ),
    (TargetOperator.REDUCE_AT_LEAST, rf"giảm\s+(?:từ\s+)?{_FIGURE}\s+trở lên"),
    (TargetOperator.REDUCE_BY, rf"giảm\s+{_FIGURE}"),
    (
        TargetOperator.RANGE,
        rf"từ\s+(?P<low>{_NUMBER})\s*%?\s*(?:đến|-|–)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_NOUNS})",
    ),
    (TargetOperator.AT_LEAST, rf"(?:đạt\s+)?(?:từ\s+)?{_FIGURE}\s+trở lên"),
    (TargetOperator.AT_LEAST, rf"(?:ít nhất|tối thiểu)\s+(?:là\s+)?{_FIGURE}"),
    (TargetOperator.AT_MOST, rf"(?:không quá|không vượt quá|tối đa)\s+{_FIGURE}"),
    (TargetOperator.BELOW, rf"(?:còn\s+)?dưới\s+{_FIGURE}"),
    (TargetOperator.ABOUT, rf"(?:còn\s+)?khoảng\s+{_FIGURE}"),
    (TargetOperator.LEVEL, rf"còn(?:\s+lại)?\s+{_FIGURE}"),
    (TargetOperator.EQUAL, rf"(?:đạt|bằng)\s+{_FIGURE}"),
    (TargetOperator.EQUAL, rf"(?P<low>100)\s*(?P<unit>{PERCENT})"),
)
_OPERATORS = {
    "dưới": TargetOperator.BELOW,
    "khoảng": TargetOperator.ABOUT,
    "không quá": TargetOperator.AT_MOST,
    "còn": TargetOperator.LEVEL,
}
_NONE_LEFT = re.compile(r"\bkhông còn\s+(?:hộ|người|trẻ|nhà)\b", re.IGNORECASE)
_COMPILED = tuple(
    (operator, re.compile(rf"\b{shape}", re.IGNORECASE)) for operator, shape in _SHAPES
)
_BESIDE_SHAPE = re.compile(_BESIDE, re.IGNORECASE)
_COUNTED = re.compile(rf"{_NUMBER}\s*(?:{_NOUNS})(?!\w)", re.IGNORECASE)
_MORE_THAN = re.compile(rf"\b(?:trên|hơn|tăng)\s+{_NUMBER}\s*(?:{_NOUNS})", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:năm|31/12/|12/)\s*(20\d\d)\b", re.IGNORECASE)
# The year that a promise is measured against is not its own.
_AGAINST = re.compile(r"\bso với\b[^,;.()]*", re.IGNORECASE)
LONGEST_SENTENCE = 2_000


@dataclass(frozen=True)
class SaidPromise:
    """What one sentence promises; `year` where it names one.

    `figure` and `rate` are the places of what documents print of both: a number, with its "%". A
    range has no such place, as no one figure prints it.
    """

    promise: Promise
    unit: str
    figure: tuple[int, int] | None = None
    rate: tuple[int, int] | None = None
    year: int | None = None

    @property
    def is_percent(self) -> bool:
        return self.unit.startswith(PERCENT) or self.unit.endswith(PERCENT)


def read_promise(text: str) -> SaidPromise | None:
    """What a sentence promises; None where it says none, several, or one in no operator of ours.

    >>> found = read_promise("Đến 31/12/2026 còn dưới 12 hộ nghèo (0,15%).")
    >>> found.promise.operator, found.promise.low, found.promise.rate, found.year
    ('below', Decimal('12'), Decimal('0.15'), 2026)
    >>> read_promise("Hỗ trợ 10 hộ làm nhà và 05 mô hình.")
    """
    if len(text) > LONGEST_SENTENCE or _MORE_THAN.search(text):
        return None
    years = dict.fromkeys(map(int, _YEAR.findall(_AGAINST.sub("", text))))
    year = next(iter(years)) if len(years) == 1 else None
    found = [(match.start(), at, match) for at, match in _matches(text)]
    if not found:
        return _none_left(text, year)
    _, at, match = min(found, key=lambda one: one[:2])
    operator = _COMPILED[at][0]
    beside = _BESIDE_SHAPE.match(text, match.end())
    spans = [match.span()] + ([beside.span()] if beside else [])
    if _says_more(text, spans) or _NONE_LEFT.search(text):
        return None
    parts = match.groupdict()
    promise = Promise(
        operator=operator.value,
        low=_number(parts["low"]),
        high=_number(parts.get("high")),
        rate_operator=_rate_operator(beside).value if beside else "",
        rate=_number(beside["rate"]) if beside else None,
    )
    unit = (parts["unit"] or "").lower()
    if beside and unit == PERCENT:
        return None  # two rates in one sentence: which is the figure cannot be told
    rate = (beside.start("rate"), beside.end()) if beside else None
    return SaidPromise(promise, unit, _place(match, unit), rate, year)


def _matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where each shape is found first, by its place among them; a figure counts something."""
    for at, (_, pattern) in enumerate(_COMPILED):
        counted = (found for found in pattern.finditer(text) if found["unit"])
        if first := next(counted, None):
            yield at, first


def _none_left(text: str, year: int | None) -> SaidPromise | None:
    if len(_NONE_LEFT.findall(text)) != 1 or _COUNTED.search(text):
        return None
    return SaidPromise(Promise(operator=TargetOperator.NONE_LEFT.value), "", year=year)


def _says_more(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether something else is counted in the sentence."""
    return any(
        not any(first <= each.start() < last for first, last in spans)
        for each in _COUNTED.finditer(text)
    )


def _rate_operator(beside: re.Match[str]) -> TargetOperator:
    return _OPERATORS.get((beside["rate_how"] or "").lower(), TargetOperator.EQUAL)


def _place(match: re.Match[str], unit: str) -> tuple[int, int] | None:
    if match.groupdict().get("high") or (unit != PERCENT and PERCENT in unit):
        return None
    return match.start("low"), match.end("unit" if unit == PERCENT else "low")


def _number(words: str | None) -> Decimal | None:
    return Decimal(words.replace(".", "").replace(",", ".")) if words else None
