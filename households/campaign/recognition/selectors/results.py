"""The households a campaign's decision names, and what the two annexed lists add up to.

Before the approval they come from the planned changes, afterwards from the ledger; head, address
and village stay those that were recognised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from households.campaign.recognition.selectors.outcomes import planned_changes
from households.choices import CampaignStage, PovertyClass
from households.ledger.selectors.class_histories import changes_written, class_histories
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Decision, Household, RecognisedVersion, ReviewCampaign
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
    sort_key: str = ""

    @property
    def is_listed(self) -> bool:
        return self.after in (POOR, NEAR_POOR)

    @property
    def escaped_poverty(self) -> bool:
        return self.before == POOR and self.after != POOR

    @property
    def escaped_near_poverty(self) -> bool:
        return self.before == NEAR_POOR and self.after != NEAR_POOR


class PrintedHousehold(TypedDict):
    """What the lists of a decision print of a household; kept with the recognised version."""

    village: int
    address: str
    head: str
    sort_key: str
    birth_year: int | None
    persons: int


def printed_household(household: Household, members: Sequence[HouseholdMember]) -> PrintedHousehold:
    head = next((member for member in members if member.is_head), None)
    return {
        "village": household.village_id,
        "address": household.address,
        "head": head.full_name if head else household.code,
        "sort_key": head.sort_key if head else "",
        "birth_year": head.birth_year if head else None,
        "persons": len(members),
    }


def campaign_results(campaign: ReviewCampaign, *, village: Area | None = None) -> list[Result]:
    """The households of a campaign with their class before and after, by village and head."""
    changes = _changes(campaign)
    decision = campaign.decision if campaign.stage == CampaignStage.RECOGNISED else None
    day = decision.decided_on if decision else clock.today()
    gone = _struck_off(campaign, day, set(changes))
    changes |= {pk: (before, "") for pk, before in gone.items()}
    kept = _kept_with(decision)
    households = _households(changes, kept, village)
    members = members_on([each.pk for each in households], day, or_last=True)
    villages = Area.objects.in_bulk({line["village"] for line in kept.values()})
    results = [
        _result(each, members[each.pk], changes[each.pk], kept.get(each.pk), villages)
        for each in households
    ]
    return sorted(results, key=_place_in_list)


def _kept_with(decision: Decision | None) -> dict[int, PrintedHousehold]:
    """By household what was printed of it; nothing of what was recognised before it was kept."""
    version = RecognisedVersion.objects.filter(decision=decision).first() if decision else None
    lines = version.content if version else []
    return {line["household"]: line["printed"] for line in lines if "printed" in line}


def _households(
    changes: dict[int, tuple[str, str]],
    kept: dict[int, PrintedHousehold],
    village: Area | None,
) -> list[Household]:
    """Those of a decision, or of the village that they were recognised in."""
    found = Household.objects.select_related("village")
    if village is None:
        return list(found.filter(pk__in=changes))
    there = [pk for pk in changes if pk in kept and kept[pk]["village"] == village.pk]
    others = [pk for pk in changes if pk not in kept]
    return [*found.filter(pk__in=there), *found.filter(pk__in=others, village=village)]


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
    household: Household,
    members: list[HouseholdMember],
    change: tuple[str, str],
    kept: PrintedHousehold | None,
    villages: dict[int, Area],
) -> Result:
    line = kept or printed_household(household, members)
    return Result(
        household=household.pk,
        code=household.code,
        village=villages.get(line["village"], household.village),
        address=line["address"],
        head=line["head"],
        birth_year=line["birth_year"],
        persons=line["persons"],
        before=change[0],
        after=change[1],
        members=tuple(members),
        sort_key=line["sort_key"],
    )


def _place_in_list(result: Result) -> tuple[int, str, str, str]:
    village = result.village
    return (village.order, village.sort_key, result.sort_key, result.code)
