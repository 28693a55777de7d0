"""Livelihood projects as pages show them: the lines of a year, one with members and steps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from households.campaign.holidays.selectors import working_calendar
from households.choices import LISTED, PovertyClass, WindowRule
from households.ledger.selectors.classes import spells_of
from households.models import HouseholdStatus
from households.rules.windows import window_of
from households.rules.working_days import WorkingCalendar
from povertyplan.core.models import Area, User
from projects.choices import LivelihoodStage, LivelihoodState, MemberStanding
from projects.models import Livelihood, LivelihoodMember, LivelihoodProcedure, LivelihoodStep
from projects.programme.selectors.rights import projects_to_write
from projects.rules.livelihoods import (
    livelihood_state,
    next_stage,
    post_until,
    public_until,
    stages_asked,
    warnings_of,
)
from projects.support.selectors.ledger import head_names


@dataclass(frozen=True)
class MemberLine:
    """A member with what it was on the day it joined. Personal."""

    member: LivelihoodMember
    name: str
    class_words: str
    is_beneficiary: bool


@dataclass(frozen=True)
class LivelihoodLine:
    """A livelihood project: how far it is, how many take part, what should be looked at."""

    livelihood: Livelihood
    state: LivelihoodState
    members: int
    beneficiaries: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class StageLine:
    """A step that is asked for, with what was written of it."""

    stage: LivelihoodStage
    step: LivelihoodStep | None = None
    is_last: bool = False


@dataclass(frozen=True)
class LivelihoodFacts:
    """What the rules ask of one: its steps, its procedure, the working days of its ward."""

    procedure: LivelihoodProcedure | None
    calendar: WorkingCalendar
    steps: Mapping[str, LivelihoodStep] = field(default_factory=dict)

    @property
    def done(self) -> dict[str, date]:
        return {stage: step.on for stage, step in self.steps.items()}

    @property
    def next_stage(self) -> LivelihoodStage | None:
        return next_stage(self.done, self.procedure)

    @property
    def public_until(self) -> date | None:
        posted = self.done.get(LivelihoodStage.POSTED)
        return public_until(posted, self.procedure, self.calendar) if posted else None

    @property
    def post_until(self) -> date | None:
        assessed = self.done.get(LivelihoodStage.ASSESSED)
        return post_until(assessed, self.procedure, self.calendar) if assessed else None

    def stage_lines(self) -> list[StageLine]:
        """The steps that are asked for; only the last that was written can be taken back."""
        last = max((step.pk for step in self.steps.values()), default=None)
        found = [(each, self.steps.get(each)) for each in stages_asked(self.procedure)]
        return [StageLine(each, step, step is not None and step.pk == last) for each, step in found]


@dataclass(frozen=True)
class LivelihoodBook:
    """What is known of some of one ward, read once. Personal."""

    facts: Mapping[int, LivelihoodFacts]
    members: Mapping[int, list[MemberLine]]

    def line(self, livelihood: Livelihood, today: date) -> LivelihoodLine:
        pk = livelihood.pk
        return _line(livelihood, self.facts[pk], self.members.get(pk, []), today)


def read_livelihoods(livelihoods: Sequence[Livelihood], *, today: date) -> LivelihoodBook:
    """The same number of queries however many there are."""
    members = defaultdict(list)
    for line in member_lines(livelihoods, today=today):
        members[line.member.livelihood_id].append(line)
    return LivelihoodBook(facts_of(livelihoods), members)


def livelihood_lines(livelihoods: Sequence[Livelihood], *, today: date) -> list[LivelihoodLine]:
    """How some of one ward stand."""
    book = read_livelihoods(livelihoods, today=today)
    return [book.line(each, today) for each in livelihoods]


def _line(
    livelihood: Livelihood, facts: LivelihoodFacts, everybody: Sequence[MemberLine], today: date
) -> LivelihoodLine:
    members = [each for each in everybody if each.member.left_on is None]
    beneficiaries = sum(each.is_beneficiary for each in members)
    return LivelihoodLine(
        livelihood=livelihood,
        state=livelihood_state(
            facts.done,
            stopped_on=livelihood.stopped_on,
            procedure=facts.procedure,
            calendar=facts.calendar,
            today=today,
        ),
        members=len(members),
        beneficiaries=beneficiaries,
        warnings=tuple(
            warnings_of(
                facts.done,
                procedure=facts.procedure,
                calendar=facts.calendar,
                beneficiaries=beneficiaries,
                members=len(members),
            )
        ),
    )


def facts_of(livelihoods: Iterable[Livelihood]) -> dict[int, LivelihoodFacts]:
    """Steps, procedures and working days of some of one ward."""
    rows = list(livelihoods)
    steps: dict[int, dict[str, LivelihoodStep]] = defaultdict(dict)
    for step in LivelihoodStep.objects.standing().filter(livelihood__in=rows):
        steps[step.livelihood_id][step.stage] = step
    procedures = list(LivelihoodProcedure.objects.order_by("valid_from"))
    days = [step.on for of_one in steps.values() for step in of_one.values()]
    years = [day.year for day in days] + [each.year_from for each in rows]
    calendar = (
        working_calendar(rows[0].ward, range(min(years), max(years) + 2))
        if rows
        else WorkingCalendar()
    )
    return {
        each.pk: LivelihoodFacts(
            _procedure(each, steps[each.pk], procedures), calendar, steps[each.pk]
        )
        for each in rows
    }


def _procedure(
    livelihood: Livelihood,
    steps: Mapping[str, LivelihoodStep],
    procedures: Sequence[LivelihoodProcedure],
) -> LivelihoodProcedure | None:
    """What held when it began: on the day of its first step, before it in its first year."""
    days = [step.on for step in steps.values()]
    day = min(days, default=date(livelihood.year_from, 12, 31))
    held = [each for each in procedures if each.kind == livelihood.kind and each.valid_from <= day]
    return held[-1] if held else None


def member_lines(livelihoods: Iterable[Livelihood], *, today: date) -> list[MemberLine]:
    """Who takes or took part in some, in the order of joining. Personal."""
    found = LivelihoodMember.objects.filter(livelihood__in=livelihoods)
    rows = list(found.select_related("household__village").order_by("joined_on", "pk"))
    households = [row.household_id for row in rows if row.household_id]
    spells, names = spells_of(households), head_names(households, today)
    return [_member_line(row, spells, names) for row in rows]


def seen_members(lines: Sequence[MemberLine], reader: User) -> list[MemberLine]:
    """Those whom a reader sees: households of their villages, and all who are no household."""
    keys = [each.member.pk for each in lines if each.member.household_id]
    visible = LivelihoodMember.objects.visible_to(reader).filter(pk__in=keys)
    seen = set(visible.values_list("pk", flat=True))
    return [each for each in lines if not each.member.household_id or each.member.pk in seen]


def _member_line(
    row: LivelihoodMember,
    spells: Mapping[int, Sequence[HouseholdStatus]],
    names: Mapping[int, str],
) -> MemberLine:
    if row.household_id is None:
        return MemberLine(row, row.name, MemberStanding.OTHER.label, is_beneficiary=False)
    words, is_beneficiary = class_in_words(spells[row.household_id], row.joined_on)
    return MemberLine(row, names.get(row.household_id, ""), words, is_beneficiary)


def class_in_words(spells: Sequence[HouseholdStatus], day: date) -> tuple[str, bool]:
    """What a household is on a day, and whether the programme is for it."""
    current = next(
        (
            each.poverty_class
            for each in spells
            if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
        ),
        "",
    )
    if current in LISTED:
        return PovertyClass(current).label, True
    window = window_of(spells, day, WindowRule.PROGRAMME)
    if window is not None and window.closed_on is None and window.is_open(day):
        return MemberStanding.NEWLY_ESCAPED.label, True
    standing = PovertyClass(current) if current else MemberStanding.NOT_KNOWN
    return str(standing.label), False


def may_write_livelihood(user: User, ward: Area, ward_project: int, year: int) -> bool:
    """Whether a user writes about one: the coordinator, and the unit that leads its project."""
    return projects_to_write(user, ward, year).filter(pk=ward_project).exists()
