from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.choices import FileFormat
from reports.models import Document
from reports.plans.blocks import DocumentError
from reports.plans.snapshots import document_file, document_tree
from reports.printing.html import render_html
from reports.printing.pdf import PrintingUnavailable

FORMATS: dict[str, Callable[[Document], bytes]] = {
    "pdf": partial(document_file, file_format=FileFormat.PDF),
    "docx": partial(document_file, file_format=FileFormat.WORD),
    "html": lambda document: render_html(document_tree(document)).encode(),
}
WRITE_REASONS = {
    FileNotFoundError: "thư mục không tồn tại",
    NotADirectoryError: "thư mục không tồn tại",
    IsADirectoryError: "đó là một thư mục",
    PermissionError: "không có quyền ghi",
}


class Command(BaseCommand):
    help = "Write a plan or a report as PDF, Word or HTML, without a browser."

    def add_arguments(self, parser):
        parser.add_argument("id", help="the ID that list_documents prints")
        parser.add_argument("--format", default="pdf", help="pdf (default), docx or html")
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, *, id: str, format: str, output: str, **options):
        if format not in FORMATS:
            raise CommandError(f"Không có định dạng “{format}”; chọn: {', '.join(FORMATS)}.")
        content = _rendered(_document(id), format)
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            reason = WRITE_REASONS.get(type(error), error.strerror)
            raise CommandError(f"Không ghi được tệp “{output}”: {reason}.") from error
        self.stdout.write(f"Đã ghi {output}.")


def _document(id: str) -> Document:
    found = Document.objects.select_related("ward").filter(pk=id).first() if id.isdigit() else None
    if found is None:
        raise CommandError(f"Không có văn bản số “{id}”. Lệnh list_documents liệt kê các văn bản.")
    return found


def _rendered(document: Document, output_format: str) -> bytes:
    try:
        return FORMATS[output_format](document)
    except (DocumentError, PrintingUnavailable) as problem:
        raise CommandError(str(problem)) from problem
