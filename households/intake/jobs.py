"""Long work of the register: reading a list, and writing it."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse

from households.intake.staging.services import STALE, read_import, rows_to_read
from households.intake.writing.services.columns import refuse_open_columns
from households.intake.writing.services.outcomes import finish_outcomes
from households.intake.writing.services.undo import take_import_back
from households.intake.writing.services.writing import write_import
from households.models import ImportBatch
from povertyplan.core.models import Job, User
from povertyplan.core.platform import jobs, versions

# Lists of one ward are written and taken back one after the other.
IN_TURN = ("commit_import", "undo_import")
jobs.register_standing(finish_outcomes)


def begin_reading(*, batch: ImportBatch, by: User) -> Job:
    """Read the rows of the chosen sheets, from the step that chooses their columns."""
    return _begin(
        "read_import",
        batch=batch,
        by=by,
        title=f"Đọc và đối chiếu tệp {batch.file_name}",
        size=rows_to_read(batch),
        steps=("import_columns", "import_rows"),
    )


def begin_writing(*, batch: ImportBatch, version: int, by: User) -> Job:
    """Write the rows of a batch, from the step that shows what writing would do.

    A batch that changed since it was shown, or of which a column with content still waits for an
    answer, is refused here, before anybody waits. Lists of one ward are written one after the
    other, and the worker waits for that, not the page.
    """
    if version != batch.version:
        raise ValidationError(STALE, code="stale")
    refuse_open_columns(batch)
    return _begin(
        "commit_import",
        batch=batch,
        by=by,
        title=f"Ghi tệp {batch.file_name} vào sổ",
        size=batch.rows.count(),
        in_turn=IN_TURN,
        steps=("import_preview", "import_result"),
    )


def begin_undo(*, batch: ImportBatch, version: int, token: str, by: User) -> Job:
    """Take a written list back, from the page that shows what goes; it waits its turn as well."""
    versions.check(batch, version)
    return _begin(
        "undo_import",
        batch=batch,
        by=by,
        title=f"Hoàn tác lần nhập tệp {batch.file_name}",
        size=batch.rows.count(),
        in_turn=IN_TURN,
        steps=("import_undo", "import_result"),
        token=token,
    )


def subject_of(batch: ImportBatch) -> str:
    return f"import:{batch.pk}"


def with_jobs(batches: Iterable[ImportBatch], *, by: User) -> list[tuple[ImportBatch, Job | None]]:
    """Each batch with the user's job that is at work on it."""
    found = list(batches)
    at_work = jobs.open_jobs([subject_of(batch) for batch in found], by=by)
    return [(batch, at_work.get(subject_of(batch))) for batch in found]


def _begin(
    kind: str,
    *,
    batch: ImportBatch,
    by: User,
    title: str,
    size: int,
    steps: tuple,
    in_turn: Collection[str] = (),
    **more: str,
) -> Job:
    back, onward = steps
    return jobs.start(
        kind=kind,
        subject=subject_of(batch),
        title=title,
        arguments={"batch": batch.pk, "version": batch.version, **more},
        size=size,
        view=f"households:{back}",
        back_path=reverse(f"households:{back}", args=[batch.pk]),
        next_path=reverse(f"households:{onward}", args=[batch.pk]),
        ward=batch.ward,
        by=by,
        in_turn=in_turn,
    )


@jobs.work("read_import")
def _read(job: Job, progress: jobs.ProgressSink) -> None:
    read_import(**_given(job), progress=progress)


@jobs.work("commit_import")
def _write(job: Job, progress: jobs.ProgressSink) -> None:
    write_import(**_given(job), progress=progress)


@jobs.work("undo_import")
def _undo(job: Job, progress: jobs.ProgressSink) -> None:
    take_import_back(**_given(job), token=job.arguments["token"], progress=progress)


def _given(job: Job) -> dict:
    batch = ImportBatch.objects.select_related("ward").get(pk=job.arguments["batch"])
    return {"batch": batch, "version": job.arguments["version"], "by": job.owner}
