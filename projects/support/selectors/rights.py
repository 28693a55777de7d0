"""Whose supports somebody writes: who coordinates writes all, a unit those of projects it leads."""

from django.db.models import F, Q, QuerySet

from households.field_access import Field, fields_throughout
from povertyplan.core.models import Area, User
from projects.choices import UnitRole
from projects.models import Support, SupportKind, WardProject
from projects.models.support import SupportKindQuerySet
from projects.programme.selectors.rights import leading_parts, units_of, writes_all


def names_health(user: User | None, ward: Area) -> bool:
    """Whether somebody reads which supports tell of illness or disability; a command does."""
    return user is None or Field.CONDITION in fields_throughout(user, ward)


def kinds_to_read(user: User, ward: Area) -> SupportKindQuerySet:
    """The kinds whose supports somebody reads."""
    kinds = SupportKind.objects.all()
    return kinds if names_health(user, ward) else kinds.filter(tells_of_health=False)


def may_write_for(user: User, ward: Area, ward_project: WardProject | None, year: int) -> bool:
    """Whether somebody records supports of a project in a year; without one, the coordinator."""
    if writes_all(user, ward):
        return True
    if ward_project is None:
        return False
    return leading_parts(user, ward).in_year(year).filter(ward_project=ward_project).exists()


def writable_projects(user: User, ward: Area, since: int) -> QuerySet[WardProject]:
    """The projects of a ward for which somebody records supports, those that ended before apart."""
    rows = WardProject.objects.filter(ward=ward, year_to__gte=since)
    if not writes_all(user, ward):
        leading = leading_parts(user, ward).filter(year_to__gte=since)
        rows = rows.filter(pk__in=leading.values("ward_project"))
    return rows.select_related("project__parent").order_by("project__programme", "project__order")


def writable(supports: QuerySet[Support], user: User, ward: Area) -> QuerySet[Support]:
    """Those of some supports that somebody takes further, or withdraws."""
    own = supports.filter(ward=ward)
    if not names_health(user, ward):
        own = own.filter(kind__tells_of_health=False)
    if writes_all(user, ward):
        return own
    leads = Q(
        ward_project__units__role=UnitRole.LEAD,
        ward_project__units__unit__in=units_of(user, ward),
        ward_project__units__year_from__lte=F("year"),
        ward_project__units__year_to__gte=F("year"),
    )
    return own.filter(pk__in=own.filter(leads).order_by().values("pk"))
