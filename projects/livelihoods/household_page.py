"""The livelihood projects in which a household takes or took part, as a part of its page."""

from dataclasses import dataclass

from households.directory.fragments import HouseholdFragment, register_fragment
from households.models import Household
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.models import User
from projects.models import LivelihoodMember

DETAIL = "projects:livelihood_detail"


@dataclass(frozen=True)
class HouseholdLivelihoods:
    """Those of a household, the latest first."""

    members: tuple[LivelihoodMember, ...]


def livelihoods_of_household(household: Household, user: User) -> HouseholdFragment | None:
    if not may_open(user, DETAIL, area=household.village):
        return None
    rows = LivelihoodMember.objects.visible_to(user_opening(user, DETAIL))
    found = rows.filter(household=household).select_related("livelihood")
    members = tuple(found.order_by("-joined_on", "-pk"))
    if not members:
        return None
    return HouseholdFragment("projects/livelihoods/_household.html", HouseholdLivelihoods(members))


register_fragment("livelihoods", livelihoods_of_household)
