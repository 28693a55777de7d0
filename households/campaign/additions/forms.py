"""What the pages take in by which households join a review or stay outside it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from households.campaign.additions.services import JOIN, LATER, LEAVE_OUT
from households.models import Household, Membership, ReviewCampaign
from households.register.forms.households import HouseholdNewForm, SplitForm
from households.register.forms.members import OtherHouseholdField, asking
from povertyplan.core.models import Area
from povertyplan.core.text.fields import LineField
from povertyplan.core.text.reasons import check_reason

LEAVING_REASON = "Nhập lý do không đưa hộ vào đợt rà soát."
NOBODY_CHOSEN = "Chọn ít nhất một hộ, hoặc nhập mã hộ."


class JoinReviewForm(forms.Form):
    """What the open review makes of a new household; without one nothing is asked."""

    review_choice = forms.ChoiceField(
        label="Đợt rà soát đang mở",
        choices=[
            (JOIN, "Đưa hộ mới vào đợt rà soát"),
            (LEAVE_OUT, "Không đưa vào, ghi lý do"),
            (LATER, "Để sau: hộ được nêu ở trang của đợt cho đến khi có phiếu hoặc lý do"),
        ],
        initial=JOIN,
        required=False,
        widget=forms.RadioSelect,
        error_messages=asking("Chọn cách xử lý."),
    )
    review_reason = LineField(
        label="Lý do",
        validators=[check_reason],
        max_length=500,
        required=False,
        help_text=(
            "Bắt buộc khi không đưa vào. Khi đưa vào, để trống thì lý do là "
            "việc tách hộ hoặc vào sổ."
        ),
    )

    def __init__(self, *args, campaign: ReviewCampaign | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        if campaign is None:
            del self.fields["review_choice"], self.fields["review_reason"]
        else:
            self.fields["review_choice"].label = f"{campaign} đang mở"

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("review_choice") == LEAVE_OUT and not data.get("review_reason"):
            self.add_error("review_reason", LEAVING_REASON)

    def review_values(self) -> dict[str, Any]:
        """What the service takes in about the review."""
        return {
            "campaign": self.campaign,
            "choice": self.cleaned_data.get("review_choice") or LATER,
            "review_reason": self.cleaned_data.get("review_reason", ""),
        }


class SplitDuringReviewForm(JoinReviewForm, SplitForm):
    """Who goes, the household they make, and its place in the open review."""

    def __init__(self, *args, household: Household, members: list[Membership], campaign, **kwargs):
        given = {"household": household, "members": members, "campaign": campaign}
        super().__init__(*args, **given, **kwargs)


class NewDuringReviewForm(JoinReviewForm, HouseholdNewForm):
    """A household with its head, and its place in the open review."""

    def __init__(self, *args, ward: Area, campaign, **kwargs):
        super().__init__(*args, ward=ward, campaign=campaign, **kwargs)


class UnlistedForm(forms.Form):
    """Which households join the review or stay outside, and why."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    listed = forms.TypedMultipleChoiceField(
        label="Hộ",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Hộ đã chọn vừa được xử lý. Xem lại danh sách."},
    )
    other = OtherHouseholdField(label="Mã hộ khác", required=False)
    decision = forms.ChoiceField(
        label="Cách xử lý",
        choices=[
            (JOIN, "Đưa vào đợt rà soát"),
            (LEAVE_OUT, "Không đưa vào đợt rà soát này"),
        ],
        widget=forms.RadioSelect,
        error_messages=asking("Chọn đưa vào hay không đưa vào."),
    )
    reason = LineField(
        label="Lý do",
        validators=[check_reason],
        max_length=500,
        error_messages={"required": "Nhập lý do.", "max_length": "Lý do dài nhất 500 ký tự."},
    )

    def __init__(self, *args, choices: list, households: QuerySet[Household], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["listed"].choices = choices
        self.fields["other"].households = households

    def clean(self):
        super().clean()
        if not self.errors and not self.chosen_ids():
            raise ValidationError(NOBODY_CHOSEN)

    def chosen_ids(self) -> list[int]:
        other = self.cleaned_data.get("other")
        return [*self.cleaned_data.get("listed", ()), *([other.pk] if other else ())]
