"""The targets of the year on the dashboard: the furthest behind first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from povertyplan.core.text import formatting
from projects.choices import AchievementWord, ProgressKind
from projects.targets.selectors import TargetRow
from reports.dashboard import charts
from reports.figures import words

MOST_BULLETS = 7
WORST_FIRST = (
    AchievementWord.NOT_MET,
    AchievementWord.BEHIND,
    AchievementWord.NEAR,
    AchievementWord.MET,
    AchievementWord.EXCEEDED,
    AchievementWord.NO_DATA,
)


@dataclass(frozen=True)
class BulletLine:
    """One target of the year as a bar with its words."""

    name: str
    actual: str
    target: str
    standing: str
    word: AchievementWord
    chart: charts.Bullet


def row_of(rows: Sequence[TargetRow], query: str, *, rate: bool = False) -> TargetRow | None:
    """The row of the indicator that a query computes, or of the rate beside it."""
    own = [row for row in rows if row.indicator.query == query and row.is_rate_of_count == rate]
    return own[0] if own else None


def shown_targets(rows: Sequence[TargetRow]) -> int:
    """How many targets the year has; a rate beside its count is no target of its own."""
    return sum(row.judged.goal is not None and not row.is_rate_of_count for row in rows)


def bullets(rows: Sequence[TargetRow]) -> tuple[BulletLine, ...]:
    """The targets of the year that are furthest behind on a way that can be measured."""
    measured = [
        row
        for row in rows
        if row.progress.kind == ProgressKind.MEASURED and not row.is_rate_of_count
    ]
    worst = sorted(measured, key=lambda row: (WORST_FIRST.index(row.word), row.progress.percent))
    return tuple(map(_bullet, worst[:MOST_BULLETS]))


def _bullet(row: TargetRow) -> BulletLine:
    standing = words.standing(row)
    return BulletLine(
        name=row.name,
        actual=formatting.with_unit(row.judged.actual_text, row.unit),
        target=row.judged.target_text,
        standing=standing,
        word=row.word,
        chart=charts.Bullet(
            name=f"bullet-{row.indicator.pk}",
            title=f"{row.name}: {standing}, {words.way(row)}",
            done_percent=cast(Decimal, row.progress.percent),  # it is measured
            expected_percent=row.expected_percent,
        ),
    )
