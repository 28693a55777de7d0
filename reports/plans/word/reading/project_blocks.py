"""A component project as a plan writes it: its number, and the labelled lines below it.

Pure. What stands below it without a label of ours is told, and stays text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import Protocol

_NUMBER = re.compile(
    r"(?:Tiểu dự án\s+(?P<part>\d{1,2})(?:\s*[,(]?\s*(?:thuộc|của)?\s*Dự án\s+(?P<above>\d{1,2}))?"
    r"|(?:Tiểu dự án|Dự án)\s+(?P<own>\d{1,2}(?:\.\d{1,2})?))(?!\d)",
    re.IGNORECASE,
)


class ProjectField(StrEnum):
    """What a labelled line below a project says of it."""

    OBJECTIVE = "objective"
    BENEFICIARIES = "beneficiaries"
    CONTENTS = "contents"
    LEADS = "leads"
    COORDINATING = "coordinating"


_LABELS: tuple[tuple[ProjectField, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:{shape})\s*:\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL))
    for name, shape in (
        (ProjectField.OBJECTIVE, r"Mục tiêu(?: dự án)?"),
        (ProjectField.BENEFICIARIES, r"Đối tượng(?: thụ hưởng| hỗ trợ| áp dụng)?"),
        (ProjectField.CONTENTS, r"(?:Các )?(?:nội dung|hoạt động)(?: hỗ trợ| thực hiện| chính)?"),
        (ProjectField.LEADS, r"(?:Đơn vị|Cơ quan)\s+(?:thực hiện|chủ trì)|Chủ trì"),
        (ProjectField.COORDINATING, r"(?:Đơn vị|Cơ quan)\s+phối hợp(?: thực hiện)?|Phối hợp"),
    )
)
_HELPED = r"(?:\s*[;,]?\s*phối hợp(?:\s+(?:với|thực hiện))?\s*:?\s*(?P<helps>.+))?"
_ASSIGNED = re.compile(
    r"(?:Phân công\s*:\s*(?:giao\s+)?(?=.*\bchủ trì)"
    r"|(?:Đơn vị|Cơ quan)\s+(?:thực hiện|chủ trì)\s*:\s*(?=.*\bphối hợp))"
    rf"(?P<leads>.+?)(?:\s+chủ trì)?{_HELPED}",
    re.IGNORECASE,
)
MOST_PIECES = 8
"""Of commas and "và" that one unit's name may hold."""
_ENDING = " .;,:"


class ProjectLineRead(Protocol):
    """A line below a project: what it says, how deep it stands, its place in the file."""

    @property
    def text(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def order(self) -> int: ...


@dataclass
class SaidProject:
    """What was read of one project. `taken` are the places of the lines that became data."""

    code: str
    texts: dict[ProjectField, list[str]] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)

    @property
    def names_units(self) -> bool:
        return bool(self.texts.get(ProjectField.LEADS))

    def said_of(self, name: ProjectField) -> list[str]:
        return self.texts.get(name, [])


def project_code(title: str, above: str = "") -> str:
    """The number by which a programme knows a project, "" for a title without one.

    `above` is the number of the project whose part it may be.

    >>> project_code("Dự án 4: Phát triển giáo dục"), project_code("Tiểu dự án 1 thuộc Dự án 3: A")
    ('4', '3.1')
    >>> project_code("Tiểu dự án 2: A", above="3"), project_code("Tiểu dự án 2")
    ('3.2', '')
    """
    found = _NUMBER.match(title.strip())
    if not found:
        return ""
    if found["own"]:
        return found["own"]
    higher = found["above"] or above
    return f"{higher}.{found['part']}" if higher else ""


def read_project(
    title: str, below: Sequence[ProjectLineRead], above: str = ""
) -> SaidProject | None:
    """A project with what its lines say; None where it has no number or nobody carries it out.

    The block ends where a part of it begins that is a project itself.
    """
    said = SaidProject(project_code(title, above))
    current: ProjectField | None = None
    depth = 0
    for line in takewhile(lambda each: not _NUMBER.match(each.text.strip()), below):
        labelled = _labelled(line.text)
        if labelled:
            depth = line.level
            for current, rest in labelled:
                said.texts.setdefault(current, []).extend([rest] if rest else [])
        elif current is not None and line.level > depth:
            said.texts[current].append(line.text.rstrip(_ENDING))
        else:
            current = None  # a line of its own, which stays text
            continue
        said.taken.append(line.order)
    return said if said.code and said.names_units else None


def _labelled(text: str) -> list[tuple[ProjectField, str]]:
    """What a line says behind a label of ours: one thing, or who leads and who helps."""
    text = text.strip().rstrip(" .;,")
    if found := _ASSIGNED.fullmatch(text):
        helps = [(ProjectField.COORDINATING, found["helps"])] if found["helps"] else []
        return [(ProjectField.LEADS, found["leads"]), *helps]
    for name, shape in _LABELS:
        if found := shape.fullmatch(text):
            return [(name, found["rest"].strip())]
    return []


def split_units(
    lines: Iterable[str], known: Mapping[str, object], key
) -> tuple[list[str], list[str]]:
    """The keys of units that lines name, and the words that name none; no word is lost.

    A name may hold commas and "và" itself: the longest run of pieces that is a unit counts.
    """
    found: list[str] = []
    rest: list[str] = []
    for line in lines:
        for part in line.split(";"):
            for words, unit in _pieces(part, known, key):
                (found if unit else rest).append(unit or words)
    return list(dict.fromkeys(found)), [words for words in rest if words]


def _pieces(part: str, known: Mapping[str, object], key) -> Iterator[tuple[str, str]]:
    pieces = re.split(r"(\s*,\s*|\s+và\s+)", part.strip().rstrip(_ENDING))
    words, at = "", 0
    while at < len(pieces):
        longest = min(len(pieces), at + 2 * MOST_PIECES - 1)
        for end in range(longest, at, -2):
            unit = key("".join(pieces[at:end]))
            if unit in known:
                yield words.strip(_ENDING), ""
                yield "", unit
                words, at = "", end + 1
                break
        else:
            between = pieces[at + 1] if at + 1 < len(pieces) else ""
            words += pieces[at] + between
            at += 2
    yield re.sub(r"\s+và\s*$", "", words).strip(_ENDING), ""
