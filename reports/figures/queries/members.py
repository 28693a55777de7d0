"""Who of the poor and near-poor households is insured and goes to school, as far as it was asked.

Nothing is derived from what a form says of a whole household; who was not asked is in neither
number, and the source says how many they are.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from households.choices import FactState, FactTopic, PovertyClass
from households.rules.people.facts import (
    RIGHT_LEVELS,
    StatedFact,
    fact_state,
    is_at_level,
    latest_fact,
)
from povertyplan.core.text import formatting
from reports.figures.figure import NO_RESULT

from .counted import CountedSet, Finder, NotCounted
from .rows import ListedPerson

if TYPE_CHECKING:
    from reports.figures.facts import WardFacts

Classes = Sequence[PovertyClass]
Asks = Callable[[StatedFact | None, int | None, date], bool | None]
SCHOOL_FROM, SCHOOL_UNTIL = 6, 16
NURSERY_FROM = RIGHT_LEVELS[0][0]
NOBODY_ASKED = "Chưa hỏi ai trong {count} {whom} ({source})."
NOBODY = "Không có {whom} nào ({source})."


def insured(classes: Classes) -> Finder:
    """Persons with health insurance among those of some classes who were asked."""

    def has_card(fact: StatedFact | None, age: int | None, on: date) -> bool | None:
        return _answered(fact, on)

    return _share(classes, FactTopic.INSURANCE, has_card, "người", "có bảo hiểm y tế")


def schooled(classes: Classes) -> Finder:
    """Children from 6 to under 16 who go to school, among those who were asked."""

    def attends(fact: StatedFact | None, age: int | None, on: date) -> bool | None:
        return _answered(fact, on)

    whom = f"trẻ em từ {SCHOOL_FROM} đến dưới {SCHOOL_UNTIL} tuổi"
    return _share(
        classes, FactTopic.SCHOOLING, attends, whom, "đi học", ages=(SCHOOL_FROM, SCHOOL_UNTIL)
    )


def schooled_at_level(classes: Classes) -> Finder:
    """Children from 3 to under 16 at the level of their age, among those who were asked."""

    def attends(fact: StatedFact | None, age: int | None, on: date) -> bool | None:
        return None if age is None else is_at_level(fact, age, on)

    whom = f"trẻ em từ {NURSERY_FROM} đến dưới {SCHOOL_UNTIL} tuổi"
    return _share(
        classes,
        FactTopic.SCHOOLING,
        attends,
        whom,
        "học đúng cấp",
        ages=(NURSERY_FROM, SCHOOL_UNTIL),
    )


def _answered(fact: StatedFact | None, on: date) -> bool | None:
    state = fact_state(fact, on)
    return state == FactState.YES if state in (FactState.YES, FactState.NO) else None


def _share(
    classes: Classes,
    topic: FactTopic,
    asks: Asks,
    whom: str,
    verb: str,
    *,
    ages: tuple[int, int] | None = None,
) -> Finder:
    def found(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
        listed = facts.rows.listed_persons(year)
        if listed is None:
            return NotCounted(NO_RESULT.format(year))
        day, source = listed.on, f"{_named(classes)}, {listed.source}"
        persons = [
            each
            for each in listed.persons
            if each.poverty_class in classes and _is_asked(each, ages, day)
        ]
        words = f"{whom} của {source}"
        if not persons:
            return NotCounted(NOBODY.format(whom=whom, source=source))
        said = facts.rows.person_facts
        answers = {
            each.pk: asks(latest_fact(said.get((each.pk, topic), ()), day), each.age(day), day)
            for each in persons
        }
        known = frozenset(pk for pk, answer in answers.items() if answer is not None)
        if not known:
            count = formatting.number(len(persons))
            return NotCounted(NOBODY_ASKED.format(count=count, whom=whom, source=source))
        return CountedSet(
            frozenset(pk for pk, answer in answers.items() if answer),
            day,
            f"{words} {verb}{_told_unknown(len(persons) - len(known))}",
            whole=known,
            url=_url(facts, year, topic, classes),
        )

    return found


def _is_asked(person: ListedPerson, ages: tuple[int, int] | None, on: date) -> bool:
    """Whether somebody is of the ages that are counted; who has no birth date is of none."""
    if ages is None:
        return True
    age = person.age(on)
    return age is not None and ages[0] <= age < ages[1]


def _told_unknown(count: int) -> str:
    return f"; chưa hỏi hoặc chưa rõ {formatting.number(count)} người" if count else ""


def _named(classes: Classes) -> str:
    return ", ".join(each.label.lower() for each in classes)


def _url(facts: "WardFacts", year: int, topic: FactTopic, classes: Classes) -> str:
    """The list tells of today: an earlier year has none."""
    if year != facts.until.year:
        return ""
    of_class = {"poverty_class": classes[0]} if len(classes) == 1 else {}
    return reverse("households:fact_list", query={"topic": topic, **of_class})
