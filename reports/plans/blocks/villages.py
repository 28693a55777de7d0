"""Poor and near-poor households of each village."""

from collections.abc import Iterator

from households.choices import LISTED
from households.ledger.selectors.classes import VillageCounts, add_up_counts
from povertyplan.core.text import formatting
from reports.figures.figure import Figure
from reports.figures.links import household_list_url
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, Cell, TableColumn

from .document_data import DocumentData
from .tables import NO_RESULT, format_rate

NO_VILLAGE_TOTALS = (
    "Ghi chú: chưa có tổng số hộ dân cư của từng thôn, tổ dân phố; tỷ lệ chỉ tính chung toàn {}."
)
UNKNOWN_VILLAGES = "Ghi chú: chưa có số liệu năm {} của {}; các ô để “–”."


def villages_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Poor and near-poor households and persons of each village at the end of a year."""
    year = block.parameters["year"]
    day = materials.book.closing_day(year)
    if day is None:
        return (tree.Paragraph(NO_RESULT.format(year)),)
    villages = materials.book.village_counts(day)
    with_rates = any(village.counts.total_households for village in villages)
    totals = ("Tổng số hộ dân cư",) if with_rates else ()
    group = ("Số hộ", *(("Tỷ lệ (%)",) if with_rates else ()), "Nhân khẩu")
    figures = 2 * len(group) + len(totals)
    return (
        tree.Table(
            columns=(
                TableColumn(6, Align.CENTER),
                TableColumn(94 - 10 * figures),
                *[TableColumn(10, Align.CENTER)] * figures,
            ),
            head=(
                (
                    Cell("TT", rowspan=2),
                    Cell("Thôn, tổ dân phố", rowspan=2),
                    *[Cell(name, rowspan=2) for name in totals],
                    Cell("Hộ nghèo", colspan=len(group)),
                    Cell("Hộ cận nghèo", colspan=len(group)),
                ),
                (*group, *group),
            ),
            rows=tuple(
                (str(place), *_village_row(materials, village, year, with_rates))
                for place, village in enumerate(villages, start=1)
            ),
            totals=(_village_total(materials, villages, year, with_rates),),
            note=" ".join(_village_notes(materials, villages, year, with_rates=with_rates)),
        ),
    )


def _village_notes(
    materials: DocumentData, villages: list[VillageCounts], year: int, *, with_rates: bool
) -> Iterator[str]:
    """What the table cannot say: rates without populations, villages without a result."""
    if not with_rates:
        yield NO_VILLAGE_TOTALS.format(_kind_of(materials))
    unknown = [row.village for row in villages if not materials.book.knows(year, row.village.pk)]
    if unknown:
        yield UNKNOWN_VILLAGES.format(year, ", ".join(village.name for village in unknown))


def _village_row(
    materials: DocumentData, row: VillageCounts, year: int, with_rates: bool
) -> Iterator[tree.Text]:
    yield row.village.name
    if with_rates:
        yield formatting.number(row.counts.total_households)
    for poverty_class in LISTED:
        yield from _class_cells(materials, row, poverty_class, year, with_rates)


def _class_cells(
    materials: DocumentData, row: VillageCounts, poverty_class: str, year: int, with_rates: bool
) -> list[tree.Text]:
    day = materials.book.closing_day(year)
    if day is None or not materials.book.knows(year, row.village.pk):
        return [formatting.MISSING] * (3 if with_rates else 2)
    counts = row.counts
    count = getattr(counts, poverty_class)
    filters = {"class": poverty_class, "village": row.village.pk, "on": day.isoformat()}
    figure = Figure(
        f"{poverty_class} village {row.village.pk} {year}",
        count,
        source=f"danh sách hộ của {row.village}, ngày {formatting.day(day)}",
        url=household_list_url(**filters),
    )
    rate = [format_rate(getattr(counts, f"{poverty_class}_percent"))] if with_rates else []
    persons = formatting.number(getattr(counts, f"{poverty_class}_persons"))
    return [(materials.cite(figure, formatting.number(count)),), *rate, persons]


def _village_total(
    materials: DocumentData, villages: list[VillageCounts], year: int, with_rates: bool
) -> tree.Row:
    book = materials.book
    counts = add_up_counts(row.counts for row in villages)
    cells: list[tree.Text] = []
    if with_rates:
        cells.append(formatting.number(book.figure("total_households", year).value))
    for poverty_class in LISTED:
        figure = book.figure(f"{poverty_class}_households", year)
        cells.append((materials.cite(figure, formatting.number(figure.value)),))
        if with_rates:
            share = book.figure(f"{poverty_class}_percent", year)
            cells.append((materials.cite(share, format_rate(share.value)),))
        persons = getattr(counts, f"{poverty_class}_persons") if book.knows(year) else None
        cells.append(formatting.number(persons))
    return (Cell("Tổng cộng", colspan=2, align=Align.CENTER), *cells)


def _kind_of(materials: DocumentData) -> str:
    return materials.ward.name.split(" ")[0].lower()
