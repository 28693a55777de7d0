"""What the calendar of reports takes in: a rule of the ward's own, a period that is opened."""

from collections.abc import Iterable
from typing import Any

from django import forms

from povertyplan.core.accounts.village_roles import without_account
from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import (
    LineField,
    RecordsField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
    YearField,
)
from projects.choices import Confidence
from reports.choices import ReportPeriod
from reports.models import ReportingRule, SentReport, UnitReport
from reports.progress.calendar.dues import (
    PERIODS_A_YEAR,
    SUBJECT_MISSING,
    DueRule,
    PeriodDraft,
    PeriodDue,
    period_name,
)
from reports.progress.calendar.selectors import rules_of
from reports.progress.calendar.services.periods import NOBODY_ASKED
from reports.progress.calendar.services.rules import RuleInput

WITHOUT_ACCOUNT = (
    "Thôn chưa có tài khoản không thấy yêu cầu: hỏi bằng điện thoại, giấy, rồi bấm “Ghi thay thôn” "
    "ở báo cáo của thôn; hoặc nhờ quản trị tạo tài khoản."
)
UNKNOWN = {"invalid_choice": "Chọn trong danh sách."}
FIRST_YEAR, LAST_YEAR = 2016, 2100
MONTHS_AFTER = ((0, "Tháng cuối của kỳ"), (1, "Tháng sau kỳ"))
DUE_NAMES = ("period", "due_day", "due_month", "months_after", "is_before", "year_from", "year_to")
WORD_NAMES = ("name", "of_units", "via", "recipient", "legal_reference", "confidence")


class RuleForm(forms.Form):
    """A rule of the ward's own."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    name = LineField(label="Báo cáo", max_length=200)
    period = forms.ChoiceField(
        label="Kỳ báo cáo", choices=ReportPeriod.choices, error_messages=UNKNOWN
    )
    due_day = WholeNumberField(
        label="Hạn nộp, ngày",
        max_value=31,
        required=False,
        help_text="Để trống khi văn bản không nêu hạn; khi mở kỳ sẽ nhập hạn cho đơn vị.",
    )
    due_month = WholeNumberField(
        label="Hạn nộp, tháng",
        max_value=12,
        required=False,
        help_text="Chỉ với báo cáo 6 tháng, 9 tháng, năm.",
    )
    months_after = forms.TypedChoiceField(
        label="Báo cáo tháng, quý nộp trong",
        choices=MONTHS_AFTER,
        coerce=int,
        initial=1,
        error_messages=UNKNOWN,
    )
    is_before = forms.BooleanField(label="Nộp trước ngày này", required=False)
    of_units = forms.BooleanField(
        label="Đơn vị của phường, xã gửi báo cáo này", initial=True, required=False
    )
    via = LineField(label="Qua đơn vị", max_length=200, required=False)
    recipient = LineField(label="Nơi nhận", max_length=200)
    legal_reference = LineField(
        label="Căn cứ", max_length=250, help_text="Văn bản, kế hoạch quy định báo cáo này."
    )
    confidence = forms.ChoiceField(
        label="Mức tin cậy", choices=Confidence.choices, error_messages=UNKNOWN
    )
    year_from = YearField(label="Áp dụng từ năm", first=FIRST_YEAR, last=LAST_YEAR, required=False)
    year_to = YearField(label="Áp dụng đến năm", first=FIRST_YEAR, last=LAST_YEAR, required=False)

    def details(self) -> RuleInput:
        given = self.cleaned_data
        return RuleInput(
            due=DueRule(**{name: given[name] for name in DUE_NAMES}),
            **{name: given[name] for name in WORD_NAMES},
        )


class RuleNewForm(RuleForm):
    key = SubmissionKeyField()


class RuleChangeForm(RuleForm):
    version = VersionField()


def rule_initial(rule: ReportingRule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in (*DUE_NAMES, *WORD_NAMES, "version")}


class SendingForm(forms.Form):
    """When a report of the ward was sent; to remove what was recorded nothing has to be typed."""

    fields: dict[str, Any]

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    sent_on = VietnameseDateField(label="Ngày gửi")
    document_number = LineField(
        label="Số, ký hiệu văn bản",
        max_length=60,
        required=False,
        help_text="Để trống khi gửi bằng đường khác, ví dụ nhập trên hệ thống của tỉnh.",
    )

    def __init__(self, *args, sent: SentReport | None, removes: bool, **kwargs):
        names = ("version", "sent_on", "document_number")
        initial = {name: getattr(sent, name) for name in names} if sent else {"version": 0}
        super().__init__(*args, **kwargs)
        self.initial.update(initial)
        self.fields["sent_on"].required = not removes


class UnitsForm(forms.Form):
    """Units and villages of a ward that exist; `asked` are the reports that are asked already."""

    fields: dict[str, Any]

    units = RecordsField(
        label="Đơn vị báo cáo",
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Phòng, trạm, đoàn thể, hội: số liệu của đơn vị và lời văn.",
        error_messages=UNKNOWN,
    )
    all_villages = forms.BooleanField(
        label="Hỏi phần của tất cả thôn, tổ dân phố (lời văn)", required=False
    )
    villages = RecordsField(
        label="Hoặc chọn từng thôn, tổ dân phố",
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=UNKNOWN,
    )

    def __init__(self, *args, ward: Area, asked: Iterable[UnitReport] = (), **kwargs):
        super().__init__(*args, **kwargs)
        held = list(asked)
        units = Unit.objects.current().filter(ward=ward)
        units = units.exclude(pk__in=[row.unit_id for row in held if row.unit_id])
        self.fields["units"].queryset = units.order_by("order", "pk")
        villages = Area.objects.villages_of(ward)
        villages = villages.exclude(pk__in=[row.village_id for row in held if row.village_id])
        self.fields["villages"].queryset = villages
        self.without_account = without_account(villages)
        self.fields["villages"].label_from_instance = self._village_name
        if self.without_account:
            self.fields["villages"].help_text = WITHOUT_ACCOUNT
        if not villages.exists():
            del self.fields["villages"], self.fields["all_villages"]

    def _village_name(self, village: Area) -> str:
        is_without = village.pk in self.without_account
        return f"{village} (chưa có tài khoản)" if is_without else str(village)

    def clean(self):
        asked = ("units", "villages", "all_villages")
        if not any(self.cleaned_data.get(name) for name in asked) and not self.errors.keys() & {
            *asked
        }:
            self.add_error("units", NOBODY_ASKED)
        return self.cleaned_data

    def asked_now(self) -> dict[str, list]:
        """The units and villages that were chosen."""
        given = self.cleaned_data
        chosen = given.get("villages", ())
        if given.get("all_villages"):
            chosen = self.fields["villages"].queryset
        return {"units": list(given["units"]), "villages": list(chosen)}


class PeriodOpeningForm(UnitsForm):
    """A period for which units are asked."""

    key = SubmissionKeyField()
    rule = forms.ModelChoiceField(
        queryset=ReportingRule.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages=UNKNOWN,
    )
    period = forms.ChoiceField(label="Kỳ báo cáo", error_messages=UNKNOWN)
    subject = LineField(
        label="Nội dung yêu cầu",
        max_length=200,
        required=False,
        help_text="Bắt buộc khi báo cáo theo yêu cầu, ví dụ: thiệt hại sau mưa lũ.",
    )
    asks_figures = forms.BooleanField(
        label="Báo cáo theo yêu cầu hỏi cả số liệu chỉ tiêu, hoạt động, kinh phí",
        required=False,
        help_text="Không chọn thì đơn vị chỉ viết lời. Các kỳ khác luôn hỏi số liệu.",
    )
    data_on = VietnameseDateField(
        label="Số liệu đến ngày",
        help_text="Trước ngày cuối kỳ thì đơn vị ghi thêm số ước cả kỳ.",
    )
    due_on = VietnameseDateField(label="Hạn đơn vị gửi")
    note = forms.CharField(
        label="Ghi chú cho đơn vị",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = (
        *("period", "subject", "asks_figures", "data_on", "due_on"),
        *("units", "all_villages", "villages", "note"),
    )

    def __init__(self, *args, ward: Area, year: int, **kwargs):
        super().__init__(*args, ward=ward, **kwargs)
        self.year = year
        self.fields["rule"].queryset = rules_of(ward)
        self.fields["period"].choices = [
            ("", "Chọn kỳ"),
            *(
                (f"{period.value}-{number}", period_name(period, year, number))
                for period, count in PERIODS_A_YEAR.items()
                for number in range(1, count + 1)
            ),
            (f"{ReportPeriod.ON_REQUEST.value}-1", ReportPeriod.ON_REQUEST.label),
        ]

    def clean(self):
        """What the act would refuse too, told beside what cannot be read."""
        given = self.cleaned_data
        on_request = given.get("period", "").startswith(ReportPeriod.ON_REQUEST)
        if on_request and not given.get("subject") and "subject" not in self.errors:
            self.add_error("subject", SUBJECT_MISSING)
        return super().clean()

    def draft(self) -> PeriodDraft:
        period, number = self.cleaned_data["period"].split("-")
        names = ("data_on", "due_on", "subject", "note")
        given = {name: self.cleaned_data[name] for name in names}
        asks = self.cleaned_data["asks_figures"] or period != ReportPeriod.ON_REQUEST
        numbered = {"period": period, "year": self.year, "number": int(number)}
        return PeriodDraft(**numbered, asks_figures=asks, **given)


def period_initial(due: PeriodDue, rule: ReportingRule | None) -> dict[str, object]:
    """What the form of a due begins with; without a day the coordinator types one."""
    return {
        "period": f"{due.period.value}-{due.number}",
        "data_on": due.data_on,
        "due_on": due.due_on,
        "rule": rule,
    }
