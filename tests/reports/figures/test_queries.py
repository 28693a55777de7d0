"""Each named query against a recount that looks at every household of a random ward in turn."""

import random
from datetime import date
from decimal import Decimal

import pytest

from households.choices import NeedOutcome
from projects.choices import SupportState
from reports.choices import IndicatorSource
from reports.figures.data_fields import NUMBERED, QUERIES
from reports.figures.queries.catalogue import NAMED_QUERIES
from reports.figures.queries.counted import CountedSet, NotCounted
from reports.figures.registry import FigureRegistry
from tests.factories.core import user_with
from tests.factories.households import (
    HouseholdFactory,
    StatusFactory,
)
from tests.factories.projects import (
    SupportFactory,
)
from tests.reports.histories import NEAR_POOR, POOR, TODAY, recognised
from tests.reports.random_wards import (
    EVERY,
    HOUSEHOLDS,
    LEVELS,
    LISTED,
    PERSONS,
    YEAR,
    invent_ward,
    wards_to_try,
)


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
