"""Movements between classes (diễn biến) and the two official tables that count them.

Pure. Tables 2 and 3 of the summary forms (TT 07/2021/TT-BLĐTBXH, Phụ lục VII) are two views of
one list of transitions, so they balance unless a class changed without a cause.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

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

POOR_LABELS = (
    "Số đầu kỳ",
    "Trở thành hộ cận nghèo",
    "Vượt chuẩn hộ cận nghèo",
    "Giảm khác",
    "Hộ cận nghèo trở thành hộ nghèo",
    "Tái nghèo",
    "Phát sinh mới",
    "Tăng khác",
    "Số cuối kỳ",
)
NEAR_POOR_LABELS = (
    "Số đầu kỳ",
    "Thoát cận nghèo",
    "Trở thành hộ nghèo",
    "Giảm khác",
    "Hộ nghèo trở thành hộ cận nghèo",
    "Tái cận nghèo",
    "Phát sinh mới",
    "Tăng khác",
    "Số cuối kỳ",
)

POOR_COLUMNS = (
    "opening",
    "to_other_list",
    "above_both_lines",
    "other_decrease",
    "from_other_list",
    "fell_back",
    "newly",
    "other_increase",
    "closing",
)
NEAR_POOR_COLUMNS = ("opening", "above_both_lines", "to_other_list", *POOR_COLUMNS[3:])

# What each column of the two tables is called where it stands alone, by "poor.newly"; the row of
# persons is "poor.newly.persons".
COLUMN_TITLES = {
    f"{poverty_class}.{name}{suffix}": f"{listed}, cột “{label}”{measure}"
    for poverty_class, listed, names, labels in (
        ("poor", "Diễn biến hộ nghèo", POOR_COLUMNS, POOR_LABELS),
        ("near_poor", "Diễn biến hộ cận nghèo", NEAR_POOR_COLUMNS, NEAR_POOR_LABELS),
    )
    for name, label in zip(names, labels, strict=True)
    for suffix, measure in (("", ""), (".persons", " (nhân khẩu)"))
}

_BETWEEN_LISTS_AND_OUT = {
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


MovementColumn = tuple[PovertyClass, str]  # a list and the name of one of its columns


@dataclass(frozen=True)
class Contribution:
    """What a transition puts into the columns of both tables, in households and in persons."""

    households: Counter[MovementColumn] = field(default_factory=Counter)
    persons: Counter[MovementColumn] = field(default_factory=Counter)


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
    def names(self) -> tuple[str, ...]:
        """The nine columns in the order of the form, which differs between the two lists."""
        return NEAR_POOR_COLUMNS if self.poverty_class == PovertyClass.NEAR_POOR else POOR_COLUMNS

    @property
    def columns(self) -> tuple[int, ...]:
        """The nine figures in the order of the form."""
        return tuple(getattr(self, name) for name in self.names)

    @property
    def labels(self) -> tuple[str, ...]:
        return NEAR_POOR_LABELS if self.poverty_class == PovertyClass.NEAR_POOR else POOR_LABELS


@dataclass(frozen=True)
class MovementTables:
    """Both official tables, each counted in households (hộ) and in persons (nhân khẩu)."""

    poor_households: MovementTable
    poor_persons: MovementTable
    near_poor_households: MovementTable
    near_poor_persons: MovementTable


def build_movement_tables(transitions: Iterable[ClassTransition]) -> MovementTables:
    """Count transitions into the two tables."""
    households: Counter[MovementColumn] = Counter()
    persons: Counter[MovementColumn] = Counter()
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
    ways: dict[int, list[tuple[int, MovementColumn]]] = defaultdict(list)
    for place, transition in enumerate(transitions):
        for member in transition.members:
            ways[member.person] += [(place, column) for column in _member_way(transition, member)]
    for way in ways.values():
        for place, column in _without_moves_inside(way):
            found[place].persons[column] += 1
    return found


def column_of_arrival(transition: ClassTransition) -> str | None:
    """The column by which households stand on their list at the closing.

    "opening" for those that were on it all along; None when no cause was given.
    """
    if transition.class_before == transition.class_after and not transition.arrived:
        return "opening"
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


def _table(poverty_class: PovertyClass, counts: Counter[MovementColumn]) -> MovementTable:
    columns = {name: counts[poverty_class, name] for name in POOR_COLUMNS}
    return MovementTable(poverty_class, **columns)


def _of_households(transition: ClassTransition) -> Contribution:
    contribution = Contribution()
    for column in _way(transition):
        contribution.households[column] += transition.households
        contribution.persons[column] += transition.stayed
    return contribution


def _way(transition: ClassTransition) -> list[MovementColumn]:
    """The columns a household passes through, from the opening to the closing."""
    before, after = transition.class_before, transition.class_after
    way = [(before, "other_increase" if transition.arrived else "opening")]
    if before != after:
        way += [(before, _decrease_column(transition)), (after, _increase_column(transition))]
    way.append((after, "closing"))
    return list(_on_lists(way))


def _member_way(transition: ClassTransition, member: MemberChange) -> list[MovementColumn]:
    """The columns of somebody who came into a household, or left it, on its way."""
    before, after = transition.class_before, transition.class_after
    if member.joined and member.in_last_class:
        return list(_on_lists([(after, "other_increase"), (after, "closing")]))
    if not member.joined and not member.in_last_class:
        came = "other_increase" if transition.arrived else "opening"
        return list(_on_lists([(before, came), (before, "other_decrease")]))
    there, not_there = (
        ("opening", "other_increase") if member.joined else ("closing", "other_decrease")
    )
    return [
        (poverty_class, not_there if name == there else name)
        for poverty_class, name in _way(transition)
    ]


def _on_lists(way) -> Iterator[MovementColumn]:
    return (
        (poverty_class, name)
        for poverty_class, name in way
        if name is not None and poverty_class in LISTED
    )


def _without_moves_inside(
    way: list[tuple[int, MovementColumn]],
) -> list[tuple[int, MovementColumn]]:
    """The way of one person, less each pair of leaving a list and coming onto the same."""
    kept = list(way)
    for poverty_class in LISTED:
        left = [step for step in kept if step[1] == (poverty_class, "other_decrease")]
        came = [step for step in kept if step[1] == (poverty_class, "other_increase")]
        for pair in zip(left, came, strict=False):
            for step in pair:
                kept.remove(step)
    return kept


def _decrease_column(transition: ClassTransition) -> str | None:
    """Return the column that takes the household off its list; None when no cause was given."""
    if transition.cause == MovementCause.UNCHANGED:
        return None
    if transition.cause in STATED_REASONS or transition.class_after is None:
        return "other_decrease"
    return "above_both_lines" if transition.class_after in ABOVE_BOTH_LINES else "to_other_list"


def _increase_column(transition: ClassTransition) -> str | None:
    """Return the column that puts the household on its list; None when no cause was given."""
    cause = transition.cause
    if cause == MovementCause.UNCHANGED:
        return None
    if cause in {MovementCause.FELL_BACK, MovementCause.FELL_BACK_NEAR}:
        return "fell_back"
    if cause in {MovementCause.NEWLY_POOR, MovementCause.NEWLY_NEAR_POOR}:
        return "newly"
    if cause in {MovementCause.FELL_TO_POOR, MovementCause.ESCAPED_TO_NEAR_POOR}:
        return "from_other_list"
    return "other_increase"


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
