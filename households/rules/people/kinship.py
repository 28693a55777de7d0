"""Whether relations in a household can be true, by age, sex and earlier relations. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from households.choices import RelationToHead, Sex
from households.rules.people.birth_dates import age_on

# What is worth a second look, not what the law says.
ADULT = 18
YEARS_OF_A_GENERATION = 13
HEAD, SPOUSE, CHILD = RelationToHead.HEAD, RelationToHead.SPOUSE, RelationToHead.CHILD
PARENT, GRANDPARENT = RelationToHead.PARENT, RelationToHead.GRANDPARENT
OTHER = RelationToHead.OTHER
SECOND_SPOUSE = "Có nhiều hơn một người ghi là vợ, chồng của chủ hộ."
# Pairs of earlier relations, in either order, that two spouses may have had to another head.
COUPLES = (
    {HEAD, SPOUSE},
    {PARENT},
    {GRANDPARENT},
)


@dataclass(frozen=True)
class Relative:
    """A member with the relation to a head, and the one to the head before, where it is known."""

    name: str
    relation: str
    sex: str
    born: date | None
    relation_before: str = ""


@dataclass
class KinshipFindings:
    """What cannot be, and what can but is rare; a sentence each."""

    impossible: list[str] = field(default_factory=list)
    unusual: list[str] = field(default_factory=list)


def check_kinship(head: Relative, others: Sequence[Relative], *, on: date) -> KinshipFindings:
    """Compare each member with the head on a day; who has no date of birth is not compared."""
    found = check_head(head, on=on)
    for other in others:
        _compare(head, other, found, on)
    if sum(other.relation == SPOUSE for other in others) > 1:
        found.unusual.append(SECOND_SPOUSE)
    return found


def check_head(head: Relative, *, on: date) -> KinshipFindings:
    """Look at the head alone, as of a household that has nobody else yet."""
    found = KinshipFindings()
    if head.born is not None and (age := age_on(head.born, on)) < ADULT:
        found.unusual.append(f"Chủ hộ {head.name} mới {age} tuổi, sinh năm {head.born.year}.")
    return found


def check_newcomer(
    head: Relative, newcomer: Relative, *, has_spouse: bool, on: date
) -> KinshipFindings:
    """Compare somebody who joins with the head; what was there before is not asked again."""
    found = KinshipFindings()
    _compare(head, newcomer, found, on)
    if newcomer.relation == SPOUSE and has_spouse:
        found.unusual.append(SECOND_SPOUSE)
    return found


def _compare(head: Relative, other: Relative, found: KinshipFindings, on: date) -> None:
    if other.relation == SPOUSE:
        found.unusual += _spouse(head, other, on)
    _generation(head, other, found)


def _spouse(head: Relative, spouse: Relative, on: date) -> list[str]:
    pair = f"{spouse.name} là vợ, chồng của chủ hộ {head.name}"
    found = []
    if spouse.sex == head.sex:
        found.append(f"{pair} mà cả hai ghi giới tính {Sex(head.sex).label.lower()}.")
    if spouse.born is not None and (age := age_on(spouse.born, on)) < ADULT:
        found.append(f"{pair} mà mới {age} tuổi, sinh năm {spouse.born.year}.")
    if _cannot_be_a_couple(head.relation_before, spouse.relation_before):
        before = " và ".join(
            f"{one.name} là {RelationToHead(one.relation_before).label.lower()}"
            for one in (head, spouse)
        )
        found.append(f"{pair}; trước đó sổ ghi {before} của chủ hộ cũ.")
    return found


def _cannot_be_a_couple(one: str, other: str) -> bool:
    """Whether two earlier relations say that they are kin, such as two children of one head.

    >>> _cannot_be_a_couple("child", "child"), _cannot_be_a_couple("child", "other")
    (True, False)
    """
    if not one or not other or OTHER in (one, other):
        return False
    return {one, other} not in COUPLES


def _generation(head: Relative, other: Relative, found: KinshipFindings) -> None:
    """A child is younger than the head, a parent or grandparent older, by a generation."""
    if head.born is None or other.born is None:
        return
    years = {
        CHILD: other.born.year - head.born.year,
        PARENT: head.born.year - other.born.year,
        GRANDPARENT: head.born.year - other.born.year,
    }
    apart = years.get(RelationToHead(other.relation))
    if apart is None:
        return
    label = RelationToHead(other.relation).label.lower()
    pair = (
        f"{other.name} sinh năm {other.born.year} ghi là {label} của chủ hộ {head.name} sinh năm "
        f"{head.born.year}"
    )
    generations = 2 if other.relation == GRANDPARENT else 1
    if apart < 0 and other.relation != GRANDPARENT:
        found.impossible.append(f"{pair}: không thể như vậy. Sửa quan hệ, hoặc chọn “Khác”.")
    elif apart < YEARS_OF_A_GENERATION * generations:
        found.unusual.append(f"{pair}.")
