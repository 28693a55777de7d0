"""Whose supports somebody writes: who coordinates writes all, a unit those of projects it leads."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from projects.choices import UnitRole
from projects.models import ProjectUnit, Support, WardProject


def writes_all(user: User, ward: Area) -> bool:
    return any(grant.role == Role.COORDINATOR for grant in _grants_over(user, ward))


def may_write_for(user: User, ward: Area, ward_project: WardProject | None, year: int) -> bool:
    """Whether somebody records supports of a project in a year; without one, the coordinator."""
    if writes_all(user, ward):
        return True
    if ward_project is None:
        return False
    return _leading(user, ward).in_year(year).filter(ward_project=ward_project).exists()


def writable_projects(user: User, ward: Area, since: int) -> QuerySet[WardProject]:
    """The projects of a ward for which somebody records supports, those that ended before apart."""
    rows = WardProject.objects.filter(ward=ward, year_to__gte=since)
    if not writes_all(user, ward):
        leading = _leading(user, ward).filter(year_to__gte=since)
        rows = rows.filter(pk__in=leading.values("ward_project"))
    return rows.select_related("project__parent").order_by("project__programme", "project__order")


def writable(supports: QuerySet[Support], user: User, ward: Area) -> QuerySet[Support]:
    """Those of some supports that somebody takes further, or withdraws."""
    own = supports.filter(ward=ward)
    if writes_all(user, ward):
        return own
    leads = Q(
        ward_project__units__role=UnitRole.LEAD,
        ward_project__units__unit__in=_units(user, ward),
        ward_project__units__year_from__lte=F("year"),
        ward_project__units__year_to__gte=F("year"),
    )
    return own.filter(pk__in=own.filter(leads).order_by().values("pk"))


def _leading(user: User, ward: Area):
    rows = ProjectUnit.objects.filter(ward_project__ward=ward, role=UnitRole.LEAD)
    return rows.filter(unit__in=_units(user, ward))


def _units(user: User, ward: Area) -> list[int]:
    return [
        grant.unit_id
        for grant in _grants_over(user, ward)
        if grant.role == Role.UNIT_REPORTER and grant.unit_id is not None
    ]


def _grants_over(user: User, ward: Area) -> Iterable[RoleGrant]:
    return (each for each in user.grants_in_use if ward.path.startswith(each.area.path))
