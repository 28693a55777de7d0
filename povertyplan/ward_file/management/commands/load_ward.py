"""Set up a ward, or bring it in line, from its file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.syncing import Changes
from povertyplan.ward_file.loading import check_ward, load_ward


class Command(BaseCommand):
    help = "Nạp tệp cấu hình của một phường, xã (xem docs/ward-file.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp YAML của phường, xã")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không lưu")

    def handle(self, *, file: Path, check: bool, verbosity: int, **options):
        try:
            act = check_ward if check else load_ward
            changes = act(text=read_file(file), by=None, source="command")
        except FileError as error:
            sentence = f"{file.name}: {len(error.problems)} lỗi, không lưu gì.\n{error}"
            raise CommandError(sentence) from error
        if verbosity:
            self._tell(changes, check)

    def _tell(self, changes: Changes, check: bool) -> None:
        self.stdout.write(str(changes))
        if not changes:
            self.stdout.write("không có thay đổi")
        elif check:
            self.stdout.write("chỉ kiểm tra: chưa lưu thay đổi nào")
