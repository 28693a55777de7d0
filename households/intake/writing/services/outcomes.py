"""What became of each row of a written list, noted beside it in parts after the writing.

Nobody waits for it, and whoever comes again after a process died goes on where it stopped: what
was made is in the history under the token of the batch, in the order of the rows.
"""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from households.choices import ImportOutcome
from households.intake.staging.selectors.plans import new_households
from households.models import Household, ImportBatch, ImportRow, Person
from povertyplan.core.database.prepared_rows import ROWS_AT_ONCE, in_parts
from povertyplan.core.models import RowChange
from povertyplan.core.platform.jobs import ProgressSink

SET_OUTCOMES = """
    UPDATE households_importrow SET outcome = was.column2,
        person_id = CAST(was.column3 AS bigint), household_id = CAST(was.column4 AS bigint)
    FROM (VALUES {rows}) AS was
    WHERE households_importrow.id = CAST(was.column1 AS bigint)
"""


def keep_outcomes(batch: ImportBatch, progress: ProgressSink) -> None:
    """Note the outcome of each row, with its person and household."""
    if not batch.rows.filter(outcome="").exists():
        return
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
    for row in rows:
        person, household = row.plan.person, row.plan.household
        if row.plan.action == ImportOutcome.CREATED:
            person = next(persons)
        if row.plan.makes_household:
            household = households[row.household_position]
        yield row.pk, str(row.plan.action), person, household


def _made(batch: ImportBatch, model: type[Household] | type[Person]) -> Iterator[int]:
    """The keys of the rows that the batch made, in the order in which it made them."""
    changes = RowChange.objects.filter(
        token=batch.token, table=model._meta.db_table, operation="insert"
    )
    return iter(changes.order_by("row_id").values_list("row_id", flat=True))
