"""What an editor saw of a text: another text changed meanwhile is no conflict. Pure."""

from collections.abc import Iterable
from hashlib import sha256

# Two texts of this length have one mark once in a thousand million.
MARK_LENGTH = 12


def mark_of_lines(lines: Iterable[str]) -> str:
    """A short mark of words, sent along with the form that shows them."""
    return sha256("\n".join(lines).encode()).hexdigest()[:MARK_LENGTH]


def version_seen(version: int | None, *, now: int, is_same: bool) -> int | None:
    """The version an editor saw; where the words are the same still, that of now.

    >>> version_seen(2, now=5, is_same=True), version_seen(2, now=5, is_same=False)
    (5, 2)
    """
    is_older = version is not None and 1 <= version < now
    return now if is_older and is_same else version
