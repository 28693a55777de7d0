"""The findings about a household, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from reports.supervision.presenters import FindingLine, finding_line
from reports.supervision.selectors import findings_about

LIST, NEW = "reports:finding_list", "reports:finding_new"


@dataclass(frozen=True)
class HouseholdFindings:
    """The findings about a household that its reader sees; whether they may pin one."""

    household: Household
    lines: tuple[FindingLine, ...]
    may_add: bool


def findings_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    """None where nothing was found and the reader pins nothing."""
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.ward):
        return None
    reader = user_opening(user, LIST)
    found = findings_about(reader, household)
    may_add = may_open(user, NEW, area=household.ward, writing=True)
    if not found and not may_add:
        return None
    lines = tuple(finding_line(each, reader, clock.today()) for each in found)
    content = HouseholdFindings(household, lines, may_add)
    return HouseholdFragment("reports/supervision/_household.html", content)


register_fragment("findings", findings_on_page)
