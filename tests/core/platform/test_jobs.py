"""Long work: begun once, done by a worker, seen while it runs, never half done in silence."""

import logging
import time
from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from povertyplan.core import clock
from povertyplan.core.choices import JobState, Role
from povertyplan.core.models import Job, RoleGrant, Unit
from povertyplan.core.platform import jobs
from tests.concurrency.crowd import together
from tests.factories.core import UnitFactory, WardFactory, user_with
from tests.pages import NOT_FOUND, heading_of, nothing_written

LARGE = jobs.AT_ONCE + 1
SECRET = "Nguyễn Thị Kín 051099012345"


def add_unit(job, progress):
    progress("Ghi đơn vị", 1, 2)
    UnitFactory(ward=job.ward, name=job.arguments["name"])


def refuse(job, progress):
    raise ValidationError("Số liệu năm 2025 đã khóa.")


def break_down(job, progress):
    raise RuntimeError(SECRET)


@pytest.fixture(autouse=True)
def works(monkeypatch):
    """The kinds of work of these tests, beside those of the product."""
    for name, work in (("add", add_unit), ("refuse", refuse), ("break", break_down)):
        monkeypatch.setitem(jobs._works, name, work)


def begin(by, kind="add", subject="unit:1", size=1, name="Phòng Kinh tế"):
    return jobs.start(
        kind=kind,
        subject=subject,
        title="Thêm đơn vị",
        arguments={"name": name},
        size=size,
        view="households:import_preview",
        next_path="/todo/",
        back_path="/households/",
        ward=by.grants_today[0].area,
        by=by,
    )


def page_of(job):
    return reverse("core:job_detail", args=[job.pk])


def work_off():
    """What a worker does until the queue is empty."""
    call_command(
        "work", "--batch", "--no-startup-delay", "--no-reload", "--interval=0", verbosity=0
    )


def later(**much):
    return time_machine.travel(clock.real_now() + timedelta(**much), tick=True)


def test_small_work_is_done_at_once(coordinator):
    job = begin(coordinator, size=jobs.AT_ONCE)

    assert job.state == JobState.DONE
    assert Unit.objects.filter(name="Phòng Kinh tế").exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_large_work_waits_for_the_worker(coordinator):
    job = begin(coordinator, size=LARGE)
    assert job.state == JobState.WAITING
    assert not Unit.objects.filter(name="Phòng Kinh tế").exists()

    work_off()

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert Unit.objects.filter(name="Phòng Kinh tế").count() == 1


def test_refusal_is_told_in_the_words_of_the_work(coordinator):
    with pytest.raises(ValidationError, match="Số liệu năm 2025 đã khóa"):
        begin(coordinator, kind="refuse")

    job = begin(coordinator, kind="refuse", size=LARGE)
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Số liệu năm 2025 đã khóa.")


def test_breakdown_is_told_without_what_the_error_said(coordinator, caplog):
    with caplog.at_level(logging.ERROR), pytest.raises(ValidationError, match="ngoài dự kiến"):
        begin(coordinator, kind="break")

    assert "RuntimeError" in caplog.text
    assert "test_jobs.py" in caplog.text
    assert SECRET not in caplog.text


def test_work_begun_twice_is_one_job(coordinator):
    first = begin(coordinator, size=LARGE)

    assert begin(coordinator, size=LARGE) == first
    assert DBTaskResult.objects.count() == 1
    jobs.run(first)
    jobs.run(first)
    assert Unit.objects.filter(name="Phòng Kinh tế").count() == 1
    # Done work stands in nobody's way.
    assert begin(coordinator, size=LARGE) != first


def test_work_of_somebody_else_on_the_same_is_refused_with_their_name(ward, coordinator):
    begin(coordinator, size=LARGE)
    colleague = user_with(Role.COORDINATOR, ward)

    with pytest.raises(ValidationError, match=str(coordinator)):
        begin(colleague, size=LARGE)
    assert begin(colleague, size=LARGE, subject="unit:2").owner == colleague


@pytest.mark.parametrize("loss", ["grant", "account"])
def test_right_lost_before_the_work_begins_stops_it(coordinator, loss):
    job = begin(coordinator, size=LARGE)
    if loss == "grant":
        RoleGrant.objects.filter(user=coordinator).update(valid_to=clock.yesterday())
    else:
        coordinator.is_active = False
        coordinator.save()

    jobs.run_job.call(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, jobs.NO_RIGHT)
    assert not Unit.objects.filter(name="Phòng Kinh tế").exists()


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_goes_on(coordinator, monkeypatch):
    """On PostgreSQL inside the transaction of the work too; SQLite has one place to write."""
    seen = []

    def watch(job, progress):
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            progress("Đọc các dòng", 300, 900)
            for _ in range(200):
                if (now := Job.objects.get(pk=job.pk)).step:
                    break
                time.sleep(0.05)
        seen.append((now.step, now.done, now.total, now.heartbeat_at > job.heartbeat_at))

    monkeypatch.setattr(jobs, "PULSE", 0.05)
    monkeypatch.setitem(jobs._works, "add", watch)
    begin(coordinator, size=LARGE)

    work_off()

    assert seen == [("Đọc các dòng", 300, 900, True)]


def test_silent_work_is_run_again_and_living_work_is_not(coordinator):
    job = begin(coordinator, size=LARGE)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=clock.real_now())
    job.refresh_from_db()

    jobs.restart(job)
    assert DBTaskResult.objects.count() == 1

    with later(minutes=2):
        assert jobs.is_silent(job, clock.real_now())
        jobs.restart(job)
        job.refresh_from_db()
        assert job.state == JobState.WAITING
        assert DBTaskResult.objects.count() == 2
        jobs.run_job.call(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_file_is_its_owners_for_a_day(client_of, coordinator):
    job = begin(coordinator)
    jobs.keep_file(job, name="Bo-mau.zip", content=b"PK")
    Job.objects.update(next_path="")
    client = client_of(coordinator)
    assert "Bo-mau.zip" in client.get(page_of(job)).content.decode()
    assert client.get(f"{page_of(job)}file/").content == b"PK"

    with later(days=1, minutes=1):
        begin(coordinator, subject="unit:2", name="Phòng Văn hóa")
    assert client.get(f"{page_of(job)}file/").status_code == 404
    assert "Tệp chỉ được giữ một ngày" in client.get(page_of(job)).content.decode()


def test_old_work_is_forgotten(coordinator):
    old = begin(coordinator)
    with later(days=31):
        new = begin(coordinator, subject="unit:2", name="Phòng Văn hóa")

    assert list(Job.objects.all()) == [new]
    assert old != new


def test_page_shows_how_far_it_is_and_asks_again(client_of, coordinator):
    job = begin(coordinator, size=LARGE)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, heartbeat_at=clock.real_now(), step="Ghi thành viên",
        done=4000, total=35000,
    )  # fmt: skip

    page = client_of(coordinator).get(page_of(job)).content.decode()

    assert "Ghi thành viên: 4.000/35.000…" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Bạn có thể đóng trang này" in page


def test_fragment_leads_on_when_the_work_is_done(client_of, coordinator):
    job = begin(coordinator)

    asked = client_of(coordinator).get(page_of(job), headers={"HX-Request": "true"})

    assert asked.headers["HX-Redirect"] == "/todo/"
    assert client_of(coordinator).get(page_of(job)).url == "/todo/"


def test_failed_work_says_why_and_leads_back(client_of, coordinator):
    job = begin(coordinator, kind="refuse", size=LARGE)
    jobs.run(job)

    page = client_of(coordinator).get(page_of(job)).content.decode()

    assert "Số liệu năm 2025 đã khóa." in page
    assert 'href="/households/"' in page
    assert "hx-trigger" not in page


def test_missing_worker_is_named(client_of, coordinator):
    job = begin(coordinator, size=LARGE)
    assert "(work)" not in client_of(coordinator).get(page_of(job)).content.decode()

    with later(seconds=30):
        assert "(work)" in client_of(coordinator).get(page_of(job)).content.decode()


def test_interrupted_work_is_offered_again(client_of, coordinator):
    job = begin(coordinator, size=LARGE)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, heartbeat_at=clock.real_now() - timedelta(minutes=5)
    )
    client = client_of(coordinator)
    assert "Chạy lại" in client.get(page_of(job)).content.decode()

    client.post(reverse("core:job_restart", args=[job.pk]))

    job.refresh_from_db()
    assert job.state == JobState.WAITING


def die(job):
    """Its process is killed."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, heartbeat_at=clock.real_now() - timedelta(minutes=5)
    )


def test_a_colleague_with_the_right_runs_dead_work_again(client_of, ward, coordinator):
    job = begin(coordinator, size=LARGE)
    die(job)
    colleague = user_with(Role.COORDINATOR, ward)
    client = client_of(colleague)
    page = client.get(page_of(job)).content.decode()
    assert str(coordinator) in page
    assert "Chạy lại" in page

    client.post(reverse("core:job_restart", args=[job.pk]))
    RoleGrant.objects.filter(user=coordinator).update(valid_to=clock.yesterday())
    jobs.run_job.call(job.pk)

    job.refresh_from_db()
    assert (job.owner, job.state, job.error) == (colleague, JobState.DONE, "")
    assert Unit.objects.filter(name="Phòng Kinh tế").count() == 1


def test_beginning_what_died_takes_it_over(ward, coordinator):
    job = begin(coordinator, size=LARGE)
    die(job)
    colleague = user_with(Role.COORDINATOR, ward)

    assert begin(colleague, size=LARGE) == job
    job.refresh_from_db()
    assert (job.owner, job.state) == (colleague, JobState.WAITING)


def test_living_work_is_left_to_its_owner(client_of, ward, coordinator):
    job = begin(coordinator, size=LARGE)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=clock.real_now())
    client = client_of(user_with(Role.COORDINATOR, ward))
    assert "Chạy lại" not in client.get(page_of(job)).content.decode()

    client.post(reverse("core:job_restart", args=[job.pk]))

    job.refresh_from_db()
    assert (job.owner, job.state) == (coordinator, JobState.RUNNING)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_run_it_again_one_does():
    ward = WardFactory()
    job = begin(user_with(Role.COORDINATOR, ward), size=LARGE)
    die(job)
    colleagues = [user_with(Role.COORDINATOR, ward) for _ in range(2)]

    put_back = together([partial(jobs.restart, job, by=each) for each in colleagues])

    assert sorted(put_back) == [False, True]
    job.refresh_from_db()
    assert job.owner == colleagues[put_back.index(True)]
    assert DBTaskResult.objects.count() == 2


def is_told(client):
    words = "không nhận việc"
    return [words in client.get(page).content.decode() for page in ("/settings/", "/todo/")]


def test_administrators_see_a_silent_worker(client_of, coordinator, administrator, leader):
    begin(coordinator, size=LARGE)
    client = client_of(administrator)
    assert is_told(client) == [False, False]

    with later(minutes=6):
        client.force_login(administrator)
        assert is_told(client) == [True, True]
        client.force_login(leader)
        assert is_told(client) == [False, False]
        other = begin(coordinator, size=LARGE, subject="unit:2")
        Job.objects.filter(pk=other.pk).update(
            state=JobState.RUNNING, heartbeat_at=clock.real_now()
        )
        client.force_login(administrator)
        assert is_told(client) == [False, False]  # it is busy


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.COORDINATOR, "elsewhere"), (Role.LEADER, "here"), (Role.OBSERVER, "here")],
)
def test_who_may_not_begin_it_sees_takes_and_restarts_nothing(
    client_of, ward, coordinator, role, place
):
    job = begin(coordinator, size=LARGE)
    jobs.keep_file(job, name="Bo-mau.zip", content=b"PK")
    die(job)
    client = client_of(user_with(role, ward if place == "here" else WardFactory()))

    assert heading_of(client.get(page_of(job))) == NOT_FOUND
    assert heading_of(client.get(reverse("core:job_file", args=[job.pk]))) == NOT_FOUND
    with nothing_written():
        assert heading_of(client.post(reverse("core:job_restart", args=[job.pk]))) == NOT_FOUND


def test_a_file_is_its_owners_alone(client_of, ward, coordinator):
    job = begin(coordinator)
    jobs.keep_file(job, name="Bo-mau.zip", content=b"PK")
    Job.objects.update(next_path="")
    client = client_of(user_with(Role.COORDINATOR, ward))

    assert heading_of(client.get(page_of(job))) == NOT_FOUND
    assert heading_of(client.get(reverse("core:job_file", args=[job.pk]))) == NOT_FOUND
