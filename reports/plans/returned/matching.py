"""The paragraphs of a Word file that came back, each with the block of the draft that it is. Pure.

By the bookmark of the block first, by words and neighbours second. Where a bookmark stands twice
the words decide which of both is the block, and somebody is asked about the other one.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reports.choices import TEXT_BLOCKS, BlockChangeKind, BlockKind, WordPart
from reports.plans.versions.block_pairs import VersionBlock, pair_blocks
from reports.plans.versions.differences import BlockChange, compare_blocks
from reports.plans.word.marks import read_mark
from reports.plans.word.reading.passages import BY_PROGRAM, IN_MARGIN, Passage

IN_CAPITALS = (BlockKind.HEADING, BlockKind.APPENDIX, WordPart.SUBJECT)
FRAME = (
    *(WordPart.SUBJECT, WordPart.BASIS, WordPart.CARRIES_OUT, WordPart.RECIPIENT),
    *(WordPart.ARCHIVE, WordPart.AUTHORITY, WordPart.SIGNER_TITLE, WordPart.SIGNER_NAME),
)
# These read as one part on our own papers, and as several in a file.
SIGNING = (WordPart.ARCHIVE, WordPart.AUTHORITY, WordPart.SIGNER_TITLE, WordPart.SIGNER_NAME)
FROM_DATA = "Khác bảng, danh mục do phần mềm lập từ số liệu: sửa ở nơi nhập số liệu."
OTHER_FRAME = "Khác bản in: sửa ở phần {} của dự thảo."
USUAL = "Câu này phần mềm tự ghi: thêm câu kết ở trang viết dự thảo nếu cần câu khác."
MOVED = "Đã chuyển chỗ trong tệp: chuyển ở trang viết dự thảo nếu cần."
HEADING_GONE = "Đề mục không còn trong tệp; nội dung bên trong vẫn còn trong dự thảo."
DOUBLED = "Tệp có nhiều đoạn mang dấu của đoạn này: chấp nhận nhiều nhất một."
FRAME_PAGES = {
    WordPart.BASIS: "Căn cứ",
    WordPart.CARRIES_OUT: "Căn cứ",
    WordPart.RECIPIENT: "Nơi nhận",
}
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True)
class ReturnedChange:
    """What a file does to a block: new words, a block behind it, or none any more."""

    key: str
    text: str = ""
    remark: str = ""


@dataclass
class FileMatch:
    """What a file changes, and what of it is no block of the draft, each with why."""

    matched: int = 0
    changed: list[ReturnedChange] = field(default_factory=list)
    added: list[ReturnedChange] = field(default_factory=list)
    removed: list[ReturnedChange] = field(default_factory=list)
    unmatched: list[tuple[str, str]] = field(default_factory=list)


def match_file(
    draft: Sequence[VersionBlock], passages: Sequence[Passage], sections: Iterable[str] = ()
) -> FileMatch:
    """Match a file with a draft as it is printed; `sections` are keys that others stand below.

    Blocks of the draft that are written from data have a line for each row or text.
    """
    known = set(_data_lines(draft))
    before = [
        _comparable(block) for block in draft if block.family == "text" or block.kind in FRAME
    ]
    before = [block for block in before if block.kind not in SIGNING]
    titles = {_signature(block.text) for block in before if block.kind in IN_CAPITALS}
    match, after, texts = FileMatch(), [], {}
    for passage in passages:
        block = _as_block(passage)
        sign = _signature(passage.text)
        is_title = passage.part in IN_CAPITALS and sign in titles
        if sign in known and not is_title and not _is_own(passage, before):
            continue
        if block is None:
            if passage.reason not in (BY_PROGRAM, IN_MARGIN):
                match.unmatched.append((passage.text, FROM_DATA))
            continue
        if block.kind in SIGNING:
            continue
        after.append(block)
        texts[id(block)] = passage.text
    changes = compare_blocks(before, after)
    printed = {block.key: block.text for block in draft}
    _Changes(match, before, after, texts, printed, frozenset(sections)).take(changes)
    match.matched = len(after) - sum(change.before is None for change in changes)
    return match


def is_foreign(passages: Iterable[Passage], keys: Collection[str]) -> bool:
    """Whether a file carries marks of blocks, and none of them is of this draft."""
    marks = [read_mark(passage.bookmarks) for passage in passages]
    found = {mark.key.hex for mark in marks if mark}
    return bool(found) and found.isdisjoint(keys)


def _data_lines(draft: Iterable[VersionBlock]) -> Iterator[tuple[str, ...]]:
    for block in draft:
        if block.family == "text" or block.kind in FRAME:
            continue
        for line in block.text.splitlines():
            yield _signature(line)
            label, _, rest = line.partition(": ")
            for text in (label, rest, *rest.split("; ")):
                yield _signature(text)


def _signature(text: str) -> tuple[str, ...]:
    """The letters and digits of a line, however it is punctuated."""
    return tuple(word.lower() for word in _LETTERS.findall(text))


def _is_own(passage: Passage, before: Sequence[VersionBlock]) -> bool:
    """Whether a paragraph carries the bookmark of a text, whatever it says."""
    mark = read_mark(passage.bookmarks)
    key = mark.key.hex if mark and mark.kind else None
    return any(block.key == key for block in before)


def _comparable(block: VersionBlock) -> VersionBlock:
    """A block without what a file prints otherwise: capitals, closing marks, place in the tree."""
    kind = WordPart.BASIS if block.kind == WordPart.CARRIES_OUT else block.kind
    text = block.text.lower() if kind in IN_CAPITALS else block.text
    if kind == WordPart.SUBJECT:  # a file reads the addressees on behind it
        text = text.partition("kính gửi:")[0]
    if kind in FRAME or kind == BlockKind.CLOSING:
        text = text.rstrip(" .;,/")
    return VersionBlock(kind, text, "", block.key)


def _as_block(passage: Passage) -> VersionBlock | None:
    """A paragraph as a block; None for one that stays out of every draft."""
    if passage.part not in TEXT_BLOCKS and passage.part not in FRAME:
        return None
    mark = read_mark(passage.bookmarks)
    key = mark.key.hex if mark and mark.kind else ""
    return _comparable(VersionBlock(passage.part, passage.text, "", key))


@dataclass
class _Changes:
    match: FileMatch
    before: Sequence[VersionBlock]
    after: Sequence[VersionBlock]
    texts: dict[int, str]
    printed: dict[str, str]
    sections: frozenset[str]

    def __post_init__(self) -> None:
        counts = Counter(block.key for block in self.after if block.key)
        own = {block.key for block in self.before}
        self.doubled = {key for key, count in counts.items() if count > 1 and key in own}
        self.anchors = self._anchors()

    def take(self, changes: Iterable[BlockChange]) -> None:
        for change in changes:
            if change.before is None:
                self._add(change.after)
            elif change.after is None:
                self._remove(change.before)
            else:
                self._change(change, change.before, change.after)

    def _change(self, change: BlockChange, before: VersionBlock, after: VersionBlock) -> None:
        kinds = change.kinds
        said = self.texts[id(after)]
        if before.kind in FRAME:
            self._note_frame(after.kind, said)
        elif not before.key:
            self.match.unmatched.append((said, USUAL))
        elif BlockChangeKind.SPLIT in kinds:
            pieces = sorted((after, *change.pieces), key=self._place)
            text = "\n\n".join(self.texts[id(piece)] for piece in pieces)
            self.match.changed.append(ReturnedChange(before.key, text))
        elif before.words != after.words:
            self.match.changed.append(ReturnedChange(before.key, said))
        if BlockChangeKind.MERGED in kinds:
            self.match.removed += [ReturnedChange(piece.key) for piece in change.pieces]
        if BlockChangeKind.MOVED in kinds:
            self.match.unmatched.append((said, MOVED))

    def _add(self, block: VersionBlock | None) -> None:
        if block is None:
            return
        said = self.texts[id(block)]
        if block.kind in FRAME:
            self._note_frame(block.kind, said)
        elif block.key in self.doubled:
            self.match.changed.append(ReturnedChange(block.key, said, DOUBLED))
        else:
            self.match.added.append(ReturnedChange(self.anchors[id(block)], said))

    def _remove(self, block: VersionBlock) -> None:
        if block.kind in FRAME or block.key in self.doubled or not block.key:
            return
        if block.key in self.sections:
            self.match.unmatched.append((self.printed[block.key], HEADING_GONE))
        else:
            self.match.removed.append(ReturnedChange(block.key))

    def _note_frame(self, kind: str, said: str) -> None:
        page = FRAME_PAGES.get(WordPart(kind), "Thể thức, người ký")
        self.match.unmatched.append((said, OTHER_FRAME.format(page)))

    def _place(self, block: VersionBlock) -> int:
        return next(at for at, each in enumerate(self.after) if each is block)

    def _anchors(self) -> dict[int, str]:
        """The key of the last block of the draft in front of each paragraph; "" at the start."""
        pairs = pair_blocks(self.before, self.after)
        anchors, last = {}, ""
        for place, block in enumerate(self.after):
            anchors[id(block)] = last
            like = pairs.backward.get(place)
            last = last if like is None else self.before[like].key or last
        return anchors
