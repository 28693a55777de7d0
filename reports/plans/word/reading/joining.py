"""Paragraphs put together again that a file broke at the end of each printed line.

Pure. In a file that came out of a PDF each line is a paragraph, and empty ones between them mean
nothing. A line goes on in the next one where its sentence has not ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.plans.word.reading.labels import split_label
from reports.plans.word.reading.lines import Line, Where

ENDS = (".", ";", ":", "?", "!", "./.", "…")
FULL = 0.78  # of the width of a line
SHORTEST = 40
FEWEST, SHARE = 5, 0.25


@dataclass(frozen=True)
class LabelledLine:
    """A line whose typed label was taken off its text. `lines` are the lines it was put from."""

    line: Line
    label: str
    text: str
    lines: tuple[str, ...]


def join_lines(lines: Sequence[Line]) -> list[LabelledLine]:
    """The paragraphs of a file without its empty lines."""
    worded = [line for line in lines if line.text or line.label]
    width = _wrap_width(worded)
    joined: list[LabelledLine] = []
    last = 0  # letters of the line before
    for line in worded:
        here = _labelled(line)
        if joined and _goes_on(joined[-1], last, here, width):
            joined[-1] = _continued(joined[-1], line)
        else:
            joined.append(here)
        last = len(line.text)
    return joined


def _labelled(line: Line) -> LabelledLine:
    if line.label:
        return LabelledLine(line, line.label, line.text, (line.text,))
    if line.where == Where.TABLE:
        return LabelledLine(line, "", line.text, (line.text,))
    label, text = split_label(line.text)
    return LabelledLine(line, label, text, (line.text,))


def _continued(before: LabelledLine, line: Line) -> LabelledLine:
    marks = before.line.bookmarks + line.bookmarks
    is_bold = before.line.bold and line.bold
    return LabelledLine(
        replace(before.line, bookmarks=marks, bold=is_bold),
        before.label,
        f"{before.text} {line.text}",
        (*before.lines, line.text),
    )


def _wrap_width(lines: Sequence[Line]) -> int:
    """The letters of a full line where the file is broken at line ends, else 0."""
    body = [line for line in lines if line.where in (Where.BODY, Where.BOX)]
    torn = [
        len(one.text)
        for one, after in pairwise(body)
        if len(one.text) > SHORTEST
        and _is_open(one.text)
        and after.text[:1].islower()
        and not split_label(after.text)[0]
    ]
    if len(torn) < FEWEST or len(torn) < SHARE * len(body) / 2:
        return 0
    return sorted(torn)[len(torn) * 9 // 10]


def _is_open(text: str) -> bool:
    return not text.endswith(ENDS)


def _goes_on(before: LabelledLine, last: int, here: LabelledLine, width: int) -> bool:
    one, two = before.line, here.line
    if one.where != two.where or one.where not in (Where.BODY, Where.BOX):
        return False
    if two.label or two.outline or not before.text or before.text.endswith(":"):
        return False
    is_full = bool(width) and last >= FULL * width
    begins = here.text[:1]
    if is_full and begins.islower() and not here.label:
        return True
    if not _is_open(before.text):
        return False
    if here.label:
        # "kinh tế" / "- xã hội": a dash that a line end tore off its word.
        return is_full and here.label == "-" and begins.islower()
    if one.centred != two.centred or (one.outline and not is_full):
        return False
    if begins.islower():
        return not width and len(before.text) > SHORTEST
    return is_full and not two.centred and one.bold == two.bold
