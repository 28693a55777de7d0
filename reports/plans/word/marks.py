"""The bookmark of a block in our Word files: how deep it stands, its kind, its key. Pure.

A name of a bookmark has at most 40 letters, digits and underscores.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from reports.choices import BlockKind

_LETTERS = {
    BlockKind.HEADING: "h",
    BlockKind.NUMBERED: "n",
    BlockKind.PARAGRAPH: "p",
    BlockKind.DASH: "d",
    BlockKind.PLUS: "u",
}
_FROM_DATA = "o"
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_SHAPE = re.compile(r"k([1-9])([a-z])_([0-9a-f]{32})")
DEEPEST = 9


@dataclass(frozen=True)
class BlockMark:
    """What a bookmark says of its block; `kind` is "" for one that is written from data."""

    level: int
    kind: str
    key: UUID


def block_mark(level: int, kind: str, key: UUID) -> str:
    """The name of a bookmark.

    >>> block_mark(2, "heading", UUID(int=10))
    'k2h_0000000000000000000000000000000a'
    """
    letter = _LETTERS.get(BlockKind(kind), _FROM_DATA)
    return f"k{min(level, DEEPEST)}{letter}_{key.hex}"


def read_mark(names: Iterable[str]) -> BlockMark | None:
    """What the first bookmark of ours among several says.

    >>> read_mark(["_GoBack", "k2h_0000000000000000000000000000000a"]).level
    2
    """
    found = next(filter(None, map(_SHAPE.fullmatch, names)), None)
    return found and BlockMark(int(found[1]), _KINDS.get(found[2], ""), UUID(found[3]))
