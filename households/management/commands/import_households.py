"""Import a household list from the command line, with progress and the marked workbook."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from households.intake.staging.selectors.problems import action_counts, refuse_rows, state_counts
from households.intake.staging.selectors.unused import unused_in
from households.intake.staging.services import (
    read_import,
    set_columns_aside,
    start_import,
    summary_of,
)
from households.intake.writing.services.writing import write_import
from households.intake.writing.workbooks import report_workbook
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.text import formatting


class Command(BaseCommand):
    last_shown = ("", 0)
    help = "Check a household list (.xlsx, .csv) against a ward's register; --commit writes it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--ward", required=True, help="code of the ward")
        parser.add_argument("--commit", action="store_true", help="write, in one transaction")
        parser.add_argument(
            "--set-aside",
            action="append",
            default=[],
            metavar="HEADING",
            help="a column with content that is not used; once for each",
        )
        parser.add_argument("--report", type=Path, required=True, help="the marked workbook")

    def handle(self, *, file, ward, commit, report, set_aside, **options):
        place = self._ward(ward)
        try:
            batch = self._checked(place, file, set_aside)
            if commit:
                batch = write_import(
                    batch=batch,
                    version=batch.version,
                    by=None,
                    source="command",
                    progress=self._progress,
                )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self._say("Đang lập tệp kết quả…")
        self._write_report(batch, report)
        self.stdout.write(self._outcome(batch, commit))

    def _write_report(self, batch, report: Path) -> None:
        try:
            report.write_bytes(report_workbook(batch))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused

    def _ward(self, code: str) -> Area:
        found = Area.objects.filter(kind=AreaKind.WARD, code=code, valid_to=None).first()
        if found is None:
            raise CommandError(f"Không có phường, xã mã {code}.")
        return found

    def _checked(self, ward: Area, file: Path, headings):
        self._say(f"Đang mở {file.name}…")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}.") from error
        batch = start_import(ward=ward, content=content, name=file.name, by=None, source="command")
        if headings:
            batch = set_columns_aside(
                batch=batch, headings=headings, version=batch.version, by=None, source="command"
            )
        self._say_unused(batch)
        batch = read_import(
            batch=batch,
            version=batch.version,
            by=None,
            source="command",
            progress=self._progress,
        )
        counts = state_counts(batch)
        self._say(
            f"Hợp lệ {counts['ready']}, cảnh báo {counts['warning']}, cần sửa {counts['error']}, "
            f"trùng {counts['duplicate']}, sổ mới hơn tệp {counts['conflict']}, "
            f"bỏ qua {counts['skipped']}."
        )
        return batch

    def _say_unused(self, batch) -> None:
        for column, is_open in unused_in(batch):
            state = "chưa xác nhận" if is_open else "không dùng"
            self._say(f"Trang {column.sheet}, cột {column.name}: {column.count} dòng, {state}.")

    def _outcome(self, batch, commit: bool) -> str:
        rows = list(batch.rows.all())
        if not commit:
            refuse_rows(rows)
        verb = "Đã ghi" if commit else "Chưa ghi; nếu ghi"
        return f"{verb}: {summary_of(action_counts(rows))} trong {len(rows)} dòng."

    def _progress(self, step: str, done: int = 0, total: int = 0) -> None:
        """A line for each step, and for each further five thousand rows of it."""
        shown = step, done // 5000
        if shown != self.last_shown:
            self.last_shown = shown
            rows = f" {formatting.number(done)}/{formatting.number(total)} dòng" if done else ""
            self._say(f"{step}…{rows}")

    def _say(self, text: str) -> None:
        self.stderr.write(text)
