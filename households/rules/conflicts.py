"""Two persons changed one record: a field in which they disagree, and the side that was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """One field in which the two disagree, both sides in words; `name` is its form name."""

    name: str
    label: str
    theirs: str
    mine: str


def choices_in(data: Mapping[str, str]) -> dict[str, str]:
    """The sides chosen on the conflict page, by field name; empty on any other page."""
    return {
        name.removeprefix("keep_"): value
        for name, value in data.items()
        if name.startswith("keep_") and value in (MINE, THEIRS)
    }
