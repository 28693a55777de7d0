"""Movements between classes (diễn biến) and the two official tables that count them.

Pure. Tables 2 and 3 of the summary forms (TT 07/2021/TT-BLĐTBXH, Phụ lục VII) are two views of
one list of transitions, so they balance unless a class changed without a cause.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from households.choices import LISTED, MovementCause, PovertyClass

ABOVE_BOTH_LINES = frozenset({PovertyClass.NOT_POOR, PovertyClass.AVERAGE_LIVING})

# Reasons an officer states; they fill the columns "khác" whatever the two classes are.
STATED_REASONS = frozenset(
    {
        MovementCause.REGISTERED,
        MovementCause.MOVED_IN,
        MovementCause.MOVED_OUT,
        MovementCause.SPLIT_OFF,
        MovementCause.MERGED,
        MovementCause.MEMBERS_CHANGED,
        MovementCause.DIED,
        MovementCause.REMOVED,
    }
)


class MovementColumn(StrEnum):
    """The columns of a movement table; the values are the fields of `MovementTable`."""

    OPENING = "opening"
    TO_OTHER_LIST = "to_other_list"
    ABOVE_BOTH_LINES = "above_both_lines"
    OTHER_DECREASE = "other_decrease"
    FROM_OTHER_LIST = "from_other_list"
    FELL_BACK = "fell_back"
    NEWLY = "newly"
    OTHER_INCREASE = "other_increase"
    CLOSING = "closing"


class MovementMeasure(StrEnum):
    """What a row of a movement table counts; the values end the fields of `MovementTables`."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"


class ListColumn(NamedTuple):
    """A list of the poor and a column of its movement table."""

    poverty_class: PovertyClass
    column: MovementColumn


TABLE_TITLES = {
    PovertyClass.POOR: "Diễn biến hộ nghèo",
    PovertyClass.NEAR_POOR: "Diễn biến hộ cận nghèo",
}
# In the order of the form, which differs between the two lists.
COLUMN_LABELS = {
    PovertyClass.POOR: {
        MovementColumn.OPENING: "Số đầu kỳ",
        MovementColumn.TO_OTHER_LIST: "Trở thành hộ cận nghèo",
        MovementColumn.ABOVE_BOTH_LINES: "Vượt chuẩn hộ cận nghèo",
        MovementColumn.OTHER_DECREASE: "Giảm khác",
        MovementColumn.FROM_OTHER_LIST: "Hộ cận nghèo trở thành hộ nghèo",
        MovementColumn.FELL_BACK: "Tái nghèo",
        MovementColumn.NEWLY: "Phát sinh mới",
        MovementColumn.OTHER_INCREASE: "Tăng khác",
        MovementColumn.CLOSING: "Số cuối kỳ",
    },
    PovertyClass.NEAR_POOR: {
        MovementColumn.OPENING: "Số đầu kỳ",
        MovementColumn.ABOVE_BOTH_LINES: "Thoát cận nghèo",
        MovementColumn.TO_OTHER_LIST: "Trở thành hộ nghèo",
        MovementColumn.OTHER_DECREASE: "Giảm khác",
        MovementColumn.FROM_OTHER_LIST: "Hộ nghèo trở thành hộ cận nghèo",
        MovementColumn.FELL_BACK: "Tái cận nghèo",
        MovementColumn.NEWLY: "Phát sinh mới",
        MovementColumn.OTHER_INCREASE: "Tăng khác",
        MovementColumn.CLOSING: "Số cuối kỳ",
    },
}


@dataclass(frozen=True)
class MeasuredColumn:
    """A column of one of the two movement tables, counted in households or in persons."""

    place: ListColumn
    measure: MovementMeasure

    @property
    def key(self) -> str:
        """How an address names it: "poor.newly", "poor.newly.persons"."""
        parts = [*self.place, self.measure] if self.counts_persons else self.place
        return ".".join(part.value for part in parts)

    @property
    def title(self) -> str:
        """What it is called where it stands alone."""
        listed, column = self.place
        measure = " (nhân khẩu)" if self.counts_persons else ""
        return f"{TABLE_TITLES[listed]}, cột “{COLUMN_LABELS[listed][column]}”{measure}"

    @property
    def counts_persons(self) -> bool:
        return self.measure == MovementMeasure.PERSONS


COLUMNS_BY_KEY = {
    each.key: each
    for listed, labels in COLUMN_LABELS.items()
    for column in labels
    for measure in MovementMeasure
    for each in (MeasuredColumn(ListColumn(listed, column), measure),)
}

_BETWEEN_LISTS_AND_OUT: dict[tuple[PovertyClass | None, PovertyClass], MovementCause] = {
    (PovertyClass.POOR, PovertyClass.NEAR_POOR): MovementCause.ESCAPED_TO_NEAR_POOR,
    (PovertyClass.NEAR_POOR, PovertyClass.POOR): MovementCause.FELL_TO_POOR,
    (PovertyClass.POOR, PovertyClass.NOT_POOR): MovementCause.ESCAPED_POVERTY,
    (PovertyClass.POOR, PovertyClass.AVERAGE_LIVING): MovementCause.ESCAPED_POVERTY,
    (PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR): MovementCause.ESCAPED_NEAR_POVERTY,
    (PovertyClass.NEAR_POOR, PovertyClass.AVERAGE_LIVING): MovementCause.ESCAPED_NEAR_POVERTY,
    (PovertyClass.NOT_POOR, PovertyClass.AVERAGE_LIVING): MovementCause.AVERAGE_LIVING_CHANGED,
    (PovertyClass.AVERAGE_LIVING, PovertyClass.NOT_POOR): MovementCause.AVERAGE_LIVING_CHANGED,
}


def transition_cause(
    previous: PovertyClass | None,
    current: PovertyClass | None,
    history: Collection[PovertyClass] = (),
) -> MovementCause:
    """Name the movement from one class to the next; None is "not in the register".

    ``history`` holds the classes the household had before. A household that comes onto a list
    from above both lines is "tái" if it was on that same list before, else "phát sinh mới"; the
    circular does not define "tái", this reading is the usual one. Near-poor households that
    become poor are always "cận nghèo trở thành nghèo", even if they were poor before.
    """
    if current is None:
        return MovementCause.REMOVED
    if previous == current:
        return MovementCause.UNCHANGED
    if cause := _BETWEEN_LISTS_AND_OUT.get((previous, current)):
        return cause
    if current == PovertyClass.POOR:
        was_before = PovertyClass.POOR in history
        return MovementCause.FELL_BACK if was_before else MovementCause.NEWLY_POOR
    if current == PovertyClass.NEAR_POOR:
        was_before = PovertyClass.NEAR_POOR in history
        return MovementCause.FELL_BACK_NEAR if was_before else MovementCause.NEWLY_NEAR_POOR
    return MovementCause.REGISTERED


@dataclass(frozen=True)
class MemberChange:
    """Somebody who was in a household on one of the two days only: who came in, or who left.

    `in_last_class` when the household had its class of the closing by then.
    """

    person: int
    joined: bool
    in_last_class: bool


@dataclass(frozen=True)
class ClassTransition:
    """Households that went from one class at the opening to another at the closing.

    None is "not in the register" on that day. `stayed` are the persons who were members on both
    days, `members` those who were on one of them. Households that `arrived` lived elsewhere at
    the opening: they come onto the list of their class as "khác" and then go their way.
    """

    class_before: PovertyClass | None
    class_after: PovertyClass | None
    cause: MovementCause
    households: int = 1
    stayed: int = 0
    members: tuple[MemberChange, ...] = ()
    arrived: bool = False


@dataclass(frozen=True)
class Contribution:
    """What a transition puts into the columns of both tables, in households and in persons."""

    households: Counter[ListColumn] = field(default_factory=Counter)
    persons: Counter[ListColumn] = field(default_factory=Counter)

    def count_in(self, column: MeasuredColumn) -> int:
        return (self.persons if column.counts_persons else self.households)[column.place]


@dataclass(frozen=True)
class MovementTable:
    """One row of an official movement table: nine columns, in households or in persons.

    The other list of the poor is the near-poor, and the other way round.
    """

    poverty_class: PovertyClass
    opening: int = 0
    to_other_list: int = 0
    above_both_lines: int = 0
    other_decrease: int = 0
    from_other_list: int = 0
    fell_back: int = 0
    newly: int = 0
    other_increase: int = 0
    closing: int = 0

    @property
    def expected_closing(self) -> int:
        """Closing as the form computes it: 1 − 2 − 3 − 4 + 5 + 6 + 7 + 8."""
        decreases = self.to_other_list + self.above_both_lines + self.other_decrease
        increases = self.from_other_list + self.fell_back + self.newly + self.other_increase
        return self.opening - decreases + increases

    @property
    def difference(self) -> int:
        """What the stated closing has over the computed one."""
        return self.closing - self.expected_closing

    @property
    def balances(self) -> bool:
        return self.difference == 0

    @property
    def by_column(self) -> dict[MovementColumn, int]:
        """The nine figures in the order of the form, which differs between the two lists."""
        return {column: getattr(self, column) for column in COLUMN_LABELS[self.poverty_class]}

    @property
    def columns(self) -> tuple[int, ...]:
        return tuple(self.by_column.values())

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(COLUMN_LABELS[self.poverty_class].values())


@dataclass(frozen=True)
class MovementTables:
    """Both official tables, each counted in households (hộ) and in persons (nhân khẩu)."""

    poor_households: MovementTable
    poor_persons: MovementTable
    near_poor_households: MovementTable
    near_poor_persons: MovementTable

    def of(self, poverty_class: PovertyClass, measure: MovementMeasure) -> MovementTable:
        return getattr(self, f"{poverty_class}_{measure}")


def build_movement_tables(transitions: Iterable[ClassTransition]) -> MovementTables:
    """Count transitions into the two tables."""
    households: Counter[ListColumn] = Counter()
    persons: Counter[ListColumn] = Counter()
    for contribution in contributions(list(transitions)):
        households.update(contribution.households)
        persons.update(contribution.persons)
    return MovementTables(
        poor_households=_table(PovertyClass.POOR, households),
        poor_persons=_table(PovertyClass.POOR, persons),
        near_poor_households=_table(PovertyClass.NEAR_POOR, households),
        near_poor_persons=_table(PovertyClass.NEAR_POOR, persons),
    )


def contributions(transitions: Sequence[ClassTransition]) -> list[Contribution]:
    """What each transition puts into the tables; all of one area together.

    Persons are counted one by one. Who stays goes the way of the household; who comes in or
    leaves is "khác" on the list the household was on that day, unless the same person left and
    came onto the same list: a split or a merge inside it moves nobody.
    """
    found = [_of_households(transition) for transition in transitions]
    ways: dict[int, list[tuple[int, ListColumn]]] = defaultdict(list)
    for place, transition in enumerate(transitions):
        for member in transition.members:
            ways[member.person] += [(place, column) for column in _member_way(transition, member)]
    for way in ways.values():
        for place, column in _without_moves_inside(way):
            found[place].persons[column] += 1
    return found


def column_of_arrival(transition: ClassTransition) -> MovementColumn | None:
    """The column by which households stand on their list at the closing.

    The opening for those that were on it all along; None when no cause was given.
    """
    if transition.class_before == transition.class_after and not transition.arrived:
        return MovementColumn.OPENING
    return _increase_column(transition)


def movement_problems(tables: MovementTables, previous: MovementTables | None = None) -> list[str]:
    """Return the sentences of every check the tables fail; an empty list when they hold.

    Each row balances, the exchange between the lists is the same in both tables, and the opening
    is the closing of the year before.
    """
    problems = []
    for name, poor, near_poor in _measures(tables):
        problems += [_imbalance(name, table) for table in (poor, near_poor) if not table.balances]
        if poor.to_other_list != near_poor.from_other_list:
            problems.append(
                f"Số {name} nghèo trở thành cận nghèo ở bảng hộ nghèo là {poor.to_other_list}, "
                f"ở bảng hộ cận nghèo là {near_poor.from_other_list}."
            )
        if poor.from_other_list != near_poor.to_other_list:
            problems.append(
                f"Số {name} cận nghèo trở thành nghèo ở bảng hộ nghèo là {poor.from_other_list}, "
                f"ở bảng hộ cận nghèo là {near_poor.to_other_list}."
            )
    return problems + (_opening_problems(tables, previous) if previous else [])


def _table(poverty_class: PovertyClass, counts: Counter[ListColumn]) -> MovementTable:
    columns = {column.value: counts[ListColumn(poverty_class, column)] for column in MovementColumn}
    return MovementTable(poverty_class, **columns)


# A class and the column it is counted in, before those that are on no list are left out.
_Passage = tuple[PovertyClass | None, MovementColumn | None]


def _of_households(transition: ClassTransition) -> Contribution:
    contribution = Contribution()
    for column in _way(transition):
        contribution.households[column] += transition.households
        contribution.persons[column] += transition.stayed
    return contribution


def _way(transition: ClassTransition) -> list[ListColumn]:
    """The columns a household passes through, from the opening to the closing."""
    before, after = transition.class_before, transition.class_after
    way: list[_Passage] = [(before, _first_column(transition))]
    if before != after:
        way += [(before, _decrease_column(transition)), (after, _increase_column(transition))]
    way.append((after, MovementColumn.CLOSING))
    return list(_on_lists(way))


def _first_column(transition: ClassTransition) -> MovementColumn:
    return MovementColumn.OTHER_INCREASE if transition.arrived else MovementColumn.OPENING


def _member_way(transition: ClassTransition, member: MemberChange) -> list[ListColumn]:
    """The columns of somebody who came into a household, or left it, on its way."""
    before, after = transition.class_before, transition.class_after
    if member.joined and member.in_last_class:
        joined = (MovementColumn.OTHER_INCREASE, MovementColumn.CLOSING)
        return list(_on_lists((after, column) for column in joined))
    if not member.joined and not member.in_last_class:
        left = (_first_column(transition), MovementColumn.OTHER_DECREASE)
        return list(_on_lists((before, column) for column in left))
    there, not_there = (
        (MovementColumn.OPENING, MovementColumn.OTHER_INCREASE)
        if member.joined
        else (MovementColumn.CLOSING, MovementColumn.OTHER_DECREASE)
    )
    return [
        ListColumn(listed, not_there if column == there else column)
        for listed, column in _way(transition)
    ]


def _on_lists(way: Iterable[_Passage]) -> Iterator[ListColumn]:
    return (
        ListColumn(poverty_class, column)
        for poverty_class, column in way
        if column is not None and poverty_class in LISTED
    )


def _without_moves_inside(
    way: list[tuple[int, ListColumn]],
) -> list[tuple[int, ListColumn]]:
    """The way of one person, less each pair of leaving a list and coming onto the same."""
    kept = list(way)
    for poverty_class in LISTED:
        leaving = (poverty_class, MovementColumn.OTHER_DECREASE)
        coming = (poverty_class, MovementColumn.OTHER_INCREASE)
        left = [step for step in kept if step[1] == leaving]
        came = [step for step in kept if step[1] == coming]
        for pair in zip(left, came, strict=False):
            for step in pair:
                kept.remove(step)
    return kept


def _decrease_column(transition: ClassTransition) -> MovementColumn | None:
    """Return the column that takes the household off its list; None when no cause was given."""
    if transition.cause == MovementCause.UNCHANGED:
        return None
    if transition.cause in STATED_REASONS or transition.class_after is None:
        return MovementColumn.OTHER_DECREASE
    if transition.class_after in ABOVE_BOTH_LINES:
        return MovementColumn.ABOVE_BOTH_LINES
    return MovementColumn.TO_OTHER_LIST


def _increase_column(transition: ClassTransition) -> MovementColumn | None:
    """Return the column that puts the household on its list; None when no cause was given."""
    cause = transition.cause
    if cause == MovementCause.UNCHANGED:
        return None
    if cause in {MovementCause.FELL_BACK, MovementCause.FELL_BACK_NEAR}:
        return MovementColumn.FELL_BACK
    if cause in {MovementCause.NEWLY_POOR, MovementCause.NEWLY_NEAR_POOR}:
        return MovementColumn.NEWLY
    if cause in {MovementCause.FELL_TO_POOR, MovementCause.ESCAPED_TO_NEAR_POOR}:
        return MovementColumn.FROM_OTHER_LIST
    return MovementColumn.OTHER_INCREASE


def _measures(
    tables: MovementTables,
) -> tuple[tuple[str, MovementTable, MovementTable], ...]:
    return (
        ("hộ", tables.poor_households, tables.near_poor_households),
        ("khẩu", tables.poor_persons, tables.near_poor_persons),
    )


def _imbalance(name: str, table: MovementTable) -> str:
    listed = table.poverty_class.label.removeprefix("Hộ ")
    return (
        f"Số {name} {listed} cuối kỳ là {table.closing}, theo các cột tăng, giảm phải là "
        f"{table.expected_closing} (chênh {abs(table.difference)})."
    )


def _opening_problems(tables: MovementTables, previous: MovementTables) -> list[str]:
    problems = []
    for (name, *now), (_, *before) in zip(_measures(tables), _measures(previous), strict=True):
        for table, earlier in zip(now, before, strict=True):
            if table.opening != earlier.closing:
                listed = table.poverty_class.label.removeprefix("Hộ ")
                problems.append(
                    f"Số {name} {listed} đầu kỳ là {table.opening}, khác số cuối kỳ trước là "
                    f"{earlier.closing}."
                )
    return problems
