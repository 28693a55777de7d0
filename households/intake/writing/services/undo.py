"""Taking a written import back, from the history of the rows that it changed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models import CASCADE

from households.choices import ImportStage
from households.intake.staging.selectors.problems import may_undo_until
from households.intake.writing.selectors.undoing import TABLES, undo_effects, written_changes
from households.intake.writing.services.outcomes import relink_rows
from households.models import Household, ImportBatch, ImportRow, Person
from households.register.services.events import record_village_changes
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit, chains
from povertyplan.core.models import RowChange, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress
from povertyplan.core.platform.versions import version_of
from povertyplan.core.text import formatting

CHUNK, PART = 5000, 500
TOO_LATE = "Chỉ hoàn tác được trong 7 ngày sau khi ghi."
EDITED = "Dữ liệu của lần nhập này đã được sửa sau đó ({count} dòng) nên không hoàn tác được."
OTHER_ROWS = "Những gì sẽ hoàn tác khác với điều đã hiện. Tải lại trang để xem lại."
IN_USE = "Hộ hoặc người của lần nhập này đã được dùng ở nơi khác nên không hoàn tác được."


@dataclass(frozen=True)
class PreparedUndo:
    """What an import wrote, looked at when the chains had come as far as `since`."""

    changes: Sequence[RowChange]
    since: chains.Position


def take_import_back(
    *,
    batch: ImportBatch,
    version: int,
    token: str,
    by: User,
    progress: ProgressSink = ignore_progress,
) -> ImportBatch:
    """Undo a written import; what it wrote is looked through before the transaction begins.

    Once it is clear that it may go, the lines of the file let go of what they made, in parts; if
    it may not in the end, they are told again.
    """
    current = ImportBatch.objects.select_related("ward").get(pk=batch.pk)
    try:
        prepared = None
        if current.stage == ImportStage.WRITTEN and current.version == version:
            prepared = _prepare_undo(current, token, progress)
        progress("Hoàn tác trong sổ")
        return undo_import(batch=batch, version=version, token=token, by=by, prepared=prepared)
    except (ValidationError, IntegrityError):
        relink_rows(current, progress)
        raise


def _prepare_undo(batch: ImportBatch, token: str, progress: ProgressSink) -> PreparedUndo:
    progress("Xem lại những gì đã ghi")
    since = chains.position_of(batch.ward_id)
    changes = written_changes(batch)
    _refuse_undo(batch, changes, token)
    _unlink_rows(batch, progress)
    return PreparedUndo(changes, since)


@audit.business_act(label="Hoàn tác lần nhập từ tệp")
def undo_import(
    *,
    batch: ImportBatch,
    version: int,
    token: str,
    by: User,
    prepared: PreparedUndo | None = None,
) -> ImportBatch:
    """Put every row that a written import made or changed back as it was.

    `version` and `token` are those of `undo_effects` as they were shown: what was not shown does
    not go. Refused after seven days, and as soon as any of these rows was changed again or is in
    use. What was `prepared` is looked through again only where the register has changed since.
    """
    locks.wait_turn("import", batch.ward_id)
    current = locks.hold(ImportBatch.objects.select_related("ward")).get(pk=batch.pk)
    if current.stage == ImportStage.UNDONE:
        return current
    if current.stage != ImportStage.WRITTEN:
        raise ValidationError("Lần nhập này chưa ghi vào sổ.")
    if clock.now() > may_undo_until(current):
        raise ValidationError(TOO_LATE)
    versions.check(current, version)
    _hold_written(current)
    if prepared is None or chains.has_moved(prepared.since, TABLES):
        changes: Sequence[RowChange] = written_changes(current)
        _refuse_undo(current, changes, token)
    else:
        changes = prepared.changes
    _record_way_back(current, changes, by)
    _take_back(changes)
    current.stage = ImportStage.UNDONE
    current.undone_by, current.undone_at = by, clock.now()
    current.version += 1
    current.save()
    audit.record(current, f"Hoàn tác lần nhập tệp {current.file_name}.", ward=current.ward)
    return current


def _hold_written(batch: ImportBatch) -> None:
    """Hold what goes, so that what others are saving there is seen as a change."""
    for model in (Household, Person):
        written = RowChange.objects.filter(token=batch.token, table=model._meta.db_table)
        locks.hold_all(model.objects.filter(pk__in=written.values("row_id")))


def _refuse_undo(batch: ImportBatch, changes: Sequence[RowChange], token: str) -> None:
    if undo_effects(batch, changes).token != token:
        raise ValidationError(OTHER_ROWS)
    _refuse_edited(changes)


def _unlink_rows(batch: ImportBatch, progress: ProgressSink) -> None:
    linked = list(batch.rows.exclude(household=None).values_list("pk", flat=True))
    for start in range(0, len(linked), PART):
        progress("Gỡ các dòng của tệp", start, len(linked))
        with transaction.atomic():
            part = ImportRow.objects.filter(pk__in=linked[start : start + PART])
            part.update(person=None, household=None)


def _refuse_edited(changes: Sequence[RowChange]) -> None:
    rows: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        rows[change.table].add(change.row_id)
    if not changes:
        return
    last = changes[0].pk
    edited = 0
    for table, ids in rows.items():
        wanted = sorted(ids)
        for start in range(0, len(wanted), CHUNK):
            later = RowChange.objects.filter(
                table=table, row_id__in=wanted[start : start + CHUNK], pk__gt=last
            )
            edited += later.values("row_id").distinct().count()
    if edited:
        raise ValidationError(EDITED.format(count=formatting.number(edited)))


def _record_way_back(batch: ImportBatch, changes: Sequence[RowChange], by: User) -> None:
    """An event for each household that goes back to its village: events are only ever added."""
    moved = [
        change.row_id
        for change in changes
        if change.table == Household._meta.db_table
        and change.operation == "update"
        and (change.old or {}).get("village_id") != (change.new or {}).get("village_id")
    ]
    record_village_changes(
        list(Household.objects.filter(pk__in=moved)),
        on=None,
        note=f"Hoàn tác lần nhập tệp {batch.file_name}",
        by=by,
    )


def _take_back(changes: Sequence[RowChange]) -> None:
    tables = {model._meta.db_table: model for model in apps.get_models()}
    for table in TABLES:
        model = tables[table]
        own = [change for change in changes if change.table == table]
        made = [change.row_id for change in own if change.operation == "insert"]
        for start in range(0, len(made), PART):
            _delete_rows(model, made[start : start + PART])
        _restore(model, [change for change in own if change.operation == "update"])


def _delete_rows(model: type[models.Model], keys: Sequence[int]) -> None:
    """Delete rows that nothing else refers to, in one statement; raises ValidationError."""
    for relation in _relations(model):
        referring = relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": keys}
        )
        if relation.on_delete is CASCADE:
            referring.delete()
        elif relation.related_model is ImportRow:
            referring.update(**{relation.field.name: None})
        elif referring.exists():
            raise ValidationError(IN_USE)
    # Nothing is left that the framework would have to look for, row by row.
    model._base_manager.filter(pk__in=keys)._raw_delete(DEFAULT_DB_ALIAS)


def _relations(model: type[models.Model]) -> Iterator[models.ManyToOneRel]:
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ManyToOneRel):
            yield field


def _restore(model: type[models.Model], changes: Sequence[RowChange]) -> None:
    """Old values of the columns that changed; a version goes on counting up."""
    records = model._base_manager.in_bulk([change.row_id for change in changes])
    touched: set[str] = set()
    for change in changes:
        record = records[change.row_id]
        before, after = change.old or {}, change.new or {}
        for field in model._meta.concrete_fields:
            old, new = before.get(field.column), after.get(field.column)
            if old != new:
                value = version_of(record) + 1 if field.name == "version" else field.to_python(old)
                setattr(record, field.attname, value)
                touched.add(field.name)
    if touched:
        model._base_manager.bulk_update(records.values(), sorted(touched), batch_size=100)
