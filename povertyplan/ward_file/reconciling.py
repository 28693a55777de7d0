"""Rows brought in line with a ward file without undoing in silence what people did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from povertyplan.core import locks
from povertyplan.core.journal import audit, history
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.journal.selectors import last_change_of
from povertyplan.core.models import Area, User
from povertyplan.core.platform.structured_file.places import (
    FileError,
    FileProblem,
    StructuredText,
    YamlPath,
)
from povertyplan.core.platform.syncing import Changes
from povertyplan.core.text.formatting import MISSING
from povertyplan.core.text.reasons import reason_fault
from projects.models import Target
from projects.targets.services.targets import revise_target

from .differences import (
    NOTHING,
    DifferencesFound,
    FileDifference,
    Overwrite,
    author_of,
    difference_of,
    is_of_a_load,
    place_of_field,
    removed_by_hand,
    shorten,
)

NO_REASON = "nêu lý do điều chỉnh chỉ tiêu (--reason)."
NOWHERE = "Không có chỗ nào khác với hệ thống ở “{place}” để ghi đè."


@dataclass
class Reconciliation(Changes):
    """What a load changed, would not change, and says of it in the journal.

    Differences are gathered to the end, so that all are told at once; nothing is saved then.
    """

    text: StructuredText = field(kw_only=True)
    overwrite: Overwrite = field(default=NOTHING, kw_only=True)
    reason: str = field(default="", kw_only=True)
    by: User | None = field(default=None, kw_only=True)
    differences: list[FileDifference] = field(default_factory=list)
    overwritten: list[FileDifference] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    _lines: list[tuple[models.Model, str]] = field(default_factory=list)

    def settle(self) -> None:
        """Refuse a load that would undo something unasked, or that was told what is not there."""
        if self.differences:
            raise DifferencesFound(self.text, self.differences)
        if self.problems:
            raise FileError(self.problems)
        if unused := self.overwrite.unused(each.place for each in self.overwritten):
            raise ValidationError([NOWHERE.format(place=place) for place in unused])

    def write_lines(self, ward: Area) -> None:
        """One line of the journal for each value that was changed."""
        for row, line in self._lines:
            audit.record(row, line, ward=ward, reason=self.reason)

    def may_write(self, difference: FileDifference) -> bool:
        """Whether what people wrote may be overwritten; it is noted on one of two lists."""
        allowed = self.overwrite.names(difference.place)
        (self.overwritten if allowed else self.differences).append(difference)
        return allowed

    def add_line(self, row: models.Model, line: str, undone: FileDifference | None = None) -> None:
        kept = f" (ghi đè: {undone.author})" if undone else ""
        self._lines.append((row, f"{line}{kept}."))

    def end(self, row: models.Model, place: YamlPath, **values: object) -> None:
        """Let a row end that the file does not name, unless people began it."""
        if self._may_go(row, place):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=[*values])
            self.count(self.updated, type(row))

    def _create(self, row: models.Model, key: Mapping, place: YamlPath) -> None:
        removal = removed_by_hand(row, key, _act())
        if removal:
            kind = str(row._meta.verbose_name)
            said = FileDifference(place, kind, str(row), "đã kết thúc", author_of(removal))
            allowed = self.may_write(said)
        super()._create(row, key, place)
        if removal and allowed:
            self.add_line(row, f"Tệp cấu hình ghi lại {kind} {row}", said)

    def _remove(self, row: models.Model, place: YamlPath) -> None:
        if self._may_go(row, place):
            super()._remove(row, place)

    def _may_go(self, row: models.Model, place: YamlPath) -> bool:
        kind, change = row._meta.verbose_name, last_change_of(row)
        undone = None
        if not is_of_a_load(change, _act()):
            undone = FileDifference(place, str(kind), MISSING, str(row), author_of(change))
            if not self.may_write(undone):
                return False
        self.add_line(row, f"Tệp cấu hình không còn ghi {kind} {row}", undone)
        return True

    def take(
        self, row: models.Model, values: Mapping[str, Any], place: YamlPath
    ) -> Mapping[str, Any]:
        """The values that may be written; what people wrote stays, unless it is named."""
        taken: dict[str, Any] = {}
        for name, value in values.items():
            change, undone = last_change_of(row, [name]), None
            if not is_of_a_load(change, _act()):
                undone = difference_of(row, name, value, place, change)
                if not self.may_write(undone):
                    continue
            taken[name] = value
            if not isinstance(row, Target):  # its own act tells of it
                self.add_line(row, _describe_change(row, name, value), undone)
        return taken

    def _change(self, row: models.Model, values: Mapping[str, Any], place: YamlPath) -> None:
        # Read again under a lock: somebody may be saving the same row.
        locks.read_again(row)
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        taken = self.take(row, differing, place)
        if not taken:
            self.count(self.unchanged, type(row))
        elif isinstance(row, Target):
            self._revise(row, taken, place)
        else:
            super()._change(row, taken, place)

    def _revise(self, target: Target, promise: Mapping[str, Any], place: YamlPath) -> None:
        """Targets are replaced, never overwritten; that act tells the journal itself."""
        place = place_of_field(place, next(iter(promise)))
        if fault := reason_fault(self.reason, NO_REASON):
            self.problems.append(self.text.problem(place, fault))
            return
        try:
            revise_target(target=target, promise=promise, reason=self.reason, by=self.by)
        except ValidationError as refused:
            self.problems += [self.text.problem(place, each) for each in refused.messages]
        self.count(self.updated, Target)


def report_changes(changes: Reconciliation, ward: Area) -> None:
    """Settle a load and leave its lines in the journal."""
    changes.settle()
    if changes:
        audit.record(
            ward,
            f"Nạp tệp cấu hình {ward.name}: {changes.totals()}.",
            ward=ward,
            reason=changes.reason,
        )
    changes.write_lines(ward)


def _act() -> str:
    return history.current_writer().act


def _describe_change(row: models.Model, name: str, value: Any) -> str:
    change = field_change(row, name, value)
    whose = f"{change.label} của {row._meta.verbose_name} {row}"
    return f"Tệp cấu hình đổi {whose}: {shorten(change.old)} → {shorten(change.new)}"
