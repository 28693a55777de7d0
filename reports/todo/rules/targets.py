"""Tasks of units and of who consolidates: targets without a figure."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from povertyplan.core.areas import WARD
from projects.models import Target
from reports.todo.context import Detail, Task, TodoContext

# The yearly report goes up before 1 December (Thông tư 10/2022/TT-BLĐTBXH).
LAST_DAY_TO_REPORT = (11, 30)


def tasks_to_report(desk: TodoContext) -> Iterator[Task]:
    """The targets of a reporter's units that lack a figure, one line a year."""
    units = {unit.pk for unit in desk.user.units}
    own = [target for target in desk.unreported if target.indicator.owner_id in units]
    return _target_tasks(desk, own, "Báo cáo kết quả")


def tasks_to_collect(desk: TodoContext) -> Iterator[Task]:
    """The same for the whole ward, for who consolidates."""
    return _target_tasks(desk, desk.unreported, "Đôn đốc báo cáo kết quả")


def _target_tasks(desk: TodoContext, targets: list[Target], verb: str) -> Iterator[Task]:
    for year in sorted({target.year for target in targets}):
        lacking = [target for target in targets if target.year == year]
        named = {"year": year} if desk.is_only else {"year": year, WARD: desk.ward.pk}
        url = f"{reverse('reports:target_list')}?{urlencode(named)}"
        yield Task(
            title=f"{verb} {len(lacking)} chỉ tiêu năm {year}",
            reason="Đơn vị theo dõi chưa có số liệu thực hiện.",
            url=url,
            action="Xem chỉ tiêu",
            due_on=date(year, *LAST_DAY_TO_REPORT),
            details=tuple(
                Detail(
                    label=target.indicator.name,
                    url=reverse("reports:actual_edit", args=[target.indicator_id, year]),
                    note=target.indicator.owner.name if target.indicator.owner else "",
                )
                for target in lacking
            ),
        )
