"""Tables 14 and 15: the detailed lists, one row a person. Personal and sensitive data."""

from collections.abc import Iterator

from households.choices import PovertyClass, Sex
from households.ledger.selectors.listed_households import ListedHousehold
from households.ledger.selectors.members import HouseholdMember
from households.ledger.selectors.tallies import tally_of
from households.rules.transitions import MovementColumn
from povertyplan.core.text import formatting

from .facts import TableFacts, unknown_problems
from .shape import LeadColumn, OfficialTable, TableCell, TableRow, heading

LEADS = (
    LeadColumn("STT hộ", 4, centred=True),
    LeadColumn("STT người", 4, centred=True),
    LeadColumn("Họ và tên", 12),
)
SUPPORTS = ("Y tế", "Giáo dục", "Sản xuất", "Tín dụng", "Nhà ở", "Khác")
GROUPS = (
    "Thôn, tổ dân phố",
    ("Năm sinh", ("Nam", "Nữ")),
    "Dân tộc",
    "Quan hệ với chủ hộ",
    ("Diễn biến", ("Mới", "Tái", "Cũ")),
    ("Đặc điểm", ("CSCC", "DTTC", "KCKNLĐ")),
    ("Đã được hỗ trợ", SUPPORTS),
)
# In the order of the columns below GROUPS.
WIDTHS = (10, 4, 4, 6, 8, 3, 3, 3, 5, 5, 8, 3, 4, 4, 4, 3, 3)
MARK = "x"
MOVEMENT_TABLE = {PovertyClass.POOR: 2, PovertyClass.NEAR_POOR: 3}
NOT_HELD = (
    "CSCC: chính sách có công; DTTC: dân tộc tại chỗ; KCKNLĐ: không có khả năng lao động. Cột "
    "“DTTC” để “–”: chưa có danh mục dân tộc tại chỗ. Các cột “Đã được hỗ trợ” để “–”: sổ quản lý "
    "chưa ghi hỗ trợ của từng hộ."
)
UNKNOWN = TableCell(None)
# The columns of tables 2 and 3 that put the mark; the others leave the three columns empty.
MARKED = (MovementColumn.NEWLY, MovementColumn.FELL_BACK, MovementColumn.OPENING)
MARKS = (
    "“Mới”, “Tái” là hộ ở cột (7), (6) của biểu {}; “Cũ” là hộ có trong danh sách ngày {}. Hộ từ "
    "danh sách kia sang, chuyển đến, tách hộ (cột (5), (8)) không đánh dấu."
)


def build_near_poor_list(facts: TableFacts) -> OfficialTable:
    return _build(facts, 14, PovertyClass.NEAR_POOR)


def build_poor_list(facts: TableFacts) -> OfficialTable:
    return _build(facts, 15, PovertyClass.POOR)


def _build(facts: TableFacts, number: int, listed: PovertyClass) -> OfficialTable:
    households = _in_village_order(facts, listed)
    arrivals = {move.household_id: move.came_by for move in facts.moves}
    names = {village.pk: village.name for village in facts.villages}
    rows = [
        row
        for place, household in enumerate(households, start=1)
        for row in _rows(place, household, names[household.village], arrivals[household.pk])
    ]
    return OfficialTable(
        number=number,
        title=f"Danh sách chi tiết {listed.label.lower()}",
        period=f"Số liệu ngày {formatting.day(facts.until)}",
        leads=LEADS,
        head=heading(LEADS, GROUPS),
        rows=tuple(rows),
        notes=(
            *_totals(facts, households),
            MARKS.format(MOVEMENT_TABLE[listed], formatting.day(facts.after)),
            NOT_HELD,
        ),
        problems=(
            *unknown_problems(facts, facts.until, facts.places),
            *(
                f"{names[household.village]}: hộ thứ {place} trong danh sách chưa có chủ hộ."
                for place, household in enumerate(households, start=1)
                if household.head is None
            ),
        ),
        cell_widths=WIDTHS,
    )


def _totals(facts: TableFacts, households: list[ListedHousehold]) -> Iterator[str]:
    """How many there are, where the list is that of the whole ward."""
    if facts.knows_closing(facts.whole):
        total = tally_of(households)
        yield (
            f"Tổng cộng {formatting.number(total.households)} hộ, "
            f"{formatting.number(total.persons)} nhân khẩu."
        )


def _in_village_order(facts: TableFacts, listed: PovertyClass) -> list[ListedHousehold]:
    order = {village.pk: place for place, village in enumerate(facts.villages)}
    known = {village.pk for village in facts.villages if facts.knows_closing(village)}
    of_class = [
        household
        for household in facts.listed
        if household.poverty_class == listed and household.village in known
    ]
    return sorted(of_class, key=lambda household: order[household.village])


def _rows(
    place: int, household: ListedHousehold, village: str, came_by: MovementColumn | None
) -> Iterator[TableRow]:
    for count, member in enumerate(household.members, start=1):
        first = count == 1
        leads = (str(place) if first else "", str(count), member.full_name)
        yield TableRow(leads, tuple(_cells(household, member, village, came_by, first=first)))


def _cells(
    household: ListedHousehold,
    member: HouseholdMember,
    village: str,
    came_by: MovementColumn | None,
    *,
    first: bool,
) -> Iterator[TableCell]:
    """A person's cells; what holds of the whole household stands on its first row only."""
    yield TableCell(village if first else "")
    born = str(member.birth_year or "")
    yield TableCell(born if member.sex == Sex.MALE else "")
    yield TableCell(born if member.sex == Sex.FEMALE else "")
    yield TableCell(member.ethnic_name)
    yield TableCell(member.relation_label)
    for column in MARKED:
        yield _mark(first and came_by == column)
    yield _mark(member.has_merit)
    yield UNKNOWN if first else TableCell("")
    yield _mark(first and household.no_labour_capacity)
    for _support in SUPPORTS:
        yield UNKNOWN if first else TableCell("")


def _mark(holds: bool) -> TableCell:
    return TableCell(MARK if holds else "")
