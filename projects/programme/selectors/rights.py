"""Who writes about which of a ward's projects: the coordinator all, a unit those that it leads.

Beside these a unit writes what a duty of its own names.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, User
from projects.choices import UnitDutyKind, UnitRole
from projects.models import ProjectUnit, UnitDuty, WardProject
from projects.models.component import ProjectUnitQuerySet


def writes_all(user: User, ward: Area) -> bool:
    """Whether a user writes about every project of a ward."""
    return any(grant.role == Role.COORDINATOR for grant in _grants(user, ward))


def units_of(user: User, ward: Area) -> frozenset[int]:
    """The units of a ward for which a user reports."""
    return frozenset(
        grant.unit_id
        for grant in _grants(user, ward)
        if grant.role == Role.UNIT_REPORTER and grant.unit_id is not None
    )


def has_duty(user: User, ward: Area, duty: UnitDutyKind) -> bool:
    """Whether a unit for which a user reports has a duty in a ward today."""
    units = units_of(user, ward)
    if not units:
        return False
    held = UnitDuty.objects.in_force(clock.today()).filter(ward=ward, duty=duty)
    return held.filter(unit__in=units).exists()


@dataclass(frozen=True)
class DutyLine:
    """A duty of a unit, and whether it holds on the day of the page."""

    duty: UnitDuty
    holds: bool


def duty_lines(*, ward: Area, today: date) -> list[DutyLine]:
    """The duties that a ward gave to units: those in force first, then the latest."""
    rows = UnitDuty.objects.filter(ward=ward).select_related("unit").order_by("duty", "-valid_from")
    lines = [DutyLine(row, _holds(row, today)) for row in rows]
    return sorted(lines, key=lambda line: not line.holds)


def duties_of(user: User, ward: Area) -> list[UnitDuty]:
    """What the units have today for which a user reports."""
    held = UnitDuty.objects.in_force(clock.today()).filter(ward=ward)
    return list(held.filter(unit__in=units_of(user, ward)).select_related("unit"))


def _holds(duty: UnitDuty, on: date) -> bool:
    return duty.valid_from <= on and (duty.valid_to is None or duty.valid_to >= on)


def leading_parts(user: User, ward: Area) -> ProjectUnitQuerySet:
    """The parts, each with its years, in which a user's units lead projects of a ward."""
    rows = ProjectUnit.objects.filter(ward_project__ward=ward, role=UnitRole.LEAD)
    return rows.filter(unit__in=units_of(user, ward))


def projects_to_write(user: User, ward: Area, year: int) -> QuerySet[WardProject]:
    """The projects of a ward's year about which a user writes."""
    rows = WardProject.objects.of_year(ward, year)
    if writes_all(user, ward):
        return rows
    return rows.filter(pk__in=leading_parts(user, ward).in_year(year).values("ward_project"))


def _grants(user: User, ward: Area):
    return [grant for grant in user.grants_in_use if ward.path.startswith(grant.area.path)]
