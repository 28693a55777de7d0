"""A Word file held against what was signed: which numbers and words it says otherwise. Pure.

Nothing comes of it but the list: what was signed stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reports.choices import TEXT_BLOCKS
from reports.plans.returned.fields import OtherFigure, PrintedPiece, restore_fields
from reports.plans.returned.matching import FROM_DATA, HEADING_GONE, MOVED, FileMatch, match_file
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.word_changes import WordRun, word_changes
from reports.plans.word.reading.passages import Passage

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")
MOST_LISTED = 300
REASONS = {
    MOVED: "Đứng ở chỗ khác so với bản đã ký.",
    HEADING_GONE: "Đề mục của bản đã ký không còn trong tệp.",
}
OTHER_FRAME = "Khác phần thể thức của bản đã ký."
IN_TABLE = "Dòng này không có trong bảng, danh mục của bản đã ký."


@dataclass
class SignedComparison:
    """What a file says otherwise than the signed document.

    `words` are texts whose numbers stayed; `added` and `removed` whole paragraphs, `frame` what is
    neither, each with why.
    """

    matched: int = 0
    figures: list[OtherFigure] = field(default_factory=list)
    words: list[list[WordRun]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    frame: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_alike(self) -> bool:
        return not (self.figures or self.words or self.added or self.removed or self.frame)


def compare_file(signed: Sequence[VersionBlock], passages: Sequence[Passage]) -> SignedComparison:
    """The paragraphs of a file against the blocks that were signed, numbers as whole words."""
    match = match_file(signed, passages)
    found = SignedComparison(matched=match.matched)
    printed = {block.key: block.text for block in signed if block.key}
    for change in match.changed:
        _take_text(found, printed[change.key], change.text)
    for change in match.added:
        found.added.append(change.text)
    found.removed = [printed[change.key] for change in match.removed]
    _take_rest(found, match, signed)
    for name in ("figures", "words", "added", "removed", "frame"):
        setattr(found, name, getattr(found, name)[:MOST_LISTED])
    return found


def _take_text(found: SignedComparison, was: str, now: str) -> None:
    """A text that was changed: its numbers first, and where these stayed its words."""
    figures = other_numbers(was, now)
    found.figures += figures
    if not figures:
        found.words.append(word_changes(was, now))


def other_numbers(was: str, now: str) -> list[OtherFigure]:
    """The numbers of a text that another one says otherwise, or leaves out, or has more.

    >>> others = other_numbers("Còn 12 hộ (0,15%).", "Còn 15 hộ (0,15%).")
    >>> [(one.printed, one.found) for one in others]
    [('12', '15')]
    """
    return list(restore_fields(list(_pieces(was)), now).others) or _more(was, now)


def _more(was: str, now: str) -> list[OtherFigure]:
    """Numbers that came where none stood before."""
    before, after = _NUMBER.findall(was), _NUMBER.findall(now)
    for number in before:
        if number in after:
            after.remove(number)
    return [OtherFigure("", "", number, now) for number in after]


def _pieces(text: str) -> Iterator[PrintedPiece]:
    at = 0
    for found in _NUMBER.finditer(text):
        yield PrintedPiece(text[at : found.start()])
        yield PrintedPiece(found.group(), "number")
        at = found.end()
    yield PrintedPiece(text[at:])


def _take_rest(found: SignedComparison, match: FileMatch, signed: Iterable[VersionBlock]) -> None:
    """Rows of tables and lists: the one with the same words is what it was."""
    lines = _lines_by_words(signed)
    for text, reason in match.unmatched:
        if reason != FROM_DATA:
            found.frame.append((text, REASONS.get(reason, OTHER_FRAME)))
            continue
        alike = lines.get(_words_alone(text), [])
        was = next((line for line in alike if other_numbers(line, text)), None)
        if was is None:
            found.frame.append((text, IN_TABLE))
        else:
            found.figures += other_numbers(was, text)


def _lines_by_words(signed: Iterable[VersionBlock]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for block in signed:
        if block.kind in TEXT_BLOCKS:
            continue
        for line in block.text.splitlines():
            for text in (line, line.partition(": ")[2]):
                if words := _words_alone(text):
                    found[words].append(text)
    return found


def _words_alone(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+", text.lower()))
