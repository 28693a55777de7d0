"""The officer's own workbook sent back: cells coloured, a note on each, results beside the rows.

The file is foreign on its way back as well: a child process opens it, never this one.
"""

import json
import tempfile
from typing import IO

from django.core.exceptions import ValidationError

from households.intake.writing.marks import marks_of
from households.models import ImportBatch
from povertyplan.core.platform.children import run_child
from povertyplan.core.platform.files import file_stem

CHILD = "households.intake.writing.marking"
SECONDS = 20
MARKED, COPIED = "marked", "copied"
NOT_MADE = (
    "Không lập được tệp kết quả từ tệp này. Mở tệp bằng Excel, chép danh sách sang một tệp mới rồi "
    "nhập lại; các dòng đã đọc vẫn còn ở bước Kiểm tra và sửa."
)


def report_workbook(batch: ImportBatch) -> bytes:
    """The file as it came, marked: before writing with what would happen, then with what did.

    A file too large or too odd to be marked itself is copied, values and marks without its looks.
    Raises ValidationError where that fails too.
    """
    is_text = batch.file_name.lower().endswith(".csv")
    with tempfile.TemporaryFile() as source:
        _write_order(source, batch)
        for way in (COPIED,) if is_text else (MARKED, COPIED):
            if content := _made(way, source):
                return content
    raise ValidationError(NOT_MADE)


def _write_order(source: IO[bytes], batch: ImportBatch) -> None:
    """What the child reads: a line about the file, the file, then a line for each mark."""
    content = bytes(batch.file.content)
    head = {
        "name": batch.file_name,
        "size": len(content),
        "headings": {layout.sheet[:60]: layout.heading_row for layout in batch.layouts},
    }
    source.write(json.dumps(head).encode() + b"\n")
    source.write(content)
    for mark in marks_of(batch):
        source.write(json.dumps(mark).encode() + b"\n")


def _made(way: str, source: IO[bytes]) -> bytes:
    """The workbook; empty where a limit ended the child or the file was too much for it."""
    with tempfile.TemporaryFile() as answer:
        with run_child(CHILD, way, source=source, answer=answer, seconds=SECONDS) as child:
            if child.process.wait() != 0:
                return b""
        answer.seek(0)
        return answer.read()


def report_name(batch: ImportBatch) -> str:
    """The name of the report's file, in plain letters."""
    stem = batch.file_name.rpartition(".")[0]
    return f"{file_stem(stem) or 'danh-sach'}-ket-qua.xlsx"
