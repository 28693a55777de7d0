"""How many reviewed poor and near-poor households lack what, counted once for every reader."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from households.choices import PovertyClass
from households.ledger.selectors.listed_households import ReviewedHousehold
from households.models import (
    DEPRIVATION_FIELDS,
    Review,
    ReviewCampaign,
)

DEPRIVATION_NUMBERS = range(1, len(DEPRIVATION_FIELDS) + 1)


@dataclass(frozen=True)
class DeprivationTotals:
    """The same by indicator number, beside how many poor and near-poor households there were."""

    poor_households: int
    near_poor_households: int
    poor: Mapping[int, int]
    near_poor: Mapping[int, int]

    def households_of(self, poverty_class: str) -> int:
        return getattr(self, f"{poverty_class}_households")

    def lacking(self, poverty_class: str) -> Mapping[int, int]:
        """Deprived households of a class by indicator number."""
        return getattr(self, poverty_class)

    @property
    def households(self) -> int:
        return self.poor_households + self.near_poor_households

    def deprived(self, number: int) -> int:
        return self.poor[number] + self.near_poor[number]


def deprivation_totals(campaigns: Collection[ReviewCampaign]) -> dict[int, DeprivationTotals]:
    """Reviewed poor and near-poor households, and those deprived, by campaign id; one query."""
    reviews = Review.objects.done().filter(campaign__in=campaigns)
    listed = (PovertyClass.POOR, PovertyClass.NEAR_POOR)
    figures = {f"{name}_all": Count("pk", filter=Q(recorded_class=name)) for name in listed}
    for name in listed:
        for number, field in enumerate(DEPRIVATION_FIELDS, start=1):
            lacking = Q(**{field: True, "recorded_class": name})
            figures[f"{name}_{number}"] = Count("pk", filter=lacking)
    counted = counts_by_campaign(reviews, **figures)
    nothing = dict.fromkeys(figures, 0)
    return {
        campaign.pk: _deprivation_totals(counted.get(campaign.pk, nothing))
        for campaign in campaigns
    }


def _deprivation_totals(counts: Mapping[str, int]) -> DeprivationTotals:
    return DeprivationTotals(
        poor_households=counts["poor_all"],
        near_poor_households=counts["near_poor_all"],
        poor={number: counts[f"poor_{number}"] for number in DEPRIVATION_NUMBERS},
        near_poor={number: counts[f"near_poor_{number}"] for number in DEPRIVATION_NUMBERS},
    )


def totals_among(reviewed: Iterable[ReviewedHousehold]) -> DeprivationTotals:
    """The same of households that were read whole."""
    households: Counter[str] = Counter()
    lacking: Counter[tuple[str, int]] = Counter()
    for each in reviewed:
        households[each.poverty_class] += 1
        lacking.update((each.poverty_class, number) for number in each.deprivations)
    return DeprivationTotals(
        poor_households=households[PovertyClass.POOR],
        near_poor_households=households[PovertyClass.NEAR_POOR],
        poor={number: lacking[PovertyClass.POOR, number] for number in DEPRIVATION_NUMBERS},
        near_poor={
            number: lacking[PovertyClass.NEAR_POOR, number] for number in DEPRIVATION_NUMBERS
        },
    )


def causes_among(reviewed: Iterable[ReviewedHousehold]) -> Counter[int]:
    """How many households name each cause of poverty."""
    return Counter(number for household in reviewed for number in household.causes)


def deprived_of_any(
    campaigns: Collection[ReviewCampaign], numbers: Collection[int]
) -> dict[int, int]:
    """Reviewed poor and near-poor households lacking at least one indicator, by campaign id."""
    lacking = Q(pk__in=[])
    for number in numbers:
        lacking |= Q(**{DEPRIVATION_FIELDS[number - 1]: True})
    reviews = Review.objects.done().filter(
        lacking,
        campaign__in=campaigns,
        recorded_class__in=(PovertyClass.POOR, PovertyClass.NEAR_POOR),
    )
    return {
        pk: row["households"]
        for pk, row in counts_by_campaign(reviews, households=Count("pk")).items()
    }


def counts_by_campaign(rows: QuerySet, **figures) -> dict[int, dict[str, int]]:
    grouped = rows.order_by().values("campaign").annotate(**figures)
    return {row.pop("campaign"): row for row in grouped}
