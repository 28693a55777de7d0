"""A plan and what became of it, in words; the years of its page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import AchievementWord, ActivityState
from reports.models import Document
from reports.plans.naming import number_in_words
from reports.progress.calendar.dues import period_name
from reports.progress.calendar.services.periods import name_request
from reports.targets.plan_results.selectors import (
    NextReport,
    PlanResults,
    PlanTarget,
    PlanTask,
    ReportDeadline,
)
from reports.targets.presenters import TargetLine, TargetVersionLine, describe_version, group_rows

NOT_PRINTED = "Bản đã ký không ghi chỉ tiêu này."
NO_NEXT_REPORT = "Năm {year} không còn báo cáo nào phải lập."
NOT_A_YEAR_OF_IT = "Kế hoạch này không có năm trong địa chỉ."
NO_SUCH_FILE = "Không có tệp dạng này."
NO_ACTIVITIES = "Chưa có hoạt động nào của năm gắn với nhiệm vụ này."
DONE = (ActivityState.DONE, ActivityState.DONE_LATE)
COUNTED = (
    (AchievementWord.EXCEEDED, "vượt"),
    (AchievementWord.MET, "đạt"),
    (AchievementWord.NEAR, "gần đạt"),
    (AchievementWord.BEHIND, "chậm"),
    (AchievementWord.NOT_MET, "chưa đạt"),
    (AchievementWord.NO_DATA, "chưa có số liệu"),
)


@dataclass(frozen=True)
class PlanTargetLine:
    """A target with the words of its row on the page of targets."""

    target: PlanTarget
    line: TargetLine
    later: tuple[TargetVersionLine, ...]

    @property
    def progress(self) -> str:
        """How far from the baseline to the target, or why no figure says it."""
        return self.line.progress or lower_first(str(self.line.row.progress.kind.label))

    @property
    def said(self) -> str:
        """What the next report will print: "14 (sơ bộ); Chưa có số chính thức"."""
        return "; ".join(dict.fromkeys(self.target.said or ()))


@dataclass(frozen=True)
class PlanTargetGroup:
    label: str
    lines: tuple[PlanTargetLine, ...]


def plan_years(plan: Document) -> range:
    return range(plan.year_from, plan.year_to + 1)


def describe_plan(plan: Document) -> str:
    """ "Kế hoạch số 05/KH-UBND ngày 05/01/2026"."""
    day = formatting.day(plan.issued_on)
    return f"{plan.get_kind_display()} số {number_in_words(plan)} ngày {day}"


def file_title(plan: Document, year: int) -> str:
    return f"Thực hiện kế hoạch {year} {plan.subject}"


def target_groups(targets: Sequence[PlanTarget]) -> list[PlanTargetGroup]:
    by_row = {id(target.row): target for target in targets}
    groups = []
    for group in group_rows([target.entry for target in targets]):
        found = [(by_row[id(line.row)], line) for line in group.lines]
        lines = [
            PlanTargetLine(target, line, tuple(map(describe_version, target.later)))
            for target, line in found
        ]
        groups.append(PlanTargetGroup(group.label, tuple(lines)))
    return groups


def summary(targets: Iterable[PlanTarget]) -> str:
    """How many targets stand how: "12 chỉ tiêu: 5 đạt, 3 chậm, 4 chưa có số liệu".

    A rate beside its count is no target of its own.
    """
    words = Counter(target.row.word for target in targets if not target.row.is_rate_of_count)
    parts = [f"{formatting.number(words[word])} {text}" for word, text in COUNTED if words[word]]
    return f"{formatting.number(words.total())} chỉ tiêu: {', '.join(parts)}" if parts else ""


def name_next(report: NextReport) -> str:
    """ "quý I/2026, hạn 31/03/2026, số liệu đến 31/03/2026"; "" where none comes."""
    due = report.request or report.due
    if due is None:
        return ""
    if report.request is not None:
        name = name_request(report.request)
    else:
        name = lower_first(period_name(due.period, due.year, due.number))
    by = f"hạn {formatting.day(due.due_on)}" if due.due_on else "chưa quy định hạn"
    return f"{name}, {by}, số liệu đến {formatting.day(due.data_on)}"


def task_standing(task: PlanTask) -> str:
    """ "2/5 hoạt động đã xong, 1 quá hạn"."""
    if not task.activities:
        return NO_ACTIVITIES
    done = f"{task.count(*DONE)}/{len(task.activities)} hoạt động đã xong"
    late = task.count(ActivityState.OVERDUE)
    return f"{done}, {late} quá hạn" if late else done


def tasks_by_unit(tasks: Sequence[PlanTask]) -> list[tuple[str, list[tuple[PlanTask, str]]]]:
    """The tasks of each unit with how they stand, in the plan's order."""
    return [
        (unit.name, [(task, task_standing(task)) for task in own])
        for unit, own in groupby(tasks, key=lambda task: task.unit)
    ]


def name_deadline(deadline: ReportDeadline) -> str:
    """ "Báo cáo tiến độ, quý I/2026"."""
    due = deadline.line.due
    return (
        f"{deadline.line.rule.name}, {lower_first(period_name(due.period, due.year, due.number))}"
    )


def page(results: PlanResults) -> dict:
    """What the page of a plan's year shows."""
    return {
        "groups": target_groups(results.targets),
        "summary": summary(results.targets),
        "next_report": name_next(results.next_report),
        "units": tasks_by_unit(results.tasks),
        "activities": results.activities,
        "reports": [(each, name_deadline(each)) for each in results.reports],
    }
