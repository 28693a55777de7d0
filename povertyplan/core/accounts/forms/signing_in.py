from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from povertyplan.core.accounts import one_time, second_factor, throttling
from povertyplan.core.accounts.forms.identity import SIX_DIGITS, WRONG_FORM, IdentityMixin


class LoginForm(AuthenticationForm):
    """User name and password, with errors that say what to do.

    `code` is of the second factor. It is asked where others have used up the tries of a name: with
    it the owner comes in all the same, from any browser.
    """

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        error_messages={"required": "Nhập tên đăng nhập."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        error_messages={"required": "Nhập mật khẩu."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.RegexField(
        SIX_DIGITS,
        label="Mã 6 chữ số",
        required=False,
        error_messages={"invalid": WRONG_FORM},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ.",
        "inactive": "Tài khoản này đã ngừng sử dụng. Liên hệ quản trị hệ thống của phường, xã.",
    }

    def clean(self):
        username, password = (self.cleaned_data.get(name) for name in ("username", "password"))
        if not username or not password or self.errors:  # no password is looked at
            return self.cleaned_data
        code = "".join(self.cleaned_data.get("code", "").split())
        try:
            self.login_try = throttling.take_a_try(self.request, username)
        except throttling.Locked:
            if not code:
                raise
            self.login_try = throttling.take_an_owners_try(self.request, username)
            if not second_factor.shows_code(username, code):
                raise self.get_invalid_login_error() from None
        except throttling.NoSuchName:
            raise self.get_invalid_login_error() from None
        return super().clean()

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        one_time.refuse_expired(user)


class OwnPasswordForm(PasswordChangeForm):
    """The old password and the new one, twice.

    `has_password` says whether a text is the old one; the view passes a throttled check.
    """

    old_password = forms.CharField(
        label="Mật khẩu đang dùng",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1 = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 12 ký tự, nên từ 15. Ba, bốn từ không liên quan đến nhau thì dễ nhớ và "
        "khó đoán; không bắt buộc chữ hoa, số, ký hiệu.",
    )
    new_password2 = forms.CharField(
        label="Nhập lại mật khẩu mới",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    error_messages = {
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau.",
        "password_incorrect": "Mật khẩu đang dùng chưa đúng.",
    }

    def __init__(self, user, data=None, has_password=None):
        super().__init__(user, data)
        self.has_password = has_password or user.check_password

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if not self.has_password(old):
            raise ValidationError(self.error_messages["password_incorrect"], code="incorrect")
        return old

    def clean(self):
        # Django checks the second box: the fault belongs to the first, where it is explained.
        cleaned = super().clean()
        for fault in self.errors.pop("new_password2", []):
            is_mismatch = fault == self.error_messages["password_mismatch"]
            self.add_error("new_password2" if is_mismatch else "new_password1", fault)
        if cleaned.get("old_password") and cleaned.get("new_password1") == cleaned["old_password"]:
            self.add_error("new_password1", "Chọn mật khẩu khác với mật khẩu đang dùng.")
        return cleaned


class CodeForm(forms.Form):
    """The six digits that the phone shows."""

    code = forms.RegexField(
        SIX_DIGITS,
        label="Mã 6 chữ số",
        help_text="Mở ứng dụng xác thực trên điện thoại và nhập mã đang hiện.",
        error_messages={"invalid": WRONG_FORM},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class EnrolForm(IdentityMixin, CodeForm):
    """The first code of a new key; the key travels with the form, signed for its user."""

    signed_key = forms.CharField(widget=forms.HiddenInput)

    field_order = ("code", "own_password", "present_code")

    def __init__(self, user, data=None, has_password=None):
        super().__init__(data)
        self.identify(user, has_password or user.check_password)
        self.user = user
        self.fields["code"].help_text = "Nhập mã mà ứng dụng hiện ra sau khi quét."
        # The steps above the box come first.
        del self.fields["code"].widget.attrs["autofocus"]
        self.key = self._key()

    def _key(self) -> str:
        """The key that was shown, or a fresh one where none was, or it is too old."""
        try:
            return second_factor.read_key(self.user, self.data.get("signed_key", ""))
        except ValidationError as refusal:
            self.refusal = refusal
        self.initial["signed_key"] = second_factor.new_key(self.user)
        return second_factor.read_key(self.user, self.initial["signed_key"])

    def clean_signed_key(self):
        if self.initial:
            # Shows the fresh key when the form is drawn again.
            self.data = {**self.data.dict(), **self.initial, "code": ""}
            raise ValidationError(self.refusal)
        return self.cleaned_data["signed_key"]

    def clean_code(self):
        code = super().clean_code()
        if not second_factor.is_code_of(self.key, code):
            raise ValidationError(second_factor.WRONG_CODE)
        return code
