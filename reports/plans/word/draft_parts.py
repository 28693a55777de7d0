"""From the passages of a Word file to the parts of a draft. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from povertyplan.core.models import Unit
from povertyplan.core.text.vietnamese import search_key
from projects.models import WardProject
from reports.choices import HOLDS_BLOCKS, BasisRole, BlockKind, WordPart
from reports.plans.drafting.written_parts import DraftBasis, DraftBlock, DraftDuty, DraftParts
from reports.plans.word.reading.bases import read_basis

NUMBERED_LEVELS = 3  # I., 1., a): what an administrative document numbers
NUMBERED = (WordPart.HEADING, WordPart.NUMBERED)
BODY = (
    *NUMBERED,
    WordPart.DUTY,
    WordPart.PROJECT,
    WordPart.DASH,
    WordPart.PLUS,
    WordPart.PARAGRAPH,
)
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


NOT_ENTERED = "Chưa ghi đoạn này vào dự án nào. Bấm “Ghi thành khối dự án”, hoặc chọn Đề mục."
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_AROUND = re.compile(r"^de nghi | (phuong|xa)$")


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


@runtime_checkable
class EnteredPassage(Protocol):
    """A stored passage that may have been entered in the register of projects."""

    @property
    def ward_project(self) -> WardProject | None: ...


def project_of(one: ReadPassage) -> WardProject | None:
    return one.ward_project if isinstance(one, EnteredPassage) else None


def unit_key(name: str) -> str:
    """A unit as plans name it: with or without the ward behind it, asked or instructed.

    >>> unit_key("Đề nghị Hội Nông dân phường:") == unit_key("Hội nông dân")
    True
    """
    return _AROUND.sub("", _NO_LETTER.sub(" ", search_key(name)).strip())


def draft_parts(passages: Sequence[ReadPassage], units: Mapping[str, Unit]) -> DraftParts:
    """The parts of a draft in the order of the file; `units` are those of the ward by their key."""
    return DraftParts(
        subject=" ".join(_texts(passages, WordPart.SUBJECT)),
        blocks=_tree(passages).tops,
        bases=tuple(_bases(passages)),
        duties=tuple(
            DraftDuty(units[unit_key(one.text)], [task.text for task in tasks_below(passages, at)])
            for at, one in enumerate(passages)
            if one.part == WordPart.DUTY
        ),
        recipients=tuple(_texts(passages, WordPart.RECIPIENT)),
        archive=" ".join(_texts(passages, WordPart.ARCHIVE)),
        authority="\n".join(_texts(passages, WordPart.AUTHORITY)),
        signer_title="\n".join(_texts(passages, WordPart.SIGNER_TITLE)),
        signer_name=" ".join(_texts(passages, WordPart.SIGNER_NAME)),
    )


def tasks_below(passages: Sequence[ReadPassage], at: int) -> list[ReadPassage]:
    """What stands below a passage, as far as it goes into the draft."""
    found = []
    for one in passages[at + 1 :]:
        if one.part == WordPart.LEFT_OUT:
            continue
        if one.part not in BODY or one.level <= passages[at].level:
            break
        found.append(one)
    return found


def gives_duties(passages: Sequence[ReadPassage], at: int, units: Mapping[str, Unit]) -> bool:
    """Whether a heading names a unit of the ward and only lists what it has to do."""
    one = passages[at]
    if one.part not in NUMBERED or unit_key(one.text) not in units:
        return False
    tasks = tasks_below(passages, at)
    return bool(tasks) and not _duty_fault(tasks)


def _duty_fault(tasks: Sequence[ReadPassage]) -> str:
    if not tasks:
        return "Đơn vị này chưa có nhiệm vụ nào ở dưới. Chọn Đề mục."
    if len({task.level for task in tasks}) > 1:
        return "Nhiệm vụ của đơn vị có ý nhỏ bên trong. Chọn Đề mục để giữ các ý."
    return ""


def _duty_faults(
    passages: Sequence[ReadPassage], units: Mapping[str, Unit]
) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for place, one in enumerate(passages):
        if one.part != WordPart.DUTY:
            continue
        key = unit_key(one.text)
        if key not in units:
            yield place, "Không có đơn vị tên này trong danh mục. Chọn Đề mục, hoặc thêm đơn vị."
        elif key in seen:
            yield place, "Đơn vị này đã được phân công ở đoạn khác. Chọn Đề mục."
        elif fault := _duty_fault(tasks_below(passages, place)):
            yield place, fault
        seen.add(key)


def part_faults(
    passages: Sequence[ReadPassage], units: Mapping[str, Unit]
) -> Iterator[tuple[int, str]]:
    """What keeps passages from becoming what was chosen, each with the place of its passage."""
    yield from _duty_faults(passages, units)
    seen: set[str] = set()
    for place, one in enumerate(passages):
        if one.part in ROLES and read_basis(_as_basis(one)) is None:
            yield place, "Không tách được tên, số, ngày của căn cứ. Chọn Đoạn văn."
        longest = LONGEST.get(WordPart(one.part), LONGEST_BLOCK)
        if one.part != WordPart.LEFT_OUT and len(one.text) > longest:
            yield place, f"Dài quá {longest} ký tự để thành {WordPart(one.part).label.lower()}."
        if one.part == WordPart.PROJECT and project_of(one) is None:
            yield place, NOT_ENTERED
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


def too_deep(passages: Sequence[ReadPassage]) -> list[int]:
    """The places of those passages whose number the draft cannot compute, and keeps as words."""
    deep = {id(one) for one in _tree(passages).deep}
    return [at for at, one in enumerate(passages) if id(one) in deep]


def _tree(passages: Sequence[ReadPassage]) -> "_BlockTree":
    tree = _BlockTree()
    tasks: set[int] = set()
    for at, one in enumerate(passages):
        if one.part == WordPart.DUTY:
            tasks |= {id(task) for task in tasks_below(passages, at)}
        if id(one) not in tasks:
            tree.add(one)
    return tree


class _BlockTree:
    """The tree of the text. A number too deep to be computed stays in front of its words."""

    def __init__(self) -> None:
        self.tops: list[DraftBlock] = []
        self.deep: list[ReadPassage] = []
        # What is open: its level, its block, and how many of what it stands in are numbered.
        self._open: list[tuple[int, DraftBlock, int]] = []
        self._appendix: DraftBlock | None = None
        self._has_duties = False

    def add(self, one: ReadPassage) -> None:
        if one.part in (WordPart.APPENDIX, WordPart.CLOSING):
            self._add_top(one)
        elif one.part == WordPart.DUTY and self._has_duties:
            return  # one block prints the tasks of all units
        elif one.part in BODY:
            self._add_body(one)

    def _add_top(self, one: ReadPassage) -> None:
        block = DraftBlock(one.part, one.text)
        self.tops.append(block)
        self._open = []
        if one.part == WordPart.APPENDIX:
            self._appendix = block

    def _add_body(self, one: ReadPassage) -> None:
        while self._open and self._open[-1][0] >= one.level:
            self._open.pop()
        depth = self._open[-1][2] if self._open else 0
        block = self._block(one, depth)
        if self._open:
            self._open[-1][1].children.append(block)
        else:
            (self._appendix.children if self._appendix else self.tops).append(block)
        if block.kind in HOLDS_BLOCKS:
            self._open.append((one.level, block, depth + (one.part in NUMBERED)))

    def _block(self, one: ReadPassage, depth: int) -> DraftBlock:
        if one.part == WordPart.DUTY:
            self._has_duties = True
            return DraftBlock(BlockKind.DUTIES, "")
        project = project_of(one)
        if one.part == WordPart.PROJECT and project is not None:
            code = f"{project.project.programme.code}/{project.project.code}"
            return DraftBlock(BlockKind.COMPONENTS, "", parameters={"projects": [code]})
        if one.part in NUMBERED and depth >= NUMBERED_LEVELS:
            self.deep.append(one)
            return _deep(one)
        return DraftBlock(one.part, one.text)


def _deep(one: ReadPassage) -> DraftBlock:
    return DraftBlock(BlockKind.PARAGRAPH, f"{one.label} {one.text}".strip())
