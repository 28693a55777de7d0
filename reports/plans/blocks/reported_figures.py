"""The figures of the received reports of units from which a report of the ward was made.

They are what units say of the period: preliminary, or expected of the whole of it. None of them
counts as the official figure of a target.
"""

from collections.abc import Iterable, Sequence

from povertyplan.core.text import formatting
from projects.targets.selectors import PERCENT
from reports.models import ReportRequest, UnitReportFigure
from reports.printing import tree
from reports.printing.tree import Align, TableColumn

UNKNOWN_CELL = "Chưa có số liệu"
PRELIMINARY = "{value} (sơ bộ)"
ESTIMATED = "ước cả kỳ {value}"
CORRECTED = "số có sẵn {value}; {reason}"
NOTE = "Số sơ bộ, số ước cả kỳ do đơn vị báo cáo, không phải số chính thức: {units}."
WIDTHS = (6, 22, 18, 18, 18, 18)
HEAD = ("TT", "Nội dung", "Kế hoạch", "Thực hiện", "Ước cả kỳ", "Lý do đơn vị sửa số")


def figures_by_indicator(figures: Iterable[UnitReportFigure]) -> dict[int, list[UnitReportFigure]]:
    """What units say of each indicator, by its id; without those of which they know nothing."""
    found: dict[int, list[UnitReportFigure]] = {}
    for figure in figures:
        kind, _, number = figure.key.rpartition("-")
        if kind == "indicator" and is_known(figure):
            found.setdefault(int(number), []).append(figure)
    return found


def is_known(figure: UnitReportFigure) -> bool:
    return figure.value is not None or figure.estimate is not None


def marked_cell(figures: Sequence[UnitReportFigure]) -> str:
    """The figure of a unit in place of the official one: "14 (sơ bộ); ước cả kỳ 13"."""
    return "; ".join(dict.fromkeys(part for figure in figures for part in _marked(figure)))


def _marked(figure: UnitReportFigure) -> list[str]:
    parts = ((PRELIMINARY, figure.value), (ESTIMATED, figure.estimate))
    return [mark.format(value=_number(figure, value)) for mark, value in parts if value is not None]


def units_note(figures: Iterable[UnitReportFigure]) -> str:
    """Which unit said which of the marked figures; "" where none is marked."""
    by_unit: dict[str, list[str]] = {}
    for figure in figures:
        by_unit.setdefault(figure.report.author.name, []).append(figure.label)
    units = [f"{unit} ({'; '.join(labels)})" for unit, labels in by_unit.items()]
    return NOTE.format(units="; ".join(units)) if units else ""


def reported_table(figures: Sequence[UnitReportFigure], request: ReportRequest) -> tree.Body:
    """What each unit reported: plan, figure, estimate, and why it changed one; "" is not asked."""
    if not figures:
        return ()
    rows: list[tree.Row] = []
    unit = None
    for figure in figures:
        if figure.report.unit_id != unit:
            unit, place = figure.report.unit_id, 0
            name = figure.report.author.name
            rows.append((tree.Cell(name, colspan=len(HEAD), align=Align.LEFT, strong=True),))
        place += 1
        rows.append((str(place), *_reported(figure)))
    day = formatting.day(request.data_on)
    aligned = (Align.CENTER, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT)
    return (
        tree.Table(
            columns=tuple(map(TableColumn, WIDTHS, aligned)),
            head=(HEAD,),
            rows=tuple(rows),
            note=f"Số liệu đơn vị báo cáo đến ngày {day}.",
        ),
    )


def _reported(figure: UnitReportFigure) -> tree.Row:
    changed = CORRECTED.format(value=_counted(figure, figure.computed), reason=figure.reason)
    estimate = "" if figure.estimate is None else _counted(figure, figure.estimate)
    return (
        figure.label,
        figure.target or formatting.MISSING,
        _counted(figure, figure.value),
        estimate,
        changed if figure.reason else "",
    )


def _counted(figure: UnitReportFigure, value) -> str:
    if value is None:
        return UNKNOWN_CELL.lower()
    # Billions of đồng are as wide as their column: the unit may stand on a line of its own.
    counted = formatting.with_unit(_number(figure, value), figure.measure_unit)
    return counted.replace(formatting.NBSP, " ")


def _number(figure: UnitReportFigure, value) -> str:
    return formatting.number(value, 2 if figure.measure_unit == PERCENT else None)
