"""A project's kinds of support in a year: whom they are for, who asked, who received, how much."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from households.choices import LISTED, NeedGroup
from households.models import Household, SupportNeed
from households.models.household import HouseholdQuerySet
from households.needs.selectors.lists import need_lines, totals_of_lines
from povertyplan.core.models import User
from projects.choices import Eligibility, SupportState
from projects.models import Support, SupportKind, WardProject
from projects.rules.eligibility import eligible
from projects.support.selectors.met_needs import delivered_supports, met_needs
from projects.support.selectors.recipients import HouseholdOnDay, households_asked, households_on
from projects.support.selectors.rights import kinds_to_read


@dataclass
class KindReach:
    """A kind: recipients that the rules say yes to, or doubt; who asked and waits; who received.

    Recipients are households, or persons where the kind goes to persons.
    """

    kind: SupportKind
    eligible: int = 0
    to_verify: int = 0
    waiting: int = 0
    recipients: int = 0
    delivered: int = 0
    promised: int = 0
    amount: int = 0
    without_amount: int = 0


@dataclass
class ProjectReach:
    """The kinds of a project, and its households altogether.

    `by_group` counts the households that some kind does not exclude, by what they are; `sure` are
    those that one says yes to; `not_asked` those who were not asked for needs. Of these three
    nothing is known (None) where the reader does not see who needs what.
    """

    kinds: list[KindReach] = field(default_factory=list)
    by_group: dict[NeedGroup, int] | None = None
    sure: int | None = None
    households: int = 0
    people: int = 0
    groups: int = 0
    not_asked: int | None = None

    @property
    def possible(self) -> int:
        return sum((self.by_group or {}).values())

    @property
    def amount(self) -> int:
        return sum(each.amount for each in self.kinds)

    @property
    def without_amount(self) -> int:
        return sum(each.without_amount for each in self.kinds)


def project_reach(
    *, ward_project: WardProject, year: int, reader: User, on: date, with_needs: bool
) -> ProjectReach:
    """As many queries whatever the number of households; one more for each kind."""
    supports = _supports_of(ward_project, year, reader)
    kinds = _kinds_of(ward_project, supports, reader, on)
    reach = ProjectReach(kinds=[KindReach(each) for each in kinds])
    _count_supports(reach, supports)
    if with_needs and kinds:
        households = Household.objects.visible_to(reader).filter(ward=ward_project.ward)
        _count_eligible(reach, kinds, households, on)
        lines = need_lines(households, on)
        needs = [need for line in lines for need in line.needs]
        _count_waiting(reach, kinds, needs, delivered_to=households, reader=reader)
        reach.not_asked = totals_of_lines(lines).not_asked
    return reach


def _kinds_of(
    ward_project: WardProject, supports: Iterable[Support], reader: User, on: date
) -> list[SupportKind]:
    """What the project gives by its rules, and what it gave although they do not name it."""
    own = {ward_project.project_id, ward_project.project.parent_id} - {None}
    kinds = kinds_to_read(reader, ward_project.ward)
    named = SupportKind.objects.valid_on(on).filter(projects__in=own)
    found = Q(pk__in=named.values("pk")) | Q(pk__in={row.kind_id for row in supports})
    return list(kinds.filter(found).prefetch_related("needs"))


def _supports_of(ward_project: WardProject, year: int, reader: User) -> list[Support]:
    rows = Support.objects.visible_to(reader).standing().in_year(year)
    return list(rows.filter(ward_project=ward_project).select_related("kind").order_by("pk"))


def _count_supports(reach: ProjectReach, supports: Iterable[Support]) -> None:
    lines = {each.kind.pk: each for each in reach.kinds}
    recipients: dict[int, set[tuple]] = defaultdict(set)
    households, people, groups = set[int](), set[int](), set[str]()
    for row in supports:
        line = lines[row.kind_id]
        if row.state == SupportState.PROMISED:
            line.promised += 1
            continue
        line.delivered += 1
        line.amount += row.amount or 0
        line.without_amount += row.amount is None
        recipients[row.kind_id].add((row.household_id, row.person_id, row.group_name))
        if row.household_id:
            households.add(row.household_id)
        if row.person_id:
            people.add(row.person_id)
        if row.group_name:
            groups.add(row.group_name)
    for kind, found in recipients.items():
        lines[kind].recipients = len(found)
    reach.households, reach.people, reach.groups = len(households), len(people), len(groups)


def _count_eligible(
    reach: ProjectReach, kinds: Sequence[SupportKind], households: HouseholdQuerySet, on: date
) -> None:
    lines = {each.kind.pk: each for each in reach.kinds}
    pools = {
        kind.pk: set(households_asked(kind, households, on).values_list("pk", flat=True))
        for kind in kinds
    }
    known = households_on(set().union(*pools.values()), on)
    sure, possible = set[int](), set[int]()
    for kind in kinds:
        verdicts = _verdicts(kind, pools[kind.pk], known, on)
        lines[kind.pk].eligible = sum(each == Eligibility.YES for _, each in verdicts)
        lines[kind.pk].to_verify = sum(each == Eligibility.TO_VERIFY for _, each in verdicts)
        sure |= {home for home, each in verdicts if each == Eligibility.YES}
        possible |= {home for home, each in verdicts if each != Eligibility.NO}
    groups = Counter(_group(known[home]) for home in possible)
    reach.sure, reach.by_group = len(sure), {each: groups[each] for each in NeedGroup}


def _group(known: HouseholdOnDay) -> NeedGroup:
    if known.poverty_class in LISTED:
        return NeedGroup(known.poverty_class)
    return NeedGroup.LOW_INCOME if known.low_income else NeedGroup.NEWLY_ESCAPED


def _verdicts(
    kind: SupportKind, pool: Collection[int], known: Mapping[int, HouseholdOnDay], on: date
) -> list[tuple[int, Eligibility]]:
    """The household of each recipient, with what the rules say of the recipient."""
    return [
        (home, eligible(kind, known[home].facts(kind, on, person), on).verdict)
        for home in pool
        for person in (
            [each.person for each in known[home].residents] if kind.is_for_persons else [None]
        )
    ]


def _count_waiting(
    reach: ProjectReach,
    kinds: Sequence[SupportKind],
    needs: Iterable[SupportNeed],
    *,
    delivered_to: HouseholdQuerySet,
    reader: User,
) -> None:
    """Who asked for what a kind serves, and received nothing that does."""
    asked = {need.pk: need for kind in kinds for need in kind.needs.all()}
    needs = [each for each in needs if each.kind_id in asked]
    met = met_needs(needs, delivered_supports(delivered_to, reader, asked.values()))
    for line in reach.kinds:
        own = {need.pk for need in line.kind.needs.all()}
        waiting = [each for each in needs if each.kind_id in own and each.pk not in met]
        line.waiting = len({(each.household_id, each.person_id) for each in waiting})
