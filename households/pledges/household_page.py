"""Whether a household registered to escape poverty, and who helps it, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import EscapePledge, Household
from households.pledges.selectors import HelpedPledge, helped_pledges
from povertyplan.core.access.rules import may_open

LIST, WRITE, VISIT = (
    "households:pledge_list",
    "households:pledge_new",
    "households:visit_new",
)


@dataclass(frozen=True)
class HouseholdPledges:
    """The pledges of a household, the latest year first. Personal."""

    household: Household
    pledges: tuple[HelpedPledge, ...]
    may_write: bool
    may_visit: bool


def pledges_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.village):
        return None
    rows = list(EscapePledge.objects.filter(household=household).order_by("-year", "-pk"))
    content = HouseholdPledges(
        household=household,
        pledges=tuple(helped_pledges(rows)) if rows else (),
        may_write=may_open(user, WRITE, area=household.village, writing=True),
        may_visit=may_open(user, VISIT, area=household.village, writing=True),
    )
    return HouseholdFragment("households/pledges/_household.html", content)


register_fragment("pledges", pledges_on_page)
