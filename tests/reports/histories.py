"""A ward with recognised results, for the tests of figures and the pages made of them."""

from datetime import date

from households.choices import CampaignStage, MovementCause, PovertyClass, ReviewState
from households.models import ListedResult
from povertyplan.core import clock
from projects.choices import TargetOperator
from tests.factories.core import VillageFactory
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    CampaignVillageFactory,
    DecisionFactory,
    HouseholdFactory,
    ReviewFactory,
    StatusFactory,
)
from tests.factories.projects import IndicatorFactory, TargetFactory

TODAY = date(2026, 11, 20)
POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


def spells(village, *history):
    """A household of a village with its spells, each (class, first day)."""
    household = HouseholdFactory(village=village)
    for place, (poverty_class, starts_on) in enumerate(history):
        following = history[place + 1][1] if place + 1 < len(history) else None
        StatusFactory(
            household=household,
            poverty_class=poverty_class,
            starts_on=starts_on,
            ends_on=following and date.fromordinal(following.toordinal() - 1),
            cause=MovementCause.ESCAPED_POVERTY if place else MovementCause.REGISTERED,
        )
    return household


def recognised(ward, year, *forms, decided_on=None, **campaign_values):
    """The annual review of a year with its decision, by default of 15 December.

    Each form is (village, class, numbers of the indicators lacked).
    """
    campaign = CampaignFactory(ward=ward, year=year, **campaign_values)
    for village, poverty_class, lacking in forms:
        fields = {f"deprived_{number:02}": True for number in lacking}
        reviewed(campaign, village, poverty_class, **fields)
    decision = DecisionFactory(
        ward=ward,
        campaign=campaign,
        number=f"{year}/QĐ-UBND",
        decided_on=decided_on or date(year, 12, 15),
    )
    campaign.submitted_by = decision.prepared_by
    campaign.submitted_at = clock.now()
    campaign.stage = CampaignStage.RECOGNISED
    campaign.save()
    return campaign


def listed(village, poverty_class, decided_on):
    """A household that came by a list which names its decision."""
    household = spells(village, (poverty_class, decided_on))
    ListedResult.objects.create(
        status=household.statuses.get(), number="455/QĐ-UBND", decided_on=decided_on
    )
    return household


def ward_with_results(ward):
    """Two villages. End of 2024: 3 poor, 1 near-poor; end of 2025: 2 poor, 1 near-poor.

    One household escaped on 15/12/2025. Targets of 2025: 1 poor household, 1 near-poor. The
    review of 2026 is open with one form of two entered.
    """
    first = VillageFactory(parent=ward, name="Tổ dân phố A", order=1)
    second = VillageFactory(parent=ward, name="Tổ dân phố B", order=2)
    before, after = date(2023, 12, 15), date(2025, 12, 15)
    spells(first, (POOR, before))
    spells(second, (POOR, before))
    spells(second, (POOR, before), (NOT_POOR, after))
    spells(second, (NEAR_POOR, before))
    spells(second, (NOT_POOR, before))
    for year, total in ((2024, 1000), (2025, 1600)):
        AreaYearFactory(area=ward, on=date(year, 12, 31), households=total)
        recognised(ward, year)
    for query, target in (("poor_households", 1), ("near_poor_households", 1)):
        indicator = IndicatorFactory(ward=ward, code=query, query=query, name=f"Số {query}")
        TargetFactory(indicator=indicator, low=target, operator=TargetOperator.LEVEL)
        TargetFactory(indicator=indicator, low=0, year=2026, operator=TargetOperator.LEVEL)
    campaign = CampaignFactory(ward=ward)
    for village in (first, second):
        CampaignVillageFactory(campaign=campaign, village=village)
    ReviewFactory(campaign=campaign, household=HouseholdFactory(village=second))
    reviewed(campaign, first)
    return campaign


def reviewed(campaign, village, poverty_class=POOR, **fields):
    """An entered form of a new household."""
    return ReviewFactory(
        campaign=campaign,
        household=HouseholdFactory(village=village),
        state=ReviewState.DONE,
        income_score=100,
        deprivation_score=30,
        computed_class=poverty_class,
        recorded_class=poverty_class,
        **fields,
    )
