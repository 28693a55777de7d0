"""From the passages of a Word file to the parts of a draft. Pure."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from reports.choices import HOLDS_BLOCKS, BasisRole, BlockKind, WordPart
from reports.plans.drafting.written_parts import DraftBasis, DraftBlock, DraftParts
from reports.plans.word.reading.bases import read_basis

NUMBERED_LEVELS = 3  # I., 1., a): what an administrative document numbers
NUMBERED = (WordPart.HEADING, WordPart.NUMBERED)
BODY = (*NUMBERED, WordPart.DASH, WordPart.PLUS, WordPart.PARAGRAPH)
ROLES = {WordPart.BASIS: BasisRole.BASIS, WordPart.CARRIES_OUT: BasisRole.CARRIES_OUT}
LONGEST = {
    WordPart.SUBJECT: 300,
    WordPart.RECIPIENT: 200,
    WordPart.ARCHIVE: 200,
    WordPart.AUTHORITY: 80,
    WordPart.SIGNER_TITLE: 80,
    WordPart.SIGNER_NAME: 100,
}
LONGEST_BLOCK = 20_000
ONCE = (WordPart.SUBJECT, WordPart.CLOSING, WordPart.ARCHIVE, WordPart.SIGNER_NAME)


class ReadPassage(Protocol):
    """A passage, stored or just read."""

    @property
    def text(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def level(self) -> int: ...


def draft_parts(passages: Sequence[ReadPassage]) -> DraftParts:
    """The parts of a draft in the order of the file."""
    return DraftParts(
        subject=" ".join(_texts(passages, WordPart.SUBJECT)),
        blocks=_blocks(passages),
        bases=tuple(_bases(passages)),
        recipients=tuple(_texts(passages, WordPart.RECIPIENT)),
        archive=" ".join(_texts(passages, WordPart.ARCHIVE)),
        authority="\n".join(_texts(passages, WordPart.AUTHORITY)),
        signer_title="\n".join(_texts(passages, WordPart.SIGNER_TITLE)),
        signer_name=" ".join(_texts(passages, WordPart.SIGNER_NAME)),
    )


def part_faults(passages: Sequence[ReadPassage]) -> Iterator[tuple[int, str]]:
    """What keeps passages from becoming what was chosen, each with the place of its passage."""
    seen: set[str] = set()
    for place, one in enumerate(passages):
        if one.part in ROLES and read_basis(_as_basis(one)) is None:
            yield place, "Không tách được tên, số, ngày của căn cứ. Chọn Đoạn văn."
        longest = LONGEST.get(WordPart(one.part), LONGEST_BLOCK)
        if one.part != WordPart.LEFT_OUT and len(one.text) > longest:
            yield place, f"Dài quá {longest} ký tự để thành {WordPart(one.part).label.lower()}."
        if one.part in ONCE and one.part in seen:
            yield place, f"Đã có {WordPart(one.part).label.lower()} ở đoạn khác."
        seen.add(one.part)


def _texts(passages: Sequence[ReadPassage], part: WordPart) -> Iterator[str]:
    return (one.text for one in passages if one.part == part)


def _bases(passages: Sequence[ReadPassage]) -> Iterator[DraftBasis]:
    for one in passages:
        role = ROLES.get(WordPart(one.part))
        if role and (read := read_basis(_as_basis(one))):
            yield DraftBasis(role, read.kind, read.number, read.dated_on, read.issuer, read.title)


def _as_basis(one: ReadPassage) -> str:
    """A passage that somebody made a basis may lack the word that opens one."""
    return one.text if read_basis(one.text) else f"Căn cứ {one.text}"


def _blocks(passages: Sequence[ReadPassage]) -> list[DraftBlock]:
    """The tree of the text. A number too deep to be computed stays in front of its words."""
    tops: list[DraftBlock] = []
    # What is open: its level, its block, and how many of what it stands in are numbered.
    open_blocks: list[tuple[int, DraftBlock, int]] = []
    appendix: DraftBlock | None = None
    for one in passages:
        if one.part in (WordPart.APPENDIX, WordPart.CLOSING):
            block = DraftBlock(one.part, one.text)
            tops.append(block)
            open_blocks = []
            appendix = block if one.part == WordPart.APPENDIX else appendix
            continue
        if one.part not in BODY:
            continue
        while open_blocks and open_blocks[-1][0] >= one.level:
            open_blocks.pop()
        depth = open_blocks[-1][2] if open_blocks else 0
        is_deep = one.part in NUMBERED and depth >= NUMBERED_LEVELS
        block = _deep(one) if is_deep else DraftBlock(one.part, one.text)
        among = open_blocks[-1][1].children if open_blocks else None
        if among is None:
            among = appendix.children if appendix else tops
        among.append(block)
        if block.kind in HOLDS_BLOCKS:
            open_blocks.append((one.level, block, depth + (one.part in NUMBERED)))
    return tops


def _deep(one: ReadPassage) -> DraftBlock:
    return DraftBlock(BlockKind.PARAGRAPH, f"{one.label} {one.text}".strip())
