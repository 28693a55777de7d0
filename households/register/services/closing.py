"""How a household leaves the register: its members, its last spell, its row."""

from datetime import date

from households.ledger.services.spells import close_ledger
from households.models import Household
from households.register.services.events import refuse_value
from households.register.services.memberships import end_membership
from povertyplan.core.text import formatting


def end_household(household: Household, *, on: date, reason: str) -> None:
    """Close a household whose act has begun: from that day on nothing of it is counted.

    Members still there leave on that day. Raises ValidationError when a result or a membership
    began, or a membership ended, after it.
    """
    for membership in household.memberships.filter(left_on=None).select_related("person"):
        end_membership(membership, on)
    if late := household.memberships.filter(left_on__gt=on).order_by("-left_on").first():
        refuse_value(
            f"{late.person} còn ở hộ đến ngày {formatting.day(late.left_on)}; "
            "ngày ra khỏi sổ phải từ ngày này."
        )
    close_ledger(household=household, on=on)
    household.closed_on = on
    household.closing_reason = reason
    household.save(update_fields=["closed_on", "closing_reason"])
