"""What writing an import would do: each row compared with the register as it is now.

Cells that a file leaves empty say nothing and change nothing. The result of a household in the
register is compared only: it changes by a review and its decision, never by a file.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from households.choices import (
    BirthPrecision,
    ImportDecision,
    ImportOutcome,
    ImportRowState,
    PovertyClass,
    RelationToHead,
)
from households.intake.sheets.checks import (
    LISTED_AGAIN,
    CheckedRow,
    check_file,
    check_household,
)
from households.intake.sheets.dates import day_of
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import Level
from households.intake.sheets.vocabulary import is_same_name
from households.intake.staging import issues
from households.intake.staging.selectors.conflicts import find_conflicts
from households.intake.staging.selectors.differences import differences_of
from households.intake.staging.selectors.initial_status import (
    Beginning,
    beginning_of,
    initial_status_issues,
)
from households.intake.staging.selectors.problems import OTHER_NAME, is_other_name
from households.intake.staging.selectors.register_index import (
    HouseholdNow,
    PersonNow,
    Register,
    register_of,
)
from households.intake.staging.selectors.scores import score_issues, scoring_of
from households.models import ImportBatch, ImportRow, Person
from households.rules.import_rows import Issue, PlannedFieldChange, RowPlan
from povertyplan.core.models import Area
from povertyplan.core.text.vietnamese import search_key

CHUNK = 5000
PRECISIONS = {1: BirthPrecision.YEAR, 2: BirthPrecision.MONTH, 3: BirthPrecision.DAY}
PERSON_COLUMNS = (
    ("full_name", SheetField.MEMBER_NAME),
    ("sex", SheetField.SEX),
    ("citizen_id", SheetField.CITIZEN_ID),
    ("ethnic_group", SheetField.ETHNIC_GROUP),
    ("has_merit", SheetField.HAS_MERIT),
    ("has_disability", SheetField.HAS_DISABILITY),
)
HOUSEHOLD_COLUMNS = (
    ("village", SheetField.VILLAGE),
    ("address", SheetField.ADDRESS),
    ("no_labour_capacity", SheetField.NO_LABOUR_CAPACITY),
)


def plan_rows(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Fill issues, plan and state of every row of a batch, in memory."""
    register, beginning = register_of(batch.ward), beginning_of(batch)
    scoring = scoring_of(batch.ward)
    checked = [_checked(row) for row in rows]
    of_file = check_file(checked)
    for first, last in _household_ranges(rows):
        household = rows[first:last]
        of_household = check_household(checked[first:last])
        for row, own, others in zip(household, of_household, of_file[first:last], strict=True):
            row.issues = [*own, *others]
        household[0].issues += score_issues(household[0], scoring, beginning)
        _plan_household(household, register, beginning)
    _refuse_foreign_numbers(batch.ward, rows, register)
    find_conflicts(batch, rows)
    for row in rows:
        row.state = _state(row)


def _household_ranges(rows: Sequence[ImportRow]) -> Iterator[tuple[int, int]]:
    start = 0
    for position in range(1, len(rows) + 1):
        ends = position == len(rows) or (
            rows[position].household_position != rows[start].household_position
        )
        if ends:
            yield start, position
            start = position


def _checked(row: ImportRow) -> CheckedRow:
    return CheckedRow(
        place=issues.place_in_file(row.sheet, row.number),
        sheet=row.sheet,
        values={column: cell.value for column, cell in row.cells.items()},
        wrong=frozenset(
            SheetField(column) for column, cell in row.cells.items() if cell.level == Level.ERROR
        ),
        relation=row.cells[SheetField.RELATION].text if SheetField.RELATION in row.cells else "",
    )


def _add_issue(row: ImportRow, column: SheetField, level: Level, code: str, message: str) -> None:
    row.issues.append(Issue(column, level, code, message))


def _plan_household(rows: Sequence[ImportRow], register: Register, beginning: Beginning) -> None:
    matched = [_match_by_number_or_name(row, rows[0], register) for row in rows]
    household = _household_of(rows[0], matched, register)
    if any(map(_is_listed_again, rows)):
        rows, matched = _without_listed_again(rows, matched, household)
        if not rows:
            return
    near = _near_household(rows[0], register) if household is None else None
    if near is not None and rows[0].decision == ImportDecision.FILE:
        household = near
    for row in rows:
        row.plan = RowPlan(ImportOutcome.CREATED, household)
    if household is None:
        if near is not None and rows[0].decision != ImportDecision.NEW:
            rows[0].plan.duplicate = near
        _claim_code(rows[0], register)
        rows[0].issues += initial_status_issues(rows[0], beginning)
        return
    _plan_members(rows, matched, household, register)
    _plan_household_fields(rows[0], register.households[household])
    if household in register.results:
        rows[0].issues += differences_of(rows[0], register.results[household])


def _plan_members(
    rows: Sequence[ImportRow],
    matched: Sequence[PersonNow | None],
    household: int,
    register: Register,
) -> None:
    left = [person for person in register.members[household] if person not in matched]
    for row, match in zip(rows, matched, strict=True):
        person = match or _match_by_name(row, left)
        if person in left:
            left.remove(person)
        _plan_person(row, person, household)
        _claim_person(row, person, register)


def _is_listed_again(row: ImportRow) -> bool:
    return any(issue.code == LISTED_AGAIN for issue in row.issues)


def _without_listed_again(
    rows: Sequence[ImportRow], matched: Sequence[PersonNow | None], household: int | None
) -> tuple[list[ImportRow], list[PersonNow | None]]:
    """Leave out people whom an earlier sheet brings; whoever is left needs a known household."""
    left = [
        (row, match) for row, match in zip(rows, matched, strict=True) if not _is_listed_again(row)
    ]
    for row in rows:
        if _is_listed_again(row):
            row.plan = RowPlan(ImportOutcome.UNCHANGED, household)
        elif household is None:
            row.plan = RowPlan(ImportOutcome.REFUSED)
            _add_issue(
                row, SheetField.MEMBER_NAME, Level.ERROR, "listed_again_partly",
                issues.LISTED_AGAIN_PARTLY,
            )  # fmt: skip
    if household is None:
        return [], []
    return [row for row, _match in left], [match for _row, match in left]


def _claim_code(row: ImportRow, register: Register) -> None:
    """A new household may bring its own code, once."""
    code = row.value(SheetField.HOUSEHOLD_CODE)
    if code and code in register.used_codes:
        _add_issue(
            row, SheetField.HOUSEHOLD_CODE, Level.ERROR, "code_used",
            issues.code_used(code),
        )  # fmt: skip
    elif code:
        register.used_codes.add(code)


def _claim_person(row: ImportRow, person: PersonNow | None, register: Register) -> None:
    if person is None:
        return
    earlier = register.claimed.setdefault(person.person, row)
    if earlier is not row:
        _add_issue(
            row, SheetField.MEMBER_NAME, Level.ERROR, "person_claimed",
            issues.person_claimed(earlier.number),
        )  # fmt: skip


def _match_by_number_or_name(
    row: ImportRow, first: ImportRow, register: Register
) -> PersonNow | None:
    number = row.value(SheetField.CITIZEN_ID)
    if number and (person := register.by_citizen_id.get(number)):
        return person
    # Without a number only name, birth and village together tell who it is.
    name, birth = row.value(SheetField.MEMBER_NAME), row.value(SheetField.BIRTH_DATE)
    village = row.value(SheetField.VILLAGE) or first.value(SheetField.VILLAGE)
    if not name or not birth:
        return None
    same = [
        person
        for person in register.by_name.get(search_key(name), [])
        if person.full_name == name
        and births_agree(person.birth, birth)
        and not (number and person.citizen_id)
        and register.households[person.household].village == village
    ]
    return same[0] if len(same) == 1 else None


def births_agree(one: str, other: str) -> bool:
    """Whether two dates of birth agree as far as both are known."""
    known = min(len(one), len(other))
    return known > 0 and one[:known] == other[:known]


def _household_of(
    first: ImportRow, matched: Sequence[PersonNow | None], register: Register
) -> int | None:
    code = first.value(SheetField.HOUSEHOLD_CODE)
    if code and code in register.by_code:
        return register.by_code[code]
    if first.decision == ImportDecision.NEW:
        return None
    return next((person.household for person in matched if person), None)


def _match_by_name(row: ImportRow, left: Sequence[PersonNow]) -> PersonNow | None:
    """The member of the household with the same name, birth allowing; never a guess of two."""
    name = row.value(SheetField.MEMBER_NAME)
    birth = row.value(SheetField.BIRTH_DATE) or ""
    number = row.value(SheetField.CITIZEN_ID)
    same = [
        person
        for person in left
        if name
        and person.search_key == search_key(name)
        and (not birth or not person.birth or births_agree(person.birth, birth))
        and (not number or not person.citizen_id or person.citizen_id == number)
    ]
    return same[0] if len(same) == 1 else None


def _plan_person(row: ImportRow, person: PersonNow | None, household: int) -> None:
    if person is None:
        if row.value(SheetField.RELATION) == RelationToHead.HEAD:
            _add_issue(
                row, SheetField.RELATION, Level.ERROR, "head_differs",
                issues.HEAD_DIFFERS,
            )  # fmt: skip
        return
    if person.household != household:
        _add_issue(
            row, SheetField.MEMBER_NAME, Level.ERROR, "in_other_household",
            issues.IN_OTHER_HOUSEHOLD,
        )  # fmt: skip
        return
    plan = row.plan
    plan.person, plan.membership = person.person, person.membership
    plan.changes = dict(_person_changes(row, person))
    _check_head(row, person)
    plan.action = ImportOutcome.UPDATED if plan.changes else ImportOutcome.UNCHANGED
    _check_name(row, person)


def _check_name(row: ImportRow, person: PersonNow) -> None:
    """A number may stand beside another person's name: then it is no plain update."""
    name, number = row.value(SheetField.MEMBER_NAME), row.value(SheetField.CITIZEN_ID)
    if not name or number != person.citizen_id or is_same_name(name, person.full_name):
        return
    _add_issue(
        row, SheetField.MEMBER_NAME, Level.WARNING, OTHER_NAME,
        issues.other_name(person.full_name, name),
    )  # fmt: skip
    if row.decision != ImportDecision.FILE:
        row.plan.action = ImportOutcome.REFUSED


def _check_head(row: ImportRow, person: PersonNow) -> None:
    written = row.value(SheetField.RELATION)
    heads = (written == RelationToHead.HEAD, person.relation == RelationToHead.HEAD)
    if written and heads[0] != heads[1]:
        _add_issue(
            row, SheetField.RELATION, Level.ERROR, "head_differs",
            issues.HEAD_DIFFERS,
        )  # fmt: skip


def _person_changes(row: ImportRow, person: PersonNow) -> Iterator[tuple[str, PlannedFieldChange]]:
    for field, column in PERSON_COLUMNS:
        new, old = row.value(column), getattr(person, field)
        if new not in (None, "") and new != old:
            yield field, PlannedFieldChange(old, new)
    birth = row.value(SheetField.BIRTH_DATE)
    if birth and birth != person.birth and not _is_vaguer(birth, person.birth):
        yield "birth", PlannedFieldChange(person.birth, birth)
    relation = row.value(SheetField.RELATION)
    if relation and relation != person.relation:
        yield "relation", PlannedFieldChange(person.relation, relation)


def _is_vaguer(birth: str, known: str) -> bool:
    """A year alone does not replace the full date of the same year."""
    return len(birth) < len(known) and known.startswith(birth)


def _plan_household_fields(row: ImportRow, household: HouseholdNow) -> None:
    """Changes of the household stand in the plan of its first row."""
    changes = {
        field: PlannedFieldChange(getattr(household, field), new)
        for field, column in HOUSEHOLD_COLUMNS
        if (new := row.value(column)) not in (None, "") and new != getattr(household, field)
    }
    if changes:
        row.plan.changes |= changes
        if row.plan.action == ImportOutcome.UNCHANGED:
            row.plan.action = ImportOutcome.UPDATED


def _near_household(first: ImportRow, register: Register) -> int | None:
    """A household whose head has the name and the year of birth of a head that seems new."""
    name, birth = first.value(SheetField.MEMBER_NAME), first.value(SheetField.BIRTH_DATE) or ""
    near = [
        person.household
        for person in register.by_name.get(search_key(name or ""), [])
        if person.relation == RelationToHead.HEAD
        and births_agree(person.birth[:4], birth[:4])
        and not (person.citizen_id and first.value(SheetField.CITIZEN_ID))
    ]
    return near[0] if near else None


def _refuse_foreign_numbers(ward: Area, rows: Sequence[ImportRow], register: Register) -> None:
    """Numbers of people of the ward outside its present register; never says whose they are."""
    numbers = {
        number: row
        for row in rows
        if (number := row.value(SheetField.CITIZEN_ID)) and number not in register.by_citizen_id
    }
    wanted = sorted(numbers)
    for start in range(0, len(wanted), CHUNK):
        taken = Person.objects.filter(ward=ward, citizen_id__in=wanted[start : start + CHUNK])
        for number in taken.values_list("citizen_id", flat=True):
            _add_issue(
                numbers[number], SheetField.CITIZEN_ID, Level.ERROR, "citizen_id_taken",
                issues.CITIZEN_ID_TAKEN,
            )  # fmt: skip


def _state(row: ImportRow) -> str:
    levels = {cell.level for cell in row.cells.values()}
    levels |= {issue.level for issue in row.issues}
    if row.decision == ImportDecision.SKIP:
        return ImportRowState.SKIPPED
    if Level.ERROR in levels:
        return ImportRowState.ERROR
    if row.plan.duplicate is not None:
        return ImportRowState.DUPLICATE
    if row.decision not in (ImportDecision.FILE, ImportDecision.KEEP):
        if row.plan.newer:
            return ImportRowState.CONFLICT
        if is_other_name(row):
            return ImportRowState.OTHER_NAME
    return ImportRowState.WARNING if Level.WARNING in levels else ImportRowState.READY


def new_households(rows: Iterable[ImportRow]) -> dict[int, ImportRow]:
    """The first row of each household that writing would make, by its place in the file."""
    firsts: dict[int, ImportRow] = {}
    for row in rows:
        if row.plan.makes_household:
            firsts.setdefault(row.household_position, row)
    return firsts


def class_of_new(row: ImportRow) -> PovertyClass:
    """The class with which a new household begins: that of the list, if it says one."""
    return PovertyClass(row.value(SheetField.POVERTY_CLASS) or PovertyClass.NOT_POOR)


def birth_of(value: str) -> tuple[date, str]:
    """A date of birth as it is stored: the first day that it may mean, and how much is known."""
    return day_of(value), PRECISIONS[value.count("-") + 1]
