"""Delete the imports that nobody finished within thirty days, with their files."""

from django.core.management.base import BaseCommand

from households.intake.staging.services import discard_imports


class Command(BaseCommand):
    help = "Xóa các lần nhập từ tệp chưa ghi vào sổ đã quá 30 ngày, cùng tệp và các dòng đã đọc."

    def handle(self, **options):
        self.stdout.write(f"Đã xóa {discard_imports(by=None)} lần nhập dở.")
