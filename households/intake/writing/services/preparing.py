"""What writing a read file would put into the register, made ready before the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from households.choices import ImportOutcome, RelationToHead
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.initial_status import (
    Beginning,
    beginning_of,
    initial_status_of,
)
from households.intake.staging.selectors.plans import (
    birth_of,
    class_of_new,
    new_households,
    plan_rows,
)
from households.intake.staging.selectors.problems import refuse_rows
from households.ledger.services.spells import first_spells
from households.models import (
    EthnicGroup,
    Household,
    HouseholdStatus,
    ImportBatch,
    ImportRow,
    ListedResult,
    Membership,
    Person,
)
from povertyplan.core.database.prepared_rows import PreparedRows, prepare_rows
from povertyplan.core.journal.chains import Position
from povertyplan.core.models import Area
from povertyplan.core.platform.jobs import ProgressSink
from povertyplan.core.text.vietnamese import search_key, sort_key

# The tables that a list is compared with, or whose names its cells hold.
COMPARED_WITH = frozenset(
    {
        "core_area",
        "core_periodlock",
        "households_decision",
        "households_ethnicgroup",
        "households_household",
        "households_householdstatus",
        "households_listedresult",
        "households_membership",
        "households_person",
    }
)


# What a comparison says of a row, by its columns.
COMPARISON = ("issues", "plan", "state", "reason")


@dataclass(frozen=True)
class Names:
    """Ids behind the names that cells hold."""

    villages: dict[str, int]
    groups: dict[str, int]


@dataclass(frozen=True)
class PreparedImport:
    """All rows of a batch with their plans, and the new rows of the register in their order.

    `compared` holds the key and the comparison of rows that say something else than is stored.
    `households` and `persons` are the keys of those that are new, by the key of their row. `since`
    is how far the chains had come before; None inside the transaction that writes.
    """

    rows: Sequence[ImportRow]
    compared: Sequence[Sequence[Any]]
    names: Names
    beginning: Beginning
    households: Mapping[int, int]
    persons: Mapping[int, int]
    inserts: Sequence[PreparedRows]
    since: Position | None


def prepare_import(
    batch: ImportBatch, progress: ProgressSink, *, since: Position | None = None
) -> PreparedImport:
    """Compare everything with the register as it is now. Writes nothing but reserves keys."""
    progress("Đối chiếu với sổ")
    rows = list(batch.rows.all())
    stored = {row.pk: (row.state, row.issues, row.plan) for row in rows}
    plan_rows(batch, rows)
    refuse_rows(rows)
    changed = [
        row for row in rows if row.reason or stored[row.pk] != (row.state, row.issues, row.plan)
    ]
    names, beginning = _names(batch.ward), beginning_of(batch)
    _refuse_gone_villages(rows, names)
    progress("Chuẩn bị hộ và thành viên mới")
    made = [row for row in rows if row.plan.makes_household]
    firsts, inserts = _new_households(batch, made, names, beginning)
    households = {row.pk: firsts[row.household_position] for row in made}
    created = [row for row in rows if row.plan.action == ImportOutcome.CREATED]
    persons, of_members = _new_members(created, households, names, beginning)
    return PreparedImport(
        rows=rows,
        compared=[_comparison(row) for row in changed],
        names=names,
        beginning=beginning,
        households={row: household.pk for row, household in households.items()},
        persons=persons,
        inserts=[*inserts, *of_members],
        since=since,
    )


def _comparison(row: ImportRow) -> list[Any]:
    fields = [ImportRow._meta.get_field(name) for name in COMPARISON]
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)  # type: ignore[union-attr]
        for field in fields
    ]
    return [row.pk, *values]


def _refuse_gone_villages(rows: Sequence[ImportRow], names: Names) -> None:
    """A village that was renamed or merged since the rows were read has to be named anew."""
    written = [row for row in rows if not row.plan.is_refused]
    gone = {village for row in written if (village := row.value(SheetField.VILLAGE))} - set(
        names.villages
    )
    if gone:
        raise ValidationError(
            f"{', '.join(sorted(gone))} vừa được đổi tên hoặc nhập vào thôn khác. Về bước ghép cột "
            "để đọc lại danh sách."
        )


def _names(ward: Area) -> Names:
    villages = Area.objects.villages_of(ward).values_list("name", "pk")
    return Names(
        villages=dict(villages), groups=dict(EthnicGroup.objects.values_list("name", "pk"))
    )


def _new_households(
    batch: ImportBatch, new: Sequence[ImportRow], names: Names, beginning: Beginning
) -> tuple[dict[int, Household], list[PreparedRows]]:
    """The household of each first row of a new group by its place, each with its first spell."""
    firsts = new_households(new)
    codes = _free_codes(batch.ward)
    households = [
        _household(batch, row, codes, names, beginning.day_of(row)) for row in firsts.values()
    ]
    inserts = [prepare_rows(Household, households)]
    spells = first_spells(
        households=households, classes=[class_of_new(row) for row in firsts.values()]
    )
    inserts.append(prepare_rows(HouseholdStatus, spells))
    listed = [
        ListedResult(status=spell, **initial)
        for spell, row in zip(spells, firsts.values(), strict=True)
        if (initial := initial_status_of(row))
    ]
    inserts.append(prepare_rows(ListedResult, listed))
    return dict(zip(firsts, households, strict=True)), inserts


def _household(
    batch: ImportBatch, row: ImportRow, codes: Iterator[str], names: Names, opened_on: date
) -> Household:
    return Household(
        ward=batch.ward,
        village_id=names.villages[row.value(SheetField.VILLAGE)],
        code=row.value(SheetField.HOUSEHOLD_CODE) or next(codes),
        address=row.value(SheetField.ADDRESS) or "",
        opened_on=opened_on,
        no_labour_capacity=bool(row.value(SheetField.NO_LABOUR_CAPACITY)),
    )


def _free_codes(ward: Area):
    """Codes H00001, H00002 … that no household of the ward has."""
    used = set(Household.objects.filter(ward=ward).values_list("code", flat=True))
    number = 0
    while True:
        number += 1
        if (code := f"H{number:05}") not in used:
            yield code


def _new_members(
    rows: Sequence[ImportRow],
    made: Mapping[int, Household],
    names: Names,
    beginning: Beginning,
) -> tuple[dict[int, int], list[PreparedRows]]:
    """The persons of new rows by row, and the rows that put them into their households.

    They join a household that is made now on its day, one of the register on the day of the file.
    """
    known = Household.objects.in_bulk({row.plan.household for row in rows if row.pk not in made})
    people = [fill_person(Person(ward_id=row.ward_id), row, names) for row in rows]
    inserts = [prepare_rows(Person, people)]
    memberships = []
    for row, person in zip(rows, people, strict=True):
        household = made.get(row.pk) or known[row.plan.household]
        joined_on = household.opened_on
        if row.pk not in made:
            joined_on = max(joined_on, beginning.file_day)
        memberships.append(
            Membership(
                ward_id=row.ward_id,
                household=household,
                person=person,
                relation=row.value(SheetField.RELATION),
                is_head=row.value(SheetField.RELATION) == RelationToHead.HEAD,
                joined_on=max(joined_on, person.birth_date or date.min),
            )
        )
    persons = {row.pk: person.pk for row, person in zip(rows, people, strict=True)}
    return persons, [*inserts, prepare_rows(Membership, memberships)]


def fill_person(person: Person, row: ImportRow, names: Names) -> Person:
    """Set what the row says; what it does not say stays."""
    for field, column in (
        ("full_name", SheetField.MEMBER_NAME),
        ("sex", SheetField.SEX),
        ("citizen_id", SheetField.CITIZEN_ID),
        ("has_merit", SheetField.HAS_MERIT),
        ("has_disability", SheetField.HAS_DISABILITY),
    ):
        if (value := row.value(column)) not in (None, ""):
            setattr(person, field, value)
    if group := row.value(SheetField.ETHNIC_GROUP):
        person.ethnic_group_id = names.groups[group]
    birth = row.value(SheetField.BIRTH_DATE)
    if birth and ("birth" in row.plan.changes or person.birth_date is None):
        person.birth_date, person.birth_precision = birth_of(birth)
    person.search_key = search_key(person.full_name)
    person.sort_key = sort_key(person.full_name, person.sort_name)
    return person
