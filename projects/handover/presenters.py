"""Lists that are handed over, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from povertyplan.core.text import formatting
from projects.choices import HandoverChange, HandoverColumn
from projects.models import Handover, HandoverList, HandoverRow


@dataclass(frozen=True)
class HandoverLine:
    """A row with the texts of its columns, and as what somebody counts in words."""

    row: HandoverRow
    cells: tuple[tuple[str, str], ...]
    basis: str


def describe_rows(handover_list: HandoverList, rows: Iterable[HandoverRow]) -> list[HandoverLine]:
    columns = handover_list.kind.shown_columns
    return [
        HandoverLine(
            row, tuple((each.label, _cell(row, each)) for each in columns), basis_text(row)
        )
        for row in rows
    ]


def basis_text(row: HandoverRow) -> str:
    if row.change == HandoverChange.CHANGED:
        return f"{row.get_basis_before_display()} → {row.get_basis_display()}"
    return row.get_basis_display()


def describe_made(handover: Handover) -> str:
    return f"Đã lập danh sách chuyển giao sau {handover.decision}."


def describe_sent(sent: HandoverList) -> str:
    return f"Đã ghi gửi danh sách {sent.kind} ngày {formatting.day(sent.sent_on)}."


def describe_answered(answered: HandoverList) -> str:
    return f"Đã ghi trả lời của {answered.sent_to}."


def _cell(row: HandoverRow, column: HandoverColumn) -> str:
    return row.facts.get(column, "") or formatting.MISSING
