"""The slips of real plans, found before one is signed (kiểm tra kế hoạch).

Pure: a plan's facts in, findings out. A finding warns and never blocks, because an officer may
have been assigned the very figures it doubts.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import combinations

from povertyplan.core.text import formatting
from reports.plans.drafting.year_shift import typed_years_outside


class LintRule(StrEnum):
    """Which check a finding comes from."""

    RATE_IMPOSSIBLE = "rate_impossible"
    TOTALS_DISAGREE = "totals_disagree"
    KNOWN_TOTAL_DISAGREES = "known_total_disagrees"
    DUTY_WITHOUT_PROJECT = "duty_without_project"
    TWO_LEADS = "two_leads"
    NO_LEAD = "no_lead"
    EXPIRED_BASIS = "expired_basis"
    UNIT_WITHOUT_DUTY = "unit_without_duty"
    TARGET_WITHOUT_OWNER = "target_without_owner"
    DEADLINE_OUTSIDE_PERIOD = "deadline_outside_period"
    HEADING_NUMBER_TWICE = "heading_number_twice"
    OTHER_AREA_NAMED = "other_area_named"
    YEAR_OUTSIDE_PERIOD = "year_outside_period"
    UNKNOWN_FIGURE = "unknown_figure"
    EMPTY_SECTION = "empty_section"


@dataclass(frozen=True)
class TargetFact:
    """A target that promises a figure, and perhaps its rate beside it.

    ``count`` and ``rate`` (percent) are given only where they are exact promises, not bounds.
    Targets with the same ``total`` are shares of one whole ("hộ dân cư 31/12/2025").
    """

    name: str
    owner: str = ""
    total: str = ""
    count: int | None = None
    rate: Decimal | None = None
    measure_unit: str = ""


@dataclass(frozen=True)
class ProjectFact:
    """A component project or sub-project of the plan, by its official code."""

    code: str
    name: str
    leads: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyFact:
    """A task given to a unit, and the projects it speaks of by code."""

    unit: str
    text: str
    project_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BasisFact:
    """A legal basis with its last day in force, if it has one, and what replaced it."""

    title: str
    valid_to: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True)
class DeadlineFact:
    """A dated obligation in the plan."""

    text: str
    due_on: date


@dataclass(frozen=True)
class HeadingFact:
    """A printed heading: its own number and the path of the headings above it."""

    number: str
    title: str
    parent: str = ""


@dataclass(frozen=True)
class TextFact:
    """A piece of the plan's text and where it stands."""

    place: str
    text: str


@dataclass(frozen=True)
class PlanFacts:
    """What the linter needs to know of a plan.

    ``units`` are those the plan expects work from; ``known_totals`` gives the size of a whole
    named by a target's ``total``; ``foreign_areas`` are the names that do not belong here;
    ``typed`` are the sentences as they were typed, without figures filled in; ``unknown`` is what
    is printed for a figure without data; ``empty_sections`` have nothing under their heading,
    ``unfilled`` parts print nothing because their list is empty.
    """

    first_day: date
    last_day: date
    targets: tuple[TargetFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    bases: tuple[BasisFact, ...] = ()
    units: tuple[str, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    headings: tuple[HeadingFact, ...] = ()
    texts: tuple[TextFact, ...] = ()
    foreign_areas: tuple[str, ...] = ()
    typed: tuple[TextFact, ...] = ()
    known_totals: Mapping[str, int] | None = None
    unknown: str = ""
    empty_sections: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFinding:
    """One doubt: the rule, where in the plan, and the sentence to show."""

    rule: LintRule
    place: str
    message: str


@dataclass(frozen=True)
class TotalRange:
    """The whole numbers a total can be; ``high`` is None where nothing bounds it."""

    low: int
    high: int | None

    @property
    def is_empty(self) -> bool:
        return self.high is not None and self.low > self.high

    def meets(self, other: "TotalRange") -> bool:
        highs = [high for high in (self.high, other.high) if high is not None]
        return not TotalRange(max(self.low, other.low), min(highs, default=None)).is_empty

    def holds(self, total: int) -> bool:
        return self.low <= total and (self.high is None or total <= self.high)

    def __str__(self) -> str:
        if self.high is None:
            return f"từ {formatting.number(self.low)} trở lên"
        return f"từ {formatting.number(self.low)} đến {formatting.number(self.high)}"


def check_plan(plan: PlanFacts) -> list[PlanFinding]:
    """Return every finding, in the order of the checks and of the plan."""
    checks = (
        _unknown_figures,
        _empty_sections,
        _totals,
        _duties_without_project,
        _leads,
        _expired_bases,
        _units_without_duty,
        _targets_without_owner,
        _deadlines,
        _heading_numbers,
        _foreign_areas,
        _typed_years,
    )
    return [finding for check in checks for finding in check(plan)]


def _unknown_figures(plan: PlanFacts) -> Iterator[PlanFinding]:
    for text in plan.texts:
        if plan.unknown and plan.unknown in text.text:
            yield PlanFinding(
                LintRule.UNKNOWN_FIGURE,
                text.place,
                f"{text.place}: có con số chưa có số liệu, văn bản in “{plan.unknown}”.",
            )


def _empty_sections(plan: PlanFacts) -> Iterator[PlanFinding]:
    for section in plan.empty_sections:
        yield PlanFinding(
            LintRule.EMPTY_SECTION, section, f"Mục “{section}” chưa có nội dung bên dưới."
        )
    for part in plan.unfilled:
        yield PlanFinding(
            LintRule.EMPTY_SECTION, part, f"Phần “{part}” không in vì chưa có số liệu."
        )


def implied_total(count: int, rate: Decimal) -> TotalRange:
    """Return the totals for which ``count`` prints as ``rate`` percent, rounded half up.

    The rate counts with the decimals it shows: 0,3 stands for 0,25 up to under 0,35.
    """
    half_step = Decimal(5).scaleb(min(int(rate.normalize().as_tuple().exponent), 0) - 1)
    low_rate, high_rate = rate - half_step, rate + half_step
    # The upper rate is not reached, so the lower total must be passed.
    passed = (Decimal(100 * count) / high_rate).to_integral_value(ROUND_FLOOR)
    low = max(int(passed) + 1, count, 1)
    if low_rate <= 0:
        return TotalRange(low, None)
    reached = (Decimal(100 * count) / low_rate).to_integral_value(ROUND_FLOOR)
    return TotalRange(low, int(reached))


def _totals(plan: PlanFacts) -> Iterator[PlanFinding]:
    by_total: dict[str, list[tuple[TargetFact, TotalRange]]] = defaultdict(list)
    for target in plan.targets:
        if target.total and target.count is not None and target.rate is not None:
            by_total[target.total].append((target, implied_total(target.count, target.rate)))
    for total, implied in by_total.items():
        yield from _disagreements(total, implied, (plan.known_totals or {}).get(total))


def _disagreements(
    total: str, implied: list[tuple[TargetFact, TotalRange]], known: int | None
) -> Iterator[PlanFinding]:
    possible = [pair for pair in implied if not pair[1].is_empty]
    for target, target_range in implied:
        if target_range.is_empty:
            message = f"{_pair(target)} không đúng với bất kỳ tổng số {total} nào."
            yield PlanFinding(LintRule.RATE_IMPOSSIBLE, target.name, message)
    for (one, one_range), (other, other_range) in combinations(possible, 2):
        if not one_range.meets(other_range):
            message = (
                f"{_pair(one)} và {_pair(other)} không cùng một tổng số {total}: "
                f"tổng số {one_range} và tổng số {other_range}."
            )
            yield PlanFinding(LintRule.TOTALS_DISAGREE, f"{one.name}; {other.name}", message)
    for target, target_range in possible:
        if known is not None and not target_range.holds(known):
            message = (
                f"{_pair(target)} ứng với tổng số {total} {target_range}, trong khi số đang "
                f"quản lý là {formatting.number(known)}."
            )
            yield PlanFinding(LintRule.KNOWN_TOTAL_DISAGREES, target.name, message)


def _duties_without_project(plan: PlanFacts) -> Iterator[PlanFinding]:
    codes = {project.code for project in plan.projects}
    for duty in plan.duties:
        for code in duty.project_codes:
            if code not in codes:
                yield PlanFinding(
                    LintRule.DUTY_WITHOUT_PROJECT,
                    duty.unit,
                    f"Nhiệm vụ của {duty.unit} nói đến dự án {code}, kế hoạch không có dự án này.",
                )


def _leads(plan: PlanFacts) -> Iterator[PlanFinding]:
    for project in plan.projects:
        name = f"{project.code} {project.name}"
        if not project.leads:
            yield PlanFinding(LintRule.NO_LEAD, name, f"Dự án {name} chưa có đơn vị chủ trì.")
        elif len(project.leads) > 1:
            listed = ", ".join(project.leads)
            yield PlanFinding(
                LintRule.TWO_LEADS,
                name,
                f"Dự án {name} có {len(project.leads)} đơn vị chủ trì: {listed}.",
            )


def _expired_bases(plan: PlanFacts) -> Iterator[PlanFinding]:
    for basis in plan.bases:
        if basis.replaced_by:
            yield PlanFinding(
                LintRule.EXPIRED_BASIS,
                basis.title,
                f"{basis.title} đã được thay thế bằng {basis.replaced_by}.",
            )
        elif basis.valid_to is not None and basis.valid_to < plan.first_day:
            yield PlanFinding(
                LintRule.EXPIRED_BASIS,
                basis.title,
                f"{basis.title} hết hiệu lực ngày {formatting.day(basis.valid_to)}, trước kỳ "
                "kế hoạch.",
            )


def _units_without_duty(plan: PlanFacts) -> Iterator[PlanFinding]:
    with_duty = {duty.unit for duty in plan.duties}
    expected = [
        unit for project in plan.projects for unit in (*project.leads, *project.coordinating)
    ]
    for unit in dict.fromkeys((*plan.units, *expected)):
        if unit not in with_duty:
            yield PlanFinding(
                LintRule.UNIT_WITHOUT_DUTY, unit, f"{unit} chưa được giao nhiệm vụ trong kế hoạch."
            )


def _targets_without_owner(plan: PlanFacts) -> Iterator[PlanFinding]:
    for target in plan.targets:
        if not target.owner:
            yield PlanFinding(
                LintRule.TARGET_WITHOUT_OWNER,
                target.name,
                f"Chỉ tiêu “{target.name}” chưa có đơn vị theo dõi.",
            )


def _deadlines(plan: PlanFacts) -> Iterator[PlanFinding]:
    for deadline in plan.deadlines:
        if not plan.first_day <= deadline.due_on <= plan.last_day:
            yield PlanFinding(
                LintRule.DEADLINE_OUTSIDE_PERIOD,
                deadline.text,
                f"Thời hạn {formatting.day(deadline.due_on)} của “{deadline.text}” nằm ngoài kỳ "
                f"kế hoạch {formatting.day(plan.first_day)} - {formatting.day(plan.last_day)}.",
            )


def _heading_numbers(plan: PlanFacts) -> Iterator[PlanFinding]:
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for heading in plan.headings:
        if heading.number:
            titles[heading.parent, heading.number].append(heading.title)
    for (parent, number), same in titles.items():
        if len(same) > 1:
            listed = ", ".join(f"“{title}”" for title in same)
            yield PlanFinding(
                LintRule.HEADING_NUMBER_TWICE,
                f"{parent} {number}".strip(),
                f"Số thứ tự {number} dùng {len(same)} lần: {listed}.",
            )


def _foreign_areas(plan: PlanFacts) -> Iterator[PlanFinding]:
    for piece in plan.texts:
        for area in _named(plan.foreign_areas, piece.text):
            yield PlanFinding(
                LintRule.OTHER_AREA_NAMED,
                piece.place,
                f"Nội dung nhắc đến {area}, là tên của địa bàn khác.",
            )


def _typed_years(plan: PlanFacts) -> Iterator[PlanFinding]:
    first, last = plan.first_day.year, plan.last_day.year
    for piece in plan.typed:
        for year in typed_years_outside(piece.text, first, last):
            yield PlanFinding(
                LintRule.YEAR_OUTSIDE_PERIOD,
                piece.place,
                f"{piece.place}: nhắc đến năm {year}, ngoài thời gian của kế hoạch.",
            )


def _named(areas: Iterable[str], text: str) -> Iterator[str]:
    composed = unicodedata.normalize("NFC", text)
    for area in areas:
        name = re.escape(unicodedata.normalize("NFC", area))
        if re.search(rf"(?<!\w){name}(?!\w)", composed, re.IGNORECASE):
            yield area


def _pair(target: TargetFact) -> str:
    count = formatting.with_unit(formatting.number(target.count), target.measure_unit)
    return f"{count} ({formatting.percent(target.rate, None)})"
