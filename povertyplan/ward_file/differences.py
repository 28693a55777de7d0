"""Where a ward file says otherwise than people did in the system, and what may be overwritten.

The journal of rows knows which act wrote each value last. What a load wrote, a load may change;
what anybody else wrote is a difference: it is told, and kept unless its place is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from povertyplan.core.journal.acts import SOURCE_LABELS
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.journal.selectors import column_of, event_of, last_change_of
from povertyplan.core.models import RowChange, Unit, User
from povertyplan.core.platform.structured_file.places import (
    FileError,
    FileProblem,
    StructuredText,
    YamlPath,
    written,
)
from povertyplan.core.text import formatting

LONGEST_VALUE = 160
BY_HAND = "sql"
UNKNOWN = "không rõ ai sửa"
# What the file calls a field, where it is not the field's own name.
KEYS_OF_FIELDS: dict[str, YamlPath] = {
    "order": (),
    "year_to": ("years",),
    "authority": ("signature", "authority"),
    "signer_title": ("signature", "title"),
    "signer_name": ("signature", "name"),
}


@dataclass(frozen=True)
class Overwrite:
    """What a load may overwrite: nothing, everything, or what lies at places of the file."""

    everything: bool = False
    places: tuple[str, ...] = ()

    def names(self, place: YamlPath) -> bool:
        """Whether somebody said that the value at a place may be overwritten."""
        return self.everything or any(_lies_in(written(place), each) for each in self.places)

    def unused(self, found: Iterable[YamlPath]) -> list[str]:
        """Places named in vain: nothing at them differs."""
        met = [written(place) for place in found]
        return [each for each in self.places if not any(_lies_in(place, each) for place in met)]


def _lies_in(place: str, whole: str) -> bool:
    return place == whole or place.startswith((f"{whole}.", f"{whole}["))


NOTHING = Overwrite()


@dataclass(frozen=True)
class FileDifference:
    """A value of the file beside that of the system, both in words, and who wrote the latter."""

    place: YamlPath
    what: str
    in_file: str
    in_system: str
    author: str

    def __str__(self) -> str:
        return (
            f"{self.what}: tệp ghi {_quoted(self.in_file)}, hệ thống đang có "
            f"{_quoted(self.in_system)} ({self.author})."
        )


class DifferencesFound(FileError):
    """A file that would overwrite what people did; nothing of it is saved."""

    def __init__(self, text: StructuredText, differences: Iterable[FileDifference]):
        self.differences = tuple(differences)
        problems = [text.problem(each.place, str(each)) for each in self.differences]
        # A field that the file leaves out is named all the same, so that its place can be given.
        super().__init__(
            [
                FileProblem(problem.line, written(each.place), problem.message)
                for problem, each in zip(problems, self.differences, strict=True)
            ]
        )


def place_of_field(place: YamlPath, name: str) -> YamlPath:
    return (*place, *KEYS_OF_FIELDS.get(name, (name,)))


def difference_of(
    row: models.Model, name: str, value: Any, place: YamlPath, change: RowChange | None
) -> FileDifference:
    """A field of a row that the file would change."""
    found = field_change(row, name, value)
    return FileDifference(
        place=place_of_field(place, name),
        what=f"{row._meta.verbose_name} {row}, {found.label}",
        in_file=shorten(found.new),
        in_system=shorten(found.old),
        author=author_of(change),
    )


def is_of_a_load(change: RowChange | None, act: str) -> bool:
    """Whether a value was written by an earlier load; what nobody knows of was not."""
    return change is not None and change.act == act


def author_of(change: RowChange | None) -> str:
    """Who made a change, when and through which door, as far as that is known."""
    if change is None:
        return UNKNOWN
    event = event_of(change)
    at = formatting.moment(event.at if event else change.at)
    if change.actor == BY_HAND:
        return f"ghi thẳng vào cơ sở dữ liệu lúc {at}"
    user = User.objects.filter(username=change.actor).first()
    door = SOURCE_LABELS.get(change.source, change.source)
    return f"{user or 'hệ thống'} ghi lúc {at}, {door}"


def removed_by_hand(row: models.Model, key: Iterable[str], act: str) -> RowChange | None:
    """The act of people by which a row with this key was ended or deleted, if it was the last."""
    named = {name: getattr(row, column_of(row, name)) for name in key}
    ended = None
    if named.pop("valid_to", "") is None:
        closed = type(row)._base_manager.filter(**named).exclude(valid_to=None)
        last = closed.order_by("valid_to", "pk").last()
        ended = last_change_of(last, ["valid_to"]) if last else None
    deletions = RowChange.objects.filter(
        table=row._meta.db_table,
        operation="delete",
        **{f"old__{column_of(row, name)}": _json(named[name]) for name in named},
    )
    found = [change for change in (ended, deletions.order_by("pk").last()) if change]
    newest = max(found, key=lambda change: change.pk, default=None)
    return None if newest is None or newest.act == act else newest


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def renamed_by_hand(unit: Unit, act: str) -> Unit | None:
    """The unit of the ward that had this name until people gave it another one."""
    renamings = RowChange.objects.filter(
        table=Unit._meta.db_table,
        operation="update",
        old__ward_id=unit.ward_id,
        old__name=unit.name,
    ).exclude(act=act)
    ids = renamings.exclude(new__name=unit.name).order_by("-pk").values_list("row_id", flat=True)
    return Unit.objects.current().filter(pk__in=[*ids]).order_by("-pk").first()


def shorten(words: str) -> str:
    return words if len(words) <= LONGEST_VALUE else f"{words[:LONGEST_VALUE]}…"


def _quoted(words: str) -> str:
    return f"“{words}”" if words != formatting.MISSING else "không có gì"
