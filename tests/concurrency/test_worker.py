"""A worker that is killed in the middle of an import leaves nothing behind but the way to go on."""

import signal
import time

import pytest
import time_machine

from households.intake.jobs import begin_writing
from households.intake.staging.services import read_import, start_import
from households.models import Household, ImportRow, Person
from povertyplan.core import clock
from povertyplan.core.choices import JobState
from povertyplan.core.platform import jobs
from tests.concurrency.server import worker
from tests.factories.core import VillageFactory
from tests.households.samples import VILLAGES, official_sample

pytestmark = pytest.mark.django_db(transaction=True)

HOUSEHOLDS = 400
FEW = pytest.param(3, id="3 kills")
MANY = pytest.param(25, marks=pytest.mark.long, id="25 kills")


@pytest.fixture
def batch(ward, coordinator):
    """A list that is read and ready to be written."""
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=ward, name=name, order=order)
    sample = official_sample(HOUSEHOLDS)
    sample.cells = {cell: value for cell, value in sample.cells.items() if cell[0] != "O"}
    begun = start_import(ward=ward, content=sample.content(), name="ds.xlsx", by=coordinator)
    return read_import(batch=begun, version=begun.version, by=coordinator)


def wait_until_running(job) -> None:
    for _ in range(600):
        job.refresh_from_db()
        if job.state == JobState.RUNNING:
            return
        time.sleep(0.02)
    raise AssertionError("no worker took the job")


def in_register() -> tuple[int, int, int]:
    return (
        Household.objects.count(),
        Person.objects.count(),
        ImportRow.objects.exclude(outcome="").count(),
    )


@pytest.mark.parametrize("kills", [FEW, MANY])
def test_killed_import_is_whole_or_not_at_all_and_goes_on(batch, coordinator, monkeypatch, kills):
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    rows = batch.rows.count()
    job = begin_writing(batch=batch, version=batch.version, by=coordinator)
    before_commit = 0

    for number in range(kills):
        process = worker()
        wait_until_running(job)
        time.sleep(0.03 * number)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        found = in_register()
        # What became of each row is noted after the register is written, by whoever comes again.
        assert found[:2] in ((0, 0), (HOUSEHOLDS, rows)), found
        assert found[0] or not found[2], found
        before_commit += found == (0, 0, 0)
        with time_machine.travel(clock.real_now() + jobs.SILENT_AFTER * 2, tick=True):
            jobs.restart(job)

    assert before_commit >= 1
    assert worker("--batch").wait(timeout=120) == 0
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert in_register() == (HOUSEHOLDS, rows, rows)
