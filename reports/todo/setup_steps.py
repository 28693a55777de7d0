"""What is missing before a new ward can work, for those who can set it up; a query a ward."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from households.models import AreaYear, Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import WARD
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area, RoleGrant, Unit, User
from reports.choices import SetupPart

VIEWS = {
    SetupPart.VILLAGES: "households:village_list",
    SetupPart.UNITS: "core:unit_list",
    SetupPart.POPULATIONS: "households:population_list",
    SetupPart.USERS: "core:user_list",
    SetupPart.FIRST_LIST: "households:import_list",
}


@dataclass(frozen=True)
class SetupStep:
    """A part of a ward that nobody has entered, and the page that takes it.

    `ward` is named to those who work in several.
    """

    part: SetupPart
    url: str
    ward: Area | None = None


def missing_steps(user: User) -> list[SetupStep]:
    """The steps left that the user may take, ward by ward in their order."""
    return [step for ward in user.wards for step in _steps_in(ward, user)]


def _steps_in(ward: Area, user: User) -> Iterator[SetupStep]:
    theirs = {part for part, view in VIEWS.items() if may_open(user, view, area=ward)}
    is_only = len(user.wards) == 1
    for part in _missing(ward) if theirs else ():
        if part in theirs:
            url = reverse(VIEWS[part])
            if is_only:
                yield SetupStep(part, url)
            else:
                yield SetupStep(part, f"{url}?{WARD}={ward.pk}", ward)


def _missing(ward: Area) -> Iterator[SetupPart]:
    coordinators = RoleGrant.objects.in_force(clock.today()).filter(role=Role.COORDINATOR)
    found = Area.objects.filter(pk=ward.pk).annotate(
        villages_there=Exists(Area.objects.filter(parent=OuterRef("pk"), kind=AreaKind.VILLAGE)),
        units_there=Exists(Unit.objects.filter(ward=OuterRef("pk"))),
        totals_there=Exists(AreaYear.objects.filter(ward=OuterRef("pk"))),
        coordinators_there=Exists(coordinators.filter(area=OuterRef("pk"))),
        households_there=Exists(Household.objects.filter(ward=OuterRef("pk"))),
    )
    ward = found.get()
    if not ward.villages_there:
        yield SetupPart.VILLAGES
    if not ward.units_there:
        yield SetupPart.UNITS
    if ward.villages_there and not ward.totals_there:
        yield SetupPart.POPULATIONS
    if not ward.coordinators_there:
        yield SetupPart.USERS
    if ward.villages_there and not ward.households_there:
        yield SetupPart.FIRST_LIST
