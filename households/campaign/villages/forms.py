"""Why a finished village is opened again."""

from povertyplan.core.platform.confirmations import ReasonForm


class ReopenForm(ReasonForm):
    """Why a finished village is opened again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do mở lại"
        self.fields["reason"].error_messages["required"] = "Nhập lý do mở lại thôn."
