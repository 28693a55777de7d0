"""The money of a year's projects up to the day of the data (kinh phí theo dự án)."""

from povertyplan.core.text import formatting
from projects.money.selectors import ProjectMoney, year_money
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, TableColumn

from .document_data import DocumentData

NO_MONEY = "Đến ngày {day} chưa ghi khoản kinh phí nào của năm {year}."
UNIT = "Đơn vị tính: triệu đồng. Số liệu đến ngày {day}."


def money_table(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """What each project may spend and has spent; one of which nothing is known is left out."""
    year, day = block.parameters["year"], materials.document.data_on
    money = year_money(ward=materials.ward, year=year, today=day, until=day)
    known = [each for each in money.projects if not each.figures.is_empty]
    if not known:
        said = NO_MONEY.format(day=formatting.day(day), year=year)
        return (tree.Paragraph(said),)
    return (
        tree.Table(
            columns=(
                TableColumn(7, Align.CENTER),
                TableColumn(45),
                *[TableColumn(16, Align.RIGHT)] * 3,
            ),
            head=(("TT", "Dự án, chính sách", "Được sử dụng", "Đã giải ngân", "Tỷ lệ (%)"),),
            rows=tuple((str(place), *_row(each)) for place, each in enumerate(known, start=1)),
            note=UNIT.format(day=formatting.day(day)),
        ),
    )


def _row(each: ProjectMoney) -> tuple[str, ...]:
    figures = each.figures
    return (
        f"{each.ward_project.project}: {each.ward_project.name}",
        formatting.millions(figures.available),
        formatting.millions(figures.disbursed),
        formatting.number(each.rate, 1),
    )
