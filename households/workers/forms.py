"""What the pages of low-income workers take in."""

from typing import Any

from django import forms

from households.models import Household, Membership
from households.workers.services.recognising import WorkerInput
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import CHOOSE, LineField, VersionField, VietnameseDateField
from povertyplan.core.text.reasons import check_reason


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return str(membership.person)


class WorkerForm(forms.Form):
    """Which member of a household is recognised, from when, by which paper."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    person = MemberChoice(
        label="Người lao động",
        queryset=Membership.objects.none(),
        empty_label="Chọn thành viên",
        error_messages=CHOOSE,
    )
    recognised_on = VietnameseDateField(label="Xác định từ ngày")
    document = LineField(
        label="Văn bản xác định",
        max_length=250,
        required=False,
        help_text="Số, ngày của văn bản, danh sách xác định.",
    )

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        self.household = household
        present = Membership.objects.filter(household=household, left_on=None)
        self.fields["person"].queryset = present.select_related("person").order_by("-is_head", "pk")

    def details(self) -> WorkerInput:
        cleaned = self.cleaned_data
        return WorkerInput(
            household=self.household,
            person=cleaned["person"].person,
            recognised_on=cleaned["recognised_on"],
            document=cleaned["document"],
        )


class WorkerEndForm(forms.Form):
    """From which day somebody is off the list, and why."""

    version = VersionField()
    on = VietnameseDateField(label="Thôi từ ngày")
    reason = LineField(label="Lý do", max_length=250, required=False, validators=[check_reason])
