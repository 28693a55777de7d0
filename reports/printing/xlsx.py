"""Write the tables of document trees as a workbook: one sheet a table, in its official form.

Whole numbers stay numbers where the column says so, everything else is text; nothing becomes a
formula.
"""

import re
from collections.abc import Iterator, Sequence

from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import Book, RuledSheet, Value, WorkbookColumn
from reports.printing import tree
from reports.printing.layout import (
    MOTTO,
    STATE,
    LaidTable,
    PageLayout,
    attached_text,
    date_text,
    lay_out,
    number_text,
)

_WHOLE = re.compile(r"\d{1,3}(\.\d{3})*|\d{1,9}")
CHARACTERS_A_PERCENT = 0.95
WIDE_SHARE = 1.4  # a sheet on its side holds so much more


def render_workbook(documents: Sequence[tuple[str, tree.DocumentTree]], *, title: str) -> bytes:
    """The tables of some documents, each with the name of its sheets. LookupError without any."""
    book = Book(title=title[:255], created=clock.now())
    sheets = [sheet for name, document in documents for sheet in _sheets(name, document)]
    if not sheets:
        raise LookupError(f"{title}: không có bảng nào.")
    for name, content in sheets:
        book.official_sheet(name, content)
    return book.content()


def _sheets(name: str, document: tree.DocumentTree) -> Iterator[tuple[str, RuledSheet]]:
    laid = lay_out(document)
    foot = " · ".join(laid.marks)
    for block in laid.blocks:
        if block.table is not None:
            surround = _surround(document, laid)
            yield name, _list(block.content, block.table, foot=foot, is_wide=False, **surround)
    for appendix in laid.appendices:
        title = (appendix.label, appendix.content.title.upper(), attached_text(document))
        for block in appendix.blocks:
            if block.table is not None:
                yield (
                    appendix.label,
                    _list(
                        block.content,
                        block.table,
                        title=title,
                        foot=foot,
                        is_wide=appendix.content.landscape,
                    ),
                )


def _surround(document: tree.DocumentTree, laid: PageLayout) -> dict:
    """What the paper has around its table: heads, title, sentences, who signs."""
    sentences = [
        tree.plain(block.content.text)
        for block in laid.blocks
        if isinstance(block.content, tree.Paragraph)
    ]
    signers = [*document.signature.lines, document.signature.name]
    return {
        "left": (
            *(line.upper() for line in document.issuer_lines),
            f"Số: {number_text(document)}",
        ),
        "right": (STATE, MOTTO, f"{document.place}, {date_text(document)}"),
        "title": (document.kind.upper(), document.subject),
        "after": (*sentences, tree.plain(laid.closing)),
        "signed": (*(line.upper() for line in signers[:-1]), "", "", signers[-1]),
    }


def _list(
    table: tree.Table,
    laid: LaidTable,
    *,
    title: Sequence[str],
    foot: str,
    is_wide: bool,
    left: Sequence[str] = (),
    right: Sequence[str] = (),
    after: Sequence[str] = (),
    signed: Sequence[str] = (),
) -> RuledSheet:
    share = CHARACTERS_A_PERCENT * (WIDE_SHARE if is_wide else 1)
    headings = [tree.plain(cell.text) for cell in laid.head[-1]]
    note = [tree.plain(table.note)] if table.note else []
    return RuledSheet(
        left=left,
        right=right,
        title=title,
        columns=[
            WorkbookColumn(heading, round(column.width * share), numeric=column.numeric)
            for heading, column in zip(headings, table.columns, strict=True)
        ],
        rows=[_values(row, table.columns) for row in laid.rows],
        totals=[_values(row, table.columns) for row in laid.totals],
        after=[*note, *after],
        signed=signed,
        foot=foot,
        is_wide=is_wide,
    )


def _values(row: Sequence[tree.Cell], columns: Sequence[tree.TableColumn]) -> list[Value]:
    values: list[Value] = []
    for cell in row:
        is_number = cell.colspan == 1 and columns[len(values)].numeric
        text = tree.plain(cell.text)
        values.append(_number(text) if is_number else text)
        values += [None] * (cell.colspan - 1)
    return values


def _number(text: str) -> Value:
    return int(text.replace(".", "")) if _WHOLE.fullmatch(text) else text
