"""Long work of the tables: a list of persons with more rows than a request lays out."""

from datetime import date

from django.core.exceptions import ValidationError
from django.urls import reverse

from households.ledger.selectors.known import known_periods
from povertyplan.core.models import Area, Job, User
from povertyplan.core.platform import jobs
from reports.choices import FileFormat
from reports.printing.pdf import PrintingUnavailable
from reports.tables.catalogue import TABLES, TableKind
from reports.tables.facts import TableFacts
from reports.tables.files.writing import table_file_name, write_table
from reports.tables.forms import Period


def begin_table(
    *, ward: Area, kind: TableKind, period: Period, ending: FileFormat, by: User
) -> Job:
    """Lay out a table on paper."""
    days = {"after": period.after.isoformat(), "until": period.until.isoformat()}
    return jobs.start(
        kind="person_table",
        subject=f"table:{ward.pk}:{kind.number}:{'/'.join(days.values())}:{ending}:{by.pk}",
        title=f"{kind.title} ({ending.label})"[:250],
        arguments={"number": kind.number, "ending": ending.value, **days},
        size=None,
        view=f"reports:person_table_{ending.value}",
        back_path=reverse("reports:person_table", args=[kind.number]) + period.address,
        ward=ward,
        by=by,
    )


@jobs.work("person_table")
def _write(job: Job, progress: jobs.ProgressSink) -> None:
    after, until = (date.fromisoformat(job.arguments[name]) for name in ("after", "until"))
    kind, ending = TABLES[job.arguments["number"]], job.arguments["ending"]
    facts = TableFacts(ward=job.ward, after=after, until=until, known=known_periods(job.ward))
    table = kind.build(facts)
    progress(f"Dàn trang {len(table.rows)} dòng")
    try:
        content = write_table(table, ward=job.ward, until=until, ending=ending)
    except PrintingUnavailable as problem:
        raise ValidationError(str(problem)) from problem
    name = table_file_name(table, until=until, ending=ending)
    jobs.keep_file(job, name=name, content=content)
