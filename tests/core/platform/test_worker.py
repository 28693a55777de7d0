"""The worker goes on by itself after a bad minute."""

import os

import pytest
import time_machine
from django.core.management import BaseCommand, call_command
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from povertyplan.core import clock
from povertyplan.core.choices import JobState
from povertyplan.core.management.commands import work
from povertyplan.core.models import Job, Unit
from povertyplan.core.platform import jobs
from tests.factories.core import UnitFactory

LARGE = jobs.AT_ONCE + 1


def begin(by):
    return jobs.start(
        kind="flaky",
        subject="unit:1",
        title="Thêm đơn vị",
        arguments={},
        size=LARGE,
        view="households:import_preview",
        back_path="/households/",
        ward=by.grants_today[0].area,
        by=by,
    )


def work_once():
    call_command("work", "--batch", "--no-startup-delay", "--no-reload", "--interval=0")


def work_later():
    with time_machine.travel(clock.real_now() + jobs.SILENT_AFTER * 2, tick=True):
        work_once()


@pytest.fixture
def losses(monkeypatch):
    """The errors with which the next runs of the work end; without any it adds a unit."""
    waiting: list[Exception] = []

    def flaky(job, progress):
        if waiting:
            raise waiting.pop()
        UnitFactory(ward=job.ward)

    monkeypatch.setitem(jobs._works, "flaky", flaky)
    return waiting


def test_a_worker_of_its_own_gives_way_to_the_site(monkeypatch):
    told = []
    monkeypatch.setattr(os, "setpriority", lambda *given: told.append(given))
    monkeypatch.setattr(BaseCommand, "run_from_argv", lambda command, argv: None)

    work.Command().run_from_argv(["manage.py", "work"])

    ((kind, process, priority),) = told
    assert (kind, process) == (os.PRIO_PROCESS, 0)
    assert priority >= 10


@pytest.mark.django_db(transaction=True)
def test_database_away_for_a_while_does_not_end_the_worker(coordinator, losses, monkeypatch):
    job = begin(coordinator)
    away = [OperationalError("gone"), OperationalError("gone")]
    look = DBTaskResultQuerySet.get_locked

    def look_if_there(tasks):
        if away:
            raise away.pop()
        return look(tasks)

    monkeypatch.setattr(DBTaskResultQuerySet, "get_locked", look_if_there)
    monkeypatch.setattr(work, "FIRST_PAUSE", 0.01)

    work_once()

    job.refresh_from_db()
    assert (job.state, away) == (JobState.DONE, [])


@pytest.mark.django_db(transaction=True)
def test_work_that_lost_its_database_is_taken_back_and_done(coordinator, losses):
    losses.append(OperationalError("the lock was held over its limit"))
    job = begin(coordinator)

    work_once()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    work_once()
    assert not Unit.objects.exists(), "work that may still be alive is left alone"
    work_later()

    job.refresh_from_db()
    assert (job.state, Unit.objects.count()) == (JobState.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_work_whose_place_in_the_queue_was_lost_is_done(coordinator, losses):
    job = begin(coordinator)
    DBTaskResult.objects.all().delete()

    work_later()

    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_work_that_ends_its_process_each_time_is_left_for_people(coordinator, losses):
    losses += [OperationalError("again")] * (jobs.TRIES + 2)
    begin(coordinator)

    for hours in range(jobs.TRIES + 2):
        with time_machine.travel(clock.real_now() + jobs.SILENT_AFTER * 2 * (hours + 1)):
            work_once()

    assert Job.objects.get().state == JobState.RUNNING
    assert DBTaskResult.objects.count() == jobs.TRIES
