"""What a household received, as a part of its page."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from projects.models import Support
from projects.support.selectors.ledger import LedgerLine, ledger_lines, with_recipients

LEDGER, ADD = "projects:support_list", "projects:support_household"


@dataclass(frozen=True)
class HouseholdSupports:
    """The supports of a household, as its reader may see them."""

    household: Household
    lines: tuple[LedgerLine, ...]
    may_add: bool


def supports_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LEDGER, area=household.village):
        return None
    reader = user_opening(user, LEDGER)
    today = clock.today()
    supports = Support.objects.visible_to(reader).standing().filter(household=household)
    latest_first = Coalesce("delivered_on", "promised_on").desc()
    rows = with_recipients(supports).order_by(latest_first, "-pk")
    content = HouseholdSupports(
        household=household,
        lines=tuple(ledger_lines(rows, reader, today)),
        may_add=may_open(user, ADD, area=household.ward, writing=True),
    )
    return HouseholdFragment("projects/support/_household.html", content)


register_fragment("supports", supports_on_page)
