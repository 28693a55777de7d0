"""Targets in words: groups, how far a row has come, who gives its figure; answers to a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from povertyplan.core.text import formatting
from projects.choices import AchievementWord, ProgressKind
from projects.models import Actual
from projects.targets.selectors import TargetRow, YearCell, cell_number
from projects.targets.services import actual_text
from reports.figures import words
from reports.targets.selectors import EnterableRow

NO_GROUP = "Chỉ tiêu khác"
YEAR_TO_COME = "Năm này chưa đến."
ANOTHER_UNITS = "Chỉ tiêu này do đơn vị khác theo dõi."


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


def describe_saved(actual: Actual) -> str:
    return f"Đã lưu kết quả: {actual_text(actual)}."


def _dimension(each: EnterableRow) -> str:
    return each.row.indicator.dimension


def _line(each: EnterableRow, rates: dict[int, TargetRow]) -> TargetLine:
    row = each.row
    percent = row.progress.percent
    rate = None if row.is_rate_of_count else rates.get(row.indicator.pk)
    return TargetLine(
        row=row,
        baseline=cell_number(row.baseline.value if row.baseline else None, row.unit),
        cells=row.cells,
        standing=words.standing(row),
        word=row.word,
        percent=None if percent is None else int(max(Decimal(0), min(Decimal(100), percent))),
        progress=_progress_text(row),
        source=_source(row),
        entry_url=each.entry_url,
        disagreement=words.disagreement(row, rate),
    )


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
    kind = "Tính từ kết quả rà soát." if row.indicator.query else "Đơn vị báo cáo."
    return f"{owner}{kind if reached is None else words.sentence(reached.source)}"
