"""What the resources of every register share: words for values, faults with line and column.

A resource reads and checks; it never saves. What it read goes to a service of its noun.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from import_export import resources, widgets

from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import LineField, VietnameseDateField
from povertyplan.core.text.vietnamese import search_key

MONEY = "(đồng)"
Subject = TypeVar("Subject")


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a cell, or in a line as a whole where `column` is empty."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = f"Dòng {self.line}, cột “{self.column}”" if self.column else f"Dòng {self.line}"
        return f"{place}: {self.sentence}"


@dataclass(frozen=True)
class ReadLine(Generic[Subject]):
    """What a line says, as the services take it."""

    line: int
    subject: Subject


@dataclass(frozen=True)
class RegisterReading:
    """The records of a table, each with its line, and everything that is wrong with the others."""

    records: tuple[tuple[int, models.Model], ...] = ()
    faults: tuple[RowFault, ...] = ()


class TypedWidget(widgets.Widget):
    """A cell read as a field of our forms reads it, and written as it is."""

    def __init__(self, field: forms.Field):
        super().__init__()
        self.field = field

    def clean(self, value, row=None, **kwargs):
        try:
            return self.field.clean(value)
        except ValidationError as refused:
            raise ValueError(" ".join(refused.messages)) from refused

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value


def seen_only() -> TypedWidget:
    """What stands in the sheet for who fills it in; what comes back of it is not written."""
    return TypedWidget(LineField(max_length=400, required=False))


class ChoiceWidget(widgets.Widget):
    """A value by its Vietnamese label, however it is accented."""

    def __init__(self, choices: type[models.TextChoices], *, is_required: bool = True):
        super().__init__()
        self.is_required = is_required
        self.labels = {str(each.value): str(each.label) for each in choices}

    def clean(self, value, row=None, **kwargs):
        asked = search_key(str(value or ""))
        if not asked and not self.is_required:
            return ""
        for stored, label in self.labels.items():
            if asked and asked == search_key(label):
                return stored
        raise ValueError(f"Nhập một trong: {'; '.join(self.labels.values())}.")

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value, "")


class RegisterResource(resources.ModelResource):
    """A register: its fields are columns with Vietnamese headings, its keys are natural ones."""

    # Columns that a file may leave out.
    optional: tuple[str, ...] = ()
    # Columns of codes, which are text whatever they look like.
    codes: tuple[str, ...] = ()

    class Meta:
        # Our services write, so nothing is looked up, compared or saved here.
        import_id_fields: tuple[str, ...] = ()
        force_init_instance = True
        skip_diff = True
        store_instance = True
        use_transactions = False

    @classmethod
    def headings(cls) -> list[str]:
        """The columns in the order of `Meta.fields`."""
        return [cls.fields[name].column_name for name in cls._meta.fields]

    def vocabulary(self) -> Mapping[str, Iterable[str]]:
        """The words that a column takes, by heading, for the sheet beside an empty register."""
        return {
            field.column_name: field.widget.labels.values()
            for field in self.fields.values()
            if isinstance(field.widget, ChoiceWidget)
        }

    def has_days(self) -> bool:
        fields = (getattr(each.widget, "field", None) for each in self.fields.values())
        return any(isinstance(each, VietnameseDateField) for each in fields)

    def has_money(self) -> bool:
        return any(MONEY in heading for heading in self.headings())

    def read(self, table: RegisterTable) -> RegisterReading:
        """The unsaved records of a table, or the faults of all its lines."""
        data = tablib.Dataset(*(cells for _, cells in table.lines), headers=list(table.headings))
        result = self.import_data(data, dry_run=True, raise_errors=False)
        for _, errors in result.row_errors():
            raise errors[0].error  # ours, not the file's
        numbers = [number for number, _ in table.lines]
        faults = tuple(
            RowFault(numbers[row.number - 1], self._column(name), sentence)
            for row in result.invalid_rows
            for name, sentences in row.error_dict.items()
            for sentence in sentences
        )
        records = tuple(
            (number, row.instance)
            for number, row in zip(numbers, result.rows, strict=True)
            if row.validation_error is None
        )
        return RegisterReading(records, faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        """What was read, as the service of the noun takes it; a noun may say more of each."""
        return [ReadLine(line, record) for line, record in reading.records]

    def columns_by_name(self) -> dict[str, str]:
        """The headings by the names that services call their values."""
        return {name: field.column_name for name, field in self.fields.items()}

    def save_instance(self, instance, is_create, row, **kwargs):
        """Nothing: the noun's service writes what was read."""

    def _column(self, attribute: str) -> str:
        names = {field.attribute: field.column_name for field in self.fields.values()}
        return names.get(attribute, "")
