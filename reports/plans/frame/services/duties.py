"""What a document gives each unit to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.models import Document, DocumentDuty, DutyItem
from reports.plans.frame.services.bases import free_orders
from reports.plans.naming import name_document
from reports.plans.writing.services.draft import lock_draft
from reports.plans.writing.services.words import text_fault

MOST_TASKS = 200


@dataclass(frozen=True)
class DutyInput:
    """A unit with its tasks."""

    unit: Unit | None
    tasks: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return self.unit is None and not self.tasks


def duty_inputs(document: Document) -> list[DutyInput]:
    """The duties as they stand."""
    duties = document.duties.order_by("order").select_related("unit").prefetch_related("items")
    return [DutyInput(duty.unit, tuple(each.text for each in duty.items.all())) for duty in duties]


@audit.business_act(label="Sửa phân công trong văn bản")
def set_duties(
    *, document: Document, duties: Sequence[DutyInput], version: int, by: User
) -> Document:
    """Make these, in their order, the duties of a draft; a unit that is not among them has none.

    A task whose words stay, or else the one in its place, keeps the projects it is about.
    """
    current = lock_draft(document)
    stated = [duty for duty in duties if not duty.is_empty]
    if faults := duty_faults(stated):
        raise ValidationError([fault for found in faults.values() for fault in found.values()])
    versions.update(current, version=version)
    units = [duty.unit.pk for duty in stated if duty.unit]
    current.duties.exclude(unit__in=units).delete()
    standing = {duty.unit_id: duty for duty in current.duties.prefetch_related("items")}
    orders = free_orders((duty.order for duty in standing.values()), len(units))
    for order, unit, given in zip(orders, units, stated, strict=True):
        duty = standing.get(unit) or DocumentDuty(document=current, unit_id=unit)
        duty.order = order
        duty.save()
        _write_tasks(duty, given.tasks)
    summary = f"{by} phân công {len(stated)} đơn vị trong {name_document(current)}"
    audit.record(current, summary, ward=current.ward)
    return current


def split_tasks(text: str) -> tuple[str, ...]:
    """The tasks of a unit, a line each.

    >>> split_tasks(" Một. \\n\\nHai.")
    ('Một.', 'Hai.')
    """
    return tuple(line for line in map(normalise_text, text.splitlines()) if line)


def duty_faults(duties: Sequence[DutyInput]) -> dict[int, dict[str, str]]:
    """Every fault by the duty's place and its field."""
    units = [duty.unit for duty in duties]
    found = {
        place: {
            "unit": _unit_fault(duty.unit, units[:place]),
            "tasks": _task_fault(duty.tasks),
        }
        for place, duty in enumerate(duties)
        if not duty.is_empty
    }
    return {
        place: {name: fault for name, fault in faults.items() if fault}
        for place, faults in found.items()
        if any(faults.values())
    }


def _unit_fault(unit: Unit | None, before: Sequence[Unit | None]) -> str:
    if unit is None:
        return "Chọn đơn vị được giao."
    return f"{unit} đã được phân công ở dòng khác." if unit in before else ""


def _task_fault(tasks: Sequence[str]) -> str:
    if not tasks:
        return "Nhập nhiệm vụ, hoặc đánh dấu bỏ dòng này."
    if len(tasks) > MOST_TASKS:
        return f"Nhiều nhất {MOST_TASKS} nhiệm vụ cho một đơn vị."
    return next(filter(None, map(text_fault, tasks)), "")


def _write_tasks(duty: DocumentDuty, tasks: Sequence[str]) -> None:
    left = list(duty.items.order_by("order")) if duty.pk else []
    rows: list[DutyItem | None] = []
    for task in tasks:
        same = next((row for row in left if row.text == task), None)
        rows.append(same)
        if same is not None:
            left.remove(same)
    for place, row in enumerate(rows):
        if row is None and left:
            rows[place] = left.pop(0)
    duty.items.filter(pk__in=[row.pk for row in left]).delete()
    orders = free_orders(duty.items.values_list("order", flat=True), len(tasks))
    for order, task, row in zip(orders, tasks, rows, strict=True):
        item = row or DutyItem(duty=duty)
        item.order, item.text = order, task
        item.save()
