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

YEAR_LOCKED = "Số liệu của năm hoặc kỳ này đã khóa."
LOCKED_YEAR = (
    "EXISTS (SELECT 1 FROM core_periodlock lock WHERE lock.ward_id = {row}.ward_id"
    " AND lock.released_at IS NULL AND CAST(lock.year AS TEXT) = {year}"
    " AND lock.first_month = 1 AND lock.last_month = 12)"
)
# First and last month of a lock, and that of a day, as numbers that stand in order: 202609.
LOCK_FIRST = "lock.year * 100 + lock.first_month"
LOCK_LAST = "lock.year * 100 + lock.last_month"
LOCKED_DAY = (
    "EXISTS (SELECT 1 FROM core_periodlock lock WHERE lock.ward_id = {row}.ward_id"
    " AND lock.released_at IS NULL AND {month} BETWEEN {first} AND {last})"
)
_LOCK_KEPT = (
    "OLD.released_at IS NOT NULL OR OLD.ward_id <> NEW.ward_id OR OLD.year <> NEW.year"
    " OR OLD.first_month <> NEW.first_month OR OLD.last_month <> NEW.last_month"
    " OR OLD.reason <> NEW.reason OR OLD.locked_at <> NEW.locked_at"
    " OR OLD.locked_by_id <> NEW.locked_by_id"
)


def month_number(column: str) -> str:
    """SQL of the month of a date as a number: 202609; NULL where there is no date."""
    return f"CAST(REPLACE(SUBSTR(CAST({column} AS TEXT), 1, 7), '-', '') AS INTEGER)"


def locked_year(table: str, year: str) -> Refusal:
    """Refuse writes to rows of a locked year. `year` is SQL text of `{row}`'s four digits."""
    return Refusal(
        name="locked_year",
        table=table,
        condition=LOCKED_YEAR.replace("{year}", year),
        message=YEAR_LOCKED,
    )


def locked_day(table: str, column: str) -> Refusal:
    """Refuse writes to rows of a day whose figures are locked. `column` is a date of `{row}`."""
    numbers = {"{month}": month_number(column), "{first}": LOCK_FIRST, "{last}": LOCK_LAST}
    condition = LOCKED_DAY
    for mark, number in numbers.items():
        condition = condition.replace(mark, number)
    return Refusal(
        name="locked_day",
        table=table,
        condition=condition,
        message=YEAR_LOCKED,
    )


REFUSALS = (
    Refusal(
        name="kept",
        table="core_periodlock",
        operations=(UPDATE,),
        condition=_LOCK_KEPT,
        message="Lần khóa số liệu đã ghi được giữ nguyên; chỉ ghi việc mở khóa một lần.",
    ),
    Refusal(
        name="kept",
        table="core_periodlock",
        operations=(DELETE,),
        message="Lần khóa số liệu đã ghi không xóa được.",
    ),
    *(
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
    ),
)
