"""What is asked before a passage of a Word file becomes data: a target, or a project."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from povertyplan.core.models import Area, Unit
from povertyplan.core.periods import years
from povertyplan.core.text.fields import (
    DecimalNumberField,
    LineField,
    RecordsField,
    VersionField,
    YearField,
    offer_records,
)
from projects.choices import Measure, TargetOperator
from projects.models import ComponentProject, Indicator, Target
from projects.rules.promises import OF_RATES, Promise, promise_faults
from reports.plans.word.data.services.projects import EnteredProject

LARGEST = 9_999_999_999
IN_LIST = {"invalid_choice": "Chọn trong danh sách."}
LONGEST_WORDS = 4_000
NOTHING = ("", "Không có")
OUT_OF_REACH = "Chỉ ghi được cho năm từ {first} đến {last}."


def _operators(among: Sequence[TargetOperator]) -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in among]


def _check_reach(year: int) -> None:
    """A year misread or mistyped: what was written for it no page would open again."""
    if not years.is_in_reach(year):
        first, last = years.years_in_reach()
        raise ValidationError(OUT_OF_REACH.format(first=first, last=last))


class PassageTargetForm(forms.Form):
    """A target as it was read in a sentence, to be confirmed beside it."""

    fields: dict[str, Any]

    shown = VersionField()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label="Chỉ tiêu theo dõi",
        empty_label="Chọn chỉ tiêu",
        error_messages={"required": "Chọn chỉ tiêu mà câu này nói.", **IN_LIST},
    )
    year = YearField(label="Năm", validators=[_check_reach])
    operator = forms.ChoiceField(
        label="Ràng buộc", choices=_operators(list(TargetOperator)), error_messages=IN_LIST
    )
    low = DecimalNumberField(label="Giá trị", required=False, decimal_places=2, max_value=LARGEST)
    high = DecimalNumberField(label="Đến", required=False, decimal_places=2, max_value=LARGEST)
    rate_operator = forms.ChoiceField(
        label="Ràng buộc của tỷ lệ",
        choices=[NOTHING, *_operators([each for each in TargetOperator if each in OF_RATES])],
        required=False,
        error_messages=IN_LIST,
    )
    rate = DecimalNumberField(label="Tỷ lệ (%)", required=False, decimal_places=2, max_value=100)
    note = LineField(label="Nội dung, ghi chú", max_length=500, required=False)
    assigned_by = LineField(label="Cấp giao, văn bản giao", max_length=120, required=False)
    reason = forms.CharField(
        label="Lý do thay chỉ tiêu đang có",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, ward: Area, indicators: Sequence[Indicator], **kwargs: Any
    ):
        super().__init__(data, **kwargs)
        field = self.fields["indicator"]
        field.queryset = Indicator.objects.filter(ward=ward)
        offer_records(field, indicators)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            is_count = cleaned["indicator"].measure == Measure.COUNT
            for name, sentence in promise_faults(self.promise(), is_count=is_count).items():
                self.add_error(name, sentence)
        return cleaned

    def promise(self) -> Promise:
        names = Promise.__dataclass_fields__
        return Promise(**{name: self.cleaned_data[name] for name in names})

    def values(self) -> dict[str, Any]:
        """What the service takes of the form."""
        own = {name: self.cleaned_data[name] for name in ("indicator", "year", "reason", "seen")}
        return own | {"version": self.cleaned_data["shown"], "promise": self.promise()}

    def show_standing(self, target: Target) -> None:
        """What stands is shown now: who sends the form once more has seen it."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = str(target.pk)
        self.data = data


class PassageProjectForm(forms.Form):
    """A project as it was read in a block of a plan, to be confirmed beside it."""

    fields: dict[str, Any]

    shown = VersionField()
    project = forms.ModelChoiceField(
        ComponentProject.objects.none(),
        label="Dự án thành phần",
        empty_label="Chọn dự án",
        error_messages={"required": "Chọn dự án mà khối này nói.", **IN_LIST},
    )
    year = YearField(label="Năm", validators=[_check_reach])
    is_to_end = forms.BooleanField(
        label="Áp dụng đến hết thời gian thực hiện của dự án", required=False
    )
    leads = RecordsField(
        Unit.objects.none(),
        label="Đơn vị chủ trì",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    coordinating = RecordsField(
        Unit.objects.none(),
        label="Đơn vị phối hợp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wording = LineField(
        label="Phối hợp, ghi bằng chữ",
        max_length=200,
        required=False,
        help_text="Tên trong tệp không có trong danh mục đơn vị; ngăn cách bằng dấu chấm phẩy.",
    )
    objective = forms.CharField(label="Mục tiêu", required=False, max_length=LONGEST_WORDS)
    beneficiaries = forms.CharField(label="Đối tượng", required=False, max_length=LONGEST_WORDS)
    contents = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="Mỗi nội dung một dòng.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        projects: Sequence[ComponentProject],
        units: Sequence[Unit],
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        chosen = ComponentProject.objects.filter(pk__in=[each.pk for each in projects])
        self.fields["project"].queryset = chosen.order_by("programme", "order")
        for name in ("leads", "coordinating"):
            among = Unit.objects.filter(pk__in=[each.pk for each in units])
            self.fields[name].queryset = among.order_by("order", "pk")
            offer_records(self.fields[name], units)
        for name in ("objective", "beneficiaries", "contents"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})

    def entered(self, lines: Sequence[int]) -> EnteredProject:
        said = self.cleaned_data
        words = (piece.strip() for piece in said["wording"].split(";"))
        return EnteredProject(
            project=said["project"],
            year=said["year"],
            leads=list(said["leads"]),
            coordinating=list(said["coordinating"]),
            wording=[piece for piece in words if piece],
            objective=said["objective"],
            beneficiaries=said["beneficiaries"],
            contents=said["contents"],
            is_to_end=said["is_to_end"],
            lines=lines,
        )
