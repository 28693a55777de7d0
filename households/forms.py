"""What the screens of the yearly review take in: strings from a browser become typed values."""

from dataclasses import asdict

from django import forms

from households.choices import PovertyClass, RevealPurpose
from households.models import PovertyCause, Review, ReviewCampaign
from households.rules.classification import (
    InvalidIncomeScore,
    ScoreRefused,
    StandardRules,
    classify,
)
from households.rules.notes import LONGEST_NOTE, NOTE_TOO_LONG, Remark
from households.services.recognition import Signer, decision_faults
from households.services.reviews import (
    FUTURE_VISIT,
    LARGEST_SCORE,
    REASON_MISSING,
    ReviewAnswers,
    needs_reason,
    remark_of,
    saved_answers,
)
from povertyplan.core import clock
from povertyplan.core.fields import (
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
)


class VersionForm(forms.Form):
    """A confirmation: nothing but the version that was looked at."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A confirmation that needs a reason."""

    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do."},
    )


class ReopenForm(ReasonForm):
    """Why a finished village is opened again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do mở lại"
        self.fields["reason"].error_messages["required"] = "Nhập lý do mở lại thôn."


class ReturnForm(ReasonForm):
    """Why submitted results go back."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do trả lại"
        self.fields["reason"].error_messages["required"] = "Nhập lý do trả lại kết quả."


class RecogniseForm(VersionForm):
    """The decision that recognises results."""

    number = NameField(
        label="Số quyết định",
        max_length=50,
        help_text="Ví dụ: 283/QĐ-UBND; chỉ nhập 283 thì ghi là 283/QĐ-UBND.",
        error_messages={
            "required": "Nhập số quyết định.",
            "max_length": "Số quyết định dài nhất 50 ký tự.",
        },
    )
    decided_on = VietnameseDateField(label="Ngày quyết định")
    effective_from = VietnameseDateField(
        label="Có hiệu lực từ ngày",
        required=False,
        help_text="Để trống nếu có hiệu lực từ ngày quyết định.",
    )
    signer_title = forms.CharField(
        label="Chức danh người ký",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng in thành một dòng trên chữ ký, ví dụ: KT. Chủ tịch, Phó Chủ tịch.",
        error_messages={
            "required": "Nhập chức danh người ký.",
            "max_length": "Chức danh người ký dài nhất 120 ký tự.",
        },
    )
    signer_name = NameField(
        label="Họ và tên người ký",
        max_length=100,
        error_messages={
            "required": "Nhập họ và tên người ký.",
            "max_length": "Họ và tên người ký dài nhất 100 ký tự.",
        },
    )

    def __init__(self, *args, campaign: ReviewCampaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign

    def clean(self):
        """Find the faults of number and dates here too, so that every error shows at once."""
        super().clean()
        faults = decision_faults(
            self.campaign,
            number=self.cleaned_data.get("number", ""),
            decided_on=self.cleaned_data.get("decided_on"),
            effective_from=self.cleaned_data.get("effective_from"),
        )
        for name, fault in faults.items():
            if name not in self.errors:
                self.add_error(name, fault)

    def decision(self) -> dict[str, object]:
        """What the service takes in."""
        data = dict(self.cleaned_data)
        signer = Signer(data.pop("signer_title"), data.pop("signer_name"))
        return {**data, "signer": signer}


class RemarkForm(VersionForm):
    """The note and the flag of a survey form."""

    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
        help_text="Không ghi số định danh, tình trạng sức khỏe.",
        error_messages={"max_length": NOTE_TOO_LONG},
    )
    needs_check = forms.BooleanField(label="Cần kiểm tra", required=False)

    def remark(self) -> Remark:
        data = self.cleaned_data
        return Remark(note=data.get("note", ""), needs_check=data.get("needs_check", False))


class ReviewForm(RemarkForm):
    """A household's survey form (phiếu rà soát)."""

    income_score = WholeNumberField(
        label="Điểm B1 (ước lượng thu nhập)",
        max_value=LARGEST_SCORE,
        help_text="Ghi tổng điểm B1 của phiếu giấy.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    deprivations = forms.MultipleChoiceField(
        label="Chỉ số thiếu hụt (B2)",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "Chuẩn nghèo của đợt này không có chỉ số thiếu hụt số %(value)s."
        },
    )
    causes = forms.MultipleChoiceField(
        label="Nguyên nhân nghèo",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Không có nguyên nhân nghèo số %(value)s."},
    )
    visited_on = VietnameseDateField(label="Ngày đến hộ", required=False)
    recorded_class = forms.ChoiceField(
        label="Phân loại ghi nhận",
        choices=[("", "Theo kết quả tính"), *PovertyClass.choices],
        required=False,
        help_text="Chỉ đổi khi kết quả họp dân hoặc phúc tra khác với kết quả tính.",
        error_messages={"invalid_choice": "Chọn một phân loại trong danh sách."},
    )
    class_reason = forms.CharField(
        label="Lý do ghi nhận khác",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi phân loại ghi nhận khác kết quả tính.",
    )

    def __init__(self, *args, rules: StandardRules, setting: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.setting = setting
        self.fields["deprivations"].choices = [
            (str(indicator.number), indicator.name) for indicator in rules.indicators
        ]
        self.fields["causes"].choices = [
            (str(cause.number), str(cause)) for cause in PovertyCause.objects.all()
        ]

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day and day > clock.today():
            raise forms.ValidationError(FUTURE_VISIT)
        return day

    def clean(self):
        """Ask for the reason here too, so that every error shows at once."""
        super().clean()
        if self._reason_is_missing():
            self.add_error("class_reason", REASON_MISSING)

    def _reason_is_missing(self) -> bool:
        answers = self.answers()
        try:
            result = classify(self.rules, self.setting, answers.income_score, answers.deprivations)
        except InvalidIncomeScore:
            return bool(answers.recorded_class) and not answers.class_reason
        except ScoreRefused:
            return False
        return needs_reason(answers, result)

    def has_only_new_remark(self, before: Remark) -> bool:
        """Whether nothing but note and flag was filled in, and they are not as they were."""
        asked = self.fields.keys() - RemarkForm.base_fields.keys()
        now = Remark(self.data.get("note", "").strip(), "needs_check" in self.data)
        return now != before and not any(self.data.get(name) for name in asked)

    def leave_answers_out(self):
        """Take note and flag of a household that nobody has visited yet."""
        self.fields["income_score"].required = False

    def answers(self) -> ReviewAnswers:
        data = self.cleaned_data
        return ReviewAnswers(
            income_score=data.get("income_score"),
            deprivations=frozenset(map(int, data.get("deprivations", []))),
            causes=frozenset(map(int, data.get("causes", []))),
            visited_on=data.get("visited_on"),
            recorded_class=data.get("recorded_class") or None,
            class_reason=data.get("class_reason", ""),
            remark=self.remark(),
        )


def saved_values(review: Review) -> dict[str, object]:
    """Initial values of the form that show what a review holds."""
    return form_values(saved_answers(review), remark_of(review), review.version)


def form_values(answers: ReviewAnswers | None, remark: Remark, version: int) -> dict[str, object]:
    """Initial values of the form that show these answers, a note and a flag."""
    values = {"version": version, **asdict(remark)}
    if answers is None:
        return values
    return {
        **values,
        "income_score": answers.income_score,
        "deprivations": [str(number) for number in sorted(answers.deprivations)],
        "causes": [str(number) for number in sorted(answers.causes)],
        "visited_on": answers.visited_on,
        "recorded_class": answers.recorded_class or "",
        "class_reason": answers.class_reason,
    }


class RevealForm(forms.Form):
    """Why a personal number is opened."""

    purpose = forms.ChoiceField(
        label="Mục đích",
        choices=RevealPurpose,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mục đích xem số định danh."},
    )

    def get_purpose_display(self) -> str:
        return RevealPurpose(self.cleaned_data["purpose"]).label
