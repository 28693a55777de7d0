"""The household list's address turned into a typed query, and back into chips and links."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from households.choices import HouseholdTrait, ImportStage, MovementCause, PovertyClass
from households.directory.selectors.search import ON_LISTS, HouseholdQuery
from households.field_access import Field
from households.ledger.selectors.standards import indicators_in_force
from households.ledger.selectors.transitions import ABSENT
from households.models import EthnicGroup, ImportBatch, PovertyCause
from households.rules.transitions import COLUMNS_BY_KEY, MeasuredColumn
from povertyplan.core import clock
from povertyplan.core.access.rules import user_opening
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import VietnameseDateField

FIRST_YEAR = 2016
# Filters that stand in the folded part of the form.
FOLDED = frozenset({"change", "deprived", "year", "on", "newly_escaped", "pending", "trait"})
CLASSES = [("", ""), *PovertyClass.choices, (ABSENT, "Ngoài sổ quản lý")]
WRONG_LINK = "Liên kết không đúng. Mở lại danh sách từ biểu."
WRONG_CHOICE = {"invalid_choice": WRONG_LINK}
HIDDEN = forms.HiddenInput

# What must be seen of a household to pick it by a condition, and by a trait.
FILTER_NEEDS = {
    "deprived": Field.DEPRIVATIONS,
    "pending": Field.RECORD,
    "cause": Field.CAUSES,
    "ethnic_group": Field.ETHNICITY,
}
TRAIT_NEEDS: dict[str, set[Field]] = {
    HouseholdTrait.MINORITY: {Field.ETHNICITY},
    HouseholdTrait.MAJORITY: {Field.ETHNICITY},
    HouseholdTrait.NO_ETHNIC_GROUP: {Field.ETHNICITY},
    HouseholdTrait.NO_LABOUR: {Field.CONDITION},
    HouseholdTrait.MERIT: {Field.CONDITION},
    HouseholdTrait.NO_GROUP: {Field.ETHNICITY, Field.CONDITION},
    HouseholdTrait.FEMALE_HEAD: {Field.MEMBERS},
    HouseholdTrait.CHILDREN: {Field.MEMBERS},
}

# Words of the address that are no fields of Python.
ADDRESS_NAMES = {"poverty_class": "class", "newly_escaped": "window", "ethnic_group": "ethnic"}
DAYS_IN_WORDS = {"on": "Đến ngày", "after": "So với ngày"}


class HouseholdFilterForm(forms.Form):
    """Filters of the register. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    q = forms.CharField(
        label="Tìm hộ, thành viên",
        max_length=100,
        required=False,
        strip=True,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"max_length": "Nhập tối đa %(limit_value)d ký tự để tìm."},
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages={"invalid_choice": "Chọn một thôn, tổ dân phố trong danh sách."},
    )
    poverty_class = forms.ChoiceField(
        label="Phân loại",
        choices=[("", "Tất cả"), *PovertyClass.choices, (ON_LISTS, "Hộ nghèo và hộ cận nghèo")],
        required=False,
        error_messages={"invalid_choice": "Chọn một phân loại trong danh sách."},
    )
    change = forms.ChoiceField(
        label="Diễn biến trong năm",
        choices=[("", "Tất cả"), *MovementCause.choices],
        required=False,
        error_messages={"invalid_choice": "Chọn một diễn biến trong danh sách."},
    )
    deprived = forms.TypedChoiceField(
        label="Thiếu hụt khi rà soát",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Chọn một chỉ số thiếu hụt trong danh sách."},
    )
    year = forms.TypedChoiceField(
        label="Năm",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Chọn một năm trong danh sách."},
    )
    on = VietnameseDateField(label="Số liệu đến ngày", required=False)
    newly_escaped = forms.BooleanField(label="Mới thoát nghèo (36 tháng)", required=False)
    pending = forms.BooleanField(label="Chưa rà soát", required=False)
    trait = forms.ChoiceField(
        label="Đặc điểm của hộ",
        required=False,
        error_messages={"invalid_choice": "Chọn một đặc điểm trong danh sách."},
    )

    # Set by the links of the summary tables, not by hand.
    cause = forms.ModelChoiceField(
        PovertyCause.objects,
        label="Nguyên nhân nghèo",
        to_field_name="number",
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )
    reviewed = forms.BooleanField(
        label="Hộ có phiếu của đợt rà soát định kỳ", required=False, widget=HIDDEN
    )
    ethnic_group = forms.ModelChoiceField(
        EthnicGroup.objects,
        label="Dân tộc",
        to_field_name="code",
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )
    imported = forms.ModelChoiceField(
        ImportBatch.objects.none(),
        label="Ghi từ tệp",
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )
    after = VietnameseDateField(label="So với ngày", required=False, widget=HIDDEN)
    column = forms.TypedChoiceField(
        label="Cột của biểu diễn biến",
        choices=[("", ""), *((key, column.title) for key, column in COLUMNS_BY_KEY.items())],
        coerce=COLUMNS_BY_KEY.__getitem__,
        empty_value=None,
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )
    before = forms.ChoiceField(
        label="Phân loại trước",
        choices=CLASSES,
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )
    now = forms.ChoiceField(
        label="Phân loại sau",
        choices=CLASSES,
        required=False,
        widget=HIDDEN,
        error_messages=WRONG_CHOICE,
    )

    def __init__(self, data, *, user, fields: frozenset[Field]):
        super().__init__(data, auto_id="filter_%s")
        self.seen_fields = fields
        self.today = clock.today()
        years = range(self.today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", "Năm nay"), *((year, year) for year in years)]
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE)
        self.fields["village"].queryset = villages.in_order_of_wards()
        importer = user_opening(user, "households:import_list", writing=True)
        written = ImportBatch.objects.visible_to(importer).filter(stage=ImportStage.WRITTEN)
        self.fields["imported"].queryset = written
        self.fields["deprived"].choices = [("", "Tất cả"), *_indicators(self.today)]
        self.fields["trait"].choices = [("", "Tất cả"), *self._seen_traits()]
        self.refused = self._leave_out_unseen()

    def add_prefix(self, field_name):
        return ADDRESS_NAMES.get(field_name, field_name)

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day is not None and day > self.today:
            raise ValidationError("Chọn một ngày không sau hôm nay.")
        return day

    def clean(self):
        values = super().clean()
        after, on = values.get("after"), values.get("on") or self.today
        if after is not None and after >= on:
            self.add_error("after", "Ngày so sánh phải trước ngày của số liệu.")
        return values

    def query(self) -> HouseholdQuery:
        """The typed query of what is valid; a year without a day means its last day."""
        self.is_valid()
        values = self.cleaned_data
        year = values.get("year")
        on = values.get("on") or min(self.today, date(year or self.today.year, 12, 31))
        return HouseholdQuery(
            on=on,
            year=year or on.year,
            words=values.get("q", ""),
            village=values.get("village"),
            poverty_class=values.get("poverty_class", ""),
            newly_escaped=values.get("newly_escaped", False),
            change=values.get("change", ""),
            deprived=values.get("deprived"),
            pending=values.get("pending", False),
            cause=getattr(values.get("cause"), "number", None),
            reviewed=values.get("reviewed", False),
            trait=values.get("trait", ""),
            ethnic_group=getattr(values.get("ethnic_group"), "code", ""),
            imported=getattr(values.get("imported"), "pk", None),
            after=values.get("after"),
            column=values.get("column"),
            before=values.get("before", ""),
            now=values.get("now", ""),
        )

    def fields_needed(self) -> frozenset[Field]:
        """What must be seen of a household to know whether it meets the conditions."""
        active = self.active()
        needed = {field for name, field in FILTER_NEEDS.items() if name in active}
        return frozenset(needed | TRAIT_NEEDS.get(active.get("trait", ""), set()))

    def chips(self) -> list[dict[str, str]]:
        """Each condition in words, with the address without it."""
        active = self.active()
        return [
            {
                "label": self._in_words(name),
                "url": list_address({key: active[key] for key in active if key != name}),
            }
            for name in active
        ]

    def active(self) -> dict[str, str]:
        """The valid conditions as field name → value in the address, in the order of the form."""
        self.is_valid()
        return {
            name: _as_address(value)
            for name in self.fields
            if (value := self.cleaned_data.get(name)) not in (None, "", False)
        }

    @property
    def has_folded_errors(self) -> bool:
        return not FOLDED.isdisjoint(self.errors)

    def _seen_traits(self) -> list[tuple[str, str]]:
        return [
            (trait.value, trait.label)
            for trait in HouseholdTrait
            if TRAIT_NEEDS[trait] <= self.seen_fields
        ]

    def _in_words(self, name: str) -> str:
        value = self.cleaned_data[name]
        field = self.fields[name]
        if isinstance(value, bool):
            return field.label
        if isinstance(value, date):
            return f"{DAYS_IN_WORDS[name]} {formatting.day(value)}"
        if isinstance(value, MeasuredColumn):
            return value.title
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            value = dict(cast(Any, field.choices))[value]
        return {
            "q": f"Tìm “{value}”",
            "change": f"Diễn biến: {value}",
            "deprived": f"Thiếu hụt: {value}",
            "year": f"Năm {value}",
            "cause": f"Nguyên nhân: {value}",
            "imported": f"Ghi từ tệp {value}",
            "ethnic_group": f"Dân tộc: {value}",
            "before": f"Trước: {value}",
            "now": f"Sau: {value}",
        }.get(name, str(value))

    def _leave_out_unseen(self) -> list[str]:
        """Remove the filters on what the user may not see; labels of those that were asked for."""
        asked = self.data.get("trait", "")
        refused = []
        if asked in TRAIT_NEEDS and not TRAIT_NEEDS[asked] <= self.seen_fields:
            refused.append(HouseholdTrait(asked).label)
            self.fields.pop("trait")
        for name, field in FILTER_NEEDS.items():
            if field not in self.seen_fields:
                label = self.fields.pop(name).label
                if self.data.get(self.add_prefix(name)):
                    refused.append(label)
        return refused


def list_address(values: Mapping[str, object]) -> str:
    """The query part of a list's address: `{"poverty_class": "poor"}` → `?class=poor`."""
    return "?" + urlencode({ADDRESS_NAMES.get(name, name): value for name, value in values.items()})


def _as_address(value) -> str:
    if isinstance(value, bool):
        return "1"
    if isinstance(value, date):
        return value.isoformat()
    keys = {
        Area: "pk",
        PovertyCause: "number",
        EthnicGroup: "code",
        ImportBatch: "pk",
        MeasuredColumn: "key",
    }
    return str(getattr(value, keys[type(value)]) if type(value) in keys else value)


def _indicators(on: date) -> list[tuple[int, str]]:
    """The indicators of the standard in force on a day, as choices."""
    return [(indicator.number, str(indicator)) for indicator in indicators_in_force(on)]
