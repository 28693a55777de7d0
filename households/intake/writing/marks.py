"""What the marked workbook says of a batch, as plain lists: one row after the other, then the sums.

Rows are read from the database a household at a time, so that a long list takes no more memory
here than a short one.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from households.choices import ImportOutcome, ImportStage
from households.intake.staging.selectors.problems import RowProblem, problems_of, refuse_rows
from households.intake.staging.selectors.unused import unused_in
from households.models import ImportBatch, ImportRow
from households.rules.import_sheets import ChosenSheet
from povertyplan.core.text import formatting

ROWS_AT_ONCE = 500
# Problems told one by one; the reason beside each row is always there.
MOST_PROBLEMS = 50_000
HEADINGS = ("Trang tính", "Dòng", "Cột", "Mức", "Nội dung ô", "Lý do", "Gợi ý")


def marks_of(batch: ImportBatch) -> Iterator[dict[str, list]]:
    """ "row": sheet, number, outcome, reason, its cells (column, is an error, note).

    "head" are the lines above the summary's table and "line" the lines of it, each as its cells.
    """
    layouts = {layout.sheet[:60]: layout for layout in batch.layouts}
    outcomes: Counter[str] = Counter()
    problems = 0
    for row in _decided_rows(batch):
        outcomes[row.outcome or row.plan.action] += 1
        found = problems_of(row)
        noted = found[: max(MOST_PROBLEMS - problems, 0)]
        problems += len(found)
        yield {"row": _row(row, found, noted, layouts.get(row.sheet))}
        for problem in noted:
            yield {"line": _problem_line(row, problem)}
    if problems > MOST_PROBLEMS:
        more = formatting.number(problems - MOST_PROBLEMS)
        yield {
            "line": ["", "", "", "", "", f"Còn {more} chỗ nữa: xem cột Lý do của từng dòng.", ""]
        }
    for line in batch.left_out:
        yield {"line": [line.sheet, line.number, "", "Bỏ qua", line.text, line.reason, ""]}
    for column, is_open in unused_in(batch):
        level = "Chưa ghép" if is_open else "Không dùng"
        reason = f"Cột có nội dung ở {column.count} dòng, không đọc."
        samples = " · ".join(column.samples)
        yield {"line": [column.sheet, "", f"Cột {column.name}", level, samples, reason, ""]}
    yield from ({"head": line} for line in _heads(batch, outcomes))


def _decided_rows(batch: ImportBatch) -> Iterator[ImportRow]:
    """Rows in their order; before writing with what would happen, a household decided at once."""
    is_written = batch.stage in (ImportStage.WRITTEN, ImportStage.UNDONE)
    rows = batch.rows.order_by("position").iterator(chunk_size=ROWS_AT_ONCE)
    for _household, group in groupby(rows, key=attrgetter("household_position")):
        household = list(group)
        if not is_written:
            refuse_rows(household)
        yield from household


def _row(
    row: ImportRow, found: list[RowProblem], noted: list[RowProblem], layout: ChosenSheet | None
) -> list:
    reason = row.reason or " ".join(problem.message for problem in found)
    cells: dict[int, list] = {}
    for problem in noted:
        if layout is None:
            break
        column = layout.columns.get(problem.column) or _nearest(layout)
        marked = cells.setdefault(column, [column, False, ""])
        marked[1] = marked[1] or problem.is_error
        marked[2] = f"{marked[2]}\n{_note(problem)}".strip()
    outcome = ImportOutcome(row.outcome or row.plan.action).label
    return [row.sheet, row.number, outcome, reason, list(cells.values())]


def _nearest(layout: ChosenSheet) -> int:
    """Where a missing column is noted: at the name."""
    columns = layout.columns
    return columns.get("member_name") or columns.get("head_name") or min(columns.values())


def _note(problem: RowProblem) -> str:
    suggestion = f" Gợi ý: {problem.suggestion}." if problem.suggestion else ""
    return f"{problem.message}{suggestion}"


def _problem_line(row: ImportRow, problem: RowProblem) -> list:
    level = "Cần sửa" if problem.is_error else "Cảnh báo"
    return [
        row.sheet, row.number, problem.label, level, problem.raw, problem.message,
        problem.suggestion,
    ]  # fmt: skip


def _heads(batch: ImportBatch, outcomes: Counter[str]) -> list[list]:
    state = "đã ghi vào sổ" if batch.written_at else "chưa ghi vào sổ"
    return [
        ["Kết quả nhập danh sách hộ gia đình"],
        [f"Tệp {batch.file_name}, {state}."],
        [],
        ["Số dòng trong tệp", sum(outcomes.values())],
        *([outcome.label, outcomes[outcome.value]] for outcome in ImportOutcome),
        ["Dòng không phải là người (bỏ qua)", len(batch.left_out)],
        [],
        list(HEADINGS),
    ]
