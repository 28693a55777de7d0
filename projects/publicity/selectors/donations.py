"""Donated money of a time as it is published: what came in, what went out, what was given of it."""

from dataclasses import dataclass
from datetime import date

from povertyplan.core.models import Area, User
from projects.choices import BudgetSource
from projects.donations.selectors import entries_between, fund_money
from projects.models import DonationEntry, Support
from projects.publicity.selectors.supports import KindTotal, totals_by_kind
from projects.rules.donations import FundMoney


@dataclass(frozen=True)
class PublishedDonations:
    """The funds over some days, their entries, and the supports from what was mobilised."""

    funds: tuple[FundMoney, ...]
    entries: tuple[DonationEntry, ...]
    mobilised: tuple[KindTotal, ...]

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.mobilised


def published_donations(ward: Area, first: date, last: date, reader: User) -> PublishedDonations:
    """Supports from mobilised sources are totals here; by name they stand among the supports."""
    given = Support.objects.filter(ward=ward, delivered_on__range=(first, last)).standing()
    mobilised = given.filter(source=BudgetSource.MOBILISED).select_related("kind")
    return PublishedDonations(
        funds=tuple(fund_money(ward=ward, first=first, last=last)),
        entries=tuple(entries_between(ward=ward, first=first, last=last, reader=reader)),
        mobilised=totals_by_kind(mobilised.order_by("kind__order", "kind", "pk")),
    )
