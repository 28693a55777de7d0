"""Tables 2 and 3: how households came onto the lists of the poor and left them (diễn biến)."""

from collections.abc import Iterable

from households.choices import PovertyClass
from households.ledger.selectors.transition_tables import tables_in
from households.rules.transitions import (
    COLUMN_LABELS,
    TABLE_TITLES,
    ListColumn,
    MeasuredColumn,
    MovementColumn,
    MovementMeasure,
    MovementTables,
    movement_problems,
)
from povertyplan.core.text import formatting
from reports.figures import words

from .facts import (
    HOUSEHOLDS,
    NUMBER_LEAD,
    PERSONS,
    UNIT_LEAD,
    VILLAGE_LEAD,
    TableArea,
    TableFacts,
    unit_leads,
    unknown_problems,
)
from .links import class_url, move_url
from .shape import OfficialTable, TableCell, TableRow, heading

LEADS = (NUMBER_LEAD, VILLAGE_LEAD, UNIT_LEAD)
HOW_IT_BALANCES = "(9) = (1) − (2) − (3) − (4) + (5) + (6) + (7) + (8)."
OTHERS = (
    "Cột (4), (8): thay đổi nhân khẩu, hộ đơn thân chết, chuyển đi, chuyển đến, tách hộ, nhập hộ "
    "và xóa tên khỏi sổ."
)
BY_PERSON = (
    "Nhân khẩu tính theo từng người: sinh, chết, đến, đi khi hộ đang trong danh sách ghi vào cột "
    "(8), (4). Không tính người sang hộ khác cùng danh sách trong địa bàn, người đến rồi đi trong "
    "kỳ."
)
UNITS = {MovementMeasure.HOUSEHOLDS: HOUSEHOLDS, MovementMeasure.PERSONS: PERSONS}


def build_poor_movements(facts: TableFacts) -> OfficialTable:
    return _build(facts, 2, PovertyClass.POOR)


def build_near_poor_movements(facts: TableFacts) -> OfficialTable:
    return _build(facts, 3, PovertyClass.NEAR_POOR)


def tables_of(facts: TableFacts, place: TableArea) -> MovementTables:
    """Both movement tables of a place."""
    return tables_in(facts.moves, place.pk)


def _build(facts: TableFacts, number: int, listed: PovertyClass) -> OfficialTable:
    labels = tuple(COLUMN_LABELS[listed].values())
    places = (*facts.villages, *facts.former, facts.whole)
    tables = [(place, tables_of(facts, place)) for place in places]
    groups = (labels[0], ("Giảm trong kỳ", labels[1:4]), ("Tăng trong kỳ", labels[4:8]), labels[8])
    return OfficialTable(
        number=number,
        title=TABLE_TITLES[listed],
        period=f"Từ ngày {formatting.day(facts.after)} đến ngày {formatting.day(facts.until)}",
        leads=LEADS,
        head=heading(LEADS, groups),
        rows=tuple(row for place, both in tables for row in _rows(facts, place, both, listed)),
        notes=(
            *_crossing(facts),
            HOW_IT_BALANCES,
            OTHERS,
            BY_PERSON,
            *_moves_inside(facts, listed),
        ),
        problems=(
            *unknown_problems(facts, facts.after, places),
            *unknown_problems(facts, facts.until, places),
            *_problems(facts, [pair for pair in tables if facts.knows_moves(pair[0])], listed),
        ),
    )


def _crossing(facts: TableFacts) -> Iterable[str]:
    """A sentence where the two ends of the period were found by two standards."""
    if crossed := facts.standards_crossed():
        yield words.broken_movements(*crossed)


def _moves_inside(facts: TableFacts, listed: PovertyClass) -> Iterable[str]:
    """A sentence where the villages count moves that the ward as a whole does not."""
    if not facts.knows_moves(facts.whole):
        return
    moved = [move for move in facts.moves if move.changed_village and move.class_before == listed]
    if moved:
        persons = sum(move.persons_before for move in moved)
        yield (
            f"Cột (4), (8) của các thôn có {formatting.number(len(moved))} hộ, "
            f"{formatting.number(persons)} nhân khẩu chuyển thôn hoặc theo thôn được nhập trong "
            "kỳ; dòng tổng cộng không tính."
        )


def _rows(
    facts: TableFacts, place: TableArea, both: MovementTables, listed: PovertyClass
) -> Iterable[TableRow]:
    for measure, unit in UNITS.items():
        columns = both.of(listed, measure).by_column
        row = TableRow(
            unit_leads(facts, place, unit),
            tuple(
                TableCell(
                    count,
                    _url(facts, place, MeasuredColumn(ListColumn(listed, column), measure))
                    if count
                    else "",
                )
                for column, count in columns.items()
            ),
            is_total=place.is_ward,
        )
        yield row if facts.knows_moves(place) else row.without_figures()


def _url(facts: TableFacts, place: TableArea, column: MeasuredColumn) -> str:
    days = {MovementColumn.OPENING: facts.after, MovementColumn.CLOSING: facts.until}
    listed, name = column.place
    if name in days and not column.counts_persons:
        return class_url(days[name], place, listed)
    return move_url(facts, place, column=column.key)


def _problems(
    facts: TableFacts, tables: list[tuple[TableArea, MovementTables]], listed: PovertyClass
) -> list[str]:
    found = [
        f"{place.name}: {problem}" for place, both in tables for problem in movement_problems(both)
    ]
    for place, both in tables:
        if place.pk in facts.opening:
            found += _opening_problems(facts, place, both, facts.opening[place.pk], listed)
    return found


def _opening_problems(facts, place, both, counts, listed: PovertyClass) -> list[str]:
    """Sentences where the opening is not the closing the period before ended with."""
    day = formatting.day(facts.after)
    return [
        f"{place.name}: số {unit} đầu kỳ là {formatting.number(stated)}, khác số cuối kỳ trước "
        f"(ngày {day}) là {formatting.number(before)}."
        for unit, stated, before in (
            ("hộ", both.of(listed, MovementMeasure.HOUSEHOLDS).opening, getattr(counts, listed)),
            (
                "khẩu",
                both.of(listed, MovementMeasure.PERSONS).opening,
                getattr(counts, f"{listed}_persons"),
            ),
        )
        if stated != before
    ]
