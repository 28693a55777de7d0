"""Tasks about households that registered to escape poverty: nobody helps, nobody was there."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from households.models import Household
from households.pledges.selectors import pledge_lines, pledges_of, totals_of_lines
from households.rules.people.pledges import VISIT_DUE_DAYS
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import WARD
from povertyplan.core.text import formatting
from reports.todo.context import Task, TodoContext

ASSIGN = "households:helper_new"


def tasks_about_pledges(desk: TodoContext) -> Iterator[Task]:
    """What the year's pledges that the user sees still lack."""
    visible = Household.objects.visible_to(desk.user).filter(ward=desk.ward)
    pledges = pledges_of(visible).filter(year=desk.today.year)
    totals = totals_of_lines(pledge_lines(pledges, known=desk.known, today=desk.today))
    # A line is for who can end it: who helps is not for a village head to say.
    if totals.without_helper and may_open(desk.user, ASSIGN, writing=True):
        count = formatting.number(totals.without_helper)
        yield Task(
            title=f"{count} hộ đăng ký thoát nghèo chưa có người giúp đỡ",
            reason=f"Hộ đã đăng ký phấn đấu trong năm {desk.today.year}.",
            url=_address(desk, "no_helper"),
            action="Xem các hộ",
        )
    if totals.without_visit:
        count = formatting.number(totals.without_visit)
        yield Task(
            title=f"{count} hộ đăng ký thoát nghèo lâu chưa được thăm",
            reason=f"Không có lần thăm nào trong {VISIT_DUE_DAYS} ngày qua.",
            url=_address(desk, "no_visit"),
            action="Xem các hộ",
        )


def _address(desk: TodoContext, state: str) -> str:
    asked: dict[str, object] = {"year": desk.today.year, "state": state}
    if not desk.is_only:
        asked[WARD] = desk.ward.pk
    return f"{reverse('households:pledge_list')}?{urlencode(asked)}"
