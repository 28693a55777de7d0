"""What the pages of versions show: the names of texts, and each change with its words marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.choices import BlockChangeKind, BlockKind, WordPart
from reports.models import Document, DraftVersion
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.differences import BlockChange
from reports.plans.versions.selectors import NOW, ComparedSide
from reports.plans.versions.word_changes import WordRun, line_changes, word_changes

PART_LABELS: dict[str, str] = {
    **dict(WordPart.choices),
    **dict(BlockKind.choices),
    WordPart.SIGNER_NAME.value: "Người ký",
}
SPLIT_INTO = "Tách thành {} đoạn."
MERGED_FROM = "Gộp {} đoạn thành một."
LONGEST_NAME = 90
ISSUED, OPEN = "Bản đã ký", "Bản hiện nay"


def kept(version: DraftVersion) -> str:
    return f"Đã lưu phiên bản {version.number}."


def side_choices(sides: Mapping[str, ComparedSide]) -> list[tuple[str, str]]:
    return [(name, side_label(side)) for name, side in sides.items()]


def side_label(side: ComparedSide) -> str:
    """A text as a list names it."""
    if side.version is not None:
        version = side.version
        at = formatting.moment(version.kept_at)
        return f"Phiên bản {version.number} ({version.get_occasion_display().lower()}, {at})"
    document = side.document
    if document is None:
        return ""
    if side.name == NOW:
        return ISSUED if document.is_issued else OPEN
    return _other_label(document)


def _other_label(document: Document) -> str:
    years = formatting.years(document.year_from, document.year_to)
    name = f"{document.get_kind_display()} {lower_first(years)}: {document.subject}"
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class ShownChange:
    """A block that is not as it was: what happened to it, and its words."""

    tags: Sequence[str]
    kind: str
    section: str
    labels: tuple[str, str]
    lines: Sequence[Sequence[WordRun]]
    note: str = ""


def shown_changes(changes: Iterable[BlockChange]) -> Iterator[ShownChange]:
    for change in changes:
        block = change.after or change.before
        before, after = change.before, change.after
        if block is None:
            continue
        yield ShownChange(
            tags=[kind.label for kind in BlockChangeKind if kind in change.kinds],
            kind=PART_LABELS.get(block.kind, ""),
            section=change.section,
            labels=(before.label if before else "", after.label if after else ""),
            lines=_lines(change, block),
            note=_note(change),
        )


def _lines(change: BlockChange, block: VersionBlock) -> Sequence[Sequence[WordRun]]:
    """The words with what came and went; of what is written from data the other lines only."""
    before, after = change.whole_before, change.whole_after
    is_whole = block.family == "text" or not (change.before and change.after)
    if is_whole and "\n" not in before + after:
        return [word_changes(before, after)]
    return line_changes(before, after) or [[WordRun(after.splitlines()[0])] if after else []]


def _note(change: BlockChange) -> str:
    for kind, words in ((BlockChangeKind.SPLIT, SPLIT_INTO), (BlockChangeKind.MERGED, MERGED_FROM)):
        if kind in change.kinds:
            return words.format(len(change.pieces) + 1)
    return ""


def change_counts(changes: Sequence[BlockChange]) -> list[tuple[str, int]]:
    """How many blocks each thing happened to; those that happened to none are left out."""
    counts = ((kind.label, sum(kind in each.kinds for each in changes)) for kind in BlockChangeKind)
    return [(label, count) for label, count in counts if count]
