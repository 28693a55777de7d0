"""The table of targets as paper and workbook, of the rows that the page shows."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook
from reports.targets.presenters import TargetGroup, TargetLine, describe_assigned
from reports.targets.selectors import TargetTable

CENTER, RIGHT = tree.Align.CENTER, tree.Align.RIGHT
FORMATS = (FileFormat.PDF, FileFormat.EXCEL)
LEADS = ("TT", "Chỉ tiêu", "Đơn vị tính", "Gốc {year}")
LEAD_WIDTHS = (4, 17, 6, 6)
STANDING_WIDTH = 7
MOST_YEARS = 6  # that fit side by side on paper
ASSIGNED = "Chỉ tiêu cấp trên giao năm {year}:"
OTHER_YEARS = "Bản in có {most} năm quanh năm {year}; bản Excel có đủ các năm."


def write_target_table(
    *, ward: Area, table: TargetTable, groups: Sequence[TargetGroup], ending: str
) -> bytes:
    """The file. Raises PrintingUnavailable."""
    issuer = issuer_of(ward)
    document = tree.DocumentTree(
        kind="Bảng",
        symbol="B-UBND",
        subject=f"chỉ tiêu và kết quả thực hiện năm {table.year}",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, ward.name),
        place=ward.place_line or ward.name,
        year=table.year,
        body=tuple(_body(table, groups, _shown_years(table, ending))),
        closing=f"Bảng có {formatting.two_digits(len(table.rows))} dòng",
        signature=tree.Signature(("Người lập",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=made_on(),
    )
    if ending == FileFormat.EXCEL:
        return render_workbook([("Chi tieu", document)], title=document.title)
    return render_pdf(document)


def _shown_years(table: TargetTable, ending: str) -> tuple[int, ...]:
    """All years, or as many as fit on paper: from the year before the one that is judged."""
    if ending == FileFormat.EXCEL or len(table.years) <= MOST_YEARS:
        return table.years
    first = min(max(table.year - 1, table.years[0]), table.years[-1] - MOST_YEARS + 1)
    return tuple(range(first, first + MOST_YEARS))


def _body(
    table: TargetTable, groups: Sequence[TargetGroup], years: tuple[int, ...]
) -> Iterator[tree.Block]:
    if years != table.years:
        yield tree.Paragraph(OTHER_YEARS.format(most=MOST_YEARS, year=table.year))
    yield _table(table, groups, years)
    if table.assigned:
        yield tree.Paragraph(ASSIGNED.format(year=table.year))
    for each in table.assigned:
        yield tree.Paragraph(f"- {describe_assigned(each)}.")


def _table(table: TargetTable, groups: Sequence[TargetGroup], years: tuple[int, ...]) -> tree.Table:
    """Two columns a year: what was promised, what was reached."""
    width = (100 - sum(LEAD_WIDTHS) - STANDING_WIDTH) // (2 * len(years))
    leads = [each.format(year=table.baseline_year) for each in LEADS]
    return tree.Table(
        columns=(
            tree.TableColumn(LEAD_WIDTHS[0], CENTER),
            *map(tree.TableColumn, LEAD_WIDTHS[1:3]),
            tree.TableColumn(LEAD_WIDTHS[3], RIGHT),
            *[tree.TableColumn(width, RIGHT)] * (2 * len(years)),
            tree.TableColumn(STANDING_WIDTH),
        ),
        head=(
            (
                *(tree.Cell(each, rowspan=2) for each in leads),
                *(tree.Cell(str(year), colspan=2) for year in years),
                tree.Cell(f"Năm {table.year}", rowspan=2),
            ),
            ("KH", "TH") * len(years),
        ),
        rows=tuple(_rows(groups, years, len(leads) + 2 * len(years) + 1)),
    )


def _rows(groups: Sequence[TargetGroup], years: tuple[int, ...], width: int):
    number = 0
    for group in groups:
        yield (tree.Cell(group.label, colspan=width, align=tree.Align.LEFT, strong=True),)
        for line in group.lines:
            number += not line.row.is_rate_of_count
            yield _row("" if line.row.is_rate_of_count else str(number), line, years)


def _row(number: str, line: TargetLine, years: tuple[int, ...]) -> tree.Row:
    shown = [cell for cell in line.cells if cell.year in years]
    # A sign stays with its figure in a narrow column.
    cells = [
        text.replace(" ", formatting.NBSP)
        for cell in shown
        for text in (cell.short_target, cell.actual_text)
    ]
    return (number, line.row.name, line.row.unit, line.baseline, *cells, line.standing)
