"""Activities of a ward's project: planned, changed, reported, taken off the list."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Unit, User
from povertyplan.core.periods.locked import refuse_locked_year
from povertyplan.core.platform import versions
from povertyplan.core.platform.changing import change_record
from povertyplan.core.platform.submissions import once
from povertyplan.core.text.reasons import stated_reason
from projects.models import Activity, WardProject
from projects.programme.selectors.activities import activity_facts
from projects.programme.selectors.rights import projects_to_write, units_of, writes_all
from projects.programme.services.ward_projects import hold_ward
from projects.rules.activities import ActivityFacts, activity_faults

YEAR_NOT_CARRIED_OUT = "Phường, xã không thực hiện dự án này trong năm {year}."
FOREIGN_UNIT = "Chọn đơn vị của phường, xã."
REASON_MISSING = "Nêu lý do bỏ hoạt động."
DUE_IS_SET = "Hạn đã định do cán bộ giảm nghèo của phường, xã thay đổi."
ANOTHER_UNITS = "Hoạt động này do đơn vị khác phụ trách."


@dataclass(frozen=True)
class ActivityInput:
    """An activity as it is planned."""

    name: str
    quantity: Decimal | None = None
    quantity_unit: str = ""
    owner: Unit | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class ActivityResult:
    """What an activity came to; without a day it is not done."""

    done_on: date | None = None
    done_quantity: Decimal | None = None
    evidence: str = ""


@audit.business_act(label="Thêm hoạt động của dự án")
def add_activity(
    *, ward_project: WardProject, year: int, details: ActivityInput, key: str | None, by: User
) -> Activity:
    """Plan an activity for a year. Raises ValidationError keyed by field, and PermissionDenied."""
    _refuse_another(by, ward_project, year)
    refuse_locked_year(ward_project.ward, year)

    def create() -> Activity:
        _refuse(ward_project, ActivityFacts(year=year, **_facts_of(details)), details.owner)
        activity = Activity.objects.create(
            ward=ward_project.ward, ward_project=ward_project, year=year, **_stored(details)
        )
        summary = f"{ward_project.project}, năm {year}: thêm hoạt động {activity}."
        audit.record(activity, summary, ward=ward_project.ward)
        return activity

    content = {"project": ward_project.pk, "year": year, **_stored(details)}
    content["owner"] = details.owner.pk if details.owner else None
    return once(key=key, act="add_activity", content=content, model=Activity, create=create, by=by)


@audit.business_act(label="Sửa hoạt động của dự án")
def change_activity(
    *, activity: Activity, details: ActivityInput, version: int | None, by: User
) -> Activity:
    """Plan it otherwise. Raises ValidationError keyed by field, StaleVersion, PermissionDenied."""
    _refuse_another(by, activity.ward_project, activity.year)
    refuse_locked_year(activity.ward, activity.year)
    facts = replace(activity_facts(activity), **_facts_of(details))
    _refuse(activity.ward_project, facts, details.owner)
    if details.due_on != activity.due_on and not may_move_due(by, activity):
        raise ValidationError({"due_on": DUE_IS_SET})
    return change_record(activity, _stored(details), version=version, ward=activity.ward)


@audit.business_act(label="Báo cáo hoạt động của dự án")
def report_activity(
    *, activity: Activity, result: ActivityResult, version: int | None, by: User
) -> Activity:
    """Say what it came to. Raises ValidationError by field, StaleVersion, PermissionDenied."""
    if not may_report_activity(by, activity):
        raise PermissionDenied(ANOTHER_UNITS)
    refuse_locked_year(activity.ward, activity.year)
    facts = ActivityFacts(
        year=activity.year, done_on=result.done_on, done_quantity=result.done_quantity
    )
    if faults := activity_faults(facts, clock.today()):
        raise ValidationError(faults)
    return change_record(activity, asdict(result), version=version, ward=activity.ward)


@audit.business_act(label="Bỏ hoạt động của dự án")
def remove_activity(*, activity: Activity, reason: str, version: int | None, by: User) -> Activity:
    """Take it off the list; the journal keeps it with the reason."""
    _refuse_another(by, activity.ward_project, activity.year)
    refuse_locked_year(activity.ward, activity.year)
    stated = stated_reason(reason, REASON_MISSING)
    hold_ward(activity.ward)
    current = Activity.objects.get(pk=activity.pk)
    versions.check(current, version)
    current.delete()
    summary = f"{activity.ward_project.project}, năm {activity.year}: bỏ hoạt động {activity}."
    audit.record(activity, summary, ward=activity.ward, reason=stated)
    return activity


def may_move_due(user: User, activity: Activity) -> bool:
    """Whether a user sets the day: a unit gives a first one, and moves none it was given."""
    return activity.due_on is None or writes_all(user, activity.ward)


def may_report_activity(user: User, activity: Activity) -> bool:
    """Whether a user says what an activity came to: its unit, that of the project, who collects."""
    ward = activity.ward
    if writes_all(user, ward) or activity.owner_id in units_of(user, ward):
        return True
    led = projects_to_write(user, ward, activity.year)
    return led.filter(pk=activity.ward_project_id).exists()


def _refuse_another(by: User, ward_project: WardProject, year: int) -> None:
    led = projects_to_write(by, ward_project.ward, year)
    if not writes_all(by, ward_project.ward) and not led.filter(pk=ward_project.pk).exists():
        raise PermissionDenied(ANOTHER_UNITS)


def _refuse(ward_project: WardProject, facts: ActivityFacts, owner: Unit | None) -> None:
    faults: dict[str, str] = activity_faults(facts, clock.today())
    if owner is not None and owner.ward_id != ward_project.ward_id:
        faults["owner"] = FOREIGN_UNIT
    if not ward_project.year_from <= facts.year <= ward_project.year_to:
        raise ValidationError(YEAR_NOT_CARRIED_OUT.format(year=facts.year))
    if faults:
        raise ValidationError(faults)


def _facts_of(details: ActivityInput) -> dict[str, Any]:
    return {name: getattr(details, name) for name in ("quantity", "quantity_unit", "due_on")}


def _stored(details: ActivityInput) -> dict[str, Any]:
    return {name: getattr(details, name) for name in ActivityInput.__dataclass_fields__}
