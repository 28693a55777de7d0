"""Tasks of those who keep the totals of households: denominators older than what they divide."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse

from households.ledger.known import year_end
from households.models import AreaYear
from povertyplan.core.areas import WARD
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.todo.context import Task, TodoContext

SHOWN = 5


def tasks_to_update_totals(desk: TodoContext) -> Iterator[Task]:
    """Areas without a total of the end of the latest year whose result is known, once it is over.

    A ward without any total has its first ones among the steps of setting up.
    """
    year = desk.known.latest_year(desk.today.year, desk.today, [None])
    if year is None or year_end(year) > desk.today:
        return
    rows = AreaYear.objects.filter(ward=desk.ward).order_by().values_list("area")
    latest = dict(rows.annotate(latest=Max("on")))
    areas = [desk.ward, *Area.objects.villages_of(desk.ward)] if latest else []
    older = [area for area in areas if area.pk not in latest or latest[area.pk] < year_end(year)]
    if older:
        yield Task(
            title=f"Cập nhật tổng số hộ dân cư cuối năm {year} của {len(older)} địa bàn",
            reason=f"Tỷ lệ năm {year} đang chia cho tổng số cũ hơn hoặc chưa có: {_names(older)}.",
            url=_paste_url(desk),
            action="Dán tổng số",
            total=len(areas),
            done=len(areas) - len(older),
        )


def _names(areas: list[Area]) -> str:
    named = "; ".join(area.name for area in areas[:SHOWN])
    rest = len(areas) - SHOWN
    return f"{named} và {formatting.number(rest)} địa bàn khác" if rest > 0 else named


def _paste_url(desk: TodoContext) -> str:
    url = reverse("households:population_paste")
    return url if desk.is_only else f"{url}?{urlencode({WARD: desk.ward.pk})}"
