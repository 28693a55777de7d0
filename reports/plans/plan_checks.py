"""The slips of real plans, found before one is signed (kiểm tra kế hoạch).

Pure: a plan's facts in, findings out. A finding warns and never blocks, because an officer may
have been assigned the very figures it doubts.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations

from povertyplan.core.text import formatting
from reports.plans.checking import text_checks
from reports.plans.checking.checked_facts import (
    HeadingFact,
    LintRule,
    PlanFacts,
    PlanFinding,
    TargetFact,
)
from reports.plans.drafting.year_shift import typed_years_outside


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
        text_checks.foreign_areas,
        _typed_years,
        text_checks.items_printed_twice,
        text_checks.units_spelled_otherwise,
    )
    return [finding for check in checks for finding in check(plan)]


def _unknown_figures(plan: PlanFacts) -> Iterator[PlanFinding]:
    for text in plan.texts:
        if plan.unknown and plan.unknown in text.text:
            yield PlanFinding(
                LintRule.UNKNOWN_FIGURE,
                text.place,
                f"{text.place}: có con số chưa có số liệu, văn bản in “{plan.unknown}”.",
                text.anchor,
            )
    for place, names in plan.unknown_rows.items():
        message = f"{place}: chưa có số liệu của {'; '.join(names)}."
        yield PlanFinding(LintRule.UNKNOWN_FIGURE, place, message)


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
            if not any(_is_within(code, each) or _is_within(each, code) for each in codes):
                yield PlanFinding(
                    LintRule.DUTY_WITHOUT_PROJECT,
                    duty.unit,
                    f"Nhiệm vụ của {duty.unit} nói đến dự án {code}, kế hoạch không có dự án này.",
                )


def _is_within(part: str, whole: str) -> bool:
    """Whether a project is another one, or a sub-project of it ("3.1" of "3")."""
    return part == whole or part.startswith(f"{whole}.")


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
        if basis.no_basis:
            said = f"{basis.title} {basis.no_basis}."
            yield PlanFinding(LintRule.EXPIRED_BASIS, basis.title, said)
        elif basis.replaced_by:
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
    with_duty = {unit for duty in plan.duties for unit in (duty.unit, *duty.covers)}
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
                deadline.anchor,
            )


def _heading_numbers(plan: PlanFacts) -> Iterator[PlanFinding]:
    alike: dict[tuple[str, str], list[HeadingFact]] = defaultdict(list)
    for heading in plan.headings:
        if heading.number:
            alike[heading.parent, heading.number].append(heading)
    for (parent, number), same in alike.items():
        if len(same) > 1:
            listed = ", ".join(f"“{heading.title}”" for heading in same)
            yield PlanFinding(
                LintRule.HEADING_NUMBER_TWICE,
                f"{parent} {number}".strip(),
                f"Số thứ tự {number} dùng {len(same)} lần: {listed}.",
                same[-1].anchor,
            )


def _typed_years(plan: PlanFacts) -> Iterator[PlanFinding]:
    first, last = plan.first_day.year, plan.last_day.year
    for piece in plan.typed:
        for year in typed_years_outside(piece.text, first, last):
            yield PlanFinding(
                LintRule.YEAR_OUTSIDE_PERIOD,
                piece.place,
                f"{piece.place}: nhắc đến năm {year}, ngoài thời gian của kế hoạch.",
                piece.anchor,
            )


def _pair(target: TargetFact) -> str:
    count = formatting.with_unit(formatting.number(target.count), target.measure_unit)
    return f"{count} ({formatting.percent(target.rate, None)})"
