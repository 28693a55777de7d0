"""Set up a ward, or bring it in line, from its file."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.syncing import Changes
from povertyplan.ward_file.differences import DifferencesFound, Overwrite
from povertyplan.ward_file.loading import check_ward, load_ward

HOW_TO_OVERWRITE = (
    "Muốn ghi đè: thêm --overwrite, hoặc --overwrite-only CHỖ cho từng chỗ nêu trên, "
    'cùng --reason "lý do".'
)


class Command(BaseCommand):
    help = "Nạp tệp cấu hình của một phường, xã (xem docs/ward-file.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp YAML của phường, xã")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không lưu")
        parser.add_argument(
            "--overwrite", action="store_true", help="ghi đè mọi chỗ khác với hệ thống"
        )
        parser.add_argument(
            "--overwrite-only",
            action="append",
            default=[],
            metavar="PLACE",
            help="ghi đè một mục hoặc một ô, ví dụ indicators[1].actuals[0].numerator",
        )
        parser.add_argument("--reason", default="", help="lý do ghi đè, lý do điều chỉnh chỉ tiêu")

    def handle(self, *, file: Path, check: bool, verbosity: int, **options):
        overwrite = Overwrite(options["overwrite"], tuple(options["overwrite_only"]))
        act = check_ward if check else load_ward
        try:
            changes = act(
                text=read_file(file),
                by=None,
                source="command",
                overwrite=overwrite,
                reason=options["reason"],
            )
        except DifferencesFound as error:
            found = f"{len(error.differences)} chỗ khác với hệ thống, không lưu gì."
            raise CommandError(f"{file.name}: {found}\n{error}\n{HOW_TO_OVERWRITE}") from error
        except FileError as error:
            sentence = f"{file.name}: {len(error.problems)} lỗi, không lưu gì.\n{error}"
            raise CommandError(sentence) from error
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, "Không lưu gì."])) from error
        if verbosity:
            self._tell(changes, check)

    def _tell(self, changes: Changes, check: bool) -> None:
        self.stdout.write(str(changes))
        if not changes:
            self.stdout.write("không có thay đổi")
        elif check:
            self.stdout.write("chỉ kiểm tra: chưa lưu thay đổi nào")
