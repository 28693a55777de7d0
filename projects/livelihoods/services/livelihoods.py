"""Livelihood projects of a ward: begun, worded otherwise, stopped."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.periods.locked import (
    explain_lock,
    lock_of_year,
    refuse_locked_day,
    refuse_locked_since,
)
from povertyplan.core.platform import versions
from povertyplan.core.platform.changing import change_record
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import LivelihoodKind, LivelihoodStage
from projects.livelihoods.selectors import may_write_livelihood
from projects.models import Livelihood, LivelihoodStep, WardProject

ANOTHER_UNITS = "Mô hình của dự án này do đơn vị chủ trì dự án ghi."
YEARS_IN_ORDER = "Năm cuối không được trước năm đầu."
NOT_CARRIED_OUT = "Phường, xã thực hiện dự án này trong {years}."
FOREIGN_UNIT = "Chọn đơn vị của phường, xã."
NAME_MISSING = "Nhập tên mô hình, dự án."
NAMED_TWICE = "Dự án đã có mô hình tên này bắt đầu từ năm đó."
KIND_IS_SET = "Mô hình đã có bước thực hiện: không đổi hình thức, năm bắt đầu."
STOPPED = "Mô hình đã dừng, không ghi thêm được."
FINISHED = "Mô hình đã kết thúc, không dừng được nữa."
REASON_MISSING = "Nêu lý do."
DAY_TO_COME = "Ngày này chưa đến."
BEFORE_STEPS = "Không được trước bước đã ghi ngày {day}."


@dataclass(frozen=True)
class LivelihoodInput:
    """A livelihood project as a form describes it."""

    kind: LivelihoodKind
    name: str
    year_from: int
    year_to: int
    place: str = ""
    content: str = ""
    owner: Unit | None = None


@audit.business_act(label="Lập mô hình sinh kế")
def add_livelihood(
    *, ward_project: WardProject, details: LivelihoodInput, key: str | None = None, by: User
) -> Livelihood:
    """Begin one under a ward's project. Raises ValidationError by field, and PermissionDenied."""
    refuse_others(by, ward_project.ward, ward_project.pk, details.year_from)

    def create() -> Livelihood:
        hold_livelihoods(ward_project.ward)
        _refuse(ward_project, details)
        made = Livelihood.objects.create(
            ward=ward_project.ward, ward_project=ward_project, **_stored(details)
        )
        summary = f"{ward_project.project}: lập mô hình {made} ({made.get_kind_display()})."
        audit.record(made, summary, ward=made.ward)
        return made

    content = _stored(details) | {"owner": details.owner.pk if details.owner else None}
    content["ward_project"] = ward_project.pk
    return once(
        key=key, act="add_livelihood", content=content, model=Livelihood, create=create, by=by
    )


@audit.business_act(label="Sửa mô hình sinh kế")
def change_livelihood(
    *, livelihood: Livelihood, details: LivelihoodInput, version: int | None, by: User
) -> Livelihood:
    """Word one otherwise. Raises ValidationError by field, StaleVersion, PermissionDenied."""
    refuse_writer(by, livelihood)
    hold_livelihoods(livelihood.ward)
    current = Livelihood.objects.select_related("ward_project__project").get(pk=livelihood.pk)
    refuse_stopped(current)
    begun = LivelihoodStep.objects.standing().filter(livelihood=current).exists()
    if begun and (details.kind, details.year_from) != (current.kind, current.year_from):
        raise ValidationError({"kind": KIND_IS_SET})
    _refuse(current.ward_project, details, besides=current)
    if begun:
        _refuse_locked_years(current, details.year_to)
    return change_record(current, _stored(details), version=version, ward=livelihood.ward)


@audit.business_act(label="Dừng mô hình sinh kế")
def stop_livelihood(
    *, livelihood: Livelihood, on: date, reason: str, version: int | None, by: User
) -> Livelihood:
    """It goes on no further; it stays, with the reason. Raises ValidationError, StaleVersion."""
    refuse_writer(by, livelihood)
    hold_livelihoods(livelihood.ward)
    current = Livelihood.objects.get(pk=livelihood.pk)
    versions.check(current, version)
    refuse_stopped(current)
    steps = LivelihoodStep.objects.standing().filter(livelihood=current)
    days = {step.stage: step.on for step in steps}
    if LivelihoodStage.FINISHED in days:
        raise ValidationError(FINISHED)
    faults, stated = {}, normalise_text(reason)
    if fault := reason_fault(stated, REASON_MISSING):
        faults["reason"] = fault
    if on > clock.today():
        faults["on"] = DAY_TO_COME
    elif days and on < max(days.values()):
        faults["on"] = BEFORE_STEPS.format(day=formatting.day(max(days.values())))
    if faults:
        raise ValidationError(faults)
    refuse_counted(livelihood, on)
    versions.update(current, version=version, stopped_on=on, stop_reason=stated)
    audit.record(
        current,
        f"Dừng mô hình {current} từ ngày {formatting.day(on)}.",
        ward=livelihood.ward,
        reason=stated,
    )
    return current


def hold_livelihoods(ward: Area) -> None:
    locks.wait_turn("livelihood", ward.pk)


def refuse_writer(by: User, livelihood: Livelihood) -> None:
    refuse_others(by, livelihood.ward, livelihood.ward_project_id, livelihood.year_from)


def refuse_others(by: User, ward: Area, ward_project: int, year: int) -> None:
    if not may_write_livelihood(by, ward, ward_project, year):
        raise PermissionDenied(ANOTHER_UNITS)


def refuse_stopped(livelihood: Livelihood) -> None:
    if livelihood.stopped_on is not None:
        raise ValidationError(STOPPED)


def _refuse(
    ward_project: WardProject, details: LivelihoodInput, besides: Livelihood | None = None
) -> None:
    faults = {}
    if not details.name:
        faults["name"] = NAME_MISSING
    first, last = ward_project.year_from, ward_project.year_to
    if details.year_to < details.year_from:
        faults["year_to"] = YEARS_IN_ORDER
    elif not first <= details.year_from <= last:
        faults["year_from"] = NOT_CARRIED_OUT.format(years=formatting.years(first, last))
    elif details.year_to > last:
        faults["year_to"] = NOT_CARRIED_OUT.format(years=formatting.years(first, last))
    if details.owner is not None and details.owner.ward_id != ward_project.ward_id:
        faults["owner"] = FOREIGN_UNIT
    same = Livelihood.objects.filter(
        ward_project=ward_project, name=details.name, year_from=details.year_from
    )
    if same.exclude(pk=besides.pk if besides else 0).exists():
        faults["name"] = NAMED_TWICE
    if faults:
        raise ValidationError(faults)


def refuse_counted(livelihood: Livelihood, day: date, *, is_approval: bool = False) -> None:
    """Raise ValidationError where what happens on a day changes locked figures.

    One that was approved counts in every year of its term: who joins or leaves, and its end,
    change the years after the day, too.
    """
    refuse_locked_day(livelihood.ward, day)
    approved = LivelihoodStep.objects.standing().filter(
        livelihood=livelihood, stage=LivelihoodStage.APPROVED
    )
    if is_approval or approved.exists():
        refuse_locked_since(livelihood.ward, day, until=livelihood.year_to)


def _refuse_locked_years(livelihood: Livelihood, last: int) -> None:
    """A year that enters or leaves the term of one that counts, and whose figures are locked."""
    first, second = sorted((livelihood.year_to, last))
    for year in range(first + 1, second + 1):
        if lock := lock_of_year(livelihood.ward, year):
            raise ValidationError({"year_to": explain_lock(lock)})


def _stored(details: LivelihoodInput) -> dict[str, object]:
    return {name: getattr(details, name) for name in LivelihoodInput.__dataclass_fields__}
