"""Write a ward back to its file."""

from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.ward_file.describing import dump_ward


class Command(BaseCommand):
    help = "In tệp cấu hình của một phường, xã ra màn hình."

    def add_arguments(self, parser):
        parser.add_argument("code", help="mã phường, xã gồm năm chữ số")

    def handle(self, *, code: str, **options):
        ward = Area.objects.filter(kind=AreaKind.WARD, code=code, valid_to=None).first()
        if ward is None:
            raise CommandError(f"Không có phường, xã mã {code}.")
        self.stdout.write(dump_ward(ward), ending="")
