"""What writing an import would do to the number of households of each class.

A file gives a class to new households alone; a household that it puts into another village takes
its class of the register along.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.initial_status import beginning_of, decided_on_of
from households.intake.staging.selectors.plans import class_of_new, new_households
from households.ledger.selectors.classes import (
    VillageCounts,
    add_up_counts,
    class_counts_by_village,
)
from households.models import HouseholdStatus, ImportBatch, ImportRow
from povertyplan.core import clock
from povertyplan.core.models import Area


@dataclass(frozen=True)
class ClassEffect:
    """Households of one class before and after."""

    before: int
    after: int

    @property
    def changes(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class PlaceEffect:
    """A village, or the ward, with an effect for each class in their order."""

    name: str
    classes: tuple[ClassEffect, ...]

    @property
    def changes(self) -> bool:
        return any(effect.changes for effect in self.classes)


@dataclass(frozen=True)
class FirstDay:
    """How many new households begin on a day, with the decision of the list that made it so.

    Without one it is the day of the file.
    """

    day: date
    decision: str
    is_decided: bool
    count: int


def first_days(batch: ImportBatch, rows: Sequence[ImportRow]) -> list[FirstDay]:
    """From which days the classes of new households hold, the earliest first; two queries."""
    beginning = beginning_of(batch)
    counts: Counter[tuple[date, str, bool]] = Counter()
    for row in new_households(rows).values():
        day = beginning.day_of(row)
        is_decided = day == decided_on_of(row)
        number = row.value(SheetField.DECISION_NUMBER) if is_decided else ""
        counts[day, number or "", is_decided] += 1
    return [FirstDay(*key, count) for key, count in sorted(counts.items())]


def class_effects(batch: ImportBatch, rows: Sequence[ImportRow]) -> list[PlaceEffect]:
    """The villages whose figures change and the ward; empty where none does. Up to five queries.

    `rows` are all of the batch, after `refuse_rows`.
    """
    added = _added(batch.ward, rows)
    known = class_counts_by_village(ward=batch.ward, on=clock.today())
    villages = [_effect(each.village.name, [each], added) for each in known]
    ward = _effect(batch.ward.name, known, added)
    changing = [village for village in villages if village.changes]
    return [*changing, ward] if changing else []


def _effect(name: str, villages: Sequence[VillageCounts], added: Counter) -> PlaceEffect:
    classes = []
    counts = add_up_counts(each.counts for each in villages)
    for poverty_class in PovertyClass:
        before = getattr(counts, poverty_class.value)
        gained = sum(added[each.village.pk, poverty_class] for each in villages)
        classes.append(ClassEffect(before, before + gained))
    return PlaceEffect(name, tuple(classes))


def _added(ward: Area, rows: Sequence[ImportRow]) -> Counter[tuple[int | None, str]]:
    """How many households each village gains of each class; what it loses is negative."""
    villages = dict(Area.objects.villages_of(ward).values_list("name", "pk"))
    added: Counter[tuple[int | None, str]] = Counter()
    for row in new_households(rows).values():
        added[villages.get(row.value(SheetField.VILLAGE)), class_of_new(row)] += 1
    moving = {
        row.plan.household: row.plan.changes["village"]
        for row in rows
        if row.plan.is_updated and "village" in row.plan.changes
    }
    spells = HouseholdStatus.objects.in_force(on=clock.today()).filter(household__in=list(moving))
    for household, poverty_class in spells.values_list("household", "poverty_class"):
        move = moving[household]
        added[villages.get(move.old), poverty_class] -= 1
        added[villages.get(move.new), poverty_class] += 1
    return added
