"""The figures of a text found again in words that were written outside. Pure.

A text names its figures, the words of a file print them. Where a number stands as it was printed it
is the figure again; where it does not, somebody typed another one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\d+(?:[.,/]\d+)*%?|\w+|[^\w\s]")
LONGEST_FOUND = 60
WORDS_AROUND = 8


@dataclass(frozen=True)
class PrintedPiece:
    """A piece of a text as it is printed; `code` names the figure that it is, with its braces."""

    printed: str
    code: str = ""


@dataclass(frozen=True)
class OtherFigure:
    """A figure for which the words have something else; empty where they left it out.

    `context` is the figure as it is printed between the words around it.
    """

    code: str
    printed: str
    found: str
    context: str = ""


@dataclass(frozen=True)
class RestoredText:
    """Words with their figures named again, and the figures that they say otherwise."""

    text: str
    others: tuple[OtherFigure, ...] = ()


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str


def restore_fields(pieces: Sequence[PrintedPiece], written: str) -> RestoredText:
    """Words that were written over printed pieces, as a text that names its figures.

    >>> was = [PrintedPiece("Còn "), PrintedPiece("21", "{poor 2026}"), PrintedPiece(" hộ.")]
    >>> restore_fields(was, "Nay còn 21 hộ.").text
    'Nay còn {poor 2026} hộ.'
    >>> restore_fields(was, "Còn 20 hộ.").others[0].found
    '20'
    """
    printed = "".join(piece.printed for piece in pieces)
    old, new = _words(printed), _words(written)
    matcher = SequenceMatcher(
        None, [_sign(word) for word in old], [_sign(word) for word in new], autojunk=False
    )
    alike: dict[int, int] = {}
    instead: dict[int, tuple[int, int]] = {}
    for name, i, j, k, m in matcher.get_opcodes():
        if name == "equal":
            alike |= dict(zip(range(i, j), range(k, m), strict=True))
        else:
            instead |= dict.fromkeys(range(i, j), (k, m))
    spans: list[tuple[int, int, str]] = []
    others: list[OtherFigure] = []
    for start, end, piece in _figures(pieces):
        holding = [at for at, word in enumerate(old) if word.start < end and word.end > start]
        span = _span(holding, alike, old, new, start, end)
        if span is not None:
            spans.append((*span, piece.code))
            continue
        found = next((instead[at] for at in holding if at in instead), (0, 0))
        words = written[new[found[0]].start : new[found[1] - 1].end] if found[1] > found[0] else ""
        context = _around(printed, start, end)
        others.append(OtherFigure(piece.code, piece.printed, words[:LONGEST_FOUND], context))
    return RestoredText(_filled(written, spans), tuple(others))


def recase(printed: str, capitals: str) -> str:
    """Words that a file prints in capitals, as they are written: known ones as they were.

    >>> recase("Mục tiêu của phường Hòa Mẫu", "MỤC TIÊU CHUNG CỦA PHƯỜNG HÒA MẪU")
    'Mục tiêu chung của phường Hòa Mẫu'
    """
    if capitals != capitals.upper() or printed == printed.upper():
        return capitals
    known = {word.text.upper(): word.text for word in reversed(_words(printed))}
    written = list(capitals)
    for place, word in enumerate(_words(capitals)):
        usual = word.text.capitalize() if place == 0 else word.text.lower()
        written[word.start : word.end] = known.get(word.text, usual)
    return "".join(written)


def _around(printed: str, start: int, end: int) -> str:
    """A piece of a text with some words on each side of it."""
    before, behind = printed[:start].split(" "), printed[end:].split(" ")
    near = " ".join(before[-WORDS_AROUND:]), " ".join(behind[:WORDS_AROUND])
    opening = "… " if len(before) > WORDS_AROUND else ""
    closing = " …" if len(behind) > WORDS_AROUND else ""
    return f"{opening}{near[0]}{printed[start:end]}{near[1]}{closing}"


def _words(text: str) -> list[_Word]:
    return [_Word(each.start(), each.end(), each.group()) for each in _WORD.finditer(text)]


def _sign(word: _Word) -> str:
    return word.text.casefold()


def _figures(pieces: Sequence[PrintedPiece]) -> Iterator[tuple[int, int, PrintedPiece]]:
    """Where each figure stands in the printed text."""
    at = 0
    for piece in pieces:
        if piece.code:
            yield at, at + len(piece.printed), piece
        at += len(piece.printed)


def _span(
    holding: Sequence[int],
    alike: dict[int, int],
    old: Sequence[_Word],
    new: Sequence[_Word],
    start: int,
    end: int,
) -> tuple[int, int] | None:
    """Where a figure stands in the new words; None where it is not there whole."""
    places = [alike.get(at) for at in holding]
    if not places or None in places:
        return None
    first, last = places[0], places[-1]
    if first is None or last is None or last - first != len(places) - 1:
        return None
    begin = new[first].start + start - old[holding[0]].start
    return begin, new[last].end - (old[holding[-1]].end - end)


def _filled(written: str, spans: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, code in spans:
        if start < at:
            continue
        parts += [written[at:start], code]
        at = end
    return "".join((*parts, written[at:]))
