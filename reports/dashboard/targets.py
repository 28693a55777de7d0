"""The targets of the year on the dashboard: the furthest behind first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from django.urls import reverse

from households.campaign.provisional import ProvisionalCounts
from povertyplan.core.text import formatting
from projects.choices import AchievementWord, TargetOperator
from projects.targets.selectors import PERCENT, Reached, TargetRow
from reports.dashboard import charts
from reports.figures import words
from reports.figures.registry import CLASS_OF_QUERY

from .context import DashboardContext

MOST_BULLETS = 5
WORST_FIRST = (
    AchievementWord.NOT_MET,
    AchievementWord.BEHIND,
    AchievementWord.NEAR,
    AchievementWord.MET,
    AchievementWord.EXCEEDED,
    AchievementWord.NO_DATA,
)
INDICATOR = "reports:indicator_detail"


@dataclass(frozen=True)
class BulletLine:
    """One target of the year in words and as a bar; `note` says why there is no bar."""

    name: str
    url: str
    unit_name: str
    actual: str
    actual_url: str
    is_provisional: bool
    target: str
    standing: str
    word: AchievementWord
    chart: charts.Bullet | None = None
    note: str = ""


def row_of(rows: Sequence[TargetRow], query: str, *, rate: bool = False) -> TargetRow | None:
    """The row of the indicator that a query computes, or of the rate beside it."""
    own = [row for row in rows if row.indicator.query == query and row.is_rate_of_count == rate]
    return own[0] if own else None


def shown_targets(rows: Sequence[TargetRow]) -> int:
    """How many targets the year has; a rate beside its count is no target of its own."""
    return sum(row.judged.goal is not None and not row.is_rate_of_count for row in rows)


def with_provisional(
    rows: Sequence[TargetRow], counts: ProvisionalCounts, url: str
) -> list[TargetRow]:
    """The rows of a year without a result, those of classes judged by what the review has so far.

    Their cells are left alone: a provisional figure is never part of a road map.
    """

    def judged(row: TargetRow) -> TargetRow:
        poverty_class = CLASS_OF_QUERY.get(row.indicator.query)
        if poverty_class is None or row.is_rate_of_count or row.judged.reached:
            return row
        value = Decimal(counts.if_unchanged(poverty_class))
        reached = Reached(value=value, url=url, is_estimate=True)
        return replace(row, judged=replace(row.judged, reached=reached))

    return [judged(row) for row in rows]


def bullets(outlook: DashboardContext, rows: Sequence[TargetRow]) -> tuple[BulletLine, ...]:
    """The targets of the year of which a figure is known, the furthest behind first."""
    known = [row for row in rows if _is_own_target(row) and row.word != AchievementWord.NO_DATA]
    worst = sorted(known, key=_severity)
    opens = outlook.opens(INDICATOR)
    return tuple(_bullet(outlook, row, opens=opens) for row in worst[:MOST_BULLETS])


def targets_without_data(rows: Sequence[TargetRow]) -> int:
    """How many targets with a figure to reach have no actual yet."""
    return sum(_is_own_target(row) and row.word == AchievementWord.NO_DATA for row in rows)


def _is_own_target(row: TargetRow) -> bool:
    """Whether a row is a target that asks for a figure, and no rate beside its count."""
    goal = row.judged.goal
    asks = goal is not None and goal.operator != TargetOperator.QUALITATIVE
    return asks and not row.is_rate_of_count


def _severity(row: TargetRow) -> tuple[int, Decimal]:
    return (WORST_FIRST.index(row.word), row.progress.percent or Decimal(0))


def _bullet(outlook: DashboardContext, row: TargetRow, *, opens: bool) -> BulletLine:
    reached = row.judged.reached
    return BulletLine(
        name=row.name,
        url=reverse(INDICATOR, args=[row.indicator.pk]) if opens else "",
        unit_name=row.indicator.owner.name if row.indicator.owner else "",
        actual=formatting.with_unit(row.judged.actual_text, row.unit),
        # The list behind a rate has another number of lines than the rate says.
        actual_url=outlook.opening(reached.url) if reached and row.unit != PERCENT else "",
        is_provisional=reached is not None and reached.is_estimate,
        target=row.judged.target_text,
        standing=words.standing(row),
        word=row.word,
        chart=_chart(row),
        note=words.no_bar(row),
    )


def _chart(row: TargetRow) -> charts.Bullet | None:
    """The bar of a target whose way can be measured, which takes a baseline."""
    if words.no_bar(row):
        return None
    return charts.Bullet(
        name=f"bullet-{row.indicator.pk}",
        title=f"{row.name}: {words.standing(row)}, {words.way(row)}",
        done_percent=cast(Decimal, row.progress.percent),  # it is measured
        expected_percent=row.expected_percent,
    )
