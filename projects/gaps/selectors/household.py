"""What a household may still receive today, from which project, and who decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from households.models import Household, SupportNeed
from povertyplan.core.models import Area
from projects.choices import Eligibility, UnitRole
from projects.gaps.selectors.facts import new_support
from projects.models import ProjectUnit, Support, SupportKind, WardProject
from projects.rules.eligibility import Judgement, eligible, is_out_of_age
from projects.rules.gaps import serving
from projects.rules.overlaps import GivenSupport, overlaps
from projects.support.selectors.given import given_of
from projects.support.selectors.met_needs import as_asked
from projects.support.selectors.recipients import HouseholdOnDay, households_on


@dataclass(frozen=True)
class SupportProvider:
    """A project of the ward that gives a kind this year, with the units that lead it."""

    ward_project: WardProject
    units: tuple[str, ...]


@dataclass(frozen=True)
class PossibleSupport:
    """A kind that the rules do not exclude and that was not received in its period. Personal.

    `persons` are those it may go to; empty where it goes to the household, or only to somebody
    out of its ages of whom the register does not know whether they are one of its others.
    """

    kind: SupportKind
    judgement: Judgement
    persons: tuple[str, ...]
    providers: tuple[SupportProvider, ...]
    is_needed: bool

    @property
    def is_offered(self) -> bool:
        """Whether it is sure or asked for; the rest has to be looked at first."""
        return self.judgement.is_yes or self.is_needed


def possible_supports(
    household: Household,
    kinds: Iterable[SupportKind],
    *,
    given: Sequence[Support],
    needs: Iterable[SupportNeed],
    on: date,
) -> list[PossibleSupport]:
    """First what is needed, then what is sure. `kinds` come with their needs and projects."""
    known = households_on([household.pk], on)[household.pk]
    needed = {need.kind_id for need in needs}
    carried_out = list(projects_carried_out(household.ward, on))
    received = [given_of(row) for row in given]
    found = [
        PossibleSupport(
            kind=kind,
            judgement=judgements[0][1],
            persons=tuple(name for name, _judgement in judgements if name),
            providers=tuple(providers_of(kind, carried_out)),
            is_needed=bool(needed & {need.pk for need in kind.needs.all()}),
        )
        for kind in kinds
        if (judgements := _judgements(household, kind, known, received, on))
    ]
    return sorted(found, key=lambda each: (not each.is_needed, not each.judgement.is_yes))


def met_by(needs: Iterable[SupportNeed], given: Iterable[Support]) -> list[SupportNeed]:
    """The open needs that something delivered serves; the kinds come with their needs."""
    rows = list(given)
    return [
        need
        for need in needs
        if serving(
            as_asked(need),
            [
                given_of(row)
                for row in rows
                if row.delivered_on and need.kind_id in {each.pk for each in row.kind.needs.all()}
            ],
        )
    ]


def projects_carried_out(ward: Area, on: date) -> QuerySet[WardProject]:
    """The projects of a ward in a year, each with the units that lead it."""
    leads = ProjectUnit.objects.in_year(on.year).filter(role=UnitRole.LEAD).select_related("unit")
    rows = WardProject.objects.of_year(ward, on.year).select_related("project")
    return rows.prefetch_related(Prefetch("units", queryset=leads))


def providers_of(kind: SupportKind, projects: Iterable[WardProject]) -> Iterator[SupportProvider]:
    """The projects that give a kind; the kind comes with its projects."""
    own = {project.pk for project in kind.projects.all()}
    for each in projects:
        if own & {each.project_id, each.project.parent_id}:
            units = tuple(str(part.unit) for part in each.units.all())
            yield SupportProvider(each, units)


def _judgements(
    household: Household,
    kind: SupportKind,
    known: HouseholdOnDay,
    received: Sequence[GivenSupport],
    on: date,
) -> list[tuple[str, Judgement]]:
    """The household, or each of its members, that may have the kind, the surest first.

    Where somebody is of its ages, those out of them are left aside; where nobody is, it may still
    go to one of its others, whom the register does not know: then nobody is named.
    """
    found, out_of_age = [], []
    for each in known.residents if kind.is_for_persons else (None,):
        person = each.person if each else None
        facts = known.facts(kind, on, person)
        judgement = eligible(kind, facts, on)
        new = new_support(kind, household.pk, person, on)
        if judgement.verdict == Eligibility.NO or overlaps(new, received):
            continue
        if each and is_out_of_age(kind, facts):
            out_of_age.append(("", judgement))
        else:
            found.append((each.name if each else "", judgement))
    return sorted(found, key=lambda pair: not pair[1].is_yes) or out_of_age[:1]
