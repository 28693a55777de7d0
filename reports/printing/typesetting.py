"""Words of a document that a line end must not part: "Dự án 6", "A - B", "1,5 điểm phần trăm".

Pure. The text itself stays as it is, so that whoever searches or copies it finds plain spaces.
"""

import re
from collections.abc import Iterator, Sequence

from .tree import DataValue

_TOGETHER = re.compile(
    r"\w+ - \w+|\b[Dd]ự án \d\S*|\b[Pp]hụ lục [IVX]+\b|\S+\sđiểm(?= phần trăm)"
    r"|\b[Ss]ố \d\S*|\d\S* hộ\b"
)
_NOUN_AFTER_FIGURE = re.compile(r" \w+")

Run = tuple[tuple[str | DataValue, ...], bool]
"""Neighbouring pieces, and whether they stay on one line."""


def runs(pieces: Sequence[str | DataValue]) -> Iterator[Run]:
    """Cut a text into runs; a figure keeps the word after it."""
    figure: DataValue | None = None
    for piece in pieces:
        if isinstance(piece, DataValue):
            if figure is not None:
                yield (figure,), True
            figure = piece
            continue
        if figure is not None:
            noun = _NOUN_AFTER_FIGURE.match(piece)
            yield (figure, noun.group() if noun else ""), True
            figure, piece = None, piece[noun.end() :] if noun else piece
        yield from _runs_of_words(piece)
    if figure is not None:
        yield (figure,), True


def _runs_of_words(text: str) -> Iterator[Run]:
    end = 0
    for match in _TOGETHER.finditer(text):
        if match.start() > end:
            yield (text[end : match.start()],), False
        yield (match.group(),), True
        end = match.end()
    if end < len(text):
        yield (text[end:],), False
