"""Addresses of the household lists behind the cells of the summary tables."""

from datetime import date

from reports.figures.links import household_list_url

from .facts import TableArea, TableFacts


def listed_url(facts: TableFacts, place: TableArea, poverty_class: str, **filters) -> str:
    """The households of a class in a place on the closing day."""
    return class_url(facts.until, place, poverty_class, **filters)


def class_url(on: date, place: TableArea, poverty_class: str, **filters) -> str:
    return household_list_url(
        **{"class": poverty_class, "village": place.pk, "on": on.isoformat(), **filters}
    )


def move_url(facts: TableFacts, place: TableArea, **filters) -> str:
    """The households that moved in one way between the two days."""
    days = {"after": facts.after.isoformat(), "on": facts.until.isoformat()}
    return household_list_url(**{**days, "village": place.pk, **filters})


def forms_url(facts: TableFacts, place: TableArea, poverty_class: str) -> str:
    """All households of a class in the review the table was counted from."""
    return review_url(facts, place, poverty_class, reviewed=1)


def review_url(facts: TableFacts, place: TableArea, poverty_class: str, **filters) -> str:
    """The households of a class in the review the table was counted from."""
    if facts.review is None:
        raise LookupError("No review was recognised by the day of the table.")
    return class_url(facts.until, place, poverty_class, year=facts.review.year, **filters)
