"""Households and persons on the two lists: by class, by ethnic group, by what they lack."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from households.choices import HouseholdTrait, PovertyClass
from households.directory.selectors.search import ON_LISTS
from households.ledger.selectors.listed_households import ListedHousehold
from households.models import AreaYear
from povertyplan.core.text import formatting
from reports.figures.figure import NO_POPULATION, NO_RESULT
from reports.figures.links import household_list_url

from .counted import CountedSet, Finder, NotCounted

if TYPE_CHECKING:
    from reports.figures.facts import WardFacts

Classes = Sequence[PovertyClass]
NO_MINORITIES = "Chưa có tổng số hộ dân tộc thiểu số đến ngày {}."
NO_PERSONS = "Chưa có tổng số nhân khẩu đến ngày {}."


def households_of(classes: Classes) -> Finder:
    """Households of some classes."""
    return _of_classes(classes, lambda _each: True)


def minority_households_of(classes: Classes) -> Finder:
    """Those of them whose head is of an ethnic minority."""
    return _of_classes(classes, lambda each: each.is_minority, trait=HouseholdTrait.MINORITY)


def persons_of(classes: Classes) -> Finder:
    """The persons in households of some classes."""
    households = households_of(classes)

    def persons(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
        found = households(facts, year)
        if isinstance(found, NotCounted):
            return found
        members = facts.rows.persons(year)
        return CountedSet(
            frozenset(person for pk in found.counted for person in members.get(pk, ())),
            found.as_of,
            f"Nhân khẩu trong {formatting.number(len(found.counted))} {_named(classes)}, "
            f"{facts.source(year)}",
            url=found.url,
        )

    return persons


def share_of_households(classes: Classes) -> Finder:
    """Households of some classes among all households of the ward."""
    return _share(
        households_of(classes), lambda given: given.households, NO_POPULATION, "hộ dân cư"
    )


def share_of_persons(classes: Classes) -> Finder:
    return _share(persons_of(classes), lambda given: given.persons, NO_PERSONS, "nhân khẩu")


def share_of_minorities(classes: Classes) -> Finder:
    """Minority households of some classes among all minority households."""
    return _share(
        minority_households_of(classes),
        lambda given: given.minority_households,
        NO_MINORITIES,
        "hộ dân tộc thiểu số",
    )


def lacking(classes: Classes) -> Finder:
    """Households of some classes that the review of the year found lacking an indicator."""

    def lacking_of(facts: "WardFacts", number: int, year: int) -> CountedSet | NotCounted:
        campaign, day = facts.recognised.get(year), facts.day_of(year)
        if campaign is None or day is None:
            return NotCounted(NO_RESULT.format(year))
        forms = [each for each in facts.rows.forms[campaign.pk] if each.poverty_class in classes]
        whole = frozenset(each.pk for each in forms)
        source = f"{_named(classes)} thiếu hụt chỉ số {number}, {facts.source(year)}"
        filters = {"class": _class_filter(classes)} if len(classes) == 1 else {}
        return CountedSet(
            frozenset(each.pk for each in forms if number in each.deprivations),
            day,
            source,
            whole=whole,
            url=household_list_url(deprived=number, year=year, **filters),
        )

    return lacking_of


def _of_classes(
    classes: Classes, meets: Callable[[ListedHousehold], bool], trait: str = ""
) -> Finder:
    def found(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
        day = facts.day_of(year)
        if day is None:
            return NotCounted(NO_RESULT.format(year))
        rows = facts.rows.listed(year)
        words = (
            f"{_named(classes)} {HouseholdTrait(trait).label.lower()}" if trait else _named(classes)
        )
        return CountedSet(
            frozenset(each.pk for each in rows if each.poverty_class in classes and meets(each)),
            day,
            f"Danh sách {words}, {facts.source(year)}",
            url=household_list_url(
                **{"class": _class_filter(classes)}, **facts.list_filters(year), trait=trait
            ),
        )

    return found


def _share(
    part: Finder, whole: Callable[[AreaYear], int | None], unknown: str, words: str
) -> Finder:
    def share(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
        found = part(facts, year)
        if isinstance(found, NotCounted):
            return found
        given = facts.population(found.as_of)
        total = whole(given) if given else None
        if not total or given is None:
            return NotCounted(unknown.format(formatting.day(found.as_of)))
        return CountedSet(
            found.counted,
            found.as_of,
            f"{words} ngày {formatting.day(given.on)}, {facts.source(year)}",
            total=total,
            url=found.url,
        )

    return share


def _named(classes: Classes) -> str:
    return ", ".join(each.label.lower() for each in classes)


def _class_filter(classes: Classes) -> str:
    return classes[0] if len(classes) == 1 else ON_LISTS
