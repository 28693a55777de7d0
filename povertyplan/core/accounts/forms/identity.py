"""Who changes a second factor shows once more who they are."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from povertyplan.core.accounts import second_factor
from povertyplan.core.models import User

SIX_DIGITS = r"^\s*\d{3}\s?\d{3}\s*$"
WRONG_FORM = "Mã gồm đúng 6 chữ số."


class IdentityMixin(forms.Form):
    """The password of the one who acts, and a present code of theirs where they have a device.

    `has_password` says whether a text is the password; the view passes a throttled check. Nothing
    is tried before all other fields are right: a code works once.
    """

    own_password = forms.CharField(
        label="Mật khẩu của bạn",
        strip=False,
        error_messages={"required": "Nhập mật khẩu của bạn."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    present_code = forms.RegexField(
        SIX_DIGITS,
        label="Mã 6 chữ số của bạn",
        help_text="Mã đang hiện cho tài khoản của bạn trên điện thoại đang dùng để đăng nhập.",
        error_messages={"required": "Nhập mã đang hiện.", "invalid": WRONG_FORM},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def identify(self, user: User, has_password: Callable[[str], bool]) -> None:
        """Called by the form that is made: whose password and code are asked."""
        self.acting, self.has_password = user, has_password
        self.has_device = second_factor.has_device(user)
        if not self.has_device:
            del self.fields["present_code"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.has_password(cleaned["own_password"]):
            self.add_error("own_password", "Mật khẩu chưa đúng.")
        if not self.errors and "present_code" in self.fields:
            try:
                second_factor.use_code(self.acting, "".join(cleaned["present_code"].split()))
            except ValidationError as refusal:
                self.add_error("present_code", refusal)
        return cleaned
