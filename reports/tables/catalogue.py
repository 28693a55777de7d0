"""The fifteen tables by number and by family."""

from collections.abc import Callable
from dataclasses import dataclass

from .deprivations import (
    build_child_deprivations,
    build_near_poor_deprivation_rates,
    build_near_poor_deprivations,
    build_poor_deprivation_rates,
    build_poor_deprivations,
)
from .facts import TableFacts
from .groups import (
    build_causes,
    build_ethnic_groups,
    build_near_poor_summary,
    build_poor_summary,
    build_target_groups,
)
from .persons import build_near_poor_list, build_poor_list
from .results import build_results
from .shape import OfficialTable
from .transitions import build_near_poor_movements, build_poor_movements


@dataclass(frozen=True)
class TableKind:
    """A table of the list: `names_persons` keeps it to those who work with the households."""

    number: int
    title: str
    build: Callable[[TableFacts], OfficialTable]
    names_persons: bool = False

    @property
    def key(self) -> str:
        """Its name among the forms that are printed."""
        return f"table-{self.number}"


FAMILIES: tuple[tuple[str, tuple[TableKind, ...]], ...] = (
    (
        "Kết quả, diễn biến",
        (
            TableKind(1, "Tổng hợp kết quả hộ nghèo, hộ cận nghèo", build_results),
            TableKind(2, "Diễn biến hộ nghèo", build_poor_movements),
            TableKind(3, "Diễn biến hộ cận nghèo", build_near_poor_movements),
        ),
    ),
    (
        "Thiếu hụt dịch vụ xã hội cơ bản",
        (
            TableKind(4, "Chỉ số thiếu hụt của hộ nghèo", build_poor_deprivations),
            TableKind(5, "Tỷ lệ thiếu hụt của hộ nghèo", build_poor_deprivation_rates),
            TableKind(6, "Chỉ số thiếu hụt của hộ cận nghèo", build_near_poor_deprivations),
            TableKind(7, "Tỷ lệ thiếu hụt của hộ cận nghèo", build_near_poor_deprivation_rates),
            TableKind(11, "Thiếu hụt của trẻ em", build_child_deprivations),
        ),
    ),
    (
        "Nhóm đối tượng, dân tộc, nguyên nhân",
        (
            TableKind(8, "Theo nhóm đối tượng", build_target_groups),
            TableKind(9, "Theo dân tộc", build_ethnic_groups),
            TableKind(10, "Theo nguyên nhân nghèo", build_causes),
            TableKind(12, "Tổng hợp hộ nghèo", build_poor_summary),
            TableKind(13, "Tổng hợp hộ cận nghèo", build_near_poor_summary),
        ),
    ),
    (
        "Danh sách chi tiết",
        (
            TableKind(14, "Danh sách hộ cận nghèo", build_near_poor_list, names_persons=True),
            TableKind(15, "Danh sách hộ nghèo", build_poor_list, names_persons=True),
        ),
    ),
)
TABLES = {kind.number: kind for _title, kinds in FAMILIES for kind in kinds}
