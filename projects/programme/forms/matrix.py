"""The matrix projects × units of a year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict

from povertyplan.core.models import Unit
from povertyplan.core.text.fields import LineField
from projects.choices import UnitRole
from projects.models import ComponentProject, WardProject
from projects.programme.selectors.matrix import AssignmentMatrix, MatrixRow
from projects.programme.services.assignments import ProjectLine
from projects.rules.assignments import PartKey, Party

UNKNOWN_ROLE = {"invalid_choice": "Chọn trong danh sách."}
# A cell is as wide as two letters, and each begins with its own: one key chooses it.
SHORT_ROLES = (
    ("", "-"),
    (UnitRole.LEAD.value, "CT"),
    (UnitRole.COORDINATING.value, "PH"),
    (UnitRole.GUIDING.value, "HD"),
)


@dataclass(frozen=True)
class UnitCell:
    """The part of one unit in one project, for the page."""

    unit: Unit
    field: forms.BoundField


class MatrixLineForm(forms.Form):
    """Who does what in one project of the year."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    seen = forms.IntegerField(label="", required=False, widget=forms.HiddenInput)
    is_taken_on = forms.BooleanField(label="Thực hiện", required=False)
    wording = LineField(label="Phối hợp, ghi bằng chữ", max_length=200, required=False)

    def __init__(self, data: Any = None, *, row: MatrixRow, units: Sequence[Unit]):
        self.row, self.units, self.newer = row, units, ""
        super().__init__(data, prefix=f"p{row.project.pk}", initial=_initial(row))
        if row.carried_out:
            del self.fields["is_taken_on"]
        for unit in units:
            self.fields[f"u{unit.pk}"] = forms.ChoiceField(
                label=unit.name, choices=SHORT_ROLES, required=False, error_messages=UNKNOWN_ROLE
            )
        for field in self.fields.values():
            # The heads of the table name the columns; a fault has to name the line, too.
            field.label = f"{row.project}, {field.label}"
            field.widget.attrs["aria-label"] = field.label

    @property
    def cells(self) -> list[UnitCell]:
        return [UnitCell(unit, self[f"u{unit.pk}"]) for unit in self.units]

    def was_sent(self, data: Mapping[str, Any]) -> bool:
        return self.add_prefix("seen") in data

    def line(self) -> ProjectLine:
        return ProjectLine(
            project=self.row.project,
            seen=self.cleaned_data["seen"] or 0,
            parts=tuple(self._parts()),
            is_taken_on=self.cleaned_data.get("is_taken_on", False),
        )

    def _parts(self) -> Iterator[PartKey]:
        """Those who had a part keep their order; the others follow in the order of the columns."""
        chosen: dict[Party, str] = {
            unit.pk: role for unit in self.units if (role := self.cleaned_data.get(f"u{unit.pk}"))
        }
        words = (piece.strip() for piece in self.cleaned_data["wording"].split(";"))
        chosen |= {piece: UnitRole.COORDINATING.value for piece in words if piece}
        yield from chosen.items()
        yield from self._parts_not_shown(chosen)

    def _parts_not_shown(self, chosen: Mapping[Party, str]) -> Iterator[PartKey]:
        """Words for those who guide, and a second part of a unit whose first stays as it was."""
        shown = _initial(self.row)
        for part in self.row.parts:
            if part.wording and part.role != UnitRole.COORDINATING:
                yield part.wording, part.role
                continue
            first = shown.get(f"u{part.unit_id}")
            if part.unit_id and part.role != first and chosen.get(part.unit_id) == first:
                yield part.unit_id, part.role


class AssignmentYearForm(forms.Form):
    """Every project of a programme in one year, a line each."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know
    ONLY, ON = "only", "on"

    reach = forms.ChoiceField(
        label="Áp dụng", initial=ON, widget=forms.RadioSelect, error_messages=UNKNOWN_ROLE
    )

    def __init__(self, data: Any = None, *, matrix: AssignmentMatrix):
        super().__init__(data)
        self.fields["reach"].choices = [
            (self.ON, f"Từ năm {matrix.year} đến hết thời gian thực hiện của từng dự án"),
            (self.ONLY, f"Chỉ năm {matrix.year}"),
        ]
        self.units = matrix.units
        lines = [MatrixLineForm(data, row=row, units=matrix.units) for row in matrix.rows]
        # A project that somebody took on while the page was open was not on it, and stays.
        self.lines = [line for line in lines if data is None or line.was_sent(data)]

    def is_valid(self) -> bool:
        lines_are_valid = all(tuple(line.is_valid() for line in self.lines))
        return super().is_valid() and lines_are_valid

    def take_newer(self, newer: WardProject | ComponentProject, words: str) -> None:
        """Send the line on as seen, with words for what somebody else saved meanwhile.

        `newer` is the ward's project as it is now, or the national one where it was left.
        """
        project = newer.project if isinstance(newer, WardProject) else newer
        seen = newer.version if isinstance(newer, WardProject) else 0
        for line in self.lines:
            if line.row.project.pk == project.pk:
                data = cast(QueryDict, line.data).copy()
                data[line.add_prefix("seen")] = str(seen)
                line.data, line.newer = data, words

    def values(self) -> dict[str, Any]:
        return {
            "lines": [line.line() for line in self.lines],
            "is_to_end": self.cleaned_data["reach"] == self.ON,
        }


def _initial(row: MatrixRow) -> dict[str, Any]:
    words = [
        part.wording for part in row.parts if part.wording and part.role == UnitRole.COORDINATING
    ]
    roles = {f"u{part.unit_id}": part.role for part in row.parts if part.unit_id}
    return {"seen": row.version, "wording": "; ".join(words), **roles}
