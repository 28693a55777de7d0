"""Whom an administrator looks after: users with a role inside the areas they administer.

What touches the whole account (password, second factor, disabling it) is theirs only while every
role of the user lies inside: nobody takes over an account that reaches further than their own.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django_otp.plugins.otp_totp.models import TOTPDevice

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.core.models.area import PLACE_ORDER
from povertyplan.core.text.vietnamese import sort_key


@dataclass(frozen=True)
class Account:
    """A user with the roles inside the administrator's areas, the latest first.

    `reaches_outside` says that a role elsewhere goes on; `has_device` that the second factor
    is on.
    """

    user: User
    grants: list[RoleGrant]
    reaches_outside: bool
    has_device: bool

    @property
    def current(self) -> list[RoleGrant]:
        return [grant for grant in self.grants if grant.is_in_force(clock.today())]


def administered_paths(administrator: User) -> list[str]:
    """The paths of the areas that somebody administers today."""
    return [
        grant.area.path for grant in administrator.grants_in_use if grant.role == Role.ADMINISTRATOR
    ]


def users_of(administrator: User) -> QuerySet[User]:
    """The users who have, had or will have a role inside the areas."""
    inside = RoleGrant.objects.filter(_inside(administrator, "area__path"), user=OuterRef("pk"))
    return User.objects.filter(Exists(inside))


def accounts_of(administrator: User, users: QuerySet[User]) -> list[Account]:
    """Those of `users` with their roles, by given name; disabled ones last.

    The number of queries does not grow with them.
    """
    paths = tuple(administered_paths(administrator))
    with_devices = set(
        TOTPDevice.objects.filter(user__in=users, confirmed=True).values_list("user", flat=True)
    )
    accounts = []
    for user in users.prefetch_related("grants__area", "grants__unit"):
        grants = sorted(user.grants.all(), key=lambda grant: grant.valid_from, reverse=True)
        inside = [grant for grant in grants if grant.area.path.startswith(paths)]
        outside = [grant for grant in grants if grant not in inside]
        accounts.append(
            Account(
                user=user,
                grants=inside,
                reaches_outside=not all(grant.is_over(clock.today()) for grant in outside),
                has_device=user.pk in with_devices,
            )
        )
    return sorted(
        accounts, key=lambda each: (not each.user.is_active, sort_key(each.user.full_name))
    )


def looks_after(administrator: User, user: User) -> bool:
    """Whether the whole account is the administrator's to look after."""
    paths = tuple(administered_paths(administrator))
    if not paths:
        return False
    grants = list(user.grants.select_related("area"))
    today = clock.today()
    inside = [grant.area.path.startswith(paths) for grant in grants]
    going_on = [
        is_inside
        for grant, is_inside in zip(grants, inside, strict=True)
        if not grant.is_over(today)
    ]
    return any(inside) and all(going_on)


def areas_for(administrator: User) -> QuerySet[Area]:
    """Where an administrator may give a role."""
    areas = Area.objects.filter(_inside(administrator, "path"), valid_to=None)
    return areas.order_by(Coalesce("parent__path", Value("")), *PLACE_ORDER, "pk")


def units_for(administrator: User) -> QuerySet[Unit]:
    return Unit.objects.current().filter(_inside(administrator, "ward__path")).order_by("order")


def _inside(administrator: User, lookup: str) -> Q:
    condition = Q(pk__in=[])
    for path in administered_paths(administrator):
        condition |= Q(**{f"{lookup}__startswith": path})
    return condition
