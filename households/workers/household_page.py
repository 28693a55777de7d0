"""Which members of a household are low-income workers, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household, LowIncomeWorker
from households.workers.selectors import WorkerLine, income_terms, worker_lines
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open

LIST, NEW, END = "households:worker_list", "households:worker_new", "households:worker_end"


@dataclass(frozen=True)
class HouseholdWorkers:
    """Those of a household, the latest first. Personal."""

    household: Household
    lines: tuple[WorkerLine, ...]
    may_add: bool
    may_end: bool


def workers_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.village):
        return None
    rows = LowIncomeWorker.objects.filter(household=household).select_related("person")
    found = list(rows.order_by("-recognised_on", "-pk"))
    terms = income_terms() if found else []
    lines = worker_lines(found, terms=terms, today=clock.today())
    may_add = may_open(user, NEW, area=household.village, writing=True)
    if not lines and not may_add:
        return None
    content = HouseholdWorkers(
        household=household,
        lines=tuple(lines),
        may_add=may_add and household.closed_on is None,
        may_end=may_open(user, END, area=household.village, writing=True),
    )
    return HouseholdFragment("households/workers/_household.html", content)


register_fragment("workers", workers_on_page)
