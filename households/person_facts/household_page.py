"""Who of a household is insured and goes to school, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household
from households.person_facts.selectors import PersonLine, lines_of_members
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open

LIST, WRITE = "households:fact_list", "households:fact_household"


@dataclass(frozen=True)
class HouseholdFacts:
    """The members of a household with what is known of each. Personal."""

    household: Household
    lines: tuple[PersonLine, ...]
    may_write: bool


def facts_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.village):
        return None
    content = HouseholdFacts(
        household=household,
        lines=tuple(lines_of_members(household, page.members, household.last_day(clock.today()))),
        may_write=may_open(user, WRITE, area=household.village, writing=True)
        and household.closed_on is None,
    )
    return HouseholdFragment("households/person_facts/_household.html", content)


register_fragment("facts", facts_on_page)
