"""What a table of indicators is made of; of which time it is shown."""

from typing import Any

from django import forms

from povertyplan.core.models import Area
from povertyplan.core.text.fields import LineField, RecordsField, VersionField
from projects.models import Indicator
from reports.choices import IndicatorColumn
from reports.models import IndicatorTable
from reports.progress.indicator_tables.names import times_of, usual_name

UNKNOWN = {"invalid_choice": "Chọn trong danh sách."}
USUAL_COLUMNS = (
    IndicatorColumn.UNIT,
    IndicatorColumn.PLANNED,
    IndicatorColumn.ACTUAL,
    IndicatorColumn.ESTIMATE,
    IndicatorColumn.NOTE,
)


class IndicatorTableForm(forms.Form):
    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    name = LineField(
        label="Tên biểu", max_length=250, error_messages={"required": "Nhập tên biểu."}
    )
    columns = forms.MultipleChoiceField(
        label="Các cột",
        choices=IndicatorColumn.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một cột.", **UNKNOWN},
    )
    indicators = RecordsField(
        label="Các chỉ tiêu",
        queryset=Indicator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một chỉ tiêu.", **UNKNOWN},
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Indicator.objects.filter(ward=ward)
        self.fields["indicators"].queryset = rows.order_by("order", "pk")


def table_initial(table: IndicatorTable | None, number: int) -> dict[str, object]:
    if table is None:
        return {"name": usual_name(number), "columns": list(USUAL_COLUMNS)}
    chosen = list(table.rows.values_list("indicator", flat=True))
    return {
        "name": table.name,
        "columns": table.columns,
        "indicators": chosen,
        "version": table.version,
    }


class TableTimeForm(forms.Form):
    """A part of the page's year, or all of it."""

    fields: dict[str, Any]

    time = forms.ChoiceField(label="Kỳ", required=False, error_messages=UNKNOWN)

    def __init__(self, data: Any, *, year: int):
        super().__init__(data, auto_id="table_%s")
        self.year = year
        self.fields["time"].choices = times_of(year)

    @property
    def chosen(self) -> str:
        """The time that is asked for, as figures write it; the whole year otherwise."""
        self.is_valid()
        return self.cleaned_data.get("time") or str(self.year)
