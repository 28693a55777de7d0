"""Random wards with a recognised review, and what was invented of each of their households."""

import os
import random
from dataclasses import dataclass, field
from datetime import date

from households.choices import ClosingReason, NeedOutcome
from households.models import EthnicGroup, Household, Person
from projects.choices import BudgetAct, SupportState
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    AreaYearFactory,
    MembershipFactory,
    NeedFactory,
    NeedKindFactory,
    PersonFactFactory,
    StatusFactory,
)
from tests.factories.projects import (
    BudgetEntryFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.reports.histories import NEAR_POOR, NOT_POOR, POOR, recognised

YEAR, DECIDED = 2025, date(2025, 12, 15)
OFTEN, LONG = 2, 1000
EVERY, HOUSEHOLDS, PERSONS = 5000, 1234, 4321
LISTED = (POOR, NEAR_POOR)
LEVELS = ("kindergarten", "primary", "lower_secondary")


@dataclass
class RecountedHousehold:
    """What was invented of a household, beside its row."""

    row: object
    poverty_class: str
    minority: bool
    persons: list
    lacks: set
    closed: bool
    needs: list = field(default_factory=list)
    supports: list = field(default_factory=list)
    answers: list = field(default_factory=list)


def pick(chance):
    return chance.choice([POOR, POOR, NEAR_POOR, NOT_POOR])


def invent_ward(chance):
    """A ward with a recognised review; where it has a decision, some leave the register since."""
    ward = WardFactory()
    villages = [VillageFactory(parent=ward, order=place) for place in range(2)]
    forms = [
        (chance.choice(villages), pick(chance), {n for n in range(1, 13) if chance.random() < 0.3})
        for _ in range(chance.randint(3, 7))
    ]
    campaign = recognised(ward, YEAR, *forms)
    decision = campaign.decision if chance.random() < 0.5 else None
    kinds = (NeedKindFactory(), SupportKindFactory())
    AreaYearFactory(
        area=ward, on=date(2025, 6, 30), households=HOUSEHOLDS, persons=PERSONS,
        minority_households=HOUSEHOLDS // 2,
    )  # fmt: skip
    found = [
        _household(chance, review, lacks, decision, kinds)
        for review, (_village, _class, lacks) in zip(
            campaign.reviews.order_by("pk"), forms, strict=True
        )
    ]
    return ward, found, _money(chance, ward)


def _household(chance, review, lacks, decision, kinds):
    row, poverty_class = review.household, review.recorded_class
    closed, minority = chance.random() < 0.2, chance.random() < 0.5
    codes = {True: ("13", "Ba Na"), False: ("01", "Kinh")}[minority]
    group = EthnicGroup.objects.get_or_create(code=codes[0], defaults={"name": codes[1]})[0]
    head = row.memberships.get().person_id
    Person.objects.filter(pk=head).update(ethnic_group=group)
    persons = [
        head,
        *(MembershipFactory(household=row).person_id for _ in range(chance.randint(0, 2))),
    ]
    StatusFactory(household=row, poverty_class=poverty_class, starts_on=DECIDED, decision=decision)
    one = RecountedHousehold(row, poverty_class, minority, persons, lacks, closed)
    one.answers = [_answers(chance, row, person) for person in persons]
    _work(chance, one, *kinds)
    if closed:
        Household.objects.filter(pk=row.pk).update(
            closed_on=date(2025, 12, 20), closing_reason=ClosingReason.values[0]
        )
    return one


def _answers(chance, row, person):
    """Born when, insured or not, at which school: (person, age at the year's end, …)."""
    born = chance.choice([None, *(date(year, 6, 1) for year in range(2008, 2025))])
    Person.objects.filter(pk=person).update(birth_date=born)
    age = None if born is None else YEAR - born.year
    insured, level = chance.choice([None, "yes", "no", "unclear"]), chance.choice([*LEVELS, ""])
    schooled = chance.choice([None, "yes", "no", "unclear"])
    said = {"household": row, "person_id": person, "as_of": date(2025, 5, 1)}
    expired = insured == "yes" and chance.random() < 0.3
    if insured:
        valid_to = date(2025, 11, 30) if expired else None
        PersonFactFactory(topic="insurance", answer=insured, valid_to=valid_to, **said)
    if schooled:
        level = level if schooled == "yes" else ""
        PersonFactFactory(topic="schooling", answer=schooled, level=level, **said)
    if chance.random() < 0.3:  # of before, and of after the year: neither counts
        older = said | {"as_of": date(2025, 4, 1)} if insured else said
        if insured:
            PersonFactFactory(topic="insurance", answer="no", **older)
        PersonFactFactory(topic="insurance", answer="no", **said | {"as_of": date(2026, 2, 1)})
    known = None if expired or insured in (None, "unclear") else insured == "yes"
    return person, age, known, schooled, level


def _work(chance, one, need_kind, support_kind):
    if chance.random() < 0.5:
        outcome = chance.choice(["", NeedOutcome.SERVED, NeedOutcome.WITHDRAWN])
        ended = {"ended_on": date(2025, 9, 1), "outcome": outcome, "end_reason": "x"}
        need = NeedFactory(
            household=one.row,
            kind=need_kind,
            asked_on=date(2025, 3, 1),
            **(ended if outcome else {}),
        )
        one.needs.append((need.pk, outcome))
    for _ in range(chance.randint(0, 2)):
        state = chance.choice([SupportState.PROMISED, SupportState.DELIVERED])
        days = {"delivered_on": date(2025, 4, 1)}
        if state == SupportState.PROMISED:
            days = {"promised_on": date(2025, 4, 1), "delivered_on": None}
        given = SupportFactory(household=one.row, kind=support_kind, state=state, **days)
        one.supports.append((given.pk, state))


def _money(chance, ward):
    project, spent = WardProjectFactory(ward=ward), []
    common = {"ward_project": project, "year": YEAR}
    BudgetEntryFactory(amount=EVERY * 10**6, dated=date(2025, 1, 5), **common)
    for _ in range(chance.randint(0, 2)):
        amount = chance.randint(1, 999) * 10**5
        entry = BudgetEntryFactory(
            act=BudgetAct.DISBURSED, amount=amount, dated=date(2025, 5, 5), **common
        )
        spent.append((entry.pk, amount))
    return spent


def wards_to_try(config, *, often=OFTEN, long=LONG):
    """A sample in each run, all of them in the long one."""
    seed = int(os.environ.get("ACCESS_SEED", "1"))
    chance = random.Random(seed)
    for _ in range(long if config.getoption("--long") else often):
        yield chance, *invent_ward(chance)
