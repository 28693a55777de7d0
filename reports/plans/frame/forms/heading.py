"""Heading data and recipients of a draft."""

from dataclasses import asdict
from typing import Any

from django import forms

from povertyplan.core.text.fields import LineField, NameField, PersonNameField
from reports.models import Document
from reports.plans.frame.forms.parts import DraftPartForm
from reports.plans.frame.services.heading import (
    SUBJECT_MISSING,
    HeadingInput,
    heading_faults,
    heading_of,
)
from reports.plans.frame.services.recipients import (
    LONGEST_LINE,
    recipient_faults,
    recipient_lines,
)


def _lines(label: str, rows: int, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


class HeadingForm(DraftPartForm):
    """What stands above and below the text."""

    subject = LineField(
        label="Trích yếu", max_length=300, error_messages={"required": SUBJECT_MISSING}
    )
    symbol = LineField(
        label="Ký hiệu", max_length=30, required=False, help_text="Sau số văn bản: KH-UBND."
    )
    place_line = NameField(
        label="Địa danh",
        max_length=60,
        required=False,
        help_text="Trước ngày tháng; không ghi phường, xã.",
    )
    issuer = _lines("Cơ quan ban hành", 2, "Mỗi dòng in thành một dòng.")
    addressee = _lines("Kính gửi", 2, "Nhiều nơi cách nhau bằng dấu chấm phẩy; kế hoạch để trống.")
    authority = _lines("Thẩm quyền ký", 1, "Ví dụ: TM. ỦY BAN NHÂN DÂN.")
    signer_title = _lines(
        "Chức vụ người ký", 2, "Mỗi dòng in thành một dòng: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."
    )
    signer_name = PersonNameField(label="Họ và tên người ký", max_length=100, required=False)

    def __init__(self, data: Any = None, *, document: Document):
        super().__init__(data, document=document, initial=asdict(heading_of(document)))

    def lines_now(self) -> list[str]:
        fields = self.base_fields
        found = asdict(heading_of(self.document)).items()
        return [f"{fields[name].label}: {value}" for name, value in found]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, fault in heading_faults(self._heading()).items():
            if name not in self.errors:
                self.add_error(name, fault)
        return cleaned

    def values(self) -> dict[str, object]:
        return {"heading": self._heading()}

    def _heading(self) -> HeadingInput:
        names = asdict(HeadingInput())
        return HeadingInput(**{name: self.cleaned_data.get(name, "") for name in names})


class RecipientsForm(DraftPartForm):
    """Who gets a document, a line each."""

    recipients = _lines("Nơi nhận", 8, "Mỗi nơi nhận một dòng, không ghi dấu gạch đầu dòng.")
    archive = LineField(
        label="Lưu",
        max_length=LONGEST_LINE,
        required=False,
        help_text="Để trống thì lưu ở văn thư (VT).",
        error_messages={"max_length": f"Nơi lưu dài nhất {LONGEST_LINE} ký tự."},
    )

    def __init__(self, data: Any = None, *, document: Document):
        self.standing = recipient_lines(document)
        initial = {"recipients": "\n".join(self.standing), "archive": document.archive}
        super().__init__(data, document=document, initial=initial)

    def lines_now(self) -> list[str]:
        return [*self.standing, f"Lưu: {self.document.archive}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lines = cleaned.get("recipients", "").splitlines()
        for name, faults in recipient_faults(lines, "").items():
            self.add_error(name, faults)
        return cleaned

    def values(self) -> dict[str, object]:
        lines = self.cleaned_data["recipients"].splitlines()
        return {"recipients": lines, "archive": self.cleaned_data["archive"]}
