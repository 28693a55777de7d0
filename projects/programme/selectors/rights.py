"""Who writes about which of a ward's projects: the coordinator all, a unit those that it leads."""

from django.db.models import QuerySet

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, User
from projects.choices import UnitRole
from projects.models import ProjectUnit, WardProject
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
