"""Slips in the words of a plan: said twice, a unit spelled otherwise, another area's name. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from povertyplan.core.text.vietnamese import search_key
from reports.plans.checking.checked_facts import LintRule, PlanFacts, PlanFinding, TextFact

SHORTEST_ITEM = 25  # letters; a shorter line may well stand twice
_CAPITAL = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_AREA = re.compile(
    r"\b(?:phường|xã|thị trấn|huyện|tỉnh|thị xã)"
    rf"(?: (?=[{_CAPITAL}])[^\W\d_]+)+"
)
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn|xong|đến hết|hoàn thành)[^.;\d]{0,40}?"
    r"(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(20\d\d)",
    re.IGNORECASE,
)
_TYPED_NUMBER = re.compile(r"^([IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s+(\S.*)$")
_WORD = re.compile(r"[^\W_]+")


def foreign_areas(plan: PlanFacts) -> Iterator[PlanFinding]:
    """Names of areas that are known and not the plan's own, and names that nobody knows here."""
    own = {_plain(name) for name in plan.own_areas}
    for piece in plan.texts:
        found = dict.fromkeys(_named(plan.foreign_areas, piece.text))
        if own:
            found |= dict.fromkeys(
                name
                for name in _areas_in(piece.text)
                if _plain(name) not in own and _plain(name) not in map(_plain, found)
            )
        for area in found:
            yield PlanFinding(
                LintRule.OTHER_AREA_NAMED,
                piece.place,
                f"Nội dung nhắc đến {area}, là tên của địa bàn khác.",
                piece.anchor,
            )


def items_printed_twice(plan: PlanFacts) -> Iterator[PlanFinding]:
    """A sentence that stands twice in one section; two units may well be given the same task."""
    seen: dict[tuple[str, str], TextFact] = {}
    for piece in plan.texts:
        words = (piece.place, _plain(piece.text).strip(" .;,"))
        if piece.is_heading or len(words[1]) < SHORTEST_ITEM:
            continue
        if words in seen:
            yield PlanFinding(
                LintRule.PRINTED_TWICE,
                piece.place,
                f"{piece.place}: in hai lần “{_shortened(piece.text)}”.",
                piece.anchor or seen[words].anchor,
            )
        seen.setdefault(words, piece)


def units_spelled_otherwise(plan: PlanFacts) -> Iterator[PlanFinding]:
    """A unit that is written with other accents, dashes or commas than its name."""
    by_first: dict[str, list[tuple[list[str], str]]] = {}
    for name in plan.unit_names:
        keys = [search_key(word) for word in _WORD.findall(name)]
        if len(keys) > 1:
            by_first.setdefault(keys[0], []).append((keys, name))
    for piece in plan.texts:
        for written, name in dict.fromkeys(_other_spellings(piece.text, by_first)):
            yield PlanFinding(
                LintRule.UNIT_SPELLED_OTHERWISE,
                piece.place,
                f"{piece.place}: viết “{written}”, tên đơn vị là “{name}”.",
                piece.anchor,
            )


def deadlines_in(text: str) -> Iterator[date]:
    """The days by which a sentence asks for something.

    >>> list(deadlines_in("Báo cáo trước ngày 15/11/2026; số liệu ngày 31/12/2025."))
    [datetime.date(2026, 11, 15)]
    """
    for day, month, year in _DEADLINE.findall(text):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue  # 31/02 is no day; the text is for its reader to mend


def typed_number(title: str) -> tuple[str, str]:
    """The number that somebody typed before a heading, and the rest of it; else empty.

    >>> typed_number("II. Mục tiêu"), typed_number("Mục tiêu")
    (('II', 'Mục tiêu'), ('', 'Mục tiêu'))
    """
    found = _TYPED_NUMBER.match(title)
    return (found[1], found[2]) if found else ("", title)


def _other_spellings(text: str, by_first) -> Iterator[tuple[str, str]]:
    words = list(_WORD.finditer(unicodedata.normalize("NFC", text)))
    keys = [search_key(word.group()) for word in words]
    for at, first in enumerate(keys):
        for name_keys, name in by_first.get(first, ()):
            end = at + len(name_keys)
            if keys[at:end] == name_keys:
                whole = unicodedata.normalize("NFC", text)
                written = whole[words[at].start() : words[end - 1].end()]
                if _plain(written) != _plain(name):
                    yield written, name


def _areas_in(text: str) -> list[str]:
    return _AREA.findall(unicodedata.normalize("NFC", text))


def _named(areas: Iterable[str], text: str) -> Iterator[str]:
    composed = unicodedata.normalize("NFC", text)
    for area in areas:
        name = re.escape(unicodedata.normalize("NFC", area))
        if re.search(rf"(?<!\w){name}(?!\w)", composed, re.IGNORECASE):
            yield area


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80].rsplit(' ', 1)[0]} …"
