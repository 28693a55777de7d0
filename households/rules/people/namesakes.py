"""People of one name in one list, told apart by year of birth or by code. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Namesake:
    """Who is listed: name, year of birth where it is known, and the household's code."""

    name: str
    birth_year: int | None = None
    code: str = ""


def with_birth_year(name: str, birth_year: int | None) -> str:
    """A name as choices show it.

    >>> with_birth_year("A Nam", 2010), with_birth_year("A Nam", None)
    ('A Nam, sinh 2010', 'A Nam, chưa rõ năm sinh')
    """
    return f"{name}, sinh {birth_year}" if birth_year else f"{name}, chưa rõ năm sinh"


def tell_apart(people: Sequence[Namesake]) -> list[str]:
    """A label for each in their order: the name alone where no other has it.

    Namesakes get their year of birth, and the code as well where even that is the same.

    >>> tell_apart([Namesake("A Nam", 1980), Namesake("A Nam", 1991), Namesake("Y Lan", 1980)])
    ['A Nam, sinh 1980', 'A Nam, sinh 1991', 'Y Lan']
    >>> tell_apart([Namesake("A Nam", 1980, "HN-1"), Namesake("A Nam", 1980, "HN-2")])
    ['A Nam, sinh 1980 (HN-1)', 'A Nam, sinh 1980 (HN-2)']
    """
    names = Counter(person.name for person in people)
    years = Counter((person.name, person.birth_year) for person in people)
    labels = []
    for person in people:
        label = person.name
        if names[person.name] > 1:
            label = with_birth_year(label, person.birth_year)
        if years[person.name, person.birth_year] > 1 and person.code:
            label = f"{label} ({person.code})"
        labels.append(label)
    return labels
