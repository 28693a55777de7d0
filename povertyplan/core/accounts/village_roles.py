"""Roles in villages that end: they end with the village, and some go on in what follows it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import F, Q, QuerySet

from povertyplan.core import clock
from povertyplan.core.accounts.services import end_role, grant_role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.text import formatting


def roles_in(villages: Sequence[Area] | QuerySet[Area]) -> QuerySet[RoleGrant]:
    """The roles in villages that are not over, by village and user."""
    going_on = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    return (
        RoleGrant.objects.filter(going_on, area__in=villages)
        .select_related("user", "area__parent")
        .order_by("area__order", "area__sort_key", "area_id", "user__full_name", "pk")
    )


def without_account(villages: QuerySet[Area]) -> set[int]:
    """The villages for which nobody can sign in: no role of today of an active user."""
    held = RoleGrant.objects.in_force(clock.today()).filter(area__in=villages, user__is_active=True)
    return set(villages.exclude(pk__in=held.values("area")).values_list("pk", flat=True))


def hand_over(
    *, villages: Sequence[Area], heirs: Mapping[Area, Collection[User]], because: str, by: User
) -> None:
    """End every role in the villages yesterday; each heir has it in the new village from today.

    Part of the act that merges or splits them, `because` says so. A role given for some time only
    ends on the same day as before; nobody gives a role to themselves.
    """
    going_on = defaultdict(list)
    grants = list(roles_in(villages))
    for grant in grants:
        going_on[grant.user_id, grant.role].append(grant)
        _end(grant, because, by)
    for new, users in heirs.items():
        keeping = {user.pk for user in users} - {by.pk}
        for (user_id, _), held in going_on.items():
            if user_id in keeping:
                _begin(held, new, because, by)
    User.objects.filter(pk__in={grant.user_id for grant in grants}).update(version=F("version") + 1)


def _end(grant: RoleGrant, because: str, by: User) -> None:
    """One that has not begun by yesterday is taken back whole."""
    last_day = clock.yesterday()
    summary = (
        f"{by} kết thúc vai trò {grant} của {grant.user}, hết ngày {formatting.day(last_day)}, "
        f"vì {because}."
    )
    audit.record(grant.user, summary, ward=grant.area.parent, act=end_role)
    if grant.valid_from > last_day:
        RoleGrant.objects.filter(pk=grant.pk).delete()
    else:
        RoleGrant.objects.filter(pk=grant.pk).update(valid_to=last_day)


def _begin(held: Sequence[RoleGrant], new: Area, because: str, by: User) -> None:
    """One role in the new village for what somebody held in one or more of the old ones."""
    last_days = [grant.valid_to for grant in held if grant.valid_to is not None]
    grant = RoleGrant.objects.create(
        user=held[0].user,
        role=held[0].role,
        area=new,
        unit=held[0].unit,
        valid_from=max(clock.today(), min(grant.valid_from for grant in held)),
        valid_to=max(last_days) if len(last_days) == len(held) else None,
        granted_by=by,
    )
    day = formatting.day(grant.valid_from)
    summary = f"{by} giao cho {grant.user} vai trò {grant}, từ {day}, vì {because}."
    audit.record(grant.user, summary, ward=new.parent, act=grant_role)
