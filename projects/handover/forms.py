"""When and to whom a list was sent, and what the receiver answered."""

from django import forms

from povertyplan.core.text.fields import LineField, VersionField, VietnameseDateField


class SeenHandoverForm(forms.Form):
    """Which lists the page showed last, so that two do not make the same ones."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HandoverSendForm(forms.Form):
    version = VersionField()
    sent_on = VietnameseDateField(
        label="Ngày gửi", error_messages={"required": "Nhập ngày gửi danh sách."}
    )
    sent_to = LineField(
        label="Nơi nhận",
        max_length=200,
        help_text="Tên cơ quan, trường, ngân hàng đã nhận danh sách.",
        error_messages={"required": "Nêu nơi nhận danh sách."},
    )


class HandoverAnswerForm(forms.Form):
    version = VersionField()
    answered_on = VietnameseDateField(
        label="Ngày trả lời", error_messages={"required": "Nhập ngày trả lời."}
    )
    answer = forms.CharField(
        label="Nội dung trả lời",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Số văn bản và kết quả, ví dụ số người đã được cấp, đã giảm, chưa giải quyết.",
        error_messages={"required": "Nêu nội dung trả lời."},
    )
