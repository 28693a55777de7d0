"""The units of projects from a file: a project that it names has those units in the year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.periods.years import is_in_reach
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.choices import UnitRole
from projects.models import ComponentProject, WardProject
from projects.programme.services.assignments import (
    LEAD_IN_WORDS,
    UNIT_NOT_THERE,
    ProjectLine,
    assign_units,
    describe_parts,
    exists_in_year,
    parts_of,
)
from projects.rules.assignments import PartKey

COLUMNS = {
    "year": "Năm",
    "unit": "Đơn vị",
    "wording": "Đơn vị khác, ghi bằng chữ",
    "project": "Mã dự án",
}
YEAR_TOO_FAR = "Năm {year} quá xa năm nay để phân công."
TAKEN_ON = "Phường, xã chưa thực hiện dự án này trong năm {year}: ghi thì nhận thực hiện năm đó."
NAMED_TWICE = "Đơn vị này đã có vai trò này ở dòng {line}."
TAKEN_AWAY = "Thay cho phân công hiện có: {parts}."


@dataclass(frozen=True)
class ListedPart:
    """A part in one project and year, of a unit or of whom the file only words."""

    project: ComponentProject
    year: int
    party: Unit | str
    role: UnitRole

    @property
    def key(self) -> PartKey:
        party = self.party if isinstance(self.party, str) else self.party.pk
        return party, self.role


Group = list[ReadLine[ListedPart]]


@audit.business_act(label="Nhập phân công từ Excel", source="import")
def import_assignments(
    *, ward: Area, lines: Sequence[ReadLine[ListedPart]], by: User
) -> list[RowOutcome]:
    """Give the projects of a file just the units that it names, all or none.

    Projects that it does not name keep theirs. Raises ValidationError with a sentence for each
    fault of each line.
    """
    locks.wait_turn("import", f"assignments {ward.pk}")
    groups: dict[tuple[int, int], Group] = defaultdict(list)
    for each in lines:
        groups[each.subject.project.pk, each.subject.year].append(each)
    faults, outcomes = FaultsOfLines(COLUMNS), []
    for group in groups.values():
        if not _note_faults(group, faults):
            outcomes.append(faults.attempt(group[0].line, partial(_assign, ward, group, by)))
    faults.refuse()
    return sorted((one for some in outcomes for one in some or ()), key=lambda one: one.line)


def _note_faults(group: Group, faults: FaultsOfLines) -> bool:
    before, seen = len(faults.faults), dict[PartKey, int]()
    for each in group:
        listed = each.subject
        if first := seen.get(listed.key):
            faults.note(each.line, ValidationError({"unit": NAMED_TWICE.format(line=first)}))
        seen[listed.key] = each.line
        if not is_in_reach(listed.year):
            sentence = YEAR_TOO_FAR.format(year=listed.year)
            faults.note(each.line, ValidationError({"year": sentence}))
        elif isinstance(listed.party, str):
            if listed.role == UnitRole.LEAD:
                sentence = LEAD_IN_WORDS.format(project=listed.project)
                faults.note(each.line, ValidationError({"wording": sentence}))
        elif not exists_in_year(listed.party, listed.year):
            sentence = UNIT_NOT_THERE.format(
                project=listed.project, unit=listed.party, year=listed.year
            )
            faults.note(each.line, ValidationError({"unit": sentence}))
    return len(faults.faults) > before


def _assign(ward: Area, group: Group, by: User) -> list[RowOutcome]:
    project, year = group[0].subject.project, group[0].subject.year
    current = WardProject.objects.of_year(ward, year).filter(project=project).first()
    standing = set(parts_of(current, year)) if current else set()
    wanted = tuple(each.subject.key for each in group)
    before = describe_parts(current, year) if current else ""
    line = ProjectLine(project=project, seen=current.version if current else 0, parts=wanted)
    assign_units(ward=ward, year=year, lines=[line], by=by)
    outcomes = [_outcome(each, each.subject.key in standing) for each in group]
    if current is None:
        outcomes[0] = _warned(outcomes[0], TAKEN_ON.format(year=year))
    elif standing - set(wanted):
        outcomes[0] = _warned(outcomes[0], TAKEN_AWAY.format(parts=before))
    return outcomes


def _outcome(each: ReadLine[ListedPart], is_there: bool) -> RowOutcome:
    listed = each.subject
    text = f"{listed.project}, năm {listed.year}: {listed.role.label.lower()} {listed.party}"
    return RowOutcome(each.line, LineChange.SAME if is_there else LineChange.ADDED, text)


def _warned(outcome: RowOutcome, warning: str) -> RowOutcome:
    change = LineChange.CHANGED if outcome.is_same else outcome.change
    return replace(outcome, change=change, warnings=(warning,))
