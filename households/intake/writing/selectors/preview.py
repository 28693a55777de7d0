"""What writing an import would do."""

from dataclasses import dataclass

from households.intake.corrections.selectors.rows import Change, changes_of
from households.intake.staging.selectors.differences import CODES
from households.intake.staging.selectors.kinds import WarningKind, warning_kinds
from households.intake.staging.selectors.problems import action_counts, problems_of, refuse_rows
from households.intake.writing.selectors.effects import (
    FirstDay,
    PlaceEffect,
    class_effects,
    first_days,
)
from households.models import ImportBatch, ImportRow


@dataclass(frozen=True)
class Preview:
    """What writing would do; `differing` rows say of a result what the register does not hold.

    `first_days` are those from which the classes of new households hold.
    """

    counts: dict[str, int]
    updated: list[tuple[ImportRow, list[Change]]]
    refused: list[ImportRow]
    differing: list[tuple[ImportRow, list[str]]]
    effects: list[PlaceEffect]
    first_days: list[FirstDay]
    warnings: list[WarningKind]


def preview_of(batch: ImportBatch) -> Preview:
    """What writing would do now, from the last comparison with the register."""
    rows = list(batch.rows.all())
    refuse_rows(rows)
    return Preview(
        counts=action_counts(rows),
        updated=[(row, changes_of(row)) for row in rows if row.plan.is_updated],
        refused=[row for row in rows if row.plan.is_refused],
        differing=[(row, differences) for row in rows if (differences := _differences_of(row))],
        effects=class_effects(batch, rows),
        first_days=first_days(batch, rows),
        warnings=warning_kinds(row for row in rows if not row.plan.is_refused),
    )


def _differences_of(row: ImportRow) -> list[str]:
    return [problem.message for problem in problems_of(row) if problem.code in CODES]
