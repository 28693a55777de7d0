"""Needs of households set beside what was handed over (nhu cầu đã được đáp ứng)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from households.models import Household, NeedKind, SupportNeed
from households.models.household import HouseholdQuerySet
from povertyplan.core.models import User
from projects.choices import SupportState
from projects.models import Support, SupportKind
from projects.rules.gaps import AskedNeed, serving
from projects.rules.overlaps import GivenSupport
from projects.support.selectors.given import given_of
from projects.support.selectors.ledger import with_recipients
from projects.support.selectors.recipients import Candidate


def met_needs(needs: Iterable[SupportNeed], supports: Iterable[Support]) -> dict[int, Support]:
    """By need the first delivered support that serves it; kinds come with their needs."""
    serves: dict[int, list[GivenSupport]] = defaultdict(list)
    rows = {}
    for support in supports:
        given = given_of(support)
        rows[given] = support
        for kind in support.kind.needs.all():
            serves[kind.pk].append(given)
    return {
        need.pk: rows[found[0]]
        for need in needs
        if (found := serving(as_asked(need), serves.get(need.kind_id, ())))
    }


def delivered_supports(
    households: HouseholdQuerySet, reader: User, kinds: Iterable[NeedKind]
) -> list[Support]:
    """What was handed over to some households of kinds that serve needs, the oldest first."""
    rows = Support.objects.visible_to(reader).standing().exclude(state=SupportState.PROMISED)
    own = rows.filter(household__in=households, kind__needs__in=kinds).distinct()
    return list(with_recipients(own).prefetch_related("kind__needs").order_by("delivered_on", "pk"))


def as_asked(need: SupportNeed) -> AskedNeed:
    return AskedNeed(need.pk, need.household_id, need.person_id, need.asked_on)


def with_need(found: Sequence[Candidate], kind: SupportKind, reader: User) -> list[Candidate]:
    """Those of some candidates with an open need that a kind serves and nothing has met yet."""
    households = Household.objects.filter(pk__in={each.household.pk for each in found})
    needs = list(
        SupportNeed.objects.open().filter(kind__support_kinds=kind, household__in=households)
    )
    met = met_needs(needs, delivered_supports(households, reader, kind.needs.all()))
    asked = {(need.household_id, need.person_id) for need in needs if need.pk not in met}
    in_need = {household for household, _person in asked}
    return [
        each
        for each in found
        if (each.household.pk, each.person) in asked
        or (each.household.pk, None) in asked
        or (each.person is None and each.household.pk in in_need)
    ]
