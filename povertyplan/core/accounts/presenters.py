"""What a page says when an act on an account is done, and when there is no such account."""

from povertyplan.core.models import RoleGrant, User

NO_SUCH_USER = "Không có người dùng này trong địa bàn bạn quản trị."
KEPT_FORM_DISCARDED = "Đã bỏ nội dung được giữ."
SECOND_FACTOR_ON = "Đã bật xác thực hai lớp. Lần đăng nhập sau cần mã 6 chữ số."
CHANGED_AND_SIGNED_OUT = (
    "Đã đổi mật khẩu. Các thiết bị khác đang đăng nhập tài khoản này đã bị đăng xuất."
)
LOG_IN_NEXT = "Cấp mật khẩu dùng một lần để đăng nhập."


def describe_added(user: User) -> str:
    return f"Đã thêm {user}. {LOG_IN_NEXT}"


def describe_disabled(user: User) -> str:
    return f"Đã ngừng tài khoản của {user}."


def describe_enabled(user: User) -> str:
    return f"Đã cho dùng lại tài khoản của {user}. {LOG_IN_NEXT}"


def describe_second_factor_removed(user: User) -> str:
    return f"Đã gỡ xác thực hai lớp của {user}."


def describe_granted(grant: RoleGrant) -> str:
    return f"Đã giao vai trò {grant}."


def describe_ended(grant: RoleGrant) -> str:
    return f"Đã kết thúc vai trò {grant}."
