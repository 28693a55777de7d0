"""The words of a text that became another one, a number with its marks as one word. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# "0,15%", "7.847", "01/2026", "12/2025"; the mark behind a number that ends a sentence is no part.
_WORD = re.compile(r"(\d+(?:[.,/]\d+)*%?|\w+|[^\w\s])\s*")
# More comparisons than this would be felt: the whole middle is then said to be another.
MOST_COMPARED = 250_000


@dataclass(frozen=True)
class WordRun:
    """Words in a row that stayed, went or came."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def words_of(text: str) -> list[str]:
    """The words, numbers and marks of a text, composed letters (NFC) throughout.

    >>> words_of("Giảm 0,15% (7.847 hộ), tháng 01/2026.")
    ['Giảm', '0,15%', '(', '7.847', 'hộ', ')', ',', 'tháng', '01/2026', '.']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text))


def word_changes(before: str, after: str) -> list[WordRun]:
    """Both texts as one, run by run: what went stands before what came in its place.

    >>> [run.text for run in word_changes("Còn 21 hộ.", "Còn 12 hộ.")]
    ['Còn ', '21 ', '12 ', 'hộ.']
    """
    old, new = _pieces(before), _pieces(after)
    same_old, same_new = [each.strip() for each in old], [each.strip() for each in new]
    runs: list[WordRun] = []
    for was, now, is_same in _stretches(same_old, same_new):
        if is_same:
            runs.append(WordRun("".join(new[now])))
            continue
        if old[was]:
            # Words that stay are set as they are set now: the space in front may be missing there.
            is_apart = was.start > 0 and old[was.start - 1].endswith(" ")
            space = " " if is_apart and not runs[-1].text.endswith(" ") else ""
            runs.append(WordRun(space + "".join(old[was]), is_removed=True))
        runs += [WordRun("".join(new[now]), is_added=True)] if new[now] else []
    return runs


def line_changes(before: str, after: str) -> list[list[WordRun]]:
    """The lines of two texts that are not the same, each with its words; for rows of tables."""
    old, new = before.splitlines(), after.splitlines()
    lines = []
    for was, now, is_same in _stretches(old, new):
        if is_same:
            continue
        pairs = zip_longest(old[was], new[now], fillvalue="")
        lines += [word_changes(left, right) for left, right in pairs]
    return lines


def _pieces(text: str) -> list[str]:
    """The words with the space behind each."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return [found.group() for found in _WORD.finditer(composed)]


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice, bool]]:
    """The two lists cut alongside each other, and whether each pair of cuts says the same."""
    head, shorter = 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield slice(0, head), slice(0, head), True
    yield from _middle(old, new, slice(head, len(old) - tail), slice(head, len(new) - tail))
    if tail:
        yield slice(len(old) - tail, len(old)), slice(len(new) - tail, len(new)), True


def _middle(
    old: Sequence[str], new: Sequence[str], was: slice, now: slice
) -> Iterator[tuple[slice, slice, bool]]:
    left, right = old[was], new[now]
    if not left and not right:
        return
    if len(left) * len(right) > MOST_COMPARED:
        yield was, now, False
        return
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for name, i, j, k, m in matcher.get_opcodes():
        yield (
            slice(was.start + i, was.start + j),
            slice(now.start + k, now.start + m),
            name == "equal",
        )
