"""What the screens of meeting, posting and complaints take in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from households.campaign.procedure.selectors.steps import VillageSteps
from households.campaign.procedure.services.meetings import (
    HouseholdVotes,
    MeetingRecord,
    meeting_faults,
    votes_fault,
)
from households.campaign.procedure.services.postings import (
    answer_faults,
    complaint_faults,
    correction_faults,
    posting_faults,
)
from households.campaign.procedure.services.scans import EMPTY, TOO_LARGE, scan_fault
from households.choices import ComplaintOutcome
from households.models import Complaint, Posting, VillageMeeting
from households.rules.scan_files import LARGEST_SCAN_MB
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import (
    NameField,
    VersionField,
    VietnameseDateField,
    WholeNumberField,
    read_choices_once,
)
from povertyplan.core.text.reasons import check_reason

LARGEST_MEETING = 100_000
LONGEST_TEXT = 10_000
VOTE_ROWS = 3
UNUSUAL_HELP = (
    "Chỉ nhập khi ngày ghi trên giấy trước ngày thôn hoàn thành rà soát trên hệ thống{more}; lý do "
    "hiện cho người trình và người duyệt kết quả."
)


def _unusual_reason(more: str = "") -> forms.CharField:
    return forms.CharField(
        label="Lý do xác nhận điều khác thường",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=UNUSUAL_HELP.format(more=more),
    )


class MeetingForm(forms.Form):
    """The minutes of a meeting."""

    version = VersionField()
    held_on = VietnameseDateField(label="Ngày họp")
    place = NameField(label="Địa điểm", max_length=160)
    chair = NameField(label="Chủ tọa", max_length=120)
    secretary = NameField(label="Thư ký", max_length=120)
    attendance = WholeNumberField(label="Số người dự họp", max_value=LARGEST_MEETING)
    agreeing = WholeNumberField(label="Số người đồng ý", max_value=LARGEST_MEETING)
    minutes = forms.CharField(
        label="Diễn biến, kết luận",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Đã điền sẵn từ kết quả rà soát; sửa theo diễn biến cuộc họp.",
        error_messages={"required": "Nhập diễn biến, kết luận của cuộc họp."},
    )
    unusual_reason = _unusual_reason(", chủ tọa đồng thời là thư ký hoặc chỉ có một người dự")

    def __init__(self, *args, steps: VillageSteps, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = steps

    def clean(self):
        """Find the faults here too, so that every error shows at once."""
        super().clean()
        _add_faults(self, meeting_faults(self.steps, self.record()))

    def record(self, votes: Sequence[HouseholdVotes] = ()) -> MeetingRecord:
        names = (
            "held_on",
            "place",
            "chair",
            "secretary",
            "attendance",
            "agreeing",
            "minutes",
            "unusual_reason",
        )
        values: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        return MeetingRecord(**values, votes=tuple(votes))


class VoteForm(forms.Form):
    """The vote on one household; an empty row is no vote."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    review = forms.TypedChoiceField(
        label="Hộ",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn một hộ trong danh sách của thôn."},
    )
    votes_for = WholeNumberField(label="Đồng ý", max_value=LARGEST_MEETING, required=False)
    votes_against = WholeNumberField(
        label="Không đồng ý", max_value=LARGEST_MEETING, required=False
    )

    def __init__(self, *args, households: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review"].choices = [("", "–"), *households]

    def clean(self):
        super().clean()
        numbers = [self.cleaned_data.get("votes_for"), self.cleaned_data.get("votes_against")]
        chosen = self.cleaned_data.get("review")
        if chosen:
            self._check_numbers(numbers)
        elif numbers != [None, None] and "review" not in self.errors:
            self.add_error("review", "Chọn hộ được biểu quyết.")

    def _check_numbers(self, numbers: list[int | None]) -> None:
        for name, votes in zip(("votes_for", "votes_against"), numbers, strict=True):
            if votes is None and name not in self.errors:
                self.add_error(name, "Nhập đủ số phiếu đồng ý và không đồng ý của hộ.")

    def check_attendance(self, attendance: int | None) -> None:
        """Say here, beside the row, what the service would refuse."""
        given = self.votes()
        if given is not None and (fault := votes_fault(given, attendance)):
            self.add_error("votes_for", fault)

    def check_once(self, seen: set[int]) -> None:
        """Refuse a household that an earlier row is about, and remember this one."""
        given = self.votes()
        if given is not None and given.review in seen:
            self.add_error("review", "Hộ này đã có dòng biểu quyết khác.")
        elif given is not None:
            seen.add(given.review)

    def votes(self) -> HouseholdVotes | None:
        if self.errors:
            return None
        data = self.cleaned_data
        if data.get("review") is None:
            return None
        return HouseholdVotes(data["review"], data["votes_for"], data["votes_against"])


def votes_within(votes: Iterable[VoteForm], attendance: int | None) -> bool:
    """Whether no row has more votes than people came or a household again; the rows say which."""
    seen: set[int] = set()
    for row in votes:
        row.check_attendance(attendance)
        row.check_once(seen)
    return not any(row.errors for row in votes)


VoteFormSet = forms.formset_factory(VoteForm, extra=VOTE_ROWS, max_num=50, validate_max=True)


class ScanForm(forms.Form):
    """A file of the signed minutes of one of the village's meetings."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    meeting = forms.ModelChoiceField(
        label="Cuộc họp",
        queryset=VillageMeeting.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn cuộc họp.", "invalid_choice": "Chọn cuộc họp của thôn."},
    )
    file = forms.FileField(
        label="Bản chụp biên bản đã ký",
        help_text=f"Tệp PDF, JPEG hoặc PNG, tối đa {LARGEST_SCAN_MB} MB.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Chọn tệp bản chụp.",
            "invalid": "Chọn tệp bản chụp.",
            "empty": EMPTY,
            "max_length": "Tên tệp dài quá 200 ký tự.",
        },
    )

    def __init__(self, *args, meetings: QuerySet[VillageMeeting], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = _meeting_label
        read_choices_once(self.fields["meeting"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_SCAN_MB * 1024 * 1024:
            raise ValidationError(TOO_LARGE)
        self.content = file.read()
        if fault := scan_fault(self.content):
            raise ValidationError(fault)
        return file


def _meeting_label(meeting: VillageMeeting) -> str:
    outcome = "có giá trị" if meeting.stands else "không còn giá trị"
    return f"Họp ngày {formatting.day(meeting.held_on)}, {outcome}"


class RemovalForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(
        label="Lý do gỡ",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do gỡ bản chụp."},
    )


class PostingForm(forms.Form):
    """Where and from when a list hangs."""

    version = VersionField()
    places = NameField(label="Nơi niêm yết", max_length=250)
    posted_on = VietnameseDateField(label="Từ ngày")
    until = VietnameseDateField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống để tính theo số ngày làm việc của quy trình.",
    )
    unusual_reason = _unusual_reason()

    def __init__(self, *args, steps: VillageSteps, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = steps

    def clean(self):
        super().clean()
        _add_faults(self, self._faults(self.cleaned_data))

    def _faults(self, data: dict) -> dict[str, str]:
        return posting_faults(self.steps, **_posting_values(data))


class PostingCorrectionForm(PostingForm):
    """The posting that stands, as it should have been recorded."""

    reason = forms.CharField(
        label="Lý do sửa",
        validators=[check_reason],
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nhập lý do sửa."},
    )

    def _faults(self, data: dict) -> dict[str, str]:
        return correction_faults(self.steps, reason=data.get("reason", ""), **_posting_values(data))


def _posting_values(data: dict) -> dict[str, Any]:
    return {
        "places": data.get("places", ""),
        "posted_on": data.get("posted_on"),
        "until": data.get("until"),
        "unusual_reason": data.get("unusual_reason", ""),
    }


class ComplaintForm(forms.Form):
    """Who complains, about what."""

    complainant = NameField(label="Người khiếu nại, phản ánh", max_length=120)
    received_on = VietnameseDateField(label="Ngày nhận")
    household_code = NameField(
        label="Mã hộ liên quan", max_length=30, required=False, help_text="Để trống nếu không có."
    )
    text = forms.CharField(
        label="Nội dung",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Nhập nội dung khiếu nại, phản ánh."},
    )

    def __init__(self, *args, posting: Posting | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.posting = posting

    def clean(self):
        super().clean()
        if self.posting is None:
            raise ValidationError("Danh sách của thôn chưa hoặc không còn niêm yết.")
        data = self.cleaned_data
        faults = complaint_faults(
            self.posting,
            complainant=data.get("complainant", ""),
            text=data.get("text", ""),
            day=data.get("received_on"),
            code=data.get("household_code", ""),
        )
        _add_faults(self, faults)


class AnswerForm(forms.Form):
    """What became of a complaint."""

    version = VersionField()
    outcome = forms.ChoiceField(
        label="Kết quả giải quyết",
        choices=ComplaintOutcome,
        widget=forms.RadioSelect,
        help_text="Phúc tra mở lại thôn để rà soát lại hộ; sau đó niêm yết lại danh sách.",
        error_messages={"required": "Chọn kết quả giải quyết."},
    )
    answer = forms.CharField(
        label="Nội dung trả lời",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Nhập nội dung trả lời."},
    )
    decided_on = VietnameseDateField(label="Ngày trả lời")

    def __init__(self, *args, complaint: Complaint, **kwargs):
        super().__init__(*args, **kwargs)
        self.complaint = complaint

    def clean(self):
        super().clean()
        data = self.cleaned_data
        faults = answer_faults(
            self.complaint,
            outcome=data.get("outcome", ""),
            answer=data.get("answer", ""),
            day=data.get("decided_on"),
        )
        _add_faults(self, faults)


def _add_faults(form: forms.Form, faults: dict[str, str]) -> None:
    for name, fault in faults.items():
        if name not in form.errors:
            form.add_error(name, fault)
