"""An act of the library, and which acts a draft cites."""

from typing import Any

from django import forms

from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, VersionField, VietnameseDateField
from reports.choices import BasisRole
from reports.models import LegalDocument
from reports.plans.library.services import (
    FOREIGN_HEIR,
    KIND_MISSING,
    NONE_CHOSEN,
    UNKNOWN_ROLE,
    LegalInput,
    legal_faults,
)

UNKNOWN_ACT = "Chọn văn bản trong danh sách."


class LegalForm(forms.Form):
    """An act as a basis names it, and the days in which it holds."""

    fields: dict[str, Any]

    kind = LineField(label="Loại văn bản", max_length=60, error_messages={"required": KIND_MISSING})
    number = LineField(label="Số, ký hiệu", max_length=60, required=False)
    dated_on = VietnameseDateField(label="Ngày ban hành", required=False)
    issuer = LineField(label="Cơ quan ban hành", max_length=120, required=False)
    title = LineField(label="Trích yếu", max_length=300, required=False)
    valid_from = VietnameseDateField(label="Hiệu lực từ ngày", required=False)
    valid_to = VietnameseDateField(label="Hết hiệu lực sau ngày", required=False)
    replaced_by = forms.ModelChoiceField(
        label="Thay bằng",
        queryset=LegalDocument.objects.none(),
        required=False,
        empty_label="Chưa có văn bản thay thế",
        error_messages={"invalid_choice": FOREIGN_HEIR},
    )

    def __init__(self, *args, ward: Area, act: LegalDocument | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward, self.act = ward, act
        others = LegalDocument.objects.filter(ward=ward)
        self.fields["replaced_by"].queryset = others.exclude(pk=act.pk) if act else others

    def details(self) -> LegalInput:
        names = LegalInput.__dataclass_fields__
        values: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        return LegalInput(**values)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for name, fault in legal_faults(self.ward, self.details(), self.act).items():
                self.add_error(name, fault)
        return cleaned


class LegalNewForm(LegalForm):
    """A further act."""

    key = SubmissionKeyField()


class LegalChangeForm(LegalForm):
    """An act that is there, in the version that was looked at."""

    version = VersionField()


class CiteForm(forms.Form):
    """Which acts of the library a draft cites, and how."""

    fields: dict[str, Any]

    role = forms.ChoiceField(
        label="Vai trò",
        choices=BasisRole.choices,
        initial=BasisRole.BASIS,
        error_messages={"required": UNKNOWN_ROLE, "invalid_choice": UNKNOWN_ROLE},
    )
    acts = forms.ModelMultipleChoiceField(
        label="Văn bản",
        queryset=LegalDocument.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": NONE_CHOSEN,
            "invalid_choice": UNKNOWN_ACT,
            "invalid_pk_value": UNKNOWN_ACT,
        },
    )

    def __init__(self, *args, acts, labels: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acts"].queryset = acts
        self.fields["acts"].choices = labels
