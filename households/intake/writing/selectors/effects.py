"""What writing an import would do to the number of households of each class.

A file gives a class to new households alone; a household that it puts into another village takes
its class of the register along.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from households.choices import PovertyClass
from households.intake.sheets.headings import SheetField
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
