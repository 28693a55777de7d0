"""Tasks of administrators: roles that end, units that nobody reports for."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode

from povertyplan.core.areas import WARD
from povertyplan.core.choices import Role
from povertyplan.core.models import RoleGrant, Unit
from povertyplan.core.text import formatting
from reports.todo.context import Detail, Task, TodoContext, key_of

NOTICE = timedelta(days=30)


def tasks_about_ending_roles(desk: TodoContext) -> Iterator[Task]:
    """Roles in the ward that end within 30 days and that no later one of the user goes on with."""
    inside = RoleGrant.objects.filter(area__path__startswith=desk.ward.path, user__is_active=True)
    later = inside.filter(
        user=OuterRef("user"), role=OuterRef("role"), area=OuterRef("area")
    ).exclude(pk=OuterRef("pk"))
    ending = inside.filter(
        ~Exists(later.filter(valid_to=None) | later.filter(valid_to__gt=OuterRef("valid_to"))),
        valid_to__range=(desk.today, desk.today + NOTICE),
    ).select_related("user", "area")
    rows = list(ending.order_by("valid_to", "pk"))
    if rows:
        yield Task(
            title=f"{len(rows)} vai trò sắp hết hạn",
            reason="Hết hạn thì người giữ vai trò không làm việc được nữa; giao tiếp nếu còn cần.",
            url=_users_url(desk),
            action="Xem người dùng",
            due_on=rows[0].valid_to,
            key=key_of("roles", *((row.pk, row.valid_to) for row in rows)),
            details=tuple(
                Detail(
                    label=f"{row.user}: {row}",
                    url=reverse("core:user_detail", args=[row.user_id]),
                    note=f"hết ngày {formatting.day(row.valid_to)}",
                )
                for row in rows
            ),
        )


def tasks_about_silent_units(desk: TodoContext) -> Iterator[Task]:
    """Units that follow a target of a year that is due, and have nobody to report it."""
    owners = {each.indicator.owner.pk for each in desk.unreported if each.indicator.owner}
    reporters = RoleGrant.objects.in_force(desk.today).filter(
        role=Role.UNIT_REPORTER, unit=OuterRef("pk"), user__is_active=True
    )
    silent = Unit.objects.filter(~Exists(reporters), pk__in=owners, ward=desk.ward)
    rows = list(silent.order_by("order", "pk")) if owners else []
    if rows:
        yield Task(
            title=f"{len(rows)} đơn vị phải báo cáo chỉ tiêu mà chưa có người báo cáo",
            reason=f"Chưa ai có vai trò {Role.UNIT_REPORTER.label.lower()} của "
            f"{'; '.join(row.name for row in rows)}.",
            url=reverse("core:user_new"),
            action="Thêm người dùng",
        )


def _users_url(desk: TodoContext) -> str:
    url = reverse("core:user_list")
    return url if desk.is_only else f"{url}?{urlencode({WARD: desk.ward.pk})}"
