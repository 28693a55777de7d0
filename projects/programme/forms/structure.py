"""What the administrator's pages of programmes take in."""

import re
from typing import Any

from django import forms

from povertyplan.core.text.fields import (
    CHOOSE,
    LineField,
    NameField,
    VersionField,
    VietnameseDateField,
)
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import ProgrammeKind
from projects.models import ComponentProject, Programme
from projects.programme.services.structure import ProgrammeInput, ProjectPartInput

MOST_LEVELS, LONGEST_LEVEL = 3, 30
LEVELS_MISSING = "Nhập tên ít nhất một cấp, mỗi dòng một cấp."
TOO_MANY_LEVELS = f"Nhiều nhất {MOST_LEVELS} cấp, mỗi tên dài nhất {LONGEST_LEVEL} ký tự."
CODE_SHAPE = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}")
CODE_FAULT = "Mã viết bằng số, các cấp cách nhau bằng dấu chấm, ví dụ 3, 3.1, 3.1.02."


class LevelsField(forms.CharField):
    """Names of levels from the top, a line each."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.Textarea(attrs={"rows": MOST_LEVELS}),
            error_messages={"required": LEVELS_MISSING},
            **kwargs,
        )

    def to_python(self, value: object) -> Any:
        lines = (normalise_text(line) for line in str(value or "").splitlines())
        return tuple(line for line in lines if line)

    def validate(self, value: Any) -> None:
        if not value:
            raise forms.ValidationError(LEVELS_MISSING)
        if len(value) > MOST_LEVELS or any(len(level) > LONGEST_LEVEL for level in value):
            raise forms.ValidationError(TOO_MANY_LEVELS)

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to its lines."""

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class ProgrammeForm(forms.Form):
    kind = forms.ChoiceField(label="Loại", choices=ProgrammeKind.choices, error_messages=CHOOSE)
    name = NameField(
        label="Tên chương trình",
        max_length=200,
        error_messages={"required": "Nhập tên chương trình."},
    )
    code = LineField(
        label="Mã",
        max_length=20,
        help_text="Ngắn gọn, không dấu, ví dụ GNBV-2021-2025.",
        error_messages={"required": "Nhập mã."},
    )
    levels = LevelsField(
        label="Tên các cấp",
        help_text="Từ trên xuống, mỗi dòng một cấp, ví dụ: Dự án, rồi Tiểu dự án.",
    )
    legal_reference = LineField(label="Căn cứ pháp lý", max_length=250, required=False)
    valid_from = VietnameseDateField(label="Thực hiện từ ngày")
    valid_to = VietnameseDateField(label="Đến ngày", required=False)
    funds_until = VietnameseDateField(
        label="Vốn kéo dài đến ngày",
        required=False,
        help_text="Khi vốn của chương trình được tiếp tục sử dụng sau ngày kết thúc.",
    )
    funds_reference = LineField(label="Căn cứ kéo dài vốn", max_length=250, required=False)

    def details(self) -> ProgrammeInput:
        names = ProgrammeInput.__dataclass_fields__
        return ProgrammeInput(**{name: self.cleaned_data[name] for name in names})


class ProgrammeChangeForm(ProgrammeForm):
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True


class ProjectPartForm(forms.Form):
    code = LineField(
        label="Mã", max_length=12, help_text=CODE_FAULT, error_messages={"required": "Nhập mã."}
    )
    official_name = NameField(
        label="Tên chính thức",
        max_length=250,
        required=False,
        help_text="Để trống khi chưa công bố tên; phần mềm ghi “chưa có tên”.",
    )
    for_wards = forms.BooleanField(label="Phường, xã được thực hiện", required=False, initial=True)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not self.fields["code"].disabled and not CODE_SHAPE.fullmatch(code):
            raise forms.ValidationError(CODE_FAULT)
        return code

    def details(self) -> ProjectPartInput:
        names = ProjectPartInput.__dataclass_fields__
        return ProjectPartInput(**{name: self.cleaned_data[name] for name in names})


class ProjectPartChangeForm(ProjectPartForm):
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True


def programme_initial(programme: Programme) -> dict[str, object]:
    names = (*ProgrammeInput.__dataclass_fields__, "version")
    return {name: getattr(programme, name) for name in names}


def part_initial(part: ComponentProject) -> dict[str, object]:
    names = (*ProjectPartInput.__dataclass_fields__, "version")
    return {name: getattr(part, name) for name in names}
