"""What the screens of the yearly review take in: strings from a browser become typed values."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms

from households.choices import PovertyClass
from households.entry.survey.services.reviews import (
    FUTURE_VISIT,
    LARGEST_SCORE,
    ReviewAnswers,
    class_reason_fault,
    remark_of,
    saved_answers,
)
from households.models import PovertyCause, Review
from households.rules.classification import (
    InvalidIncomeScore,
    ScoreRefused,
    StandardRules,
    classify,
)
from households.rules.notes import LONGEST_NOTE, NOTE_TOO_LONG, ReviewNote
from povertyplan.core import clock
from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.text.fields import VietnameseDateField, WholeNumberField


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

    def remark(self) -> ReviewNote:
        data = self.cleaned_data
        return ReviewNote(note=data.get("note", ""), needs_check=data.get("needs_check", False))


class ReviewForm(RemarkForm):
    """A household's survey form (phiếu rà soát)."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

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

    def __init__(
        self,
        *args,
        rules: StandardRules,
        causes: Iterable[PovertyCause] | None = None,
        setting: str,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        known = PovertyCause.objects.all() if causes is None else causes
        self.rules = rules
        self.setting = setting
        self.fields["deprivations"].choices = [
            (str(indicator.number), indicator.name) for indicator in rules.indicators
        ]
        self.fields["causes"].choices = [(str(cause.number), str(cause)) for cause in known]

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day and day > clock.today():
            raise forms.ValidationError(FUTURE_VISIT)
        return day

    def clean(self):
        """Ask for the reason here too, so that every error shows at once."""
        super().clean()
        if fault := self._reason_fault():
            self.add_error("class_reason", fault)

    def _reason_fault(self) -> str:
        answers = self.answers()
        try:
            result = classify(self.rules, self.setting, answers.income_score, answers.deprivations)
        except InvalidIncomeScore:
            return class_reason_fault(answers, None)
        except ScoreRefused:
            return ""
        return class_reason_fault(answers, result)

    def has_only_new_remark(self, before: ReviewNote) -> bool:
        """Whether nothing but note and flag was filled in, and they are not as they were."""
        asked = self.fields.keys() - RemarkForm.base_fields.keys()
        now = ReviewNote(self.data.get("note", "").strip(), "needs_check" in self.data)
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


def form_values(
    answers: ReviewAnswers | None, remark: ReviewNote, version: int
) -> dict[str, object]:
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
