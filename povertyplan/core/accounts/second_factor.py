"""The second factor: a code that changes every 30 seconds (TOTP), from an app on the phone."""

import base64
import math
from binascii import unhexlify
from contextlib import suppress
from typing import cast
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY, verify_token
from django_otp import login as mark_verified
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from povertyplan.core import clock
from povertyplan.core.accounts.selectors import looks_after
from povertyplan.core.accounts.sessions import place
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text

REQUIRED_ROLES = (Role.LEADER, Role.ADMINISTRATOR)
HAS_DEVICE = "second_factor"
# Where somebody whose second factor is due may go.
OPEN_VIEWS = frozenset({"core:login", "core:login_code", "core:logout", "core:healthz"})
ENROL_VIEW = "core:second_factor"
KEY_LIFETIME = 30 * 60  # seconds from showing a new key to its first code
KEY_SALT = "second-factor-key"
WRONG_CODE = "Mã chưa đúng. Nhập mã 6 chữ số đang hiện trên ứng dụng; mã đổi sau mỗi 30 giây."
TOO_FAST = "Vừa nhập sai mã. Chờ {seconds} giây rồi nhập mã đang hiện trên ứng dụng."
CHANGED_ELSEWHERE = (
    "Xác thực hai lớp vừa được đổi ở nơi khác. Đăng nhập lại rồi xem trạng thái mới."
)
KEY_EXPIRED = "Mã QR này đã hết hạn. Xóa mục vừa thêm trong ứng dụng, quét lại mã mới."


# Asked once at log-in, so that a page costs no query more.
@receiver(user_logged_in)
def _note_device(sender, request, user, **kwargs):
    request.session[HAS_DEVICE] = has_device(user)


def has_device(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_required(user: User) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and user.has_role(*REQUIRED_ROLES)


class SecondFactorMiddleware:
    """Keep a half signed-in user at the code page, or at enrolment where it is required."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or request.user.is_verified():
            return None
        view = request.resolver_match.view_name
        if view in OPEN_VIEWS:
            return None
        if request.session.get(HAS_DEVICE, True):
            query = urlencode({"next": place(request)}, safe="/")
            return redirect(f"{reverse('core:login_code')}?{query}")
        if is_required(request.user) and view != ENROL_VIEW:
            return redirect(ENROL_VIEW)
        return None


def verify(request: HttpRequest, code: str) -> TOTPDevice:
    """Finish signing in with the code of the user's device.

    Refused with a sentence when the code is wrong, was used before, or comes too soon after
    wrong ones: each wrong code doubles the wait.
    """
    device = TOTPDevice.objects.get(user=request.user, confirmed=True)
    _refuse_too_fast(device)
    if verify_token(request.user, device.persistent_id, code) is None:
        raise ValidationError(WRONG_CODE)
    request.session.cycle_key()
    mark_verified(request, device)
    return device


def finish_with(request: HttpRequest, code: str) -> None:
    """Use the code that came with the password; where it no longer works, it is asked again."""
    with suppress(ValidationError):
        verify(request, "".join(code.split()))


def _refuse_too_fast(device: TOTPDevice) -> None:
    allowed, facts = device.verify_is_allowed()
    if not allowed:
        wait = facts["locked_until"] - clock.real_now()
        raise ValidationError(TOO_FAST.format(seconds=math.ceil(wait.total_seconds())))


def use_code(user: User, code: str) -> None:
    """Take a present code of a user's device, which works once. Refused with a sentence."""
    device = TOTPDevice.objects.get(user=user, confirmed=True)
    _refuse_too_fast(device)
    if verify_token(user, device.persistent_id, code) is None:
        raise ValidationError(WRONG_CODE)


def shows_code(username: str, code: str) -> bool:
    """Whether the device of an active account shows this code now; it is not used up by asking.

    A wrong one makes nobody wait: whoever asks has shown no password, and could keep the owner out.
    """
    devices = TOTPDevice.objects.filter(
        user__username=username, user__is_active=True, confirmed=True
    )
    return any(_matches(device, code) for device in devices)


def is_code_of(key: str, code: str) -> bool:
    """Whether a phone with this key shows this code now."""
    return _matches(TOTPDevice(key=key), code)


def _matches(device: TOTPDevice, code: str) -> bool:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.real_now().timestamp()
    return code.isdecimal() and totp.verify(int(code), device.tolerance, device.last_t + 1)


def new_key(user: User) -> str:
    """A fresh key, signed for this user; it is stored only once its first code is right."""
    return signing.dumps([user.pk, random_hex(20)], salt=KEY_SALT)


def read_key(user: User, signed: str) -> str:
    """The key as hexadecimal digits; refused when it is old, or another user's."""
    try:
        owner, key = signing.loads(signed, salt=KEY_SALT, max_age=KEY_LIFETIME)
    except signing.BadSignature as bad:
        raise ValidationError(KEY_EXPIRED) from bad
    if owner != user.pk:
        raise ValidationError(KEY_EXPIRED)
    return key


def qr_code(user: User, key: str) -> str:
    """The key as a QR code for the app, in an SVG data URI."""
    url = TOTPDevice(user=user, key=key).config_url
    return segno.make(url, error="m").svg_data_uri(scale=5, border=4, light="white")


def readable_key(key: str) -> str:
    """The key in groups of four letters, for typing it into the app."""
    letters = base64.b32encode(unhexlify(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@audit.business_act(label="Bật xác thực hai lớp")
def enrol_second_factor(*, key: str, code: str, by: User) -> TOTPDevice:
    """Give `by` a device with this key, in place of the earlier one, once its code is right.

    Every session of theirs ends; the view lets its own go on.
    """
    _end_sessions(by)
    TOTPDevice.objects.filter(user=by).delete()
    device = TOTPDevice.objects.create(user=by, key=key, name="Ứng dụng xác thực")
    if not device.verify_token(code):
        raise ValidationError({"code": WRONG_CODE})
    audit.record(by, f"{by} bật xác thực hai lớp cho tài khoản của mình.", ward=by.ward)
    return device


@audit.business_act(label="Gỡ xác thực hai lớp")
def remove_second_factor(*, user: User, reason: str, by: User | None) -> User:
    """Take away a user's device after the phone was lost; they enrol anew at the next log-in.

    For administrators of the area the user works in, or for a command of the system (`by` is
    None). Every session of that user ends.
    """
    if by is not None and not looks_after(by, user):
        raise ValidationError("Chỉ quản trị hệ thống của địa bàn được gỡ xác thực hai lớp.")
    if by is not None and by.pk == user.pk:
        raise ValidationError("Không tự gỡ xác thực hai lớp của mình; nhờ quản trị viên khác.")
    if fault := reason_fault(reason, "Nêu lý do gỡ xác thực hai lớp."):
        raise ValidationError(fault)
    if not TOTPDevice.objects.filter(user=user).delete()[0]:
        raise ValidationError(f"Tài khoản {user.username} chưa bật xác thực hai lớp.")
    _end_sessions(user)
    audit.record(
        user,
        f"{by or 'Hệ thống'} gỡ xác thực hai lớp của {user}.",
        ward=user.ward,
        reason=normalise_text(reason),
    )
    return user


def _end_sessions(user: User) -> None:
    """End the sessions of a user; refused to one that another change has ended already."""
    current = User.objects.filter(pk=user.pk, sign_in_round=user.sign_in_round)
    if not current.update(sign_in_round=F("sign_in_round") + 1):
        raise ValidationError(CHANGED_ELSEWHERE)


def confirm(request: HttpRequest, device: TOTPDevice) -> None:
    """After enrolling: this session alone goes on, and has shown the second factor."""
    user = cast(User, request.user)
    user.refresh_from_db(fields=["sign_in_round"])
    update_session_auth_hash(request, user)  # gives the session a new key as well
    request.session[HAS_DEVICE] = True
    mark_verified(request, device)


def forget(request: HttpRequest) -> None:
    """After the device is gone: this session neither needs nor has a second factor."""
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session[HAS_DEVICE] = False
