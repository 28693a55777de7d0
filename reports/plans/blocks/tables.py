"""Tables counted from the ledger and the reviews, in the columns of the official forms.

TT 07/2021/TT-BLĐTBXH, Phụ lục VII: movements (tables 2 and 3), deprivations (tables 4 to 7).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from households.choices import LISTED, PovertyClass
from households.ledger.selectors.classes import VillageCounts, add_up_counts
from households.ledger.selectors.deprivations import DeprivationTotals
from households.models import DeprivationIndicator
from households.rules.transitions import MovementTable, movement_problems
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.figures.figure import Figure
from reports.figures.links import household_list_url
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, Cell, TableColumn

from .document_data import DocumentData

NO_RESULT = "Chưa có số liệu: kết quả rà soát năm {} chưa được công nhận."
HOW_MOVEMENTS_BALANCE = "Số cuối kỳ (9) = (1) - (2) - (3) - (4) + (5) + (6) + (7) + (8)."
NO_VILLAGE_TOTALS = (
    "Ghi chú: chưa có tổng số hộ dân cư của từng thôn, tổ dân phố; tỷ lệ chỉ tính chung toàn {}."
)
SAME_HOUSEHOLD = (
    "Ghi chú: một hộ có thể thiếu hụt nhiều chỉ số; tỷ lệ tính trên tổng số hộ cùng loại."
)


# Movements ---------------------------------------------------------------------------------


def movement_pair(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Official tables 2 and 3 of a year: poor, then near-poor, in households and in persons."""
    year = block.parameters["year"]
    tables = materials.book.movements(year)
    if tables is None:
        return (tree.Paragraph(NO_RESULT.format(year)),)
    note = " ".join([HOW_MOVEMENTS_BALANCE, *movement_problems(tables)])
    return (
        _movement_table("Diễn biến hộ nghèo", year, tables.poor_households, tables.poor_persons),
        _movement_table(
            "Diễn biến hộ cận nghèo",
            year,
            tables.near_poor_households,
            tables.near_poor_persons,
            note=f"Ghi chú: {note}",
        ),
    )


def _movement_table(
    title: str, year: int, households: MovementTable, persons: MovementTable, note: str = ""
) -> tree.Table:
    labels = households.labels
    return tree.Table(
        columns=(TableColumn(10), *[TableColumn(10, Align.CENTER)] * len(labels)),
        head=(
            (
                Cell("Đơn vị tính", rowspan=3),
                Cell(labels[0], rowspan=2),
                Cell("Giảm trong năm", colspan=3),
                Cell("Tăng trong năm", colspan=4),
                Cell(labels[-1], rowspan=2),
            ),
            tuple(labels[1:-1]),
            tuple(f"({place})" for place in range(1, len(labels) + 1)),
        ),
        rows=(("Hộ", *_numbers(households)), ("Nhân khẩu", *_numbers(persons))),
        title=f"{title} năm {year}",
        note=note,
    )


def _numbers(table: MovementTable) -> Iterator[str]:
    return (formatting.number(count) for count in table.columns)


# Deprivations ------------------------------------------------------------------------------


def deprivations_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Households lacking each of the twelve indicators, dimension by dimension; with rates."""
    year = block.parameters["year"]
    totals = materials.book.deprivations(year)
    if totals is None:
        return (tree.Paragraph(NO_RESULT.format(year)),)
    standard = materials.book.recognised[year].standard
    indicators = list(standard.indicators.order_by("number"))
    return (
        tree.Table(
            columns=(
                TableColumn(7, Align.CENTER),
                TableColumn(45),
                *[TableColumn(12, Align.CENTER)] * 4,
            ),
            head=(
                (
                    Cell("TT", rowspan=2),
                    Cell("Chiều thiếu hụt, chỉ số", rowspan=2),
                    Cell("Hộ nghèo", colspan=2),
                    Cell("Hộ cận nghèo", colspan=2),
                ),
                ("Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"),
            ),
            rows=tuple(_deprivation_rows(materials, indicators, totals, year)),
            totals=(_deprivation_total(totals),),
            note=SAME_HOUSEHOLD,
        ),
    )


def _deprivation_rows(
    materials: DocumentData,
    indicators: list[DeprivationIndicator],
    totals: DeprivationTotals,
    year: int,
) -> Iterator[tree.Row]:
    for _dimension, group in groupby(indicators, key=lambda row: row.dimension):
        members = list(group)
        name = members[0].get_dimension_display()
        yield (Cell(f"Chiều {lower_first(name)}", colspan=6, align=Align.LEFT, strong=True),)
        for indicator in members:
            number = indicator.number
            yield (
                str(number),
                indicator.name,
                *_share(materials, PovertyClass.POOR, number, totals, year),
                *_share(materials, PovertyClass.NEAR_POOR, number, totals, year),
            )


def _share(
    materials: DocumentData, poverty_class: str, number: int, totals: DeprivationTotals, year: int
) -> tuple[tree.Text, str]:
    """The deprived households of a class, linked to their list, and their rate."""
    count = totals.lacking(poverty_class)[number]
    whole = totals.households_of(poverty_class)
    figure = Figure(
        f"{poverty_class} deprived {number} {year}",
        count,
        source=f"phiếu rà soát năm {year} đã được công nhận",
        url=household_list_url(
            **{"class": poverty_class, "deprived": number, "year": year, "on": f"{year}-12-31"}
        ),
    )
    return (materials.cite(figure, formatting.number(count)),), _rate(count, whole)


def _deprivation_total(totals: DeprivationTotals) -> tree.Row:
    households = (totals.poor_households, totals.near_poor_households)
    cells = [
        Cell(f"{formatting.number(count)} hộ", colspan=2, align=Align.CENTER)
        for count in households
    ]
    return (Cell("Tổng số hộ được rà soát", colspan=2, align=Align.LEFT), *cells)


def _rate(count: int, whole: int | None) -> str:
    return _percent(formatting.rate(count, whole))


def _percent(value: int | Decimal | None) -> str:
    """A rate under a heading that says "(%)"."""
    return formatting.number(value, 2)


# Villages ----------------------------------------------------------------------------------


def villages_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """Poor and near-poor households and persons of each village at the end of a year."""
    year = block.parameters["year"]
    day = materials.book.day_of(year)
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
                (str(place), *_village_row(materials, village, day, with_rates))
                for place, village in enumerate(villages, start=1)
            ),
            totals=(_village_total(materials, villages, year, with_rates),),
            note="" if with_rates else NO_VILLAGE_TOTALS.format(_kind_of(materials)),
        ),
    )


def _village_row(
    materials: DocumentData, row: VillageCounts, day: date, with_rates: bool
) -> Iterator[tree.Text]:
    yield row.village.name
    if with_rates:
        yield formatting.number(row.counts.total_households)
    for poverty_class in LISTED:
        yield from _class_cells(materials, row, poverty_class, day, with_rates)


def _class_cells(
    materials: DocumentData, row: VillageCounts, poverty_class: str, day: date, with_rates: bool
) -> list[tree.Text]:
    counts = row.counts
    count = getattr(counts, poverty_class)
    filters = {"class": poverty_class, "village": row.village.pk, "on": day.isoformat()}
    figure = Figure(
        f"{poverty_class} village {row.village.pk} {day.year}",
        count,
        source=f"danh sách hộ của {row.village}, ngày {formatting.day(day)}",
        url=household_list_url(**filters),
    )
    rate = [_percent(getattr(counts, f"{poverty_class}_percent"))] if with_rates else []
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
            cells.append((materials.cite(share, _percent(share.value)),))
        cells.append(formatting.number(getattr(counts, f"{poverty_class}_persons")))
    return (Cell("Tổng cộng", colspan=2, align=Align.CENTER), *cells)


def _kind_of(materials: DocumentData) -> str:
    return materials.ward.name.split(" ")[0].lower()
