"""Opening a review: what is asked, and what is proposed from the procedure and the register."""

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from households.campaign.holidays.selectors import working_calendar
from households.campaign.opening.selectors import reviewers_for, reviewers_in, running_annual
from households.campaign.requests.selectors import WaitingRequests
from households.choices import CampaignKind
from households.entry.survey.selectors.reviews import head_name
from households.ledger.selectors.standards import standard_in_force
from households.models import CampaignVillage, Household, PovertyStandard, ReviewProcedure
from households.rules.working_days import after_working_days
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import (
    LineField,
    NameField,
    RecordsField,
    VersionField,
    VietnameseDateField,
    YearField,
    read_choices_once,
    read_key,
)
from povertyplan.core.text.vietnamese import search_key

MOST_FOUND = 20
NAMES = {
    CampaignKind.ANNUAL: "Rà soát hộ nghèo, hộ cận nghèo định kỳ năm {year}",
    CampaignKind.REGULAR: "Rà soát hộ nghèo, hộ cận nghèo thường xuyên tháng {month}/{year}",
}


class CampaignForm(forms.Form):
    """A new review of a ward.

    `chosen` are the households that asked: those whose requests wait are ticked, and `find` looks
    for others.
    """

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    year = YearField(label="Năm")
    name = NameField(label="Tên đợt", max_length=160)
    standard = forms.ModelChoiceField(
        label="Chuẩn nghèo",
        queryset=PovertyStandard.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn chuẩn nghèo.", "invalid_choice": "Chọn chuẩn nghèo."},
    )
    procedure = forms.ModelChoiceField(
        label="Quy trình",
        queryset=ReviewProcedure.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn quy trình.", "invalid_choice": "Chọn quy trình."},
    )
    opens_on = VietnameseDateField(label="Từ ngày")
    closes_on = VietnameseDateField(label="Đến ngày")
    beside_open = forms.BooleanField(required=False)
    chosen = RecordsField(
        label="Hộ có Giấy đề nghị",
        queryset=Household.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn hộ trong sổ của địa bàn."},
    )
    find = LineField(
        label="Tìm hộ theo mã hoặc họ tên chủ hộ",
        max_length=100,
        required=False,
        help_text="Nhập mã hộ hoặc họ tên rồi nhấn Tìm hộ; đánh dấu các hộ có giấy đề nghị.",
    )

    def __init__(self, *args, ward: Area, kind: str, requests: WaitingRequests, **kwargs):
        super().__init__(*args, **kwargs)
        self.ward, self.kind = ward, kind
        self.fields["standard"].queryset = PovertyStandard.objects.order_by("-valid_from")
        self.fields["procedure"].queryset = ReviewProcedure.objects.all()
        read_choices_once(self.fields["standard"])
        read_choices_once(self.fields["procedure"])
        self.villages = list(Area.objects.villages_of(ward))
        self._offer_beside(running_annual(ward).first())
        self._add_reviewers()
        self.requests = requests
        offered = self._offered()
        # Only what is shown can be ticked; a ward has thousands of households.
        self.fields["chosen"].queryset = Household.objects.filter(
            pk__in=[household.pk for household in offered]
        )
        self.fields["chosen"].choices = [
            (household.pk, self._label(household)) for household in offered
        ]

    def _offer_beside(self, running):
        """Ask whether a second annual review is meant, where one is under way."""
        if running is None or self.kind != CampaignKind.ANNUAL:
            del self.fields["beside_open"]
        else:
            self.fields["beside_open"].label = f"Mở thêm khi “{running}” chưa kết thúc"

    def _add_reviewers(self):
        people = reviewers_in(self.ward)
        choices = [("", "Theo phân công hiện có"), *((user.pk, str(user)) for user in people)]
        for village in self.villages:
            self.fields[f"reviewer_{village.pk}"] = forms.TypedChoiceField(
                label=village.name, choices=choices, coerce=int, required=False, empty_value=None
            )

    @property
    def reviewer_fields(self):
        return [self[f"reviewer_{village.pk}"] for village in self.villages]

    def _label(self, household: Household) -> str:
        asked = "".join(
            f" – {request.get_kind_display()}, nhận ngày {formatting.day(request.received_on)}"
            for request in self.requests.get(household.pk, [])
        )
        return f"{head_name(household)} ({household.code}), {household.village}{asked}"

    def _offered(self) -> list[Household]:
        """Households whose requests wait or that are ticked already, and those looked for."""
        registered = Household.objects.registered(on=clock.today()).filter(ward=self.ward)
        registered = registered.with_head().select_related("village")
        sent = cast(QueryDict, self.data).getlist("chosen") if self.is_bound else []
        shown = [*self.requests, *(key for pk in sent if (key := read_key(pk)) is not None)]
        kept = list(
            registered.filter(pk__in=shown).order_by("village__order", "village__sort_key", "code")
        )
        words = self.data.get("find", "").strip() if self.is_bound else ""
        if not words:
            return kept
        by_code = registered.filter(code__icontains=words)
        by_name = registered.filter(head_membership__person__search_key__contains=search_key(words))
        found = (by_code | by_name).exclude(pk__in=[one.pk for one in kept]).order_by("code")
        return kept + list(found[:MOST_FOUND])

    def reviewers(self) -> dict[int, int]:
        """The reviewer chosen for each village; villages left to their grants are not in it."""
        chosen = {
            village.pk: self.cleaned_data.get(f"reviewer_{village.pk}") for village in self.villages
        }
        return {village: user for village, user in chosen.items() if user is not None}

    def values(self) -> dict[str, object]:
        """What the form says, as the service takes it."""
        names = ("key", "year", "name", "standard", "procedure", "opens_on", "closes_on")
        return {
            "ward": self.ward,
            "kind": self.kind,
            "requested": list(self.cleaned_data["chosen"]),
            "reviewers": self.reviewers(),
            "beside_open": self.cleaned_data.get("beside_open", False),
            **{name: self.cleaned_data[name] for name in names},
        }


class ReviewerForm(forms.Form):
    """Who reviews a village."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    reviewer = forms.ModelChoiceField(
        label="Rà soát viên",
        queryset=User.objects.none(),
        required=False,
        empty_label="Chưa phân công",
        help_text="Chỉ người được giao nhập phiếu ở thôn này.",
        error_messages={"invalid_choice": "Chọn một người trong danh sách."},
    )

    def __init__(self, *args, campaign_village: CampaignVillage, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers_for(campaign_village.village)


def proposal(ward: Area, kind: str, requests: WaitingRequests) -> dict[str, object]:
    """The dates, the name, the standard and the procedure a new review starts from."""
    today = clock.today()
    procedure = ReviewProcedure.objects.in_force(on=today).first()
    initial = {
        "year": today.year,
        "name": NAMES[CampaignKind(kind)].format(year=today.year, month=today.month),
        "standard": standard_in_force(today),
        "procedure": procedure,
        "chosen": list(requests),
    }
    if procedure is None:
        return initial
    if kind == CampaignKind.REGULAR:
        calendar = working_calendar(ward, [today.year, today.year + 1])
        days = (today, after_working_days(today, procedure.regular_days, calendar))
    else:
        days = (
            _day_of(today.year, procedure.opens_on_day),
            _day_of(today.year, procedure.closes_on_day),
        )
    return initial | {"opens_on": days[0], "closes_on": days[1]}


def _day_of(year: int, day: int) -> date:
    """The day of a year written month * 100 + day."""
    return date(year, day // 100, day % 100)
