"""What the pages of pledges take in: filters, a pledge, a helper, a visit, an end."""

from typing import Any

from django import forms

from households.choices import PledgeResult
from households.models import EscapePledge, HouseholdHelper
from households.pledges.selectors import PledgeFilter, organisations_of, pledge_years
from households.pledges.services.helping import HelperInput, VisitInput
from households.pledges.services.pledging import PledgeInput
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    NOT_LISTED,
    LineField,
    NameField,
    PersonNameField,
    VersionField,
    VietnameseDateField,
    YearField,
)
from povertyplan.core.text.reasons import check_reason

STATES = (
    ("", "Tất cả"),
    ("no_helper", "Chưa có người giúp đỡ"),
    ("no_visit", "Lâu chưa được thăm"),
    (PledgeResult.WAITING.value, PledgeResult.WAITING.label),
    ("kept", "Đã thoát nghèo, thoát cận nghèo"),
    (PledgeResult.NOT_KEPT.value, PledgeResult.NOT_KEPT.label),
    (PledgeResult.WITHDRAWN.value, PledgeResult.WITHDRAWN.label),
)


def _text_area(**kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class PledgeFilterForm(forms.Form):
    """Filters of the list. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    year = forms.TypedChoiceField(
        label="Năm", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    helped_by = forms.ChoiceField(
        label="Cơ quan, đoàn thể giúp đỡ", required=False, error_messages=NOT_LISTED
    )
    state = forms.ChoiceField(
        label="Tình trạng", choices=STATES, required=False, error_messages=NOT_LISTED
    )

    def __init__(self, data: Any, *, ward: Area, user: User, year: int):
        super().__init__(data, auto_id="pledge_%s")
        self.this_year = year
        years = sorted({year, *pledge_years(ward)}, reverse=True)
        self.fields["year"].choices = [(str(each), f"Năm {each}") for each in years]
        self.fields["year"].initial = year
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()
        names = organisations_of(HouseholdHelper.objects.visible_to(user).filter(ward=ward))
        self.fields["helped_by"].choices = [("", "Tất cả"), *((name, name) for name in names)]

    def year_asked(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("year") or self.this_year

    def village_asked(self) -> Area | None:
        self.is_valid()
        return self.cleaned_data.get("village")

    def asked(self) -> PledgeFilter:
        self.is_valid()
        values = self.cleaned_data
        return PledgeFilter(values.get("helped_by", ""), values.get("state", ""))

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        asked = self.asked()
        state = dict(STATES)[asked.state] if asked.state else ""
        village = str(self.village_asked() or "")
        parts = [f"năm {self.year_asked()}", village, asked.helped_by, state]
        return [part for part in parts if part]


class PledgeForm(forms.Form):
    """What a household says when it registers."""

    key = SubmissionKeyField()
    year = YearField(
        label="Phấn đấu thoát nghèo trong năm",
        help_text="Kết quả lấy theo rà soát hằng năm của năm này.",
    )
    pledged_on = VietnameseDateField(label="Ngày đăng ký")
    # What is missing the service says, beside what else is wrong.
    commitment = _text_area(
        label="Hộ cam kết thực hiện",
        help_text="Mỗi việc một dòng, ví dụ: nuôi thêm hai con bò; cho con đi học nghề.",
        required=False,
    )
    request = _text_area(label="Hộ đề nghị hỗ trợ", required=False)

    def details(self) -> PledgeInput:
        cleaned = self.cleaned_data
        names = ("year", "pledged_on", "commitment", "request")
        return PledgeInput(**{name: cleaned[name] for name in names})


class PledgeChangeForm(PledgeForm):
    version = VersionField()


class HelperForm(forms.Form):
    """Who helps a household, and with what."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    name = PersonNameField(
        label="Họ và tên người giúp đỡ",
        max_length=100,
        error_messages={"required": "Nhập họ và tên người giúp đỡ."},
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị của phường, xã",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không thuộc đơn vị trong danh mục",
        error_messages=NOT_LISTED,
    )
    organisation = NameField(
        label="Cơ quan, đoàn thể",
        max_length=160,
        required=False,
        help_text="Bỏ trống khi đã chọn đơn vị. Không ghi đảng viên, tổ chức đảng.",
    )
    task = LineField(
        label="Việc giúp đỡ",
        max_length=250,
        help_text="Ví dụ: hướng dẫn chăn nuôi, làm hồ sơ vay vốn.",
        error_messages={"required": "Nhập việc giúp đỡ."},
    )
    from_on = VietnameseDateField(label="Từ ngày")

    def __init__(self, data: Any = None, *, ward: Area, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["unit"].queryset = Unit.objects.current().filter(ward=ward)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unanswered = not cleaned.get("unit") and not cleaned.get("organisation")
        if unanswered and not {"unit", "organisation"} & self.errors.keys():
            self.add_error("organisation", "Chọn đơn vị, hoặc nhập cơ quan, đoàn thể.")
        return cleaned

    def details(self) -> HelperInput:
        names = ("name", "organisation", "task", "from_on", "unit")
        return HelperInput(**{name: self.cleaned_data[name] for name in names})


class VisitForm(forms.Form):
    """A visit to a household that registered."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    visited_on = VietnameseDateField(label="Ngày thăm")
    helper = forms.ModelChoiceField(
        label="Người giúp đỡ cùng đi",
        queryset=HouseholdHelper.objects.none(),
        required=False,
        empty_label="Không có",
        error_messages=NOT_LISTED,
    )
    note = LineField(
        label="Ghi nhận",
        max_length=300,
        help_text="Ngắn gọn: việc đã làm được, khó khăn, việc cần hỗ trợ tiếp.",
        required=False,
    )

    def __init__(self, data: Any = None, *, pledge: EscapePledge, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["helper"].queryset = pledge.helpers.filter(ended_on=None)

    def details(self) -> VisitInput:
        names = ("visited_on", "note", "helper")
        return VisitInput(**{name: self.cleaned_data[name] for name in names})


class EndForm(forms.Form):
    """From which day something ends, and why."""

    version = VersionField()
    on = VietnameseDateField(label="Từ ngày")
    reason = LineField(label="Lý do", max_length=250, required=False, validators=[check_reason])


class VisitWithdrawForm(forms.Form):
    """Why a visit was recorded by mistake."""

    version = VersionField()
    reason = LineField(label="Lý do hủy", max_length=250, required=False, validators=[check_reason])


def pledge_initial(pledge: EscapePledge) -> dict[str, object]:
    names = ("year", "pledged_on", "commitment", "request", "version")
    return {name: getattr(pledge, name) for name in names}
