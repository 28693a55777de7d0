"""How the figures that are filled in are called, and where they come from, in words."""

from datetime import date

from povertyplan.core.text import formatting
from projects.models import Activity, WardProject

DONG, TIMES = "đồng", "lượt"
OF_MONEY = "Sổ kinh phí"
OF_SUPPORTS = "Sổ hỗ trợ đã cấp"


def activity(row: Activity) -> str:
    return f"{row.ward_project.project}: {row.name}"[:400]


def planned(row: Activity) -> str:
    parts = []
    if row.quantity is not None:
        parts.append(f"{formatting.number(row.quantity)} {row.quantity_unit}".strip())
    if row.due_on is not None:
        parts.append(f"hạn {formatting.day(row.due_on)}")
    return ", ".join(parts)


def done(row: Activity, day: date) -> str:
    if row.done_on is None or row.done_on > day:
        return "Chưa ghi kết quả hoạt động"
    return f"Hoàn thành ngày {formatting.day(row.done_on)}"


def disbursed(project: WardProject) -> str:
    return f"{project.project}: kinh phí đã giải ngân"


def spendable(amount: int | None) -> str:
    """What the year's allocation, its adjustments and money carried over come to."""
    return "" if amount is None else f"được sử dụng {formatting.money(amount)}"


def supports(project: WardProject) -> str:
    return f"{project.project}: hỗ trợ đã giao"
