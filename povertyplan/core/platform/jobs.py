"""Long work: begun by a click, done by the worker, watched on a page that may be closed.

An app registers what it can do in its `jobs` module; a view calls `start` and shows the job.
Small work is done at once, in the request. A job may be run again after its process died, so what
it does must be one transaction, or harmless when repeated.
"""

import logging
import threading
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Min, Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.choices import JobState
from povertyplan.core.models import Area, Job, JobFile, User
from povertyplan.core.models.job import OPEN_STATES
from povertyplan.core.text import formatting

logger = logging.getLogger(__name__)

# So many rows take a second or two: nobody should be sent to a page of its own for that.
AT_ONCE = 2000
PULSE = 1.0  # seconds between two signs of life
SILENT_AFTER = timedelta(minutes=1)
UNCLAIMED_AFTER = timedelta(seconds=20)
# A worker that runs takes work within seconds, and takes back what died within a minute or two.
WORKER_SILENT_AFTER = timedelta(minutes=5)
TRIES = 3  # of a job that dies again and again, before it waits for somebody's click
KEPT_FOR, FILE_KEPT_FOR = timedelta(days=30), timedelta(days=1)

# Kept under no name: what a job works on.
INPUT = ""

NO_RIGHT = "Bạn không còn quyền làm việc này."
UNEXPECTED = "Có lỗi ngoài dự kiến nên chưa ghi gì. Thử lại; nếu vẫn lỗi, báo người quản trị."


class ProgressSink(Protocol):
    """Told by long work how far it is: what it is doing, and rows done of all."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None: ...


def ignore_progress(step: str, done: int = 0, total: int = 0) -> None:
    """Progress that nobody watches."""


Work = Callable[[Job, ProgressSink], None]
_works: dict[str, Work] = {}
# Short work that nobody begins: the worker looks every minute whether there is something to do.
standing_works: dict[str, Callable[[], object]] = {}


def register_standing(function: Callable[[], object]) -> None:
    """Have the worker call a function that finds out cheaply by itself what there is to do."""
    standing_works[function.__name__] = function


def work(kind: str) -> Callable[[Work], Work]:
    """Register what a job of a kind does; a ValidationError it raises is told to the owner."""

    def register(function: Work) -> Work:
        _works[kind] = function
        return function

    return register


def start(
    *,
    kind: str,
    subject: str,
    title: str,
    arguments: Mapping[str, object],
    size: int | None,
    view: str,
    back_path: str,
    next_path: str = "",
    ward: Area,
    by: User,
    in_turn: Collection[str] = (),
) -> Job:
    """Begin a job; done at once when its `size`, in rows, is small, never where it has none.

    Work done `in_turn` may have to wait for work of these kinds in the ward: in the worker.

    Begun twice it is one job. Raises ValidationError where somebody else's is at work on the
    subject, and where small work is refused.
    """
    discard_old()
    at_once = size is not None and size <= AT_ONCE
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                subject=subject,
                title=title,
                arguments=arguments,
                view=view,
                next_path=next_path,
                back_path=back_path,
                ward=ward,
                owner=by,
                created_at=clock.real_now(),
            )
            if not at_once:
                run_job.enqueue(job.pk)
    except IntegrityError:
        return _begun_before(subject, by)
    if at_once and in_turn and _is_crowded(job, in_turn):
        run_job.enqueue(job.pk)
    elif at_once:
        run(job)
    if job.state == JobState.FAILED:
        raise ValidationError(job.error)
    return job


def _is_crowded(job: Job, kinds: Collection[str]) -> bool:
    """Whether other work of these kinds waits or runs in the ward.

    Asked once the job is there for all to see: of two that begin at one moment, one sees the other.
    """
    others = Job.objects.open().filter(kind__in=kinds, ward=job.ward_id).exclude(pk=job.pk)
    return others.exists()


def _begun_before(subject: str, by: User) -> Job:
    job = Job.objects.select_related("owner").filter(subject=subject).open().first()
    if job is None:
        raise ValidationError("Việc này vừa chạy xong. Tải lại trang để xem kết quả.")
    if job.owner != by and restart(job, by=by):
        job.refresh_from_db()
    elif job.owner != by:
        raise ValidationError(
            f"{job.owner} đang chạy việc này từ {formatting.moment(job.created_at)}. "
            "Đợi xong rồi tải lại trang."
        )
    return job


def keep_file(job: Job, *, name: str, content: bytes) -> None:
    """Keep what a job made for its owner to take away."""
    JobFile.objects.update_or_create(
        job=job, defaults={"name": name, "size": len(content), "content": content}
    )


def keep_input(job: Job, content: bytes) -> None:
    """Keep what a job works on, and what came of it: nobody takes it away as a file."""
    keep_file(job, name=INPUT, content=content)


def input_of(job: Job) -> bytes | None:
    """What `keep_input` kept; None once it is discarded."""
    file = JobFile.objects.filter(job=job, name=INPUT).first()
    return bytes(file.content) if file else None


def file_to_take(job: Job) -> JobFile | None:
    """The file that a job made, without its content."""
    return JobFile.objects.filter(job=job).exclude(name=INPUT).defer("content").first()


def open_jobs(subjects: Iterable[str], *, by: User) -> dict[str, Job]:
    """The jobs at work that a user may watch, by their subject."""
    found = Job.objects.open().filter(subject__in=list(subjects)).select_related("ward")
    return {job.subject: job for job in found if may_watch(job, by)}


def may_watch(job: Job, user: User) -> bool:
    """Whether a job is the user's, or one that they could begin themselves.

    A file that it made is its owner's alone.
    """
    if job.owner_id == user.pk:
        return True
    is_shared = job.is_open or job.next_path != ""
    return is_shared and may_open(user, job.view, area=job.ward, writing=True)


def latest_job(subject: str, *, by: User) -> Job | None:
    """The user's last job on a subject, unless it failed or its file is gone."""
    jobs = Job.objects.visible_to(by).filter(subject=subject)
    return jobs.filter(Q(state__in=OPEN_STATES) | Q(file__isnull=False)).first()


def is_silent(job: Job, now: datetime) -> bool:
    """Whether a running job has given no sign of life for so long that its process may be dead.

    An import that holds the only writing place of SQLite cannot write its signs either; running
    it again then waits until it is done, and finds it done.
    """
    heard_at = job.heartbeat_at
    return job.state == JobState.RUNNING and heard_at is not None and heard_at < now - SILENT_AFTER


def is_unclaimed(job: Job, now: datetime) -> bool:
    """Whether no worker has taken a waiting job for longer than the worker's pause."""
    return job.state == JobState.WAITING and job.created_at < now - UNCLAIMED_AFTER


@transaction.atomic
def restart(job: Job, *, by: User | None = None) -> bool:
    """Put a job whose process died back into the queue; any other is left alone.

    Whoever runs it again owns it from then on, so that their right is asked, and what it makes is
    theirs; the worker leaves it to its owner. Of two at one moment one does. Returns whether it
    was put back.
    """
    now = clock.real_now()
    dead = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER
    )
    owner = by.pk if by else job.owner_id
    is_back = bool(dead.update(state=JobState.WAITING, created_at=now, owner=owner))
    if is_back:
        run_job.enqueue(job.pk)
    return is_back


def worker_silent_since() -> datetime | None:
    """Since when work waits, or has given no sign of life, while no other work goes on.

    A worker that does one long thing lets the others wait, and is not silent.
    """
    now = clock.real_now()
    running = Job.objects.filter(state=JobState.RUNNING)
    if running.filter(heartbeat_at__gte=now - SILENT_AFTER).exists():
        return None
    waiting = Job.objects.filter(state=JobState.WAITING).aggregate(since=Min("created_at"))
    # What died too often waits for somebody's click, not for the worker.
    heard = [job.heartbeat_at for job in running if _tasks_of(job).count() < TRIES]
    since = min((each for each in (waiting["since"], *heard) if each), default=None)
    return since if since and since < now - WORKER_SILENT_AFTER else None


def take_back_dead() -> int:
    """Put jobs whose process died back into the queue, and those the queue lost; returns how many.

    One that died so often is left for people: the work itself may be what ends the process.
    """
    limit = clock.real_now() - SILENT_AFTER
    back = 0
    for job in Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=limit):
        if _tasks_of(job).count() < TRIES:
            restart(job)
            back += 1
    for job in Job.objects.filter(state=JobState.WAITING, created_at__lt=limit):
        tasks = _tasks_of(job)
        if tasks.count() < TRIES and not tasks.ready().exists():
            run_job.enqueue(job.pk)
            back += 1
    return back


def _tasks_of(job: Job) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(task_path=run_job.module_path, args_kwargs__args=[job.pk])


def discard_old() -> None:
    """Delete files after a day; finished jobs, and the worker's own records, after thirty."""
    now = clock.real_now()
    JobFile.objects.filter(job__finished_at__lt=now - FILE_KEPT_FOR).delete()
    since = now - KEPT_FOR
    Job.objects.filter(finished_at__lt=since).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=since).delete()


@task
def run_job(pk: int) -> None:
    """Run by the worker: one job, with a pulse."""
    job = Job.objects.select_related("owner", "ward").filter(pk=pk).first()
    if job is not None:
        run(job, watched=True)


def run(job: Job, *, watched: bool = False) -> None:
    """Do a job that is waiting, and write down how it ended. `job` is brought up to date.

    A watched job writes its progress over a connection of its own, so that it is seen while the
    transaction of the work is still open.
    """
    job.heartbeat_at = clock.real_now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not waiting.update(state=JobState.RUNNING, heartbeat_at=job.heartbeat_at):
        return
    try:
        with _pulse(job) if watched else nullcontext(ignore_progress) as progress:
            if not _still_may(job):
                raise ValidationError(NO_RIGHT)
            _works[job.kind](job, progress)
    except ValidationError as refused:
        _finish(job, JobState.FAILED, error=" ".join(refused.messages))
    except Exception as error:
        if watched and isinstance(error, (OperationalError, InterfaceError)):
            # Nothing was written, nothing can be said now: without a pulse it is taken back.
            raise
        # The message of an error can name people: the log gets its kind and place alone.
        logger.error(
            "Job %s (%s) failed: %s at %s", job.pk, job.kind, type(error).__name__, _place(error)
        )
        _finish(job, JobState.FAILED, error=UNEXPECTED)
    else:
        _finish(job, JobState.DONE)


def _place(error: Exception) -> str:
    """The file and line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def _still_may(job: Job) -> bool:
    """Whether the owner may still begin it; the work sees and writes with those grants alone."""
    opening = user_opening(job.owner, job.view, writing=True)
    job.owner.grants_in_use = opening.grants_in_use
    return job.owner.is_active and may_open(job.owner, job.view, area=job.ward, writing=True)


def _finish(job: Job, state: JobState, *, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error, clock.real_now()
    job.save(update_fields=["state", "error", "finished_at"])


@contextmanager
def _pulse(job: Job) -> Iterator[ProgressSink]:
    pulse = Pulse(job.pk)
    pulse.start()
    try:
        yield pulse.tell
    finally:
        pulse.stop()


class Pulse(threading.Thread):
    """Writes every second that a job is alive and how far it is."""

    def __init__(self, pk: int):
        super().__init__(daemon=True)
        self.pk = pk
        self.facts: dict[str, str | int] = {}
        self.ended = threading.Event()

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        self.facts = {"step": step, "done": done, "total": total}

    def run(self) -> None:
        try:
            while not self.ended.wait(PULSE):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        # On SQLite the work itself may hold the only place to write: the next beat tells.
        with suppress(OperationalError):
            Job.objects.filter(pk=self.pk, state=JobState.RUNNING).update(
                heartbeat_at=clock.real_now(), **self.facts
            )

    def stop(self) -> None:
        self.ended.set()
        self.join()
