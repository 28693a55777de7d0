"""Households by what they lack: official tables 4 to 7 (TT 07/2021/TT-BLĐTBXH, Phụ lục VII)."""

from collections.abc import Iterator
from itertools import groupby

from households.choices import PovertyClass
from households.ledger.selectors.deprivations import DeprivationTotals
from households.models import DeprivationIndicator
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.figures.figure import Figure
from reports.figures.links import household_list_url
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, Cell, TableColumn

from .document_data import DocumentData
from .tables import NO_RESULT, format_rate

SAME_HOUSEHOLD = (
    "Ghi chú: một hộ có thể thiếu hụt nhiều chỉ số; tỷ lệ tính trên tổng số hộ cùng loại."
)


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
    day = materials.book.closing_day(year)
    count = totals.lacking(poverty_class)[number]
    whole = totals.households_of(poverty_class)
    figure = Figure(
        f"{poverty_class} deprived {number} {year}",
        count,
        source=f"phiếu rà soát năm {year} đã được công nhận",
        url=household_list_url(
            **{"class": poverty_class, "deprived": number, "year": year, "on": str(day)}
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
    return format_rate(formatting.rate(count, whole))
