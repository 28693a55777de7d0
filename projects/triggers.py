"""What projects and targets ask of the database beyond constraints."""

from povertyplan.core.journal.history_tables import locked_year
from povertyplan.core.journal.triggers import DELETE, INSERT, UPDATE, Refusal

HISTORY = (
    "projects_activity",
    "projects_actual",
    "projects_budgetentry",
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

# BEFORE an insert SQLite has no key yet, or -1.
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM projects_wardproject other WHERE other.ward_id = {row}.ward_id"
    " AND other.project_id = {row}.project_id AND other.id <> COALESCE({row}.id, -1)"
    " AND other.year_from <= {row}.year_to AND other.year_to >= {row}.year_from)"
)

REFUSALS = (
    Refusal(
        name="years_once",
        table="projects_wardproject",
        operations=(INSERT, UPDATE),
        condition=_OVERLAPS,
        message="Một dự án không được thực hiện hai lần trong cùng một năm.",
    ),
    Refusal(
        name="kept",
        table="projects_target",
        operations=(UPDATE,),
        condition=_TARGET_CHANGED,
        message="Chỉ tiêu đã giao không sửa đè: điều chỉnh bằng chỉ tiêu mới có lý do.",
    ),
    Refusal(
        name="append_only",
        table="projects_budgetentry",
        message="Khoản kinh phí đã ghi không sửa, không xóa: hủy khoản sai rồi ghi khoản đúng.",
        operations=(UPDATE, DELETE),
    ),
    Refusal(
        name="own_ward",
        table="projects_budgetentry",
        operations=(INSERT,),
        condition=(
            "NOT EXISTS (SELECT 1 FROM projects_wardproject project"
            " WHERE project.id = {row}.ward_project_id AND project.ward_id = {row}.ward_id)"
        ),
        message="Khoản kinh phí phải thuộc dự án của chính phường, xã đó.",
    ),
    Refusal(
        name="like_reversed",
        table="projects_budgetentry",
        operations=(INSERT,),
        condition=(
            "{row}.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects_budgetentry wrong"
            " WHERE wrong.id = {row}.reverses_id AND wrong.reverses_id IS NULL"
            " AND wrong.ward_project_id = {row}.ward_project_id AND wrong.year = {row}.year"
            " AND wrong.first_year = {row}.first_year AND wrong.source = {row}.source"
            " AND wrong.kind = {row}.kind AND wrong.act = {row}.act"
            " AND wrong.amount = -{row}.amount)"
        ),
        message="Khoản hủy phải trái dấu với đúng một khoản chưa bị hủy.",
    ),
    locked_year("projects_actual", "CAST({row}.year AS TEXT)"),
    locked_year("projects_budgetentry", "CAST({row}.year AS TEXT)"),
    locked_year("projects_target", "CAST({row}.year AS TEXT)"),
)
