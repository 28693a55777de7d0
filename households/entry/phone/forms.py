"""One screen of the survey form on a phone."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django import forms

from households.entry.survey.forms import RemarkForm
from households.entry.survey.services.reviews import LARGEST_SCORE
from households.models import DeprivationIndicator, PovertyCause, ReviewDraft
from povertyplan.core.text.fields import WholeNumberField

NO, YES, UNKNOWN = "no", "yes", "unknown"
CHOICES = [(NO, "Không thiếu"), (YES, "Thiếu hụt"), (UNKNOWN, "Không rõ")]
MEANINGS = {NO: False, YES: True, UNKNOWN: None}
LAST_TIME = {True: "thiếu hụt", False: "không thiếu"}


class ScreenForm(forms.Form):
    """A screen without questions; every screen carries the form's id."""

    client_id = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": "Biểu mẫu thiếu mã phiếu. Mở lại phiếu từ danh sách.",
            "invalid": "Mã phiếu không đúng. Mở lại phiếu từ danh sách.",
        },
    )

    def answers(self) -> dict[str, object]:
        """What this screen adds to the draft: of a screen left early, what is answered."""
        return {}

    def may_be_left(self) -> bool:
        """Whether nothing on the screen is wrong; what is not answered may stay open."""
        return "client_id" not in self.errors and not any(
            self[name].value() for name in self.errors
        )


class ScoreForm(ScreenForm):
    """The total of B1."""

    score = WholeNumberField(
        label="Tổng điểm B1",
        help_text="Chép tổng điểm ở phần B1 (thu nhập) của phiếu giấy, không phải B2 (thiếu hụt).",
        max_value=LARGEST_SCORE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def answers(self):
        return {name: self.cleaned_data[name] for name in ("score",) if name in self.cleaned_data}


class IndicatorsForm(ScreenForm):
    """The indicators of one dimension, each with its answers and none chosen beforehand."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    def __init__(self, *args, indicators: list[DeprivationIndicator], earlier=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = [indicator.number for indicator in indicators]
        for indicator in indicators:
            self.fields[f"i{indicator.number}"] = forms.ChoiceField(
                label=f"{indicator.number}. {indicator.name}",
                choices=CHOICES,
                widget=forms.RadioSelect,
                help_text=_last_time(indicator, earlier),
                error_messages={
                    "required": f"Chọn Không thiếu, Thiếu hụt hoặc Không rõ ở chỉ số "
                    f"{indicator.number}.",
                    "invalid_choice": f"Chọn một trong ba ô ở chỉ số {indicator.number}.",
                },
            )
            self.fields[f"i{indicator.number}"].definition = indicator.definition

    @property
    def questions(self):
        return [self[f"i{number}"] for number in self.numbers]

    def answers(self):
        given = {number: self.cleaned_data.get(f"i{number}") for number in self.numbers}
        return {
            "indicators": {str(number): MEANINGS[value] for number, value in given.items() if value}
        }


class CausesForm(ScreenForm):
    """Why a household is poor or near-poor: any number of the official causes."""

    causes = forms.MultipleChoiceField(
        label="Nguyên nhân nghèo",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Không có nguyên nhân nghèo số %(value)s."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["causes"].choices = [
            (str(cause.number), str(cause)) for cause in PovertyCause.objects.all()
        ]

    def answers(self):
        return {"causes": sorted(map(int, self.cleaned_data["causes"]))}


class NoteForm(RemarkForm):
    """The last screen: what to remember of the household, and handing the form in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["needs_check"].label = "Cần kiểm tra lại hộ này"

    def answers(self):
        return asdict(self.remark())


def _last_time(indicator, earlier) -> str:
    if earlier is None:
        return ""
    word = LAST_TIME[indicator.number in earlier.deprivations]
    return f"Năm {earlier.campaign.year}: {word}."


def initial_of(draft: ReviewDraft | None) -> dict[str, object]:
    """What the screens show of a draft: only what this form was given, never last year's."""
    if draft is None:
        return {}
    given = {f"i{number}": YES if value else NO for number, value in draft.indicators.items()}
    given |= {f"i{number}": UNKNOWN for number in draft.unknown}
    causes = [str(number) for number in draft.causes or ()]
    return {"client_id": draft.client_id, "score": draft.score, "causes": causes, **given}
