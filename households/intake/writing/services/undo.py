"""Taking a written import back, from the history of the rows that it changed."""

from collections import defaultdict
from collections.abc import Sequence

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError

from households.choices import ImportStage
from households.intake.staging.selectors.problems import may_undo_until
from households.intake.writing.selectors.undoing import TABLES, undo_effects, written_changes
from households.models import Household, ImportBatch
from households.register.services.events import record_village_changes
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import RowChange, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.versions import version_of
from povertyplan.core.text import formatting

CHUNK = 5000
TOO_LATE = "Chỉ hoàn tác được trong 7 ngày sau khi ghi."
EDITED = "Dữ liệu của lần nhập này đã được sửa sau đó ({count} dòng) nên không hoàn tác được."
OTHER_ROWS = "Những gì sẽ hoàn tác khác với điều đã hiện. Tải lại trang để xem lại."
IN_USE = "Hộ hoặc người của lần nhập này đã được dùng ở nơi khác nên không hoàn tác được."


@audit.business_act(label="Hoàn tác lần nhập từ tệp")
def undo_import(*, batch: ImportBatch, version: int, token: str, by: User) -> ImportBatch:
    """Put every row that a written import made or changed back as it was.

    `version` and `token` are those of `undo_effects` as they were shown: what was not shown does
    not go. Refused after seven days, and as soon as any of these rows was changed again or is in
    use.
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
    changes = written_changes(current)
    if undo_effects(current, changes).token != token:
        raise ValidationError(OTHER_ROWS)
    _refuse_edited(changes)
    _record_way_back(current, changes, by)
    try:
        _take_back(changes)
    except ProtectedError as error:
        raise ValidationError(IN_USE) from error
    current.stage = ImportStage.UNDONE
    current.undone_by, current.undone_at = by, clock.now()
    current.version += 1
    current.save()
    audit.record(current, f"Hoàn tác lần nhập tệp {current.file_name}.", ward=current.ward)
    return current


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
        for start in range(0, len(made), CHUNK):
            model._base_manager.filter(pk__in=made[start : start + CHUNK]).delete()
        _restore(model, [change for change in own if change.operation == "update"])


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
