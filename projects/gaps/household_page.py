"""What a household may still receive, and which of its needs were met, as a part of its page."""

from dataclasses import dataclass

from households.asking.selectors import open_needs_of
from households.directory.fragments import HouseholdFragment, HouseholdPage, register_fragment
from households.field_access import Field, fields_in
from households.models import Household, SupportNeed
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from projects.gaps.selectors.household import PossibleSupport, met_by, possible_supports
from projects.models import Support, SupportKind

GAP, MET = "projects:need_gap", "projects:need_met"


@dataclass(frozen=True)
class HouseholdGap:
    """What may still go to a household, and what it needed and got. Personal."""

    household: Household
    possible: tuple[PossibleSupport, ...]
    met: tuple[SupportNeed, ...]
    may_end: bool

    @property
    def sure(self) -> int:
        return sum(each.judgement.is_yes for each in self.possible)

    @property
    def offered(self) -> list[PossibleSupport]:
        return [each for each in self.possible if each.is_offered]

    @property
    def to_verify(self) -> list[PossibleSupport]:
        return [each for each in self.possible if not each.is_offered]


def gap_on_page(page: HouseholdPage) -> HouseholdFragment | None:
    household, user = page.household, page.user
    today = clock.today()
    if household.left_register_on(today) or not may_open(user, GAP, area=household.village):
        return None
    reader = user_opening(user, GAP)
    kinds = SupportKind.objects.prefetch_related("needs", "projects")
    if Field.CONDITION not in fields_in(reader, household.village):
        kinds = kinds.filter(tells_of_health=False)
    given = Support.objects.visible_to(reader).standing().filter(household=household)
    by_key = {kind.pk: kind for kind in kinds}
    rows = [row for row in given if row.kind_id in by_key]
    for row in rows:
        row.kind = by_key[row.kind_id]
    needs = open_needs_of([household.pk])
    content = HouseholdGap(
        household=household,
        possible=tuple(
            possible_supports(household, by_key.values(), given=rows, needs=needs, on=today)
        ),
        met=tuple(met_by(needs, rows)),
        may_end=may_open(user, MET, area=household.ward, writing=True),
    )
    return HouseholdFragment("projects/gaps/_household.html", content)


register_fragment("gap", gap_on_page)
