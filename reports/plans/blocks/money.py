"""The money of a year's projects up to the day of the data (kinh phí theo dự án)."""

from collections.abc import Iterator

from povertyplan.core.text import formatting
from projects.money.selectors import ProjectMoney, year_money
from reports.models import Block
from reports.printing import tree
from reports.printing.tree import Align, TableColumn

from .document_data import DocumentData

NO_MONEY = "Đến ngày {day} chưa ghi khoản kinh phí nào của năm {year}."
OUTSIDE = "ngoài phân bổ"
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
            rows=tuple(
                row for place, each in enumerate(known, start=1) for row in _rows(place, each)
            ),
            note=UNIT.format(day=formatting.day(day)),
        ),
    )


def _rows(place: int, each: ProjectMoney) -> Iterator[tuple[str, ...]]:
    """What may be spent, is disbursed and the rate of the same sources; then the others'."""
    project, spendable = each.ward_project.project, each.spendable
    yield (
        str(place),
        f"{project}: {each.ward_project.name}",
        formatting.millions(spendable.available),
        formatting.millions(spendable.disbursed),
        formatting.number(each.rate, 1),
    )
    if each.unallocated is not None:
        spent = formatting.millions(each.unallocated)
        yield "", f"{project}: {OUTSIDE}", formatting.MISSING, spent, formatting.MISSING
