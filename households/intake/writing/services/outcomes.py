"""What became of each row of a written list, noted beside it in parts after the writing.

Nobody waits for it, and whoever comes again after a process died goes on where it stopped: what
was made is in the history under the token of the batch, in the order of the rows.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from households.choices import ImportOutcome, ImportStage
from households.intake.staging.selectors.plans import new_households
from households.models import Household, ImportBatch, ImportRow, Person
from povertyplan.core import clock
from povertyplan.core.database.prepared_rows import ROWS_AT_ONCE, in_parts
from povertyplan.core.models import RowChange
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress

# How long after the writing somebody still looks whether anything is left to note.
FINISHED_FOR = timedelta(days=1)
SET_OUTCOMES = """
    UPDATE households_importrow SET outcome = was.column2,
        person_id = CAST(was.column3 AS bigint), household_id = CAST(was.column4 AS bigint)
    FROM (VALUES {rows}) AS was
    WHERE households_importrow.id = CAST(was.column1 AS bigint)
"""


def keep_outcomes(batch: ImportBatch, progress: ProgressSink) -> None:
    """Note the outcome of each row, with its person and household, unless it is there already."""
    if batch.rows.filter(outcome="").exists():
        note_outcomes(batch, progress)


def relink_rows(batch: ImportBatch, progress: ProgressSink) -> None:
    """Have the lines name again what they made, if they let it go to be taken back."""
    written = batch.rows.exclude(outcome__in=("", ImportOutcome.REFUSED))
    if written.filter(household=None).exists():
        note_outcomes(batch, progress)


def finish_outcomes() -> int:
    """Note what whoever wrote a list did not come to note; returns of how many lists."""
    since = clock.now() - FINISHED_FOR
    recent = ImportBatch.objects.filter(stage=ImportStage.WRITTEN, written_at__gte=since)
    left = recent.filter(Exists(ImportRow.objects.filter(batch=OuterRef("pk"), outcome="")))
    for batch in left:
        keep_outcomes(batch, ignore_progress)
    return len(left)


def note_outcomes(batch: ImportBatch, progress: ProgressSink) -> None:
    """Note the outcome of each row, as often as it is asked for."""
    rows = list(batch.rows.defer("cells", "issues"))
    outcomes = list(_outcomes(batch, rows))
    for start in range(0, len(outcomes), ROWS_AT_ONCE):
        progress("Ghi kết quả từng dòng", start, len(outcomes))
        with transaction.atomic(), connection.cursor() as cursor:
            for places, values in in_parts(outcomes[start : start + ROWS_AT_ONCE]):
                cursor.execute(SET_OUTCOMES.format(rows=places), values)


def _outcomes(batch: ImportBatch, rows: Sequence[ImportRow]) -> Iterator[tuple]:
    made = [row for row in rows if row.plan.makes_household]
    households = dict(zip(new_households(made), _made(batch, Household), strict=True))
    persons = _made(batch, Person)
    # Whoever was written since may have been taken out of the register again.
    there = [
        set(model.objects.filter(ward=batch.ward_id).values_list("pk", flat=True))
        for model in (Person, Household)
    ]
    for row in rows:
        person, household = row.plan.person, row.plan.household
        if row.plan.action == ImportOutcome.CREATED:
            person = next(persons)
        if row.plan.makes_household:
            household = households[row.household_position]
        found = zip((person, household), there, strict=True)
        yield row.pk, str(row.plan.action), *(key if key in keys else None for key, keys in found)


def _made(batch: ImportBatch, model: type[Household] | type[Person]) -> Iterator[int]:
    """The keys of the rows that the batch made, in the order in which it made them."""
    changes = RowChange.objects.filter(
        token=batch.token, table=model._meta.db_table, operation="insert"
    )
    return iter(changes.order_by("row_id").values_list("row_id", flat=True))
