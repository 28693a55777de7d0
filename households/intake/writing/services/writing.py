"""Writing a read file into the register in one transaction, and taking it back.

Rows in = created + updated + unchanged + refused, always: every row is given one outcome and,
where it was refused, a reason.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.choices import ImportOutcome, ImportStage, RelationToHead
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
from households.intake.staging.selectors.problems import outcome_counts, refuse_rows
from households.intake.staging.services import lock_batch, summary_of
from households.intake.writing.services.columns import refuse_open_columns
from households.ledger.services.spells import open_first_spells
from households.models import (
    EthnicGroup,
    Household,
    ImportBatch,
    ImportRow,
    ListedResult,
    Membership,
    Person,
)
from households.register.services.events import record_village_changes
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit, history
from povertyplan.core.journal.history_tables import YEAR_LOCKED
from povertyplan.core.models import Area, User
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress
from povertyplan.core.text.vietnamese import search_key, sort_key

BATCH, PART = 500, 2000
MOVED_ON = "Sổ vừa thay đổi trong lúc ghi nên chưa ghi gì. Kiểm tra lại các dòng rồi ghi lần nữa."
PERSON_FIELDS = [
    "full_name", "search_key", "sort_key", "sex", "birth_date", "birth_precision", "citizen_id",
    "ethnic_group", "has_merit", "has_disability",
]  # fmt: skip
HOUSEHOLD_FIELDS = ["village", "address", "no_labour_capacity", "version"]


@dataclass(frozen=True)
class Names:
    """Ids behind the names that cells hold."""

    villages: dict[str, int]
    groups: dict[str, int]


@audit.business_act(label="Ghi danh sách từ tệp vào sổ", source="import")
def commit_import(
    *,
    batch: ImportBatch,
    version: int,
    by: User | None,
    progress: ProgressSink = ignore_progress,
) -> ImportBatch:
    """Write the rows that are in order; households with an open error are refused whole.

    Everything is compared with the register anew, so that what changed since the preview is
    seen. Sent twice it writes once. A file over newer edits of the register refuses those rows.
    """
    written = ImportBatch.objects.filter(pk=batch.pk, stage=ImportStage.WRITTEN).first()
    if written is not None:
        return written
    # Two lists of a ward at once would give the same codes to their new households.
    locks.wait_turn("import", batch.ward_id)
    current = lock_batch(batch, version)
    if current.stage != ImportStage.READ:
        raise ValidationError("Tệp chưa được đọc và kiểm tra.")
    refuse_open_columns(current)
    progress("Đối chiếu với sổ")
    rows = list(current.rows.all())
    plan_rows(current, rows)
    refuse_rows(rows)
    current.written_by, current.written_at = by, clock.now()
    try:
        with transaction.atomic():
            _write(current, rows, progress)
    except IntegrityError as refused:
        raise ValidationError(YEAR_LOCKED if YEAR_LOCKED in str(refused) else MOVED_ON) from refused
    progress("Ghi kết quả từng dòng")
    _keep_outcomes(rows)
    progress("Ghi nhật ký thay đổi")
    current.stage = ImportStage.WRITTEN
    current.token = history.current_token()
    current.save()
    audit.record(
        current,
        f"Nhập tệp {current.file_name} vào sổ: {summary_of(outcome_counts(current))}.",
        ward=current.ward,
    )
    return current


def _write(batch: ImportBatch, rows: Sequence[ImportRow], progress: ProgressSink) -> None:
    names, beginning = _names(batch.ward), beginning_of(batch)
    _refuse_gone_villages(rows, names)
    progress("Ghi hộ mới")
    made = [row for row in rows if row.plan.makes_household]
    _create_households(batch, made, names, beginning)
    first_days = _first_days(made, beginning)
    _create_members(_with_action(rows, ImportOutcome.CREATED), names, first_days, progress)
    progress("Cập nhật hộ và thành viên đã có")
    _update(batch, _with_action(rows, ImportOutcome.UPDATED), names, beginning.file_day)


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


def _with_action(rows: Sequence[ImportRow], action: ImportOutcome) -> list[ImportRow]:
    return [row for row in rows if row.plan.action == action]


def _names(ward: Area) -> Names:
    villages = Area.objects.villages_of(ward).values_list("name", "pk")
    return Names(
        villages=dict(villages), groups=dict(EthnicGroup.objects.values_list("name", "pk"))
    )


def _create_households(
    batch: ImportBatch, new: Sequence[ImportRow], names: Names, beginning: Beginning
) -> None:
    """Make the household of each first row of a new group, with its first spell."""
    firsts = new_households(new)
    codes = _free_codes(batch.ward)
    households = Household.objects.bulk_create(
        [_household(batch, row, codes, names, beginning.day_of(row)) for row in firsts.values()],
        batch_size=BATCH,
    )
    spells = open_first_spells(
        households=households,
        classes=[class_of_new(row) for row in firsts.values()],
    )
    ListedResult.objects.bulk_create(
        [
            ListedResult(status=spell, **initial)
            for spell, row in zip(spells, firsts.values(), strict=True)
            if (initial := initial_status_of(row))
        ],
        batch_size=BATCH,
    )
    made = dict(zip(firsts, households, strict=True))
    for row in new:
        row.plan.household = made[row.household_position].pk


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


def _first_days(new: Sequence[ImportRow], beginning: Beginning) -> dict[int, date]:
    """From which day members join: that of a household made now, else the day of the file."""
    days: dict[int, date] = defaultdict(lambda: beginning.file_day)
    for row in reversed(new):
        days[row.plan.household] = beginning.day_of(row)
    return days


def _create_members(
    rows: Sequence[ImportRow], names: Names, first_days: Mapping[int, date], progress: ProgressSink
) -> None:
    households = Household.objects.in_bulk({row.plan.household for row in rows})
    for start in range(0, len(rows), PART):
        progress("Ghi thành viên", start, len(rows))
        _create_part(rows[start : start + PART], names, first_days, households)


def _create_part(
    rows: Sequence[ImportRow],
    names: Names,
    first_days: Mapping[int, date],
    households: Mapping[int, Household],
) -> None:
    people = Person.objects.bulk_create(
        [_fill_person(Person(ward_id=row.ward_id), row, names) for row in rows], batch_size=BATCH
    )
    Membership.objects.bulk_create(
        [
            Membership(
                ward_id=row.ward_id,
                household_id=row.plan.household,
                person=person,
                relation=row.value(SheetField.RELATION),
                is_head=row.value(SheetField.RELATION) == RelationToHead.HEAD,
                joined_on=max(
                    households[row.plan.household].opened_on,
                    first_days[row.plan.household],
                    person.birth_date or date.min,
                ),
            )
            for row, person in zip(rows, people, strict=True)
        ],
        batch_size=BATCH,
    )
    for row, person in zip(rows, people, strict=True):
        row.plan.person = person.pk


def _fill_person(person: Person, row: ImportRow, names: Names) -> Person:
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


def _update(batch: ImportBatch, rows: Sequence[ImportRow], names: Names, on: date) -> None:
    people = Person.objects.in_bulk([row.plan.person for row in rows if row.plan.person])
    changed = [_fill_person(people[row.plan.person], row, names) for row in rows if row.plan.person]
    Person.objects.bulk_update(changed, PERSON_FIELDS, batch_size=100)
    _update_relations(rows)
    _update_households(batch, rows, names, on)


def _update_relations(rows: Sequence[ImportRow]) -> None:
    changing = {row.plan.membership: row for row in rows if "relation" in row.plan.changes}
    memberships = Membership.objects.in_bulk(list(changing))
    for pk, membership in memberships.items():
        membership.relation = changing[pk].value(SheetField.RELATION)
    Membership.objects.bulk_update(memberships.values(), ["relation"], batch_size=BATCH)


def _update_households(
    batch: ImportBatch, rows: Sequence[ImportRow], names: Names, on: date
) -> None:
    """The changes of households; the version counts up, so that open forms notice."""
    changing = {
        row.plan.household: row
        for row in rows
        if not {"village", "address", "no_labour_capacity"}.isdisjoint(row.plan.changes)
    }
    households = Household.objects.in_bulk(list(changing))
    moving = [
        household for pk, household in households.items() if "village" in changing[pk].plan.changes
    ]
    record_village_changes(moving, on=on, note=f"Theo tệp {batch.file_name}", by=batch.written_by)
    for pk, household in households.items():
        changes = changing[pk].plan.changes
        if "village" in changes:
            household.village_id = names.villages[changes["village"].new]
        if "address" in changes:
            household.address = changes["address"].new
        if "no_labour_capacity" in changes:
            household.no_labour_capacity = changes["no_labour_capacity"].new
        household.version += 1
    Household.objects.bulk_update(households.values(), HOUSEHOLD_FIELDS, batch_size=100)


def _keep_outcomes(rows: Sequence[ImportRow]) -> None:
    for row in rows:
        row.outcome = row.plan.action
        row.person_id = row.plan.person
        row.household_id = row.plan.household
    ImportRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["issues", "plan", "state", "outcome", "reason", "person", "household"],
    )
