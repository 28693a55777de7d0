"""The transition matrix: classes of households on one day against those on a later one."""

from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass
from households.ledger.selectors.transition_tables import class_matrix
from households.ledger.selectors.transitions import ABSENT
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from reports.figures.links import household_list_url

CLASSES = (*PovertyClass.choices, (ABSENT, "Ngoài sổ quản lý"))
ANY = ""


@dataclass(frozen=True)
class MatrixCell:
    """Households that went from one class to another; `stayed` marks the diagonal."""

    households: int
    url: str
    stayed: bool = False


@dataclass(frozen=True)
class ClassRow:
    label: str
    cells: tuple[MatrixCell, ...]
    total: MatrixCell


@dataclass(frozen=True)
class TransitionMatrix:
    """Rows by class on the first day, columns by class on the second; totals at both ends."""

    titles: tuple[str, ...]
    rows: tuple[ClassRow, ...]
    total: ClassRow

    @property
    def households(self) -> int:
        return self.total.total.households


def build_matrix(*, area: Area, after: date, until: date) -> TransitionMatrix:
    """The matrix of a village or a ward; one query."""
    counts = class_matrix(area=area, after=after, until=until)
    days = {"after": after.isoformat(), "on": until.isoformat()}
    village = area.pk if area.kind == AreaKind.VILLAGE else None

    def cell(before: str, now: str) -> MatrixCell:
        total = sum(
            number
            for (was, became), number in counts.items()
            if before in (ANY, was) and now in (ANY, became)
        )
        url = household_list_url(**days, village=village, before=before, now=now)
        both_any = before == now == ANY
        return MatrixCell(total, "" if both_any or not total else url, before == now != ANY)

    def row(before: str, label: str) -> ClassRow:
        return ClassRow(label, tuple(cell(before, now) for now, _ in CLASSES), cell(before, ANY))

    return TransitionMatrix(
        titles=tuple(label for _value, label in CLASSES),
        rows=tuple(row(value, label) for value, label in CLASSES),
        total=row(ANY, "Tổng cộng"),
    )
