"""Long files of registers: looked at, and written, by the worker while nobody waits.

What a job reads and what came of it stands in its own file: the lines of the file, then the
preview, its faults, or what was written.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from povertyplan.core.models import Area, Job, User
from povertyplan.core.platform import jobs
from povertyplan.core.registers import presenters as say
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.registers.writing import (
    LineChange,
    RowOutcome,
    digest_of,
    watching_lines,
)

# So many lines are looked at in a second or two.
AT_ONCE = 200
READ, WRITE = "register_read", "register_write"
GONE = "Bảng xem trước chỉ được giữ một ngày nên không còn nữa. Gửi lại tệp."


@dataclass(frozen=True)
class RegisterPlace:
    """Where the pages of a register are: the view that begins its work, and the way back."""

    view: str
    back_path: str
    result_path: str  # of a job, by its key


@dataclass(frozen=True)
class RegisterResult:
    """What a job found: what the file comes to, what is wrong with it, or what was written."""

    table: RegisterTable
    outcomes: tuple[RowOutcome, ...] = ()
    faults: tuple[str, ...] = ()
    written: str = ""
    notice: str = ""

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def of(cls, content: bytes) -> "RegisterResult":
        kept = json.loads(content)
        return cls(
            table=_table_of(kept["table"]),
            outcomes=tuple(_outcome_of(each) for each in kept["outcomes"]),
            faults=tuple(kept["faults"]),
            written=kept["written"],
            notice=kept["notice"],
        )


@dataclass
class NamedRegisters:
    """The registers of the site, by name: a job knows only that."""

    known: dict[str, ExcelRegister] = field(default_factory=dict)

    def add(self, register: ExcelRegister) -> None:
        self.known[register.name] = register

    def find(self, name: str) -> ExcelRegister:
        if name not in self.known:
            import_module(settings.ROOT_URLCONF)  # the pages name them
        return self.known[name]


registers = NamedRegisters()


def begin_reading(
    *, register: ExcelRegister, table: RegisterTable, ward: Area, by: User, place: RegisterPlace
) -> Job:
    """Have the worker look at the lines of a file."""
    title = f"Xem trước tệp: {register.words.title}"
    return _begin(READ, register, table, ward, by, place, title)


def begin_writing(
    *,
    register: ExcelRegister,
    result: RegisterResult,
    ward: Area,
    by: User,
    place: RegisterPlace,
) -> Job:
    """Have the worker write the lines whose preview was looked at."""
    title = f"Ghi tệp: {register.words.title}"
    seen = digest_of(result.outcomes)
    return _begin(WRITE, register, result.table, ward, by, place, title, seen=seen)


def result_of(job: Job) -> RegisterResult:
    """What a finished job found. Raises ValidationError once it is discarded."""
    content = jobs.input_of(job)
    if content is None:
        raise ValidationError(GONE)
    return RegisterResult.of(content)


def _begin(
    kind: str,
    register: ExcelRegister,
    table: RegisterTable,
    ward: Area,
    by: User,
    place: RegisterPlace,
    title: str,
    **more: str,
) -> Job:
    """The job with its lines, both or none: the worker never finds one without them."""
    with transaction.atomic():
        job = jobs.start(
            kind=kind,
            subject=f"{kind}:{register.name}:{ward.pk}:{table.digest[:16]}",
            title=title,
            arguments={"register": register.name, "shared": register.is_shared, **more},
            size=None,
            view=place.view,
            back_path=place.back_path,
            ward=ward,
            by=by,
        )
        if not job.next_path:
            job.next_path = place.result_path.format(job=job.pk)
            job.save(update_fields=["next_path"])
            jobs.keep_input(job, RegisterResult(table).as_bytes())
    return job


@jobs.work(READ)
def _read(job: Job, progress: jobs.ProgressSink) -> None:
    """Keep what the lines come to, or everything that is wrong with them."""
    register, ward, table = _given(job)
    jobs.keep_input(job, _look_at(register, ward, table, job.owner, progress).as_bytes())


@jobs.work(WRITE)
def _write(job: Job, progress: jobs.ProgressSink) -> None:
    """Write the lines if they still come to what was looked at; else keep what they come to now.

    Lines that are all written already, by this job before its process died, are no change.
    """
    register, ward, table = _given(job)
    found = _look_at(register, ward, table, job.owner, progress)
    if found.faults:
        result = found
    elif all(each.is_same for each in found.outcomes):
        words = say.describe_written(found.outcomes, register.words)
        result = RegisterResult(table, written=words)
    elif digest_of(found.outcomes) != job.arguments["seen"]:
        result = RegisterResult(table, found.outcomes, notice=say.CHANGED_MEANWHILE)
    else:
        result = _write_lines(register, ward, table, job.owner, progress)
    jobs.keep_input(job, result.as_bytes())


def _look_at(
    register: ExcelRegister,
    ward: Area | None,
    table: RegisterTable,
    by: User,
    progress: jobs.ProgressSink,
) -> RegisterResult:
    def tell(done: int, total: int) -> None:
        progress("Xem từng dòng", done, total)

    try:
        with watching_lines(tell, len(table.lines)):
            found = register.preview(table=table, ward=ward, by=by)
    except ValidationError as refused:
        return RegisterResult(table, faults=tuple(refused.messages))
    return RegisterResult(table, outcomes=tuple(found))


def _write_lines(
    register: ExcelRegister,
    ward: Area | None,
    table: RegisterTable,
    by: User,
    progress: jobs.ProgressSink,
) -> RegisterResult:
    def tell(done: int, total: int) -> None:
        progress("Ghi từng dòng", done, total)

    try:
        with watching_lines(tell, len(table.lines)):
            written = register.import_table(table=table, ward=ward, by=by)
    except ValidationError as refused:
        return RegisterResult(table, faults=tuple(refused.messages))
    return RegisterResult(table, written=say.describe_written(written, register.words))


def _given(job: Job) -> tuple[ExcelRegister, Area | None, RegisterTable]:
    register = registers.find(job.arguments["register"])
    ward = None if job.arguments["shared"] else job.ward
    if ward is not None and register.refuse:
        try:
            register.refuse(job.owner, ward)
        except PermissionDenied as denied:
            raise ValidationError(str(denied)) from denied
    return register, ward, result_of(job).table


def _table_of(kept: dict[str, Any]) -> RegisterTable:
    lines: Sequence = kept["lines"]
    return RegisterTable(
        tuple(kept["headings"]), tuple((number, tuple(cells)) for number, cells in lines)
    )


def _outcome_of(kept: dict[str, Any]) -> RowOutcome:
    values = kept | {"change": LineChange(kept["change"]), "warnings": tuple(kept["warnings"])}
    return RowOutcome(**values)
