"""What the pages of the forms centre ask: two days, and why a list of persons is taken away."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from households.choices import ExportPurpose
from households.directory.forms import PurposeForm
from households.ledger.known import KnownPeriods, year_end
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import VietnameseDateField


@dataclass(frozen=True)
class Period:
    """From the end of one day to the end of a later one; `year` where it is that whole year.

    `known` says what of the ward is known.
    """

    after: date
    until: date
    year: int | None = None
    known: KnownPeriods = field(default_factory=KnownPeriods, compare=False)

    def knows(self, village: int | None) -> bool:
        """Whether both ends are known of a village, or of the ward: only then they compare."""
        return all(self.known.knows_day(day, village) for day in (self.after, self.until))

    @property
    def address(self) -> str:
        """The period as it stands in an address."""
        if self.year is not None:
            return "?" + urlencode({"year": self.year})
        return "?" + urlencode({"after": self.after.isoformat(), "until": self.until.isoformat()})


def period_of_year(year: int, known: KnownPeriods) -> Period:
    """The year up to today, between the days that close two years.

    A year to come is refused by the caller.
    """
    today = clock.today()
    after = known.closing_day(year - 1, today) or year_end(year - 1)
    until = known.closing_day(year, today) or min(year_end(year), today)
    return Period(after, until, year, known)


class PeriodForm(forms.Form):
    """Two days of the address; a day that is missing is that of the year."""

    after = VietnameseDateField(label="Từ hết ngày")
    until = VietnameseDateField(label="Đến hết ngày")

    def __init__(self, data, *, year: int, known: KnownPeriods):
        self.default = period_of_year(year, known)
        asked = {name: value for name, value in (data or {}).items() if value}
        days = {name: formatting.day(getattr(self.default, name)) for name in ("after", "until")}
        super().__init__({**days, **asked}, auto_id="period_%s")

    def clean_until(self) -> date:
        day = self.cleaned_data["until"]
        if day > clock.today():
            raise ValidationError("Chọn một ngày không sau hôm nay.")
        return day

    def clean(self):
        values = super().clean()
        if not self.errors and values["after"] >= values["until"]:
            raise ValidationError("Ngày đầu kỳ phải trước ngày cuối kỳ.")
        return values

    def period(self) -> Period:
        """The two days asked for; the year where that is what they are, or where they are wrong."""
        if not self.is_valid():
            return self.default
        known = self.default.known
        asked = Period(self.cleaned_data["after"], self.cleaned_data["until"], known=known)
        whole_year = replace(self.default, year=None)
        return self.default if asked == whole_year else asked


class MatrixForm(PeriodForm):
    """The same with a village."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages={"invalid_choice": "Chọn một thôn, tổ dân phố trong danh sách."},
    )

    def __init__(self, data, *, year: int, known: KnownPeriods, ward: Area):
        super().__init__(data, year=year, known=known)
        self.fields["village"].queryset = Area.objects.filter(
            parent=ward, kind=AreaKind.VILLAGE
        ).in_order()

    def area(self) -> Area | None:
        return self.cleaned_data.get("village") if self.is_valid() else None


class PersonTableExportForm(PurposeForm):
    """The same of a list of persons, asked in one line above the table."""

    purpose = forms.ChoiceField(
        label="Mục đích",
        choices=[("", "Chọn mục đích"), *ExportPurpose.choices],
        error_messages={"required": "Chọn mục đích tải danh sách."},
    )
