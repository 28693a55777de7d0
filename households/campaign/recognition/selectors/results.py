"""The households a campaign's decision names, and what the two annexed lists add up to.

Before the approval they come from the planned changes, afterwards from the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from households.campaign.recognition.selectors.outcomes import planned_changes
from households.choices import CampaignStage, PovertyClass
from households.ledger.selectors.class_histories import changes_written, class_histories
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Decision, Household, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.models import Area

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR


@dataclass(frozen=True)
class Result:
    """One household of a decision. `after` is "" for one that left the register meanwhile."""

    household: int
    code: str
    village: Area
    address: str
    head: str
    birth_year: int | None
    persons: int
    before: str
    after: str
    members: tuple[HouseholdMember, ...] = ()

    @property
    def is_listed(self) -> bool:
        return self.after in (POOR, NEAR_POOR)

    @property
    def escaped_poverty(self) -> bool:
        return self.before == POOR and self.after != POOR

    @property
    def escaped_near_poverty(self) -> bool:
        return self.before == NEAR_POOR and self.after != NEAR_POOR


def campaign_results(campaign: ReviewCampaign, *, village: Area | None = None) -> list[Result]:
    """The households of a campaign with their class before and after, by village and head."""
    changes = _changes(campaign)
    decision = campaign.decision if campaign.stage == CampaignStage.RECOGNISED else None
    day = decision.decided_on if decision else clock.today()
    gone = _struck_off(campaign, day, set(changes))
    changes |= {pk: (before, "") for pk, before in gone.items()}
    found = Household.objects.filter(pk__in=changes).select_related("village")
    if village is not None:
        found = found.filter(village=village)
    households = list(found)
    members = members_on([each.pk for each in households], day, or_last=True)
    results = [_result(each, members[each.pk], changes[each.pk]) for each in households]
    return sorted(results, key=_place_in_list(members))


def _changes(campaign: ReviewCampaign) -> dict[int, tuple[str, str]]:
    """Class before ("" where there was none) and after, by household."""
    if campaign.stage != CampaignStage.RECOGNISED:
        return {
            change.household.pk: (change.class_before or "", change.class_after)
            for change in planned_changes(campaign)
        }
    return changes_written(cast(Decision, campaign.decision))  # it was recognised by one


def _struck_off(campaign: ReviewCampaign, day: date, changed: set[int]) -> dict[int, str]:
    """Households of the campaign's list that left the register before the day; class before."""
    closed = campaign.reviews.filter(household__closed_on__lte=day)
    pks = [pk for pk in closed.values_list("household", flat=True) if pk not in changed]
    return {pk: history[-1] for pk, history in class_histories(pks).items()}


def _result(
    household: Household, members: list[HouseholdMember], change: tuple[str, str]
) -> Result:
    head = _head(members)
    return Result(
        household=household.pk,
        code=household.code,
        village=household.village,
        address=household.address,
        head=head.full_name if head else household.code,
        birth_year=head.birth_year if head else None,
        persons=len(members),
        before=change[0],
        after=change[1],
        members=tuple(members),
    )


def _head(members: Sequence[HouseholdMember]) -> HouseholdMember | None:
    return next((member for member in members if member.is_head), None)


def _place_in_list(members: dict[int, list[HouseholdMember]]):
    def key(result: Result):
        village = result.village
        head = _head(members[result.household])
        return (village.order, village.sort_key, head.sort_key if head else "", result.code)

    return key
