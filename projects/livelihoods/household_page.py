"""The livelihood projects in which a household takes or took part, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from povertyplan.core.access.rules import may_open, user_opening
from projects.models import LivelihoodMember

DETAIL = "projects:livelihood_detail"


@dataclass(frozen=True)
class HouseholdLivelihoods:
    """Those of a household, the latest first."""

    members: tuple[LivelihoodMember, ...]


def livelihoods_of_household(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, DETAIL, area=household.village):
        return None
    rows = LivelihoodMember.objects.visible_to(user_opening(user, DETAIL))
    found = rows.filter(household=household).select_related("livelihood")
    members = tuple(found.order_by("-joined_on", "-pk"))
    if not members:
        return None
    return HouseholdFragment("projects/livelihoods/_household.html", HouseholdLivelihoods(members))


register_fragment("livelihoods", livelihoods_of_household)
