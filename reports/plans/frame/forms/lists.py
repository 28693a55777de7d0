"""Legal bases and duties of a draft, a line each, with some empty lines for new ones."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from povertyplan.core.models import Unit
from povertyplan.core.text.fields import (
    LineField,
    VietnameseDateField,
    WholeNumberField,
    offer_records,
)
from reports.choices import BasisRole
from reports.models import Document, DocumentBasis
from reports.plans.builder import basis_text
from reports.plans.frame.forms.parts import DraftPartForm
from reports.plans.frame.services.bases import BasisInput, basis_faults
from reports.plans.frame.services.duties import (
    DutyInput,
    duty_faults,
    duty_inputs,
    split_tasks,
)

NEW_LINES = 3
LAST_PLACE = 999


class ListLineForm(forms.Form):
    """A line of a list: where it goes, or that it goes away.

    A line that stands in the list but not in what was sent, since somebody added it meanwhile, is
    shown and kept as it is: it is not bound.
    """

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    place = WholeNumberField(label="Thứ tự", required=False, max_value=LAST_PLACE)
    gone = forms.BooleanField(label="Bỏ dòng này", required=False)

    def __init__(self, data: Any = None, *, prefix: str, is_standing: bool = False, **kwargs: Any):
        if data is not None and is_standing and not _is_sent(data, prefix):
            data = None
        super().__init__(data, prefix=prefix, **kwargs)

    def stated_value(self, name: str) -> Any:
        """What a field says: as it was sent, or as it stands."""
        if self.is_bound:
            return self.cleaned_data.get(name)
        return self.get_initial_for_field(self.fields[name], name)

    @property
    def sort_key(self) -> int:
        """A line without a place of its own comes last."""
        place = self.stated_value("place")
        return LAST_PLACE if place is None else place


class BasisLineForm(ListLineForm):
    """One legal basis."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=BasisRole.choices,
        initial=BasisRole.BASIS,
        error_messages={"invalid_choice": "Chọn trong danh sách."},
        required=False,
    )
    kind = LineField(label="Loại văn bản", max_length=60, required=False)
    number = LineField(label="Số, ký hiệu", max_length=60, required=False)
    dated_on = VietnameseDateField(label="Ngày", required=False)
    issuer = LineField(label="Cơ quan ban hành", max_length=120, required=False)
    title = LineField(
        label="Trích yếu",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, prefix: str, basis_row: int | None = None, **kwargs):
        super().__init__(data, prefix=prefix, is_standing=basis_row is not None, **kwargs)
        self.row = basis_row

    def stated(self) -> BasisInput:
        names = ("kind", "number", "dated_on", "issuer", "title")
        values = {name: self.stated_value(name) or "" for name in names if name != "dated_on"}
        role = self.stated_value("role") or BasisRole.BASIS
        return BasisInput(self.row, role, dated_on=self.stated_value("dated_on"), **values)


class DutyLineForm(ListLineForm):
    """What one unit is given to do, a line each."""

    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Chọn đơn vị",
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )
    tasks = forms.CharField(
        label="Nhiệm vụ, mỗi dòng một việc",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, prefix: str, document: Document, units: Sequence[Unit], **kwargs
    ):
        super().__init__(data, prefix=prefix, **kwargs)
        self.fields["unit"].queryset = offered_units(document)
        offer_records(self.fields["unit"], units)

    def stated(self) -> DutyInput:
        tasks = split_tasks(self.stated_value("tasks") or "")
        return DutyInput(self.stated_value("unit"), tasks)


class ListForm(DraftPartForm):
    """A list as one form. `lines` are its rows and, below them, empty ones."""

    def __init__(self, data: Any = None, *, document: Document):
        super().__init__(data, document=document)
        self.lines = self.made_lines(data)
        for number, line in enumerate(self.lines, start=1):
            for field in line.fields.values():
                # The heads of the table name the columns; a fault has to name the line, too.
                field.label = f"Dòng {number}, {field.label.lower()}"
                field.widget.attrs["aria-label"] = field.label

    def made_lines(self, data: Any) -> list[Any]:
        return []

    def line_forms(self) -> list[forms.Form]:
        return self.lines

    def is_valid(self) -> bool:
        lines_are_valid = all(tuple(line.is_valid() for line in self.lines if line.is_bound))
        if self.is_bound and lines_are_valid:
            self.find_faults(self.kept_lines())
        return super().is_valid() and not any(any(line.errors) for line in self.lines)

    def find_faults(self, lines: Sequence[Any]) -> None:
        """Say at each line what is wrong with it beside the others."""

    def tell(self, line: ListLineForm, name: str, fault: str) -> None:
        """Say what is wrong at its line; of a line that was not sent, above the list."""
        if line.is_bound:
            line.add_error(name, fault)
        else:
            self.add_error(None, f"{line.fields[name].label}: {fault}")

    def kept_lines(self) -> list[Any]:
        """The lines in the order that was typed; those of one place stay as they were shown."""
        kept = (line for line in self.lines if not line.stated_value("gone"))
        return sorted(kept, key=lambda line: line.sort_key)


class BasesForm(ListForm):
    """The legal bases of a draft."""

    @cached_property
    def rows(self) -> list[DocumentBasis]:
        return list(self.document.bases.order_by("order"))

    def made_lines(self, data: Any) -> list[BasisLineForm]:
        names = ("role", "kind", "number", "dated_on", "issuer", "title")
        lines = [
            BasisLineForm(
                data,
                prefix=f"b{row.pk}",
                basis_row=row.pk,
                initial={"place": place, **{name: getattr(row, name) for name in names}},
            )
            for place, row in enumerate(self.rows, start=1)
        ]
        return [*lines, *(BasisLineForm(data, prefix=f"n{number}") for number in range(NEW_LINES))]

    def lines_now(self) -> list[str]:
        return [f"{row.get_role_display()} {basis_text(row)}" for row in self.rows]

    def find_faults(self, lines: Sequence[BasisLineForm]) -> None:
        for place, fault in basis_faults([line.stated() for line in lines]).items():
            self.tell(lines[place], "number", fault)

    def values(self) -> dict[str, object]:
        return {"bases": [line.stated() for line in self.kept_lines()]}


class DutiesForm(ListForm):
    """What a draft gives each unit to do."""

    @cached_property
    def rows(self) -> list[DutyInput]:
        return duty_inputs(self.document)

    def made_lines(self, data: Any) -> list[DutyLineForm]:
        units = list(offered_units(self.document))
        lines = [
            DutyLineForm(
                data,
                prefix=f"d{duty.unit.pk if duty.unit else 0}",
                is_standing=True,
                document=self.document,
                units=units,
                initial={"place": place, "unit": duty.unit, "tasks": "\n".join(duty.tasks)},
            )
            for place, duty in enumerate(self.rows, start=1)
        ]
        new = (
            DutyLineForm(data, prefix=f"n{number}", document=self.document, units=units)
            for number in range(NEW_LINES)
        )
        return [*lines, *new]

    def lines_now(self) -> list[str]:
        return [f"{duty.unit}: {' '.join(duty.tasks)}" for duty in self.rows]

    def find_faults(self, lines: Sequence[DutyLineForm]) -> None:
        for place, faults in duty_faults([line.stated() for line in lines]).items():
            for name, fault in faults.items():
                self.tell(lines[place], name, fault)

    def values(self) -> dict[str, object]:
        return {"duties": [line.stated() for line in self.kept_lines()]}


def _is_sent(data: Any, prefix: str) -> bool:
    return any(name.startswith(f"{prefix}-") for name in data)


def offered_units(document: Document) -> QuerySet[Unit]:
    """The units of a document's ward that work today, or that it gives something to do already."""
    given = document.duties.values("unit")
    units = Unit.objects.filter(Q(valid_to=None) | Q(pk__in=given), ward=document.ward_id)
    return units.order_by("order", "pk")
