"""The households a campaign's decision names, and what the two annexed lists add up to.

Before the approval they come from the planned changes, afterwards from the ledger.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from households.campaign.recognition.selectors.outcomes import planned_changes
from households.choices import CampaignStage, PovertyClass
from households.ledger.selectors.class_histories import class_histories
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Household, HouseholdStatus, ReviewCampaign
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


@dataclass(frozen=True)
class Tally:
    """Households and the persons in them."""

    households: int
    persons: int


@dataclass(frozen=True)
class DecisionTotals:
    """What a decision counts. Each list of escapes is the sum of its three ways out."""

    poor: Tally
    near_poor: Tally
    poor_to_near_poor: Tally
    poor_to_above: Tally
    poor_struck_off: Tally
    near_poor_to_poor: Tally
    near_poor_to_above: Tally
    near_poor_struck_off: Tally

    @property
    def escaped_poverty(self) -> Tally:
        return _sum(self.poor_to_near_poor, self.poor_to_above, self.poor_struck_off)

    @property
    def escaped_near_poverty(self) -> Tally:
        return _sum(self.near_poor_to_poor, self.near_poor_to_above, self.near_poor_struck_off)


def campaign_results(campaign: ReviewCampaign, *, village: Area | None = None) -> list[Result]:
    """The households of a campaign with their class before and after, by village and head."""
    changes = _changes(campaign)
    decision = campaign.decision if campaign.stage == CampaignStage.RECOGNISED else None
    day = decision.decided_on if decision else clock.today()
    gone = _struck_off(campaign, day, set(changes))
    changes |= {pk: (before, "") for pk, before in gone.items()}
    households = Household.objects.filter(pk__in=changes).select_related("village")
    if village is not None:
        households = households.filter(village=village)
    households = list(households)
    members = members_on([each.pk for each in households], day, or_last=True)
    results = [_result(each, members[each.pk], changes[each.pk]) for each in households]
    return sorted(results, key=_place_in_list(members))


def decision_totals(results: Iterable[Result]) -> DecisionTotals:
    """The counts a decision prints, from its households."""
    results = list(results)

    def tally(*, before: str | None = None, after: str) -> Tally:
        found = [
            each
            for each in results
            if each.after == after and (before is None or each.before == before)
        ]
        return _tally(found)

    def above(before: str) -> Tally:
        listed = (POOR, NEAR_POOR, "")
        return _tally([one for one in results if one.before == before and one.after not in listed])

    return DecisionTotals(
        poor=tally(after=POOR),
        near_poor=tally(after=NEAR_POOR),
        poor_to_near_poor=tally(before=POOR, after=NEAR_POOR),
        poor_to_above=above(POOR),
        poor_struck_off=tally(before=POOR, after=""),
        near_poor_to_poor=tally(before=NEAR_POOR, after=POOR),
        near_poor_to_above=above(NEAR_POOR),
        near_poor_struck_off=tally(before=NEAR_POOR, after=""),
    )


def _changes(campaign: ReviewCampaign) -> dict[int, tuple[str, str]]:
    """Class before ("" where there was none) and after, by household."""
    if campaign.stage != CampaignStage.RECOGNISED:
        return {
            change.household.pk: (change.class_before or "", change.class_after)
            for change in planned_changes(campaign)
        }
    written = HouseholdStatus.objects.filter(decision=campaign.decision)
    after = dict(written.values_list("household", "poverty_class"))
    starts = campaign.decision.effective_from
    earlier = HouseholdStatus.objects.filter(household__in=after, starts_on__lt=starts)
    before = dict(earlier.order_by("starts_on").values_list("household", "poverty_class"))
    return {pk: (before.get(pk, ""), poverty_class) for pk, poverty_class in after.items()}


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
        return (village.order, village.name, head.sort_key if head else "", result.code)

    return key


def _tally(results: Sequence[Result]) -> Tally:
    return Tally(len(results), sum(each.persons for each in results))


def _sum(*tallies: Tally) -> Tally:
    return Tally(sum(each.households for each in tallies), sum(each.persons for each in tallies))
