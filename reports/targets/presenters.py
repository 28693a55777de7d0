"""Targets in words: groups, how far a row has come, who gives its figure; answers to a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.platform import versions
from povertyplan.core.platform.landings import anchor_of
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting
from projects.choices import Accumulation, AchievementWord, FigurePeriod, ProgressKind
from projects.models import Actual, Indicator, Target
from projects.rules.periods import period_days, period_label, periods_of
from projects.targets.selectors import TargetRow, YearCell, cell_number
from projects.targets.services.actuals import actual_text
from projects.targets.services.targets import promise_of, promise_text
from reports.choices import IndicatorSource
from reports.figures import words
from reports.models import AssignedTarget, StandardBaseline
from reports.targets.forms.villages import VillageTargetsForm
from reports.targets.proposals import VillageProposals
from reports.targets.selectors import EnterableRow

TARGET_REGISTER = RegisterWords(
    "Chỉ tiêu",
    "chỉ tiêu",
    "Chỉ tiêu",
    (
        "Chỉ tiêu ghi bằng mã, hoặc để trống mã và ghi đúng tên.",
        "Sửa một chỉ tiêu đã giao thì ghi lý do ở cột “Lý do điều chỉnh”; con số cũ được giữ lại.",
        "Dòng không có ràng buộc và giá trị thì giữ nguyên.",
    ),
)
ACTUAL_REGISTER = RegisterWords(
    "Kết quả chỉ tiêu",
    "kết quả",
    "Chỉ tiêu",
    (
        "Chỉ gồm chỉ tiêu do đơn vị báo cáo; chỉ tiêu phần mềm tính thì không nhập.",
        "Kỳ là số thứ tự tháng, quý, nửa năm trong năm; chỉ tiêu báo cáo cả năm thì để trống.",
        "Dòng không có kết quả thì giữ nguyên.",
    ),
)
TARGETS_TITLE = "Chỉ tiêu các năm"
NO_GROUP = "Chỉ tiêu khác"
YEAR_TO_COME = "Năm này chưa đến."
NO_SUCH_FILE = "Không có dạng tệp này."
NOT_OF_HOUSEHOLDS = "Chỉ số hộ nghèo, hộ cận nghèo do phần mềm tính mới giao được cho thôn."
ANOTHER_UNITS = "Chỉ tiêu này do đơn vị khác theo dõi."


def list_url(year: int, indicator: Indicator | None) -> str:
    """The list as of a year, at the row of an indicator where there is one."""
    fragment = anchor_of(indicator) if indicator else None
    return reverse("reports:target_list", query={"year": year}, fragment=fragment)


def period_asked(
    asked: str | None, indicator: Indicator, year: int, reported: Mapping[int, Actual]
) -> int:
    """The period of an address; without one the first that has begun and was not reported."""
    periods = periods_of(indicator.period)
    if asked and asked.isdecimal() and int(asked) in periods:
        return int(asked)
    begun = [each for each in periods if _has_begun(indicator, each, year)]
    return next((each for each in begun if each not in reported), begun[-1] if begun else 1)


def period_tabs(
    indicator: Indicator, year: int, shown: int, reported: Mapping[int, Actual]
) -> list[dict]:
    """The periods of a year that have begun; none where the year is the period."""
    periods = periods_of(indicator.period)
    if len(periods) == 1:
        return []
    return [
        {
            "label": period_label(indicator.period, each, year),
            "count": formatting.number(reported[each].numerator) if each in reported else None,
            "url": f"?period={each}",
            "active": each == shown,
        }
        for each in periods
        if each == shown or _has_begun(indicator, each, year)
    ]


def _has_begun(indicator: Indicator, period: int, year: int) -> bool:
    return period_days(indicator.period, period, year)[0] <= clock.today()


@dataclass(frozen=True)
class TargetLine:
    """A row as the page prints it; `percent` fills the bar (0-100), None draws none."""

    row: TargetRow
    baseline: str
    cells: tuple[YearCell, ...]
    standing: str
    word: AchievementWord
    percent: int | None
    progress: str
    source: str
    entry_url: str = ""
    villages_url: str = ""
    disagreement: str = ""


@dataclass(frozen=True)
class TargetGroup:
    label: str
    lines: tuple[TargetLine, ...]


def group_rows(rows: Sequence[EnterableRow]) -> list[TargetGroup]:
    """Rows by dimension, in the order in which the first indicator of each stands."""
    order = list(dict.fromkeys(map(_dimension, rows)))
    ordered = sorted(rows, key=lambda each: order.index(_dimension(each)))
    rates = {each.row.indicator.pk: each.row for each in rows if each.row.is_rate_of_count}
    return [
        TargetGroup(dimension or NO_GROUP, tuple(_line(each, rates) for each in group))
        for dimension, group in groupby(ordered, key=_dimension)
    ]


def actuals_title(year: int) -> str:
    return f"Kết quả chỉ tiêu năm {year}"


def describe_saved(actual: Actual) -> str:
    return f"Đã lưu kết quả: {actual_text(actual)}."


def describe_targets_set(saved: Sequence[Target], year: int) -> str:
    if not saved:
        return versions.NOTHING_CHANGED
    return f"Đã giao {formatting.number(len(saved))} chỉ tiêu năm {year}."


def describe_assigned_set(saved: Sequence[AssignedTarget], year: int) -> str:
    if not saved:
        return versions.NOTHING_CHANGED
    return f"Đã ghi {formatting.number(len(saved))} chỉ tiêu cấp trên giao năm {year}."


def describe_assigned(target: AssignedTarget) -> str:
    """What the superior asks and by which document, in one line."""
    promised = promise_text(promise_of(target), target.indicator)
    return f"{target.indicator}: {promised} ({target.document_text})"


def describe_baseline(baseline: StandardBaseline) -> str:
    value = formatting.number(baseline.value)
    return f"Đã ghi số gốc theo {baseline.standard}: {value}."


def describe_villages_set(saved: Sequence[Target], year: int) -> str:
    if not saved:
        return versions.NOTHING_CHANGED
    return f"Đã giao chỉ tiêu năm {year} cho {formatting.number(len(saved))} thôn, tổ dân phố."


def describe_village_sum(proposals: VillageProposals, form: VillageTargetsForm) -> str:
    """What the ward has, its target, and what the villages come to as they stand in the form."""
    ward = formatting.number(proposals.ward_left)
    return (
        f"Cả phường, xã hiện có {formatting.number(proposals.households)} hộ, chỉ tiêu còn {ward} "
        f"hộ; tổng các thôn dưới đây: {formatting.number(form.total())} hộ."
    )


def describe_filled(count: int) -> str:
    lines = formatting.number(count)
    return f"Đã điền {lines} dòng vào bảng, chưa lưu. Xem lại rồi bấm “Lưu chỉ tiêu” ở cuối bảng."


def describe_indicator_added(indicator: Indicator) -> str:
    return f"Đã thêm chỉ tiêu {indicator}. Bước tiếp theo: giao chỉ tiêu cho từng năm."


def describe_indicator_saved(indicator: Indicator) -> str:
    return f"Đã sửa chỉ tiêu {indicator}."


def source_of(indicator: Indicator) -> str:
    """Where the figure comes from: "Tính: số hộ nghèo", with the numbers of deprivations."""
    source, _, numbers = indicator.query.partition(" ")
    label = IndicatorSource(source or IndicatorSource.REPORTED).label
    return f"{label} {', '.join(numbers.split())}" if numbers else str(label)


def describe_reporting(indicator: Indicator) -> list[tuple[str, str]]:
    """Project, baseline, and of what its unit reports the period and what it is compared with."""
    project, baseline = indicator.ward_project, formatting.number(indicator.baseline)
    found = [("Thuộc dự án", f"{project.project}: {project.name}" if project else "")]
    if indicator.has_no_baseline or indicator.baseline is not None:
        found.append(("Số gốc", "không có gốc" if indicator.has_no_baseline else baseline))
    if not indicator.query:
        compared = IndicatorSource(indicator.whole_query).label if indicator.whole_query else ""
        found += [
            ("Kỳ số liệu", FigurePeriod(indicator.period).label),
            ("Số của năm", Accumulation(indicator.accumulation).label),
            ("Đối chiếu tổng số với", compared.partition(": ")[2]),
            ("Đối chiếu với hộ thiếu hụt chỉ số", str(indicator.lacking or "")),
        ]
    return [(term, words) for term, words in found if words]


@dataclass(frozen=True)
class TargetVersionLine:
    """One version of a target in words; `is_in_force` unless a later one replaced it."""

    year: int
    text: str
    assigned_by: str
    reason: str
    is_in_force: bool


def describe_version(target: Target) -> TargetVersionLine:
    return TargetVersionLine(
        year=target.year,
        text=promise_text(promise_of(target), target.indicator),
        assigned_by=target.assigned_by,
        reason=target.reason,
        is_in_force=not hasattr(target, "superseded_by"),
    )


def _dimension(each: EnterableRow) -> str:
    return each.row.indicator.dimension


def _line(each: EnterableRow, rates: dict[int, TargetRow]) -> TargetLine:
    row = each.row
    percent = row.progress.percent
    rate = None if row.is_rate_of_count else rates.get(row.indicator.pk)
    return TargetLine(
        row=row,
        baseline=_baseline(row),
        cells=row.cells,
        standing=words.standing(row),
        word=row.word,
        percent=None if percent is None else int(max(Decimal(0), min(Decimal(100), percent))),
        progress=_progress_text(row),
        source=_source(row),
        entry_url=each.entry_url,
        villages_url=each.villages_url,
        disagreement=words.disagreement(row, rate),
    )


def _baseline(row: TargetRow) -> str:
    if row.baseline is None and row.indicator.has_no_baseline:
        return "không có gốc"
    return cell_number(row.baseline.value if row.baseline else None, row.unit)


def _progress_text(row: TargetRow) -> str:
    if row.progress.kind == ProgressKind.MEASURED:
        percent = row.progress.percent
        text = formatting.percent(percent, 1)
        if percent is None or percent >= 0:
            return text
        return f"{text}, {'tăng' if row.is_falling else 'giảm'} so với số gốc"
    if row.progress.kind in (ProgressKind.MAINTAINED, ProgressKind.BROKEN):
        return row.progress.kind.label
    return ""


def _source(row: TargetRow) -> str:
    """Who gives the figure, and for the judged year from what."""
    reached = row.judged.reached
    owner = f"Theo dõi: {row.indicator.owner.name}. " if row.indicator.owner else ""
    kind = "Tính từ sổ." if row.indicator.query else "Đơn vị báo cáo."
    return f"{owner}{kind if reached is None else words.sentence(reached.source)}"
