"""What the page of a ward's project takes in."""

from typing import Any

from django import forms

from povertyplan.core.text.fields import NameField, VersionField, YearField
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import WardProject
from projects.programme.services.ward_projects import TEXTS, WardProjectInput

LONGEST_TEXT = 4000
YEAR_MISSING = {"required": "Nhập năm.", "invalid": "Nhập năm bằng bốn chữ số."}
FIRST_YEAR = 2016


class LinesField(forms.CharField):
    """Some lines of text; empty ones and spaces at the ends go."""

    def __init__(self, *, rows: int, **kwargs):
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: object) -> str:
        lines = (normalise_text(line) for line in str(value or "").splitlines())
        return "\n".join(line for line in lines if line)


class WardProjectForm(forms.Form):
    """How a ward carries out a project, and in which years."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    local_name = NameField(
        label="Tên gọi tại địa phương",
        max_length=250,
        required=False,
        help_text="Để trống thì dùng tên chính thức.",
    )
    objective = LinesField(label="Mục tiêu", rows=3)
    beneficiaries = LinesField(label="Đối tượng", rows=3)
    contents = LinesField(label="Nội dung", rows=6, help_text="Mỗi dòng một nội dung.")
    year_from = YearField(label="Từ năm", first=FIRST_YEAR, error_messages=YEAR_MISSING)
    year_to = YearField(label="Đến năm", first=FIRST_YEAR, error_messages=YEAR_MISSING)

    def details(self) -> WardProjectInput:
        values = {name: self.cleaned_data[name] for name in (*TEXTS, "year_from", "year_to")}
        return WardProjectInput(**values)


class WardProjectChangeForm(WardProjectForm):
    version = VersionField()


class LeaveForm(forms.Form):
    version = VersionField()


def project_initial(carried_out: WardProject) -> dict[str, object]:
    """What the form of a project that the ward carries out shows first."""
    names = (*TEXTS, "year_from", "year_to", "version")
    return {name: getattr(carried_out, name) for name in names}
