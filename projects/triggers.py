"""What projects and targets ask of the database beyond constraints."""

from povertyplan.core.journal.history_tables import locked_year

HISTORY = (
    "projects_actual",
    "projects_indicator",
    "projects_projectunit",
    "projects_target",
    "projects_wardproject",
)

REFUSALS = (
    locked_year("projects_actual", "CAST({row}.year AS TEXT)"),
    locked_year("projects_target", "CAST({row}.year AS TEXT)"),
)
