"""Lists as the tests of writing them send and count them."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import openpyxl

from households.intake.staging.selectors.problems import outcome_counts, problems_of
from households.models import Household, HouseholdStatus, ImportBatch, Membership, Person
from povertyplan.core import clock
from povertyplan.core.journal import history

TABLES = (Household, Person, Membership, HouseholdStatus)


def register_rows() -> list:
    """Everything in the register, for comparing before and after."""
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def edit(person: Person, by, **values) -> None:
    with history.writing(by=by, act="edit_person", source="web"):
        for name, value in values.items():
            setattr(person, name, value)
        person.save()


def aged(sample, days: int) -> bytes:
    """The sample as a file that was last saved some days ago."""
    book = openpyxl.load_workbook(io.BytesIO(sample.content()))
    content = io.BytesIO()
    book.save(content)
    return with_modified(content.getvalue(), clock.real_now() - timedelta(days=days))


def with_modified(content: bytes, moment: datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            new.writestr(part, data)
    return stream.getvalue()


def accounted(batch: ImportBatch) -> int:
    return sum(outcome_counts(batch).values())


def told_of(batch: ImportBatch) -> list[str]:
    return [problem.code for problem in problems_of(batch.rows.get(number=8))]
