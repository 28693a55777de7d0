"""Write the tables of document trees as a workbook: one sheet a table, in its official form.

Whole numbers stay numbers where the column says so, everything else is text; nothing becomes a
formula.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import (
    Book,
    RuledSheet,
    SheetCell,
    Value,
    WorkbookRow,
)
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


def render_workbook(
    documents: Sequence[tuple[str, tree.DocumentTree]],
    *,
    title: str,
    made_at: datetime | None = None,
) -> bytes:
    """The tables of some documents, each with the name of its sheets. LookupError without any.

    `made_at` is given of what was made once for all: the same tables are then the same bytes.
    """
    book = Book(title=title[:255], created=made_at or clock.now())
    sheets = [sheet for name, document in documents for sheet in _sheets(name, document)]
    if not sheets:
        raise LookupError(f"{title}: không có bảng nào.")
    for name, content in sheets:
        book.official_sheet(name, content)
    return book.content()


def _sheets(name: str, document: tree.DocumentTree) -> Iterator[tuple[str, RuledSheet]]:
    laid = lay_out(document)
    foot = " · ".join(laid.marks)
    mark = document.head_mark
    for block in laid.blocks:
        if block.table is not None:
            sheet = _table_sheet(
                block.content, block.table, foot=foot, mark=mark, is_wide=document.landscape
            )
            yield name, _with_surround(sheet, document, laid)
    for appendix in laid.appendices:
        title = (appendix.label, appendix.content.title.upper(), attached_text(document))
        for block in appendix.blocks:
            if block.table is not None:
                is_wide = appendix.content.landscape
                sheet = _table_sheet(
                    block.content, block.table, foot=foot, mark=mark, is_wide=is_wide
                )
                yield appendix.label, replace(sheet, title=title)


def _table_sheet(
    table: tree.Table, laid: LaidTable, *, foot: str, mark: str, is_wide: bool = False
) -> RuledSheet:
    """The table alone, with its note."""
    share = CHARACTERS_A_PERCENT * (WIDE_SHARE if is_wide else 1)
    return RuledSheet(
        widths=[round(column.width * share) for column in table.columns],
        head=[[SheetCell(tree.plain(cell.text)) for cell in laid.head[-1]]],
        rows=[
            *(_row(row, table.columns) for row in laid.rows),
            *(_row(row, table.columns, is_total=True) for row in laid.totals),
        ],
        after=[tree.plain(table.note)] if table.note else [],
        foot=foot,
        mark=mark,
        is_wide=is_wide,
    )


def _with_surround(sheet: RuledSheet, document: tree.DocumentTree, laid: PageLayout) -> RuledSheet:
    """With what the paper has around its table: heads, title, sentences, who signs."""
    sentences = [
        tree.plain(block.content.text)
        for block in laid.blocks
        if isinstance(block.content, tree.Paragraph)
    ]
    signers = [*document.signature.lines, document.signature.name]
    return replace(
        sheet,
        left=(
            *(line.upper() for line in document.issuer_lines),
            f"Số: {number_text(document)}",
        ),
        right=(STATE, MOTTO),
        dated=f"{document.place}, {date_text(document)}",
        title=(document.kind.upper(), document.subject),
        after=(*sheet.after, *sentences, tree.plain(laid.closing)),
        signed=((), (*(line.upper() for line in signers[:-1]), "", "", signers[-1])),
    )


def _row(
    row: Sequence[tree.Cell], columns: Sequence[tree.TableColumn], *, is_total: bool = False
) -> WorkbookRow:
    cells: list[SheetCell] = []
    place = 0
    for cell in row:
        numeric, text = columns[place].numeric, tree.plain(cell.text)
        value = _number(text) if numeric and cell.colspan == 1 else text
        cells.append(SheetCell(value, across=cell.colspan, is_centred=numeric))
        place += cell.colspan
    return WorkbookRow(cells, is_total=is_total)


def _number(text: str) -> Value:
    return int(text.replace(".", "")) if _WHOLE.fullmatch(text) else text
