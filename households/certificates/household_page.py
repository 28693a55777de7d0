"""The certificates of a household, as a part of its page."""

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Certificate
from povertyplan.core.access.rules import may_open

LIST = "households:certificate_list"


def certificates_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    if not may_open(page.user, LIST, area=page.household.village):
        return None
    content = list(Certificate.objects.filter(household=page.household).select_related("decision"))
    return (
        HouseholdFragment("households/certificates/_household.html", content) if content else None
    )


register_fragment("certificates", certificates_on_page)
