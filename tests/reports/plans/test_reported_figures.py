"""The table of what units reported, on paper."""

import io
from collections import defaultdict
from itertools import pairwise

import pypdfium2
import pytest

from reports.choices import ReportPart
from reports.plans.blocks.reported_figures import reported_table
from reports.printing import tree
from reports.printing.pdf import render_pdf
from tests.factories.reports import ReportRequestFactory, UnitReportFactory, UnitReportFigureFactory


@pytest.mark.django_db
def test_an_amount_of_money_stays_inside_its_cell():
    request = ReportRequestFactory()
    figure = UnitReportFigureFactory(
        report=UnitReportFactory(request=request),
        part=ReportPart.INDICATORS,
        label="Dự án 3: kinh phí đã giải ngân",
        measure_unit="đồng",
        target="được sử dụng 98.250.000.000 đồng",
        computed=98_250_000_000,
        estimate=98_250_000_000,
        answer="own",
        own=98_250_000_000,
        reason="đơn vị đã đối chiếu với Kho bạc",
    )
    document = tree.DocumentTree(
        kind="BÁO CÁO",
        symbol="BC-UBND",
        subject="Kết quả giảm nghèo",
        issuer="ỦY BAN NHÂN DÂN PHƯỜNG",
        issuer_lines=("PHƯỜNG MẪU",),
        place="Phường Mẫu",
        year=2026,
        body=reported_table([figure], request),
        closing="",
        signature=tree.Signature(("CHỦ TỊCH",)),
        recipients=(),
        archive="VT",
    )

    content = render_pdf(document)

    assert not _overprinted(pypdfium2.PdfDocument(io.BytesIO(content))[0].get_textpage())


def _overprinted(text: pypdfium2.PdfTextPage) -> list[str]:
    """The characters of a line that begin before the one at their left has ended."""
    lines = defaultdict(list)
    for place, character in enumerate(text.get_text_range()):
        if character.strip():
            left, bottom, right, _top = text.get_charbox(place, loose=True)
            lines[round(bottom)].append((left, right, character))
    return [
        f"{before[2]}{after[2]}"
        for line in lines.values()
        for before, after in pairwise(sorted(line))
        if min(after[1], before[1]) - after[0] > 2.5
    ]
