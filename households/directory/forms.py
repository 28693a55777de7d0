"""Why a personal number is opened, or a list taken away."""

from django import forms

from households.choices import ExportLayout, ExportPurpose, RevealPurpose
from povertyplan.core.accounts.forms.identity import IdentityMixin


class RevealForm(forms.Form):
    """Why a personal number is opened."""

    purpose = forms.ChoiceField(
        label="Mục đích",
        choices=RevealPurpose,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mục đích xem số định danh."},
    )

    def get_purpose_display(self) -> str:
        return RevealPurpose(self.cleaned_data["purpose"]).label


class RevealAgainForm(IdentityMixin, RevealForm):
    """The same after many numbers in a few minutes: it asks who opens them."""

    field_order = ("purpose", "own_password", "present_code")


class PurposeForm(forms.Form):
    """Why a list leaves the program as a file."""

    purpose = forms.ChoiceField(
        label="Mục đích",
        choices=ExportPurpose,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mục đích tải danh sách."},
    )

    def get_purpose_display(self) -> str:
        return ExportPurpose(self.cleaned_data["purpose"]).label


class ExportForm(PurposeForm):
    """Which list is taken away, and what for."""

    field_order = ("layout", "purpose")

    layout = forms.ChoiceField(
        label="Mẫu danh sách",
        choices=ExportLayout,
        initial=ExportLayout.MEMBERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mẫu danh sách."},
    )
