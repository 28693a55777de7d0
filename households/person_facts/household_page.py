"""Who of a household is insured and goes to school, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household
from households.person_facts.presenters import describe_contradiction
from households.person_facts.selectors import PersonLine, form_contradictions, lines_of_members
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open

LIST, WRITE = "households:fact_list", "households:fact_household"


@dataclass(frozen=True)
class HouseholdFacts:
    """The members of a household with what is known of each. Personal."""

    household: Household
    lines: tuple[PersonLine, ...]
    may_write: bool
    warnings: tuple[str, ...] = ()


def facts_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.village):
        return None
    on = household.last_day(clock.today())
    lines = lines_of_members(household, page.members, on)
    content = HouseholdFacts(
        household=household,
        lines=tuple(lines),
        warnings=tuple(map(describe_contradiction, form_contradictions(household, lines, on))),
        may_write=may_open(user, WRITE, area=household.village, writing=True)
        and household.closed_on is None,
    )
    return HouseholdFragment("households/person_facts/_household.html", content)


register_fragment("facts", facts_on_page)
