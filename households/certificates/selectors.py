"""Which certificates were numbered, which wait for a number, and what number comes next."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q

from households.campaign.recognition.selectors.results import Result, campaign_results
from households.models import Certificate, Decision, ReviewCampaign
from households.models.certificate import CertificateQuerySet
from povertyplan.core.models import Area, User
from povertyplan.core.text.vietnamese import search_key

LONGEST_NUMBER = 9  # digits that every integer column takes


@dataclass(frozen=True)
class CertificateFilter:
    """Which lines of the book are asked for; an empty condition holds for all."""

    year: int
    village: Area | None = None
    words: str = ""


@dataclass(frozen=True)
class VillageCertificates:
    """How many households of a village a decision lists, and how many of them have a number."""

    village: Area
    listed: int
    numbered: int

    @property
    def waiting(self) -> int:
        return self.listed - self.numbered


@dataclass(frozen=True)
class ListedHouseholds:
    """The poor and near-poor households of a decision in the order of its lists. Personal."""

    results: list[Result]
    numbered: Collection[int] = field(default_factory=frozenset)

    def waiting(self, village: Area | None = None) -> list[Result]:
        """Those without a number, of one village where one is named."""
        return [
            one
            for one in self.results
            if one.household not in self.numbered and village in (None, one.village)
        ]

    def by_village(self) -> list[VillageCertificates]:
        listed = Counter(one.village for one in self.results)
        waiting = Counter(one.village for one in self.waiting())
        return [
            VillageCertificates(village, count, count - waiting[village])
            for village, count in listed.items()
        ]


@dataclass(frozen=True)
class NumberRange:
    """The numbers that one act gave."""

    count: int
    first: int
    last: int


def listed_households(campaign: ReviewCampaign, decision: Decision) -> ListedHouseholds:
    results = [one for one in campaign_results(campaign) if one.is_listed]
    return ListedHouseholds(results, frozenset(certificates_under(decision)))


def certificates_under(decision: Decision | None) -> dict[int, Certificate]:
    """The certificates that a decision gave, by household; none without a decision."""
    rows = Certificate.objects.filter(decision=decision) if decision else ()
    return {row.household_id: row for row in rows}


def next_number(ward: Area, year: int) -> int:
    """The number after the highest one of a year."""
    rows = Certificate.objects.filter(ward=ward, year=year)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def numbers_given_with(certificate: Certificate) -> NumberRange:
    """The numbers of the act that gave this one."""
    same_act = Certificate.objects.filter(
        decision=certificate.decision_id, issued_at=certificate.issued_at
    )
    return NumberRange(
        **same_act.aggregate(count=Count("pk"), first=Min("number"), last=Max("number"))
    )


def certificate_years(ward: Area) -> set[int]:
    return set(Certificate.objects.filter(ward=ward).values_list("year", flat=True).distinct())


def certificates_asked(ward: Area, reader: User, asked: CertificateFilter) -> CertificateQuerySet:
    """The lines of the book that a reader sees, by number."""
    rows = Certificate.objects.visible_to(reader).filter(ward=ward, year=asked.year)
    if asked.village:
        rows = rows.filter(household__village=asked.village)
    if asked.words:
        found = Q(search_key__contains=search_key(asked.words))
        found |= Q(household__code__icontains=asked.words)
        if asked.words.isdecimal() and len(asked.words) <= LONGEST_NUMBER:
            found |= Q(number=int(asked.words))
        rows = rows.filter(found)
    related = ("household__village", "decision", "issued_by")
    return rows.select_related(*related).order_by("number")
