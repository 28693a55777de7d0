"""What a household needs, as a part of its page."""

from dataclasses import dataclass

from households.asking.selectors import last_answers
from households.choices import NeedState
from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.models import Household, NeedInquiry, SupportNeed
from households.rules.people.needs import need_state
from povertyplan.core.access.rules import may_open

LIST, WRITE = "households:need_list", "households:need_household"


@dataclass(frozen=True)
class HouseholdNeeds:
    """The needs of a household, open and ended, and when it was last asked. Personal."""

    household: Household
    state: NeedState
    answer: NeedInquiry | None
    open_needs: tuple[SupportNeed, ...]
    ended_needs: tuple[SupportNeed, ...]
    may_write: bool


def needs_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    if not may_open(user, LIST, area=household.village):
        return None
    needs = SupportNeed.objects.filter(household=household)
    rows = list(needs.select_related("kind", "person", "indicator").order_by("-asked_on", "pk"))
    still_open = tuple(need for need in rows if need.ended_on is None)
    answer = last_answers([household.pk]).get(household.pk)
    content = HouseholdNeeds(
        household=household,
        state=need_state(
            last_answer=answer.has_needs if answer else None, open_needs=len(still_open)
        ),
        answer=answer,
        open_needs=still_open,
        ended_needs=tuple(need for need in rows if need.ended_on is not None),
        may_write=may_open(user, WRITE, area=household.village, writing=True),
    )
    return HouseholdFragment("households/needs/_household.html", content)


register_fragment("needs", needs_on_page)
