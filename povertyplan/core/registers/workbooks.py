"""A register written as a workbook: with its records, or empty as a template with its words."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import Book, WorkbookColumn
from povertyplan.core.registers.resources import RegisterResource

VOCABULARY_SHEET = "Danh mục"
VOCABULARY_NOTE = "Các cột sau nhận một trong những giá trị dưới đây."
WIDE = 30


def register_workbook(
    resource: RegisterResource, *, title: str, lines: Iterable[str] = (), records: Iterable = ()
) -> bytes:
    """A workbook whose first sheet can be sent back as it is; the second lists allowed words."""
    data = resource.export(queryset=list(records))
    book = Book(title=title, created=clock.now())
    above = [title, *lines]
    book.sheet(
        title,
        lines=above,
        columns=[
            WorkbookColumn(heading, max(14, len(heading) + 2), is_text=heading in resource.codes)
            for heading in data.headers
        ],
        rows=list(data),
        heading_row=len(above) + 2,
        first_row=len(above) + 3,
    )
    _add_vocabulary(book, resource.vocabulary())
    return book.content()


def _add_vocabulary(book: Book, words: Mapping[str, Iterable[str]]) -> None:
    book.sheet(
        VOCABULARY_SHEET,
        lines=[VOCABULARY_NOTE],
        columns=[WorkbookColumn(heading, WIDE) for heading in words],
        rows=[list(row) for row in zip_longest(*words.values(), fillvalue="")],
        heading_row=3,
        first_row=4,
    )
