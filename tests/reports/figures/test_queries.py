"""Each named query against a recount that looks at every household of a random ward in turn."""

import os
import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from households.choices import ClosingReason, NeedOutcome
from households.models import EthnicGroup, Household, Person
from projects.choices import BudgetAct, SupportState
from reports.choices import IndicatorSource
from reports.figures.data_fields import NUMBERED, QUERIES
from reports.figures.queries.catalogue import NAMED_QUERIES
from reports.figures.queries.counted import CountedSet, NotCounted
from reports.figures.registry import FigureRegistry
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import (
    AreaYearFactory,
    HouseholdFactory,
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
from tests.reports.histories import NEAR_POOR, NOT_POOR, POOR, TODAY, recognised

YEAR, DECIDED = 2025, date(2025, 12, 15)
OFTEN, LONG = 2, 1000
EVERY, HOUSEHOLDS, PERSONS = 5000, 1234, 4321
LISTED = (POOR, NEAR_POOR)
LEVELS = ("kindergarten", "primary", "lower_secondary")


@dataclass
class InventedHousehold:
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
    one = InventedHousehold(row, poverty_class, minority, persons, lacks, closed)
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


def counted_in_year(one, found, is_decided):
    """A decision counts who left since; without one the register does not."""
    return not one.closed or is_decided


def recount(name, numbers, found, spent, is_decided):
    """The keys behind a number, and what they are a share of, household by household."""
    if name.startswith("disbursed"):
        return {pk for pk, _amount in spent}, set()
    part = next(words for words in (*RECOUNTS, "") if words in name)
    keys, whole = set(), set()
    for one in found:
        is_there = counted_in_year(one, found, is_decided)
        own_keys, own_whole = RECOUNTS.get(part, by_class)(one, name, numbers, is_there)
        keys |= own_keys
        whole |= own_whole
    return keys, whole


def classes_named(name):
    if "near_poor" in name:
        return (NEAR_POOR,)
    return (POOR,) if "poor" in name else LISTED


def by_class(one, name, _numbers, is_there):
    if not is_there or one.poverty_class not in classes_named(name):
        return set(), set()
    if "minority" in name and not one.minority:
        return set(), set()
    return set(one.persons) if "persons" in name else {one.row.pk}, set()


def by_deprivation(one, name, numbers, _is_there):
    if one.poverty_class not in classes_named(name):
        return set(), set()
    return {one.row.pk} if one.lacks & set(numbers) else set(), {one.row.pk}


def by_need(one, name, _numbers, _is_there):
    wanted = "" if name == "open_needs" else NeedOutcome.SERVED
    whole = {need for need, outcome in one.needs if outcome != NeedOutcome.WITHDRAWN}
    return {need for need, outcome in one.needs if outcome == wanted}, whole


def by_support(one, name, _numbers, _is_there):
    given = {pk for pk, state in one.supports if state != SupportState.PROMISED}
    if name == "supports_given":
        return given, set()
    return {one.row.pk} if given else set(), set()


def by_insurance(one, name, _numbers, is_there):
    if not is_there or one.poverty_class not in classes_named(name):
        return set(), set()
    known = {person: answer for person, _age, answer, *_school in one.answers if answer is not None}
    return {person for person, answer in known.items() if answer}, set(known)


def by_schooling(one, name, _numbers, is_there):
    if not is_there or one.poverty_class not in LISTED:
        return set(), set()
    keys, whole = set(), set()
    for person, age, _insured, schooled, level in one.answers:
        at_level = "level" in name
        if age is None or not (3 if at_level else 6) <= age < 16:
            continue
        if schooled == "no" or (schooled == "yes" and (level or not at_level)):
            whole.add(person)
            right = LEVELS[0] if age < 6 else LEVELS[1] if age < 12 else LEVELS[2]
            if schooled == "yes" and (not at_level or level == right):
                keys.add(person)
    return keys, whole


RECOUNTS = {"insured": by_insurance, "schooled": by_schooling} | {
    "deprived": by_deprivation,
    "needs": by_need,
    "support": by_support,
}


def wards_to_try(config):
    seed = int(os.environ.get("ACCESS_SEED", "1"))
    chance = random.Random(seed)
    for _ in range(LONG if config.getoption("--long") else OFTEN):
        yield chance, *invent_ward(chance)


# Of two years, and of what is carried out: tests of their own.
UNTRIED = {"supported_listed_percent", "livelihoods_running", "livelihood_households"} | {
    "low_income_workers",
    "supported_workers_percent",
}


@pytest.mark.django_db
def test_every_query_finds_what_a_slow_recount_finds(pytestconfig):
    for chance, ward, found, spent in wards_to_try(pytestconfig):
        book = FigureRegistry(ward=ward, until=TODAY)
        is_decided = bool(book.changed_since(YEAR))
        number = chance.randint(1, 12)
        for name, query in NAMED_QUERIES.items():
            if name in UNTRIED:
                continue
            numbers = (number,) if name in NUMBERED else ()
            keys, whole = recount(name, numbers, found, spent, is_decided)
            answer = query.find(book, *numbers, YEAR)
            if isinstance(answer, NotCounted):
                assert not keys, name
                continue
            assert set(answer.counted) == keys, name
            if answer.whole is not None:
                assert set(answer.whole) == whole, name
            assert_figure(book, name, numbers, answer, spent)
        for name in ("poor_households", "near_poor_households"):
            assert book.figure(name, YEAR).value == len(
                recount(name, (), found, spent, is_decided)[0]
            )


def assert_figure(book, name, numbers, answer: CountedSet, spent):
    figure = book.figure(name, *numbers, YEAR)
    if name == "disbursed_millions":
        assert figure.value == Decimal(sum(amount for _pk, amount in spent)) / 10**6
    elif name == "disbursed_percent":
        assert abs(figure.value - Decimal(sum(a for _pk, a in spent)) / (EVERY * 10**4)) < 1
    elif name.endswith("_percent"):
        wholes = {"listed_percent": HOUSEHOLDS, "poor_persons_percent": PERSONS}
        whole = wholes.get(name, HOUSEHOLDS // 2 if "minority" in name else len(answer.whole or ()))
        share = Decimal(100 * len(answer.counted)) / whole if whole else None
        assert share is None or abs(figure.value - share) <= Decimal("0.005"), name
    else:
        assert figure.value == len(answer.counted)


@pytest.mark.django_db
def test_a_number_of_households_opens_the_list_of_them(client_of):
    chance = random.Random(7)
    ward, found, _spent = invent_ward(chance)
    client = client_of(user_with("coordinator", ward))
    book = FigureRegistry(ward=ward, until=TODAY)

    for name in ("listed_households", "minority_poor_households", "deprived_households"):
        numbers = (3,) if name in NUMBERED else ()
        answer = NAMED_QUERIES[name].find(book, *numbers, YEAR)
        page = client.get(answer.url)
        shown = {row.household.pk for row in page.context["rows"]}
        registered = {one.row.pk for one in found if not one.closed}
        assert shown & registered == answer.counted & registered, name


def test_every_query_can_be_chosen_by_a_name_in_words():
    assert set(IndicatorSource.values) - {IndicatorSource.REPORTED} == set(QUERIES)


@pytest.mark.django_db
def test_what_nobody_recorded_is_not_known(ward):
    book = FigureRegistry(ward=ward, until=TODAY)

    for name in NAMED_QUERIES:
        numbers = (3,) if name in NUMBERED else ()
        figure = book.figure(name, *numbers, 2026)
        assert figure.value is None, name
        assert figure.reason.endswith("."), name


@pytest.mark.django_db
def test_supported_among_the_households_of_the_year_before(ward, village):
    recognised(ward, 2024)
    poor, other = (
        StatusFactory(
            household=HouseholdFactory(village=village), starts_on=date(2024, 12, 15)
        ).household
        for _ in range(2)
    )
    SupportFactory(household=poor, delivered_on=date(2025, 3, 1))
    SupportFactory(household=HouseholdFactory(village=village), delivered_on=date(2025, 3, 1))

    found = NAMED_QUERIES["supported_listed_percent"].find(
        FigureRegistry(ward=ward, until=TODAY), 2025
    )

    assert (found.counted, found.whole) == ({poor.pk}, {poor.pk, other.pk})


@pytest.mark.django_db
def test_a_share_of_nobody_is_no_number_and_says_why(ward):
    recognised(ward, 2025)

    figure = FigureRegistry(ward=ward, until=TODAY).figure("deprived_poor_percent", 3, 2025)

    assert figure.value is None
    assert figure.reason == "Mẫu số của năm 2025 là 0 nên không có tỷ lệ."
