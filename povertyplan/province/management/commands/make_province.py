"""Build an invented province to measure with, resume one that stopped, or remove it."""

import os
from time import monotonic

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from povertyplan.province.making import Size, make_province, remove_province


class Command(BaseCommand):
    help = (
        "Tạo một tỉnh giả định trong cơ sở dữ liệu trống: sổ hộ, ba năm rà soát, chỉ tiêu, nhu "
        "cầu, hỗ trợ. PROVINCE_PASSWORD là mật khẩu chung; không đặt thì không ai đăng nhập được."
    )

    def add_arguments(self, parser):
        parser.add_argument("--wards", type=_at_least_one, default=1, help="số xã")
        parser.add_argument("--households", type=_at_least_one, default=10_000, help="số hộ mỗi xã")
        parser.add_argument("--seed", type=int, default=1, help="hạt giống: cùng số, cùng dữ liệu")
        parser.add_argument(
            "--without-history", action="store_true", help="không ghi lịch sử từng dòng"
        )
        half = parser.add_mutually_exclusive_group()
        half.add_argument("--resume", action="store_true", help="làm tiếp một tỉnh dở dang")
        half.add_argument("--remove", action="store_true", help="xóa tỉnh giả định")

    def handle(self, **options):
        try:
            if options["remove"]:
                remove_province()
                self.stdout.write("Đã xóa tỉnh giả định.")
            else:
                self._make(**options)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        except OperationalError as failed:
            raise CommandError(
                f"Cơ sở dữ liệu không ghi được: {failed} Xã đang ghi chưa lưu gì; khi đã sửa, "
                "chạy lại với --resume, hoặc xóa với --remove."
            ) from failed

    def _make(self, *, wards: int, households: int, seed: int, **options) -> None:
        begun, rows = monotonic(), 0
        for done in make_province(
            size=Size(wards, households, seed),
            resume=options["resume"],
            with_history=not options["without_history"],
            password=os.environ.get("PROVINCE_PASSWORD", ""),
        ):
            rows += done.rows
            spent = monotonic() - begun
            self.stdout.write(f"xã {done.position}/{wards}: {done.rows} dòng, {spent:.0f} giây")
        self.stdout.write(f"Đã đủ {wards} xã, {rows} dòng mới, {monotonic() - begun:.0f} giây.")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
