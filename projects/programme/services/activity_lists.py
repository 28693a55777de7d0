"""Activities from a file: those that are new are added, of others what differs is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import differences
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text.vietnamese import search_key
from projects.models import Activity, WardProject
from projects.programme.services.activities import (
    ActivityInput,
    ActivityResult,
    add_activity,
    change_activity,
    report_activity,
)

NAMED_TWICE = "Hoạt động này đã có ở dòng {line}."
COLUMNS = {
    "name": "Hoạt động",
    "quantity": "Khối lượng",
    "quantity_unit": "Đơn vị tính",
    "owner": "Đơn vị thực hiện",
    "due_on": "Hạn hoàn thành",
    "done_on": "Ngày hoàn thành",
    "done_quantity": "Đã thực hiện",
    "evidence": "Văn bản, minh chứng",
    "denied": "Mã dự án",
}
Key = tuple[int, int, str]
Values = TypeVar("Values", ActivityInput, ActivityResult)


@dataclass(frozen=True)
class ListedActivity:
    """An activity as a line of a file has it; what is empty there stays as it is."""

    ward_project: WardProject
    year: int
    details: ActivityInput
    result: ActivityResult

    @property
    def key(self) -> Key:
        return (self.ward_project.pk, self.year, search_key(self.details.name))


@audit.business_act(label="Nhập hoạt động từ Excel", source="import")
def import_activities(
    *, ward: Area, lines: Sequence[ReadLine[ListedActivity]], by: User
) -> list[RowOutcome]:
    """Add and change the activities of a file, all or none.

    An activity is known by its project, year and name. Raises ValidationError with a sentence for
    each fault of each line.
    """
    locks.wait_turn("import", f"activities {ward.pk}")
    known = _known(ward, {each.subject.year for each in lines})
    meant = _meant(lines, known)
    faults, outcomes, seen = FaultsOfLines(COLUMNS), [], dict[Key, int]()
    for each in lines:
        key, current = each.subject.key, meant.get(each.line)
        first = seen.setdefault(key, each.line)
        if current is None and (first != each.line or key in known):
            faults.note(each.line, ValidationError({"name": NAMED_TWICE.format(line=first)}))
            continue
        outcome = faults.attempt(each.line, partial(_write, each, current, by))
        if outcome is not None:
            outcomes.append(outcome)
    faults.refuse()
    return outcomes


def _known(ward: Area, years: set[int]) -> Mapping[Key, list[Activity]]:
    """The activities of some years by their keys, the oldest first."""
    found: dict[Key, list[Activity]] = {}
    rows = Activity.objects.filter(ward=ward, year__in=years).order_by("pk")
    related = ("ward", "ward_project__ward", "ward_project__project", "owner")
    for row in rows.select_related(*related):
        found.setdefault((row.ward_project_id, row.year, search_key(row.name)), []).append(row)
    return found


def _meant(
    lines: Sequence[ReadLine[ListedActivity]], known: Mapping[Key, list[Activity]]
) -> dict[int, Activity]:
    """Which activity each line is about.

    Of those named alike it is the one that says the same, else the next that is left.
    """
    left = {key: list(rows) for key, rows in known.items()}
    found: dict[int, Activity] = {}
    for is_same in (True, False):
        for each in lines:
            rows = left.get(each.subject.key, [])
            if each.line in found or not rows:
                continue
            same = [row for row in rows if not _told_of(each.subject, row)]
            if same or not is_same:
                found[each.line] = (same or rows)[0]
                rows.remove(found[each.line])
    return found


def _told_of(listed: ListedActivity, current: Activity) -> str:
    """What a line changes of an activity, in words."""
    details, result = _filled(listed.details, current), _filled(listed.result, current)
    return _differences(current, details, result)


def _write(each: ReadLine[ListedActivity], current: Activity | None, by: User) -> RowOutcome:
    listed = each.subject
    text = f"{listed.ward_project.project}, năm {listed.year}: {listed.details.name}"
    if current is None:
        added = add_activity(
            ward_project=listed.ward_project,
            year=listed.year,
            details=listed.details,
            key=None,
            by=by,
        )
        if listed.result != ActivityResult():
            report_activity(activity=added, result=listed.result, version=added.version, by=by)
        return RowOutcome(each.line, LineChange.ADDED, text)
    details, result = _filled(listed.details, current), _filled(listed.result, current)
    summary = _differences(current, details, result)
    if not summary:
        return RowOutcome(each.line, LineChange.SAME, text)
    if differences(current, _values(details)):
        change_activity(activity=current, details=details, version=current.version, by=by)
    if differences(current, _values(result)):
        report_activity(activity=current, result=result, version=current.version, by=by)
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


def _filled(values: Values, current: Activity) -> Values:
    """What a line says, and where it says nothing what is there."""
    said = _values(values)
    kept = {
        name: getattr(current, name)
        for name, value in said.items()
        if name == "name" or value in (None, "")
    }
    return replace(values, **kept)


def _differences(current: Activity, *parts: ActivityInput | ActivityResult) -> str:
    changed: dict[str, Any] = {}
    for part in parts:
        changed |= differences(current, _values(part))
    changes = [field_change(current, name, new) for name, new in changed.items()]
    return "; ".join(f"{each.label}: {each.old} → {each.new}" for each in changes)


def _values(part: ActivityInput | ActivityResult) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in fields(part)}
