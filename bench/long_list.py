"""Measure 8: an official list of 500 and 2,000 rows as PDF, in seconds of processor.

The naive way is one call of WeasyPrint on the same page; typst, the limit, is asked where its wheel
is installed.
"""

import importlib.util
import os

import weasyprint

from bench.shared.measuring import cost_of, print_line
from reports.printing.html import render_html
from reports.printing.pdf import render_pdf
from reports.printing.tree import Align, DocumentTree, Paragraph, Signature, Table, TableColumn

SIZES = tuple(int(each) for each in os.environ.get("BENCH_ROWS", "500 2000").split())
MOST = 0.5
HEAD = ("TT", "Chủ hộ", "Ngày sinh", "Dân tộc", "Thôn", "Số khẩu", "B1", "B2", "Ghi chú")
WIDTHS = (5, 22, 12, 10, 15, 8, 8, 8, 12)


def listed(rows):
    return DocumentTree(
        kind="Danh sách",
        symbol="DS-UBND",
        subject="Hộ nghèo năm 2026",
        issuer="Ủy ban nhân dân xã Giả Định",
        issuer_lines=("ỦY BAN NHÂN DÂN", "XÃ GIẢ ĐỊNH"),
        place="Giả Định",
        year=2026,
        body=(Paragraph("Danh sách giả định."), _table(rows)),
        closing="Hết danh sách",
        signature=Signature(("Chủ tịch",)),
        recipients=(),
        archive="VT",
        landscape=True,
    )


def _table(rows):
    return Table(
        columns=tuple(TableColumn(width, Align.LEFT) for width in WIDTHS),
        head=(HEAD,),
        rows=tuple(
            (
                str(number),
                f"Nguyễn Văn Giả Định {number}",
                "01/01/1980",
                "Kinh",
                f"Thôn {number % 24 + 1}",
                str(number % 7 + 1),
                str(100 + number % 80),
                str(number % 60),
                "",
            )
            for number in range(1, rows + 1)
        ),
    )


def main():
    for rows in SIZES:
        tree = listed(rows)
        page = render_html(tree)
        own = cost_of(lambda tree=tree: render_pdf(tree), times=1)
        naive = cost_of(lambda page=page: weasyprint.HTML(string=page).write_pdf(), times=1)
        ratio = own.python / naive.python
        print_line(
            f"long_list: {rows} rows",
            value=own.python / 1000,
            unit="s of processor",
            peer=naive.python / 1000,
            goal=f"<= {MOST} of one WeasyPrint call",
            holds=ratio <= MOST,
            rows=rows,
            typst="installed" if importlib.util.find_spec("typst") else "not here",
        )


main()
