from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from povertyplan.core import clock
from povertyplan.core.accounts import one_time
from povertyplan.core.accounts.forms.users import USERNAME
from povertyplan.core.accounts.services import create_administrator
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User


class Command(BaseCommand):
    help = (
        "Lập tài khoản quản trị đầu tiên và nạp danh mục dùng chung. Chưa có phường, xã nào thì "
        "người này lập phường, xã trên màn hình."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--full-name", required=True, help="họ và tên")
        parser.add_argument("--ward", default="", help="mã phường, xã, khi có từ hai trở lên")
        parser.add_argument(
            "--one-time",
            action="store_true",
            help="in một mật khẩu dùng một lần thay vì hỏi mật khẩu",
        )

    def handle(self, *, username, full_name, ward, **options):
        is_one_time = options["one_time"]
        try:
            USERNAME(username)
            area = _ward(ward)
            password = one_time.new_password() if is_one_time else _asked(username, full_name)
            create_administrator(
                username=username,
                full_name=full_name,
                password=password,
                one_time_until=clock.real_now() + one_time.VALID_FOR if is_one_time else None,
                ward=area,
                by=None,
                source="command",
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        call_command("load_reference", verbosity=0)
        self.stdout.write(_next_step(username, area))
        if is_one_time:
            self.stdout.write(f"Mật khẩu dùng một lần, phải đổi khi đăng nhập: {password}")


def _ward(code: str) -> Area | None:
    """The ward to administer: the one named or the only one; None before there is any."""
    wards = Area.objects.filter(kind=AreaKind.WARD, valid_to=None)
    if code:
        found = wards.filter(code=code).first()
        if found is None:
            raise CommandError(f"Không có phường, xã mã {code}.")
        return found
    if wards.count() > 1:
        raise CommandError("Có nhiều phường, xã: ghi --ward và mã của một phường, xã.")
    return wards.first()


def _asked(username: str, full_name: str) -> str:
    """A password typed twice and checked as on the page that changes it."""
    try:
        password = getpass("Mật khẩu (ít nhất 12 ký tự): ")
        again = getpass("Nhập lại mật khẩu: ")
    except EOFError:
        raise CommandError("Ở đây không hỏi được mật khẩu: thêm --one-time.") from None
    if again != password:
        raise CommandError("Hai lần nhập mật khẩu không giống nhau.")
    validate_password(password, User(username=username, full_name=full_name))
    return password


def _next_step(username: str, area: Area | None) -> str:
    where = f"quản trị {area}" if area else "lập phường, xã"
    return f"Đã lập tài khoản {username}. Đăng nhập vào hệ thống để {where}."
