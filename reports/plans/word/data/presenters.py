"""What is offered for the passages of a Word file that say data, and what the pages tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from povertyplan.core.models import Unit
from povertyplan.core.text.vietnamese import search_key
from projects.models import ComponentProject, Indicator
from reports.choices import WordPart
from reports.models import WordPassage
from reports.plans.word.draft_parts import BODY, tasks_below, unit_key
from reports.plans.word.reading.facts import FactKind, facts_in
from reports.plans.word.reading.project_blocks import (
    ProjectField,
    SaidProject,
    project_code,
    read_project,
    split_units,
)
from reports.plans.word.reading.promises import read_promise

TARGET_ENTERED = "Đã ghi đoạn {} thành chỉ tiêu. Câu giữ nguyên lời; con số lấy từ chỉ tiêu."
TARGET_BESIDE = "Đã ghi đoạn {} thành chỉ tiêu. Câu giữ nguyên chữ và số của tệp."
PROJECT_ENTERED = "Đã ghi đoạn {} thành khối dự án; các dòng đã thành dữ liệu được bỏ khỏi lời."
UNCERTAIN = "Chưa tách được chắc chắn thành một chỉ tiêu nên giữ nguyên lời."
LIKE_ENOUGH = 0.6


@dataclass(frozen=True)
class DataOffer:
    """What a passage may become beside a piece of text."""

    has_target: bool = False
    has_project: bool = False
    is_uncertain: bool = False


def data_offers(passages: Sequence[WordPassage]) -> Mapping[int, DataOffer]:
    """What is offered for each passage, by its order; nothing for those that became data."""
    return dict(_offers(passages))


def _offers(passages: Sequence[WordPassage]) -> Iterator[tuple[int, DataOffer]]:
    for at, one in enumerate(passages):
        if one.part not in BODY or one.part in (WordPart.PROJECT, WordPart.DUTY) or one.target_id:
            continue
        project = said_project(passages, at) is not None
        says_target = any(fact.kind == FactKind.TARGET for fact in facts_in(one.text))
        target = says_target and read_promise(one.text) is not None
        if project or says_target:
            yield one.order, DataOffer(target, project, says_target and not target)


def said_project(passages: Sequence[WordPassage], at: int) -> SaidProject | None:
    """The project whose block begins at a passage."""
    below = [_Line(one) for one in tasks_below(passages, at)]
    return read_project(passages[at].text, below, _code_above(passages, at))


def _code_above(passages: Sequence[WordPassage], at: int) -> str:
    """The number of the project in whose section a passage stands."""
    level = passages[at].level
    for one in reversed(passages[:at]):
        if one.part in BODY and one.level < level:
            level = one.level
            if code := project_code(one.text):
                return code
    return ""


class _Line:
    """A passage as a line below a project."""

    def __init__(self, passage: Any):
        self.text, self.level, self.order = passage.text, passage.level, passage.order


def target_initial(
    passage: WordPassage, indicators: Sequence[Indicator], next_year: int
) -> dict[str, Any]:
    """The form as the sentence fills it."""
    said = read_promise(passage.text)
    initial: dict[str, Any] = {"shown": passage.version, "year": next_year}
    if said:
        stated = {name: value for name, value in asdict(said.promise).items() if value}
        initial |= {**stated, "year": said.year or next_year}
    like = _like(passage.text, indicators)
    return initial | ({"indicator": like.pk} if like else {})


def _like(text: str, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one indicator whose name a sentence says; None where none or several come close."""
    said = set(search_key(text).split())
    ranked = []
    for one in indicators:
        words = set(search_key(one.name).split())
        ranked.append((len(words & said) / len(words) if words else 0.0, one))
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < LIKE_ENOUGH:
        return None
    is_alone = len(ranked) == 1 or ranked[1][0] < ranked[0][0]
    return ranked[0][1] if is_alone else None


def project_initial(
    passage: WordPassage,
    said: SaidProject,
    projects: Sequence[ComponentProject],
    units: Mapping[str, Unit],
    next_year: int,
) -> dict[str, Any]:
    """The form as the block fills it; a lead that is no unit of the ward is told by the page."""
    alike = [each for each in projects if each.code == said.code]
    leads, _ = split_units(said.said_of(ProjectField.LEADS), units, unit_key)
    helps, rest = split_units(said.said_of(ProjectField.COORDINATING), units, unit_key)
    return {
        "shown": passage.version,
        "year": next_year,
        "project": alike[0].pk if len(alike) == 1 else None,
        "leads": [units[key].pk for key in leads],
        "coordinating": [units[key].pk for key in helps if key not in leads],
        "wording": "; ".join(rest),
        "objective": "\n".join(said.said_of(ProjectField.OBJECTIVE)),
        "beneficiaries": "\n".join(said.said_of(ProjectField.BENEFICIARIES)),
        "contents": "\n".join(said.said_of(ProjectField.CONTENTS)),
    }


def unknown_leads(said: SaidProject, units: Mapping[str, Unit]) -> list[str]:
    """Who leads by the file, and is not in the list of units."""
    return split_units(said.said_of(ProjectField.LEADS), units, unit_key)[1]


def target_entered(passage: WordPassage) -> str:
    is_live = "{target" in passage.text
    return (TARGET_ENTERED if is_live else TARGET_BESIDE).format(passage.order)


def project_entered(passage: WordPassage) -> str:
    return PROJECT_ENTERED.format(passage.order)
