"""The journal in words: its entries, and changes of rows with fields by their labels."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from povertyplan.core.journal import acts
from povertyplan.core.journal.selectors import hidden_models
from povertyplan.core.models import Area, AuditEvent, RowChange, User
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import mask_citizen_id, upper_first

OPERATIONS = {"insert": "thêm", "update": "sửa", "delete": "xóa"}
SYSTEM = "Hệ thống"
PAST_THE_PROGRAM = "Lệnh SQL"
NOT_SHOWN = "(không hiển thị)"
GONE = "(đã xóa)"
LONGEST_VALUE = 300
# Who stands behind a key to the users, where the model gives it no label of its own.
PEOPLE = {
    "approved_by": "Người phê duyệt",
    "finished_by": "Người báo hoàn thành",
    "granted_by": "Người giao",
    "locked_by": "Người khóa",
    "prepared_by": "Người lập",
    "released_by": "Người mở khóa",
    "reopened_by": "Người mở lại",
}

Keys = dict[type[models.Model], set[int]]
Names = dict[type[models.Model], dict[int, str]]


@dataclass(frozen=True)
class FieldChange:
    """One field of a row: its label, and both values in words ("–" where there is none)."""

    label: str
    old: str
    new: str

    def phrase(self, of: str = "") -> str:
        """The change without its author: "đổi Điểm B1 từ 150 thành 110"; `of` is whose field."""
        name = f"{self.label} của {of}" if of else self.label
        if self.old == formatting.MISSING:
            return f"ghi {name} là {self.new}"
        if self.new == formatting.MISSING:
            return f"bỏ {name}, trước là {self.old}"
        return f"đổi {name} từ {self.old} thành {self.new}"


@dataclass(frozen=True)
class ChangedRow:
    """One row: what was done to which object, and its fields that differ."""

    operation: str  # "insert", "update" or "delete"
    kind: str  # "phiếu rà soát"
    name: str
    fields: tuple[FieldChange, ...]

    def sentence(self, who: str) -> str:
        """Who did what to which object; a single change is told whole."""
        if self._is_one_change:
            return f"{who} {self.fields[0].phrase(of=f'{self.kind} {self.name}')}"
        return f"{who} {OPERATIONS[self.operation]} {self.kind} {self.name}"

    def details(self) -> list[str]:
        """What the sentence leaves out, one line a field."""
        if self._is_one_change:
            return []
        if self.operation == "update":
            return [field.phrase() for field in self.fields]
        value = "new" if self.operation == "insert" else "old"
        return [f"{field.label}: {getattr(field, value)}" for field in self.fields]

    @property
    def _is_one_change(self) -> bool:
        return self.operation == "update" and len(self.fields) == 1


def present_event(event: AuditEvent) -> dict[str, object]:
    """An entry with its actor, its act and the door it came through, in words."""
    return {
        "event": event,
        "who": name_actor(event),
        "act": acts.label_of(event.act) or event.act,
        "source": acts.SOURCE_LABELS.get(event.source, event.source),
    }


def name_actor(event: AuditEvent) -> str:
    return str(event.actor) if event.actor else SYSTEM


def present(changes: Iterable[RowChange], *, user: User, ward: Area | None) -> list[ChangedRow]:
    """The changes a user may see, in words. A few queries, however many changes there are.

    Rows of models closed to the user are left out; a sensitive field the user has no right to
    read is masked.
    """
    hidden = hidden_models(user, ward)
    known = _models_by_table()
    shown = [
        (change, known[change.table])
        for change in changes
        if change.table in known and known[change.table]._meta.label_lower not in hidden
    ]
    names = _names(_keys_of(shown), hidden)
    sight = _RedactionContext(frozenset(_roles_in(user, ward)), names)
    return [_row(change, model, sight) for change, model in shown]


def _models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _roles_in(user: User, ward: Area | None) -> list[str]:
    return [
        grant.role
        for grant in user.grants_in_use
        if ward is not None and ward.path.startswith(grant.area.path)
    ]


def field_change(row: models.Model, name: str, value: Any) -> FieldChange:
    """What giving a field of a row another value changes, as Python has both values."""
    field = cast(models.Field, row._meta.get_field(name))
    old, new = (_value_in_words(field, each) for each in (getattr(row, name), value))
    return FieldChange(label_of(field) or name, old, new)


def _keys_of(shown) -> Keys:
    # Collected first, so that what keys stand for is read with one query a model.
    keys: Keys = defaultdict(set)
    for change, model in shown:
        keys[model].add(change.row_id)
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                keys[field.related_model] |= {
                    values[field.column]
                    for values in (change.old, change.new)
                    if values and values.get(field.column)
                }
    return keys


def _names(keys: Keys, hidden: frozenset[str]) -> Names:
    return {
        model: dict.fromkeys(ids, NOT_SHOWN)
        if model._meta.label_lower in hidden
        else {
            row.pk: str(row)
            for row in model._base_manager.filter(pk__in=ids).select_related(*_parents(model))
        }
        for model, ids in keys.items()
    }


def _parents(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.local_concrete_fields
        if field.is_relation and not field.null
    ]


@dataclass(frozen=True)
class _RedactionContext:
    """What the reader may see: their roles, and the names of the rows they may see."""

    roles: frozenset[str]
    names: Names

    def masks(self, field: models.Field) -> bool:
        sensitive = import_string(settings.SENSITIVE_TABLE)
        rule = sensitive.get((field.model._meta.label_lower, field.name))
        return rule is not None and rule.reads.isdisjoint(self.roles)


def _row(change: RowChange, model: type[models.Model], sight: _RedactionContext) -> ChangedRow:
    old, new = change.old or {}, change.new or {}
    is_update = change.operation == "update"
    fields = []
    for field in model._meta.local_concrete_fields:
        label = label_of(field)
        before, after = old.get(field.column), new.get(field.column)
        if label and (before != after if is_update else before or after):
            fields.append(
                FieldChange(label, _in_words(field, before, sight), _in_words(field, after, sight))
            )
    return ChangedRow(
        operation=change.operation,
        kind=_kind(model),
        name=sight.names[model].get(change.row_id, GONE),
        fields=tuple(fields),
    )


def _kind(model: type[models.Model]) -> str:
    if model._meta.auto_created:
        relations = [field for field in model._meta.local_fields if field.is_relation]
        ends = [field.related_model for field in relations if field.related_model]
        return " – ".join(str(end._meta.verbose_name) for end in ends)
    return str(model._meta.verbose_name)


def label_of(field: models.Field) -> str:
    """The Vietnamese label of a field; empty for columns that only serve the machine."""
    extra = {**PEOPLE, **getattr(field.model, "JOURNAL_LABELS", {})}
    if field.name in extra:
        return extra[field.name]
    if field.primary_key:
        return ""
    if field.verbose_name != field.name.replace("_", " "):
        return str(field.verbose_name)
    if field.is_relation and field.related_model:
        name = str(field.related_model._meta.verbose_name)
        return upper_first(name)
    return ""


def _in_words(field: models.Field, value: Any, sight: _RedactionContext) -> str:
    if value is None or value == "":
        return formatting.MISSING
    if sight.masks(field):
        # A number hides its middle, so that two numbers can still be told apart.
        return mask_citizen_id(str(value)) if field.name == "citizen_id" else NOT_SHOWN
    if field.is_relation and field.related_model:
        return sight.names[field.related_model].get(value, GONE)
    return _value_in_words(field, value)


def _value_in_words(field: models.Field, value: Any) -> str:
    """A value as a row has it: codes by their labels, numbers and dates as they are printed."""
    if value is None or value == "":
        return formatting.MISSING
    if isinstance(value, models.Model):
        return str(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field.to_python(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return formatting.moment(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, date):
        return formatting.day(value)
    if isinstance(value, Decimal):
        return formatting.number(value)
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
