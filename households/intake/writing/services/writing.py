"""Writing a read file into the register in one transaction, which is short (ADR 23).

Rows in = created + updated + unchanged + refused, always: every row is given one outcome and,
where it was refused, a reason.
"""

import logging
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from households.choices import ImportOutcome, ImportStage
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.problems import action_counts
from households.intake.staging.services import lock_batch, summary_of
from households.intake.writing.services.columns import refuse_open_columns
from households.intake.writing.services.outcomes import keep_outcomes
from households.intake.writing.services.preparing import (
    COMPARED_WITH,
    Names,
    PreparedImport,
    fill_person,
    prepare_import,
)
from households.models import Household, ImportBatch, ImportRow, Membership, Person
from households.register.services.events import record_village_changes
from povertyplan.core import clock, locks
from povertyplan.core.database.prepared_rows import in_parts
from povertyplan.core.journal import audit, chains, history
from povertyplan.core.journal.history_tables import YEAR_LOCKED
from povertyplan.core.models import User
from povertyplan.core.platform.bad_days.time_limits import RequestTooLong
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress

logger = logging.getLogger(__name__)

BATCH, TRIES = 500, 3
SET_COMPARISON = """
    UPDATE households_importrow SET issues = was.column2, plan = was.column3,
        state = was.column4, reason = was.column5
    FROM (VALUES {rows}) AS was
    WHERE households_importrow.id = CAST(was.column1 AS bigint)
"""
MOVED_ON = "Sổ vừa thay đổi trong lúc ghi nên chưa ghi gì. Kiểm tra lại các dòng rồi ghi lần nữa."
PERSON_FIELDS = [
    "full_name", "search_key", "sort_key", "sex", "birth_date", "birth_precision", "citizen_id",
    "ethnic_group", "has_merit", "has_disability",
]  # fmt: skip
HOUSEHOLD_FIELDS = ["village", "address", "no_labour_capacity", "version"]


class Overtaken(Exception):
    """The register changed after a list was compared with it."""


def write_import(
    *,
    batch: ImportBatch,
    version: int,
    by: User | None,
    source: str = "",
    progress: ProgressSink = ignore_progress,
) -> ImportBatch:
    """Compare the rows with the register and make the new ones ready, then write them.

    Others save meanwhile. Where they changed the register of the ward it is compared anew; at the
    last try inside the transaction, so that they wait and not the list.
    """
    for _ in range(TRIES):
        current = ImportBatch.objects.select_related("ward").get(pk=batch.pk)
        if current.stage != ImportStage.READ or current.version != version:
            break
        since = chains.position_of(current.ward_id)
        prepared = prepare_import(current, progress, since=since)
        try:
            return _publish(batch, version, by, source, prepared, progress)
        except Overtaken:
            continue
    return _publish(batch, version, by, source, None, progress)


def _publish(
    batch: ImportBatch,
    version: int,
    by: User | None,
    source: str,
    prepared: PreparedImport | None,
    progress: ProgressSink,
) -> ImportBatch:
    written = commit_import(
        batch=batch, version=version, by=by, source=source, prepared=prepared, progress=progress
    )
    try:
        keep_outcomes(written, progress)
    except (DatabaseError, RequestTooLong):
        logger.warning("Outcomes of import %s are left to the worker.", written.pk)
    return written


@audit.business_act(label="Ghi danh sách từ tệp vào sổ", source="import")
def commit_import(
    *,
    batch: ImportBatch,
    version: int,
    by: User | None,
    prepared: PreparedImport | None = None,
    progress: ProgressSink = ignore_progress,
) -> ImportBatch:
    """Write the rows that are in order; households with an open error are refused whole.

    Everything is compared with the register anew, here where nobody did before, so that what
    changed since the preview is seen. Sent twice it writes once. A file over newer edits of the
    register refuses those rows. Raises Overtaken where the comparison is older than the register.
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
    if prepared is None:
        _hold(Household.objects.filter(ward=current.ward), Person.objects.filter(ward=current.ward))
        prepared = prepare_import(current, progress)
    else:
        _hold_present(prepared)
        if prepared.since is not None and chains.has_moved(prepared.since, COMPARED_WITH):
            raise Overtaken
    current.written_by, current.written_at = by, clock.now()
    progress("Ghi vào sổ")
    try:
        with transaction.atomic():
            for rows in prepared.inserts:
                rows.insert()
            _update(current, prepared)
    except IntegrityError as refused:
        raise ValidationError(YEAR_LOCKED if YEAR_LOCKED in str(refused) else MOVED_ON) from refused
    _keep_comparison(prepared)
    current.stage = ImportStage.WRITTEN
    current.token = history.current_token()
    current.save()
    audit.record(
        current,
        f"Nhập tệp {current.file_name} vào sổ: {summary_of(action_counts(prepared.rows))}.",
        ward=current.ward,
    )
    progress("Ghi nhật ký thay đổi")
    return current


def _keep_comparison(prepared: PreparedImport) -> None:
    """Others wait: one statement for many rows, where a CASE for each takes half a minute."""
    with connection.cursor() as cursor:
        for places, values in in_parts(prepared.compared):
            cursor.execute(SET_COMPARISON.format(rows=places), values)


def _hold_present(prepared: PreparedImport) -> None:
    """Hold what the list changes, so that what others are saving there is seen as a change."""
    plans = [row.plan for row in prepared.rows if not row.plan.is_refused]
    changed = {plan.person for plan in plans if plan.action == ImportOutcome.UPDATED}
    entered = {plan.household for plan in plans if plan.action != ImportOutcome.UNCHANGED}
    _hold(
        Household.objects.filter(pk__in=entered - {None}),
        Person.objects.filter(pk__in=changed - {None}),
    )


def _hold(households: QuerySet[Household], persons: QuerySet[Person]) -> None:
    locks.hold_all(households)
    locks.hold_all(persons)


def _update(batch: ImportBatch, prepared: PreparedImport) -> None:
    rows = [row for row in prepared.rows if row.plan.action == ImportOutcome.UPDATED]
    names = prepared.names
    people = Person.objects.in_bulk([row.plan.person for row in rows if row.plan.person])
    changed = [fill_person(people[row.plan.person], row, names) for row in rows if row.plan.person]
    Person.objects.bulk_update(changed, PERSON_FIELDS, batch_size=100)
    _update_relations(rows)
    _update_households(batch, rows, names, prepared.beginning.file_day)


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
