"""The labels that Word computes for its lists: "I.", "1.1.", "a)", "-". They stand in no text.

A label follows from the level of a list (its shape, start and restart), what the list overrides,
and how often each level came before. A list hangs on the paragraph or on its style.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from povertyplan.core.text.vietnamese import roman_numeral
from reports.plans.word.reading.package import W

DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_DASHES = frozenset("-–—−\uf02d\u2010\u2011")


def tag(name: str) -> str:
    """A name in the namespace of Word."""
    return f"{{{W}}}{name}"


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of an element that may be missing; "" where it is."""
    return "" if element is None else element.get(tag(name), "")


def whole(text: str, otherwise: int = 0) -> int:
    """A number of the file, whatever stands there instead of it."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else otherwise


@dataclass(frozen=True)
class ListLevel:
    """One level of a list: "%1.%2." with its formats."""

    shape: str = ""
    format: str = "decimal"
    start: int = 1
    restart: int | None = None
    style: str = ""
    is_legal: bool = False
    indent: int = 0


@dataclass(frozen=True)
class ListLabel:
    """The label of a paragraph, and the indent that its list gives it."""

    text: str
    indent: int


class WordLists:
    """The lists of one file; `label` is asked once a paragraph, in reading order."""

    def __init__(self, part: etree._Element | None, styled: Mapping[str, str]):
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._named: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, ListLevel], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        self._styled = styled
        if part is not None:
            self._read(part)

    def label(self, number: str, depth: int | None, style: str) -> ListLabel | None:
        """The label of the next paragraph of a list; None where it is in none."""
        if number not in self._lists:
            return None
        abstract, overridden, starts = self._lists[number]
        levels = self._levels_of(abstract) | overridden
        if depth is None:
            depth = next((each for each, level in levels.items() if level.style == style), 0)
        if depth not in levels:
            return None
        counts = self._counts[abstract]
        if depth in starts and (number, depth) not in self._begun:
            counts[depth] = starts[depth] - 1
        self._begun.add((number, depth))
        _count(counts, levels, depth)
        return ListLabel(_written(levels, counts, depth), levels[depth].indent)

    def _levels_of(self, abstract: str) -> dict[int, ListLevel]:
        """The levels of a list, or of the list of the style that it stands for."""
        if self._levels.get(abstract):
            return self._levels[abstract]
        number = self._styled.get(self._named.get(abstract, ""), "")
        other = self._lists[number][0] if number in self._lists else ""
        return self._levels.get(other, {})

    def _read(self, part: etree._Element) -> None:
        for each in part.iter(tag("abstractNum")):
            name = value(each, "abstractNumId")
            self._levels[name] = _levels(each)
            self._named[name] = value(each.find(tag("numStyleLink")))
        for each in part.iter(tag("num")):
            overridden: dict[int, ListLevel] = {}
            starts: dict[int, int] = {}
            for override in each.iter(tag("lvlOverride")):
                depth = whole(value(override, "ilvl"))
                if (start := override.find(tag("startOverride"))) is not None:
                    starts[depth] = whole(value(start), 1)
                overridden |= _levels(override)
            abstract = value(each.find(tag("abstractNumId")))
            self._lists[value(each, "numId")] = (abstract, overridden, starts)


def _count(counts: dict[int, int], levels: Mapping[int, ListLevel], depth: int) -> None:
    for above in range(depth):
        if above in levels:
            counts.setdefault(above, levels[above].start)
    counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
    for below in range(depth + 1, DEEPEST):
        restart = levels[below].restart if below in levels else None
        if restart is None or depth < restart:
            counts.pop(below, None)


def _levels(parent: etree._Element) -> dict[int, ListLevel]:
    return {whole(value(each, "ilvl")): _level(each) for each in parent.findall(tag("lvl"))}


def _level(each: etree._Element) -> ListLevel:
    level = ListLevel(
        shape=value(each.find(tag("lvlText"))),
        format=value(each.find(tag("numFmt"))) or "decimal",
        start=whole(value(each.find(tag("start"))), 1),
        style=value(each.find(tag("pStyle"))),
        is_legal=each.find(tag("isLgl")) is not None,
    )
    if (restart := each.find(tag("lvlRestart"))) is not None:
        level = replace(level, restart=whole(value(restart)))
    indent = each.find(f"{tag('pPr')}/{tag('ind')}")
    return replace(level, indent=whole(value(indent, "left") or value(indent, "start")))


def _written(levels: Mapping[int, ListLevel], counts: Mapping[int, int], depth: int) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return bullet(level.shape)

    def put(found: re.Match) -> str:
        place = int(found[1]) - 1
        own = levels.get(place, ListLevel())
        count = counts.get(place, own.start)
        return _formatted(count, "decimal" if level.is_legal else own.format)

    return _PLACE.sub(put, level.shape).strip()


def bullet(shape: str) -> str:
    """A bullet as it is typed: a dash of any length is "-", a picture of any kind "•".

    >>> bullet("–"), bullet("\\uf0b7"), bullet("+")
    ('-', '•', '+')
    """
    sign = shape.strip()[:1]
    if sign in _DASHES:
        return "-"
    return sign if sign in ("+", "*") else "•"


def _formatted(count: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        written = roman_numeral(count)
        return written if kind == "upperRoman" else written.lower()
    if kind in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "none":
        return ""
    return f"{count:02d}" if kind == "decimalZero" else str(count)
