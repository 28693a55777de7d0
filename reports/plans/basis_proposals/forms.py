"""A basis that is proposed, and what settles it."""

from typing import Any

from django import forms

from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import LineField, VersionField, VietnameseDateField
from reports.choices import BasisRole, ProposalAct
from reports.models import Document, DocumentBasis
from reports.plans.frame.services.bases import BasisInput
from reports.plans.proposing.services.proposing import LONGEST_REASON, REASON_TOO_LONG

IN_LIST = {"invalid_choice": "Chọn trong danh sách."}
ACTS = (
    (ProposalAct.ADD.value, "Thêm một căn cứ"),
    (ProposalAct.CHANGE.value, "Sửa căn cứ đã chọn"),
    (ProposalAct.REMOVE.value, "Bỏ căn cứ đã chọn"),
)
CHOOSE_BASIS = "Chọn căn cứ cần sửa hoặc bỏ."


class BasisProposalForm(forms.Form):
    """Which basis, and what it is to say."""

    fields: dict[str, Any]

    key = SubmissionKeyField()
    act = forms.ChoiceField(
        label="Việc đề nghị", choices=ACTS, initial=ProposalAct.ADD, error_messages=IN_LIST
    )
    basis = forms.ModelChoiceField(
        DocumentBasis.objects.none(),
        label="Căn cứ đã có",
        required=False,
        empty_label="Không chọn (thêm căn cứ)",
        error_messages=IN_LIST,
    )
    role = forms.ChoiceField(
        label="Vai trò",
        choices=BasisRole.choices,
        initial=BasisRole.BASIS,
        required=False,
        error_messages=IN_LIST,
    )
    kind = LineField(label="Loại văn bản", max_length=60, required=False)
    number = LineField(label="Số, ký hiệu", max_length=60, required=False)
    dated_on = VietnameseDateField(label="Ngày", required=False)
    issuer = LineField(label="Cơ quan ban hành", max_length=120, required=False)
    title = LineField(
        label="Trích yếu",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": REASON_TOO_LONG},
    )

    def __init__(self, data: Any = None, *, document: Document, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["basis"].queryset = document.bases.order_by("order")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_new = cleaned.get("act") == ProposalAct.ADD
        if not is_new and "basis" in cleaned and cleaned["basis"] is None:
            self.add_error("basis", CHOOSE_BASIS)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the service takes of the form."""
        own = dict(self.cleaned_data)
        kept = {name: own.pop(name) for name in ("key", "act", "basis", "reason")}
        own["role"] = own["role"] or BasisRole.BASIS
        return kept | {"details": BasisInput(**own)}


class AcceptBasisForm(VersionForm):
    """The proposal and the draft as they were looked at."""

    document_version = VersionField()
