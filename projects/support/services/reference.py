"""Load the kinds of support that every ward shares."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from households.choices import WindowRule
from households.models import NeedKind
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.places import (
    FileProblem,
    StructuredText,
    YamlPath,
)
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.referring import refuse_file, unknown_values
from povertyplan.core.platform.structured_file.values import Day, OneLine, Whole, matching
from povertyplan.core.platform.syncing import Changes
from projects.choices import Confidence, Recurrence, SupportRecipient
from projects.models import ComponentProject, SupportKind
from projects.programme.services.reference import ProjectCode

KindCode = Annotated[
    str,
    # With a day it names what has to be published, in forty characters.
    matching(
        r"(?=.{1,29}$)[a-z0-9]+(-[a-z0-9]+)*",
        "mã loại hỗ trợ viết thường, không dấu, nối bằng “-”, dài nhất 29 ký tự.",
    ),
]


ForWhom = Literal["poor", "near_poor", "low_income"]


class KindProjectsSection(Section):
    programme: Annotated[str, OneLine(20)]
    codes: Annotated[tuple[ProjectCode, ...], Field(min_length=1)]


class SupportKindSection(Section):
    code: KindCode
    name: Annotated[str, OneLine(200)]
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Confidence
    valid_from: Day | None = None
    valid_to: Day | None = None
    recipient: SupportRecipient
    classes: Annotated[tuple[ForWhom, ...], Field(alias="for")] = ()
    escaped_months: Whole | None = None
    window: WindowRule = WindowRule.PROGRAMME
    others: Annotated[str, OneLine(300)] | None = None
    conditions: Annotated[str, OneLine(300)] | None = None
    age_from: Whole | None = None
    age_to: Whole | None = None
    content_group: Annotated[str, OneLine(60)] | None = None
    recurrence: Recurrence
    ceiling: Whole | None = None
    rate_in_words: Annotated[str, OneLine(300)] | None = None
    quantity_unit: Annotated[str, OneLine(40)] | None = None
    tells_of_health: bool = False
    projects: KindProjectsSection | None = None
    needs: tuple[KindCode, ...] = ()


class SupportKindsFile(Section):
    kinds: Annotated[tuple[SupportKindSection, ...], Field(min_length=1)]


UNKNOWN_PROGRAMME = "không có chương trình “{}”."
UNKNOWN_PROJECT = "chương trình không có dự án, tiểu dự án “{}”."
UNKNOWN_NEED = "không có loại nhu cầu “{}”."
IN_WORDS = ("others", "conditions", "content_group", "rate_in_words", "quantity_unit")


@audit.business_act(label="Nạp loại hỗ trợ")
def load_support_kinds(*, path: Path, by: User | None) -> Changes:
    """Bring the kinds in line with a file. A kind is never removed: supports point to it.

    What an administrator changed in a file of kinds stays as it is.

    Raises FileError, also for a project or a need that nobody knows.
    """
    changes, text = Changes(), read_file(path)
    file = check(SupportKindsFile, text)
    refuse_file(_unknown_codes(text, file))
    kept = set(SupportKind.objects.filter(is_kept_here=True).values_list("code", flat=True))
    for order, section in enumerate(file.kinds, start=1):
        if section.code in kept:
            continue
        kind = changes.put(
            SupportKind, key={"code": section.code}, values=_values(section) | {"order": order}
        )
        _put_projects(changes, kind, section.projects)
        _put_needs(changes, kind, section.needs)
    if changes:
        audit.record(kind, f"Nạp loại hỗ trợ: {changes.totals()}.", ward=None)
    return changes


def _unknown_codes(text: StructuredText, file: SupportKindsFile) -> Iterator[FileProblem]:
    needs = set(NeedKind.objects.filter(ward=None).values_list("code", flat=True))
    projects: dict[str, set[str]] = defaultdict(set)
    for programme, code in ComponentProject.objects.values_list("programme__code", "code"):
        projects[programme].add(code)
    for at, section in enumerate(file.kinds):
        if section.projects:
            yield from _unknown_projects(text, ("kinds", at), section.projects, projects)
        yield from unknown_values(text, ("kinds", at, "needs"), section.needs, needs, UNKNOWN_NEED)


def _unknown_projects(
    text: StructuredText,
    place: YamlPath,
    section: KindProjectsSection,
    known: Mapping[str, Collection[str]],
) -> Iterator[FileProblem]:
    if section.programme not in known:
        sentence = UNKNOWN_PROGRAMME.format(section.programme)
        yield text.problem((*place, "projects", "programme"), sentence)
        return
    codes = known[section.programme]
    place = (*place, "projects", "codes")
    yield from unknown_values(text, place, section.codes, codes, UNKNOWN_PROJECT)


def _values(section: SupportKindSection) -> dict[str, object]:
    values = section.model_dump(exclude={"code", "classes", "projects", "needs"})
    return {
        **values,
        **{name: values[name] or "" for name in IN_WORDS},
        "for_poor": "poor" in section.classes,
        "for_near_poor": "near_poor" in section.classes,
        "for_low_income": "low_income" in section.classes,
    }


def _put_projects(changes: Changes, kind: SupportKind, section: KindProjectsSection | None) -> None:
    wanted = set(
        ComponentProject.objects.filter(programme__code=section.programme, code__in=section.codes)
        if section
        else ()
    )
    if set(kind.projects.all()) != wanted:
        kind.projects.set(wanted)
        changes.count(changes.updated, SupportKind)


def _put_needs(changes: Changes, kind: SupportKind, codes: tuple[str, ...]) -> None:
    wanted = set(NeedKind.objects.filter(code__in=codes))
    if set(kind.needs.all()) != wanted:
        kind.needs.set(wanted)
        changes.count(changes.updated, SupportKind)
