"""What the core asks of the triggers: histories of its tables, and journals that only grow."""

from povertyplan.core.journal.triggers import DELETE, UPDATE, Refusal

HISTORY = (
    "core_accessevent",
    "core_area",
    "core_auditevent",
    "core_periodlock",
    "core_rolegrant",
    "core_unit",
    "core_user",
)

YEAR_LOCKED = "Số liệu của năm này đã khóa."
LOCKED_YEAR = (
    "EXISTS (SELECT 1 FROM core_periodlock lock WHERE lock.ward_id = {row}.ward_id"
    " AND lock.released_at IS NULL AND CAST(lock.year AS TEXT) = {year})"
)


def locked_year(table: str, year: str) -> Refusal:
    """Refuse writes to rows of a locked year. `year` is SQL text of `{row}`'s four digits."""
    return Refusal(
        name="locked_year",
        table=table,
        condition=LOCKED_YEAR.replace("{year}", year),
        message=YEAR_LOCKED,
    )


REFUSALS = tuple(
    Refusal(
        name="append_only",
        table=table,
        message="Nhật ký chỉ được ghi thêm, không được sửa hoặc xóa.",
        operations=(UPDATE, DELETE),
    )
    for table in (
        "core_accessevent",
        "core_auditevent",
        "core_chainlink",
        "core_headrecord",
        "core_rowchange",
    )
)
