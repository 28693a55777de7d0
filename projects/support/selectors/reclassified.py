"""Which supports follow when households change their class: gained, to be looked at, lost."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from households.choices import WindowRule
from households.rules.windows import LEFT_CLASSES
from povertyplan.core.models import Area, User
from projects.choices import RightsChange
from projects.models import SupportKind
from projects.rules.eligibility import eligible
from projects.rules.reclassification import change_of_rights, reclassified_facts
from projects.support.selectors.recipients import HouseholdOnDay, households_on
from projects.support.selectors.rights import kinds_to_read


@dataclass(frozen=True)
class ClassChange:
    """A household with its class before and after; a class that is not known is empty."""

    household: int
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRight:
    """A household, or one of its members, whose right to a kind changes. Personal."""

    household: int
    change: RightsChange
    person: int | None = None


@dataclass(frozen=True)
class KindEffect:
    """A kind of support with whose right to it changes."""

    kind: SupportKind
    rights: tuple[ChangedRight, ...]

    @cached_property
    def recipients(self) -> Mapping[RightsChange, int]:
        """How many households or persons there are of each change."""
        found = dict.fromkeys(RightsChange, 0)
        for each in self.rights:
            found[each.change] += 1
        return found

    def households(self, change: str = "") -> set[int]:
        return {each.household for each in self.rights if not change or each.change == change}

    def most_money(self, change: RightsChange) -> int | None:
        """The most that those of a change may receive once; None for a kind without an amount."""
        return None if self.kind.ceiling is None else self.kind.ceiling * self.recipients[change]


def effects_of_changes(
    changes: Collection[ClassChange], *, ward: Area, reader: User, on: date
) -> list[KindEffect]:
    """The kinds that the reader sees and that are given on a day, by their order; four queries."""
    known = households_on([each.household for each in changes], on)
    found: dict[SupportKind, list[ChangedRight]] = defaultdict(list)
    kinds = kinds_to_read(reader, ward).valid_on(on)
    for kind in kinds:
        if not kind.asks_class:
            continue
        for change in changes:
            found[kind] += _rights(kind, change, known[change.household], on)
    return [KindEffect(kind, tuple(rights)) for kind, rights in found.items() if rights]


def _rights(
    kind: SupportKind, change: ClassChange, known: HouseholdOnDay, on: date
) -> Iterator[ChangedRight]:
    left_classes = LEFT_CLASSES[WindowRule(kind.window)]
    persons = [each.person for each in known.residents] if kind.is_for_persons else [None]
    for person in persons:
        facts = replace(known.facts(kind, on, person), poverty_class=change.before)
        moved = reclassified_facts(facts, after=change.after, left_classes=left_classes, day=on)
        if right := change_of_rights(eligible(kind, facts, on), eligible(kind, moved, on)):
            yield ChangedRight(change.household, right, person)
