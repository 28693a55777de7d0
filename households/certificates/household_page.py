"""The certificates of a household, as a part of its page."""

from households.directory.fragments import HouseholdFragment, register_fragment
from households.models import Certificate, Household
from povertyplan.core.access.rules import may_open
from povertyplan.core.models import User

LIST = "households:certificate_list"


def certificates_on_page(household: Household, user: User) -> HouseholdFragment | None:
    if not may_open(user, LIST, area=household.village):
        return None
    rows = Certificate.objects.filter(household=household).select_related("decision")
    content = list(rows)
    return (
        HouseholdFragment("households/certificates/_household.html", content) if content else None
    )


register_fragment("certificates", certificates_on_page)
