"""Roles for a unit that ends: they end with it, and go on for the unit that follows."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from povertyplan.core import clock
from povertyplan.core.accounts.services import end_role, grant_role
from povertyplan.core.journal import audit
from povertyplan.core.models import RoleGrant, Unit, User
from povertyplan.core.text import formatting

OWN_ROLE = (
    "Bạn đang giữ vai trò của {unit}. Nhờ một quản trị viên khác kết thúc đơn vị này, "
    "để vai trò của bạn được chuyển sang {successor}."
)


def roles_for(unit: Unit) -> QuerySet[RoleGrant]:
    """The roles for a unit that are not over."""
    going_on = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    grants = RoleGrant.objects.filter(going_on, unit=unit)
    return grants.select_related("user", "area__parent").order_by("user__full_name", "pk")


def name_role_holders(unit: Unit, last_day: date) -> Iterator[str]:
    """Who still has a role for the unit, in a sentence."""
    holders = list(dict.fromkeys(str(grant.user) for grant in roles_for(unit)))
    if holders:
        yield f"Còn người giữ vai trò của đơn vị này: {', '.join(holders)}."


def pass_roles_on(*, unit: Unit, successor: Unit, by: User) -> None:
    """End the roles for a unit yesterday; their holders have them for the successor from today.

    Part of the act that ends the unit, which holds the ward. Nobody gives a role to themselves:
    who has one for the unit lets another administrator end it.
    """
    grants = list(roles_for(unit))
    if any(grant.user_id == by.pk for grant in grants):
        raise ValidationError(OWN_ROLE.format(unit=unit, successor=successor))
    for grant in grants:
        _end(grant, by)
        if not _has_already(grant, successor):
            _begin(grant, successor, by)
    users = {grant.user_id for grant in grants}
    User.objects.filter(pk__in=users).update(version=F("version") + 1)


def _end(grant: RoleGrant, by: User) -> None:
    """One that has not begun by yesterday is taken back whole."""
    last_day = clock.yesterday()
    summary = (
        f"{by} kết thúc vai trò {grant} của {grant.user}, hết ngày {formatting.day(last_day)}, "
        f"vì đơn vị {grant.unit} kết thúc."
    )
    audit.record(grant.user, summary, ward=grant.area.ward, act=end_role)
    if grant.valid_from > last_day:
        RoleGrant.objects.filter(pk=grant.pk).delete()
    else:
        RoleGrant.objects.filter(pk=grant.pk).update(valid_to=last_day)


def _has_already(held: RoleGrant, successor: Unit) -> bool:
    """Whether the holder has the same role for the successor, for as long as this one or longer."""
    same = RoleGrant.objects.filter(
        user=held.user_id,
        role=held.role,
        area=held.area_id,
        unit=successor,
        valid_from__lte=max(clock.today(), held.valid_from),
    )
    as_long = Q(valid_to=None)
    if held.valid_to is not None:
        as_long |= Q(valid_to__gte=held.valid_to)
    return same.filter(as_long).exists()


def _begin(held: RoleGrant, successor: Unit, by: User) -> None:
    grant = RoleGrant.objects.create(
        user=held.user,
        role=held.role,
        area=held.area,
        unit=successor,
        valid_from=max(clock.today(), held.valid_from),
        valid_to=held.valid_to,
        granted_by=by,
    )
    summary = (
        f"{by} giao cho {grant.user} vai trò {grant} của {successor}, "
        f"từ {formatting.day(grant.valid_from)}, thay {held.unit}."
    )
    audit.record(grant.user, summary, ward=held.area.ward, act=grant_role)
