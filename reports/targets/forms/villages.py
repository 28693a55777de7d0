"""What each village is to have left, one field a village."""

from collections.abc import Sequence
from typing import Any

from django import forms

from povertyplan.core.text.fields import WholeNumberField
from projects.targets.services.targets import NOT_TAKEN_BACK
from projects.targets.services.villages import VillagePromise, left_by
from reports.targets.proposals import VillageProposal


class VillageLineForm(forms.Form):
    """What one village is to have left; empty where nothing is promised."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    seen = forms.IntegerField(label="", required=False, widget=forms.HiddenInput)
    left = WholeNumberField(required=False)

    def __init__(self, data: Any = None, *, proposal: VillageProposal):
        self.proposal, standing = proposal, proposal.standing
        initial = {
            "seen": standing.pk if standing else None,
            "left": left_by(standing) if standing else proposal.left,
        }
        super().__init__(data, prefix=f"v{proposal.village.pk}", initial=initial)
        # A fault has to name the line.
        self.fields["left"].label = f"{proposal.village.name}, số hộ còn lại"
        self.fields["left"].widget.attrs["aria-label"] = self.fields["left"].label

    def clean_left(self) -> int | None:
        left = self.cleaned_data["left"]
        if left is None and self.proposal.standing:
            raise forms.ValidationError(NOT_TAKEN_BACK)
        return left

    def count(self) -> int:
        """The households of the line as it stands, 0 where nothing of it can be read."""
        field = self.fields["left"]
        try:
            return field.clean(field.prepare_value(self["left"].value())) or 0
        except forms.ValidationError:
            return 0

    def promise(self) -> VillagePromise:
        values = self.cleaned_data
        return VillagePromise(self.proposal.village, values["left"], values["seen"])


class VillageTargetsForm(forms.Form):
    """All villages of a ward, and why what stands already changes."""

    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cần có khi đổi số đã giao, hay khi tổng các thôn cao hơn chỉ tiêu chung.",
    )

    def __init__(self, data: Any = None, *, proposals: Sequence[VillageProposal]):
        super().__init__(data)
        self.lines = [VillageLineForm(data, proposal=each) for each in proposals]

    def is_valid(self) -> bool:
        # Every line is checked, so that all faults are named at once.
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def total(self) -> int:
        """The sum of the lines as they stand."""
        return sum(line.count() for line in self.lines)

    def promises(self) -> list[VillagePromise]:
        return [line.promise() for line in self.lines]
