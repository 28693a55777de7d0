"""What confirming the undoing of an import takes in."""

from django import forms

from povertyplan.core.platform.confirmations import VersionForm


class ImportUndoForm(VersionForm):
    """The rows that were shown, by their token."""

    token = forms.CharField(
        widget=forms.HiddenInput,
        max_length=32,
        error_messages={"required": "Tải lại trang để xem những gì sẽ hoàn tác."},
    )
