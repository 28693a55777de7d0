"""What projects and targets ask of the database beyond constraints."""

from povertyplan.core.journal.history_tables import locked_year
from povertyplan.core.journal.triggers import UPDATE, Refusal

HISTORY = (
    "projects_actual",
    "projects_indicator",
    "projects_projectunit",
    "projects_target",
    "projects_wardproject",
)

_KEPT = (
    "ward_id", "area_id", "indicator_id", "year", "operator", "low", "high", "rate_operator",
    "rate", "assigned_by", "note", "supersedes_id", "reason",
)  # fmt: skip
_TARGET_CHANGED = " OR ".join(
    f"COALESCE(CAST(OLD.{column} AS TEXT), '') <> COALESCE(CAST(NEW.{column} AS TEXT), '')"
    for column in _KEPT
)

REFUSALS = (
    Refusal(
        name="kept",
        table="projects_target",
        operations=(UPDATE,),
        condition=_TARGET_CHANGED,
        message="Chỉ tiêu đã giao không sửa đè: điều chỉnh bằng chỉ tiêu mới có lý do.",
    ),
    locked_year("projects_actual", "CAST({row}.year AS TEXT)"),
    locked_year("projects_target", "CAST({row}.year AS TEXT)"),
)
