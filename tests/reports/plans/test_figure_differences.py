"""Which printed figures differ: tables by hand, and random corrections against a recount."""

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from households.models import AreaYear, HouseholdStatus
from projects.choices import TargetOperator
from projects.models import Indicator
from reports.choices import BlockKind, DocumentKind
from reports.plans.amending.clauses import amending_clauses
from reports.plans.amending.printed_lines import FigureDifference, figure_differences
from reports.plans.amending.selectors import compare_figures
from reports.plans.builder import build_document
from reports.plans.snapshots import signed_tree
from reports.printing import tree
from reports.printing.tree import Cell, DataValue, Heading, Paragraph, Table, TableColumn
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.factories.reports import DocumentFactory
from tests.reports.documents import block, issue
from tests.reports.histories import NEAR_POOR, NOT_POOR, POOR, spells, ward_with_results
from tests.reports.samples import sample_plan


def plan(*body):
    return replace(sample_plan(), body=body, appendices=())


def figures(printed, name="poor_households 2025"):
    return Paragraph(("Còn ", DataValue(name, printed), " hộ nghèo."))


def table(*rows):
    columns = (TableColumn(10), TableColumn(60), TableColumn(30))
    return Table(columns, head=(("TT", Cell("Thôn"), "Số hộ"),), rows=rows)


def told(before, now):
    return [(each.was, each.now) for each in figure_differences(plan(*before), plan(*now))]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([figures("05")], [figures("05")], []),
        ([figures("05")], [figures("04")], [("05", "04")]),
        ([Paragraph("Còn 5 hộ (0,15%).")], [Paragraph("Còn 4 hộ (0,15%).")], [("5", "4")]),
        ([Paragraph("Giữ nguyên.")], [Paragraph("Viết khác.")], []),
        ([], [Paragraph("Thêm 3 nhà.")], [("", "Thêm 3 nhà.")]),
        (
            [Paragraph("Đạt từ 98% trở lên.")],
            [Paragraph("Đạt trên 99%.")],
            [("Đạt từ 98% trở lên.", "Đạt trên 99%.")],
        ),
        # A heading or a row that comes in between moves no other line.
        (
            [Heading(1, "B"), figures("05")],
            [Heading(1, "A"), Heading(1, "B"), figures("05")],
            [],
        ),
        (
            [table(("1", "Thôn B", "7"))],
            [table(("1", "Thôn A", "2"), ("2", "Thôn B", "7"))],
            [("", "1; Thôn A; 2")],
        ),
        # Who leads is no figure.
        ([table(("1", "Thôn B", "Hội A"))], [table(("1", "Thôn B", "Hội B"))], []),
        ([table(("1", "Thôn B", "–"))], [table(("1", "Thôn B", "7"))], [("–", "7")]),
    ],
)
def test_figures_that_are_printed_otherwise_are_told(before, now, expected):
    assert told(before, now) == expected


def test_a_difference_says_where_and_what():
    found = figure_differences(
        plan(Heading(1, "Mục tiêu"), table(("1", "Thôn B", "7"))),
        plan(Heading(1, "Mục tiêu"), table(("1", "Thôn B", "8"))),
    )
    assert found == [FigureDifference("I. Mục tiêu", "Thôn B: Số hộ", "7", "8")]


def numbered(text):
    return tree.Numbered(text, level=2)


@pytest.mark.parametrize(
    ("before", "now", "clause"),
    [
        (
            [Heading(1, "A"), Heading(2, "B"), Paragraph("Còn 14 hộ.")],
            [Heading(1, "A"), Heading(2, "B"), Paragraph("Còn 13 hộ.")],
            "Tại mục I.1: sửa “14 hộ” thành “13 hộ”.",
        ),
        # Said twice in its place: the line is cited with it.
        (
            [Paragraph("Còn 14 hộ nghèo."), Paragraph("Có 14 hộ cận nghèo.")],
            [Paragraph("Còn 13 hộ nghèo."), Paragraph("Có 14 hộ cận nghèo.")],
            "Tại phần mở đầu, nội dung “Còn 14 hộ nghèo.”: sửa “14 hộ” thành “13 hộ”.",
        ),
        (
            [numbered("Một."), numbered("Chiếm 0,15%.")],
            [numbered("Một."), numbered("Chiếm 0,14%.")],
            "Tại mục 2: sửa “0,15%” thành “0,14%”.",
        ),
        (
            [table(("1", "Thôn 7", "7"))],
            [table(("1", "Thôn 7", "8"))],
            "Tại phần mở đầu, nội dung “Thôn 7: Số hộ”: sửa “7” thành “8”.",
        ),
        ([], [Paragraph("Thêm {3} nhà.")], "Tại phần mở đầu: bổ sung “Thêm (3) nhà.”."),
        ([Paragraph("Thêm 3 nhà.")], [], "Tại phần mở đầu: bỏ “Thêm 3 nhà.”."),
        (
            [Paragraph("Đạt từ 98% trở lên.")],
            [Paragraph("Đạt trên 99%.")],
            "Tại phần mở đầu: sửa “Đạt từ 98% trở lên.” thành “Đạt trên 99%.”.",
        ),
    ],
)
def test_a_difference_becomes_a_clause(before, now, clause):
    signed = plan(*before)
    assert amending_clauses(signed, figure_differences(signed, plan(*now))) == [clause]


def recounted(document) -> list[str]:
    """Every number of a text and every cell with one, in no other order than the paper's."""
    pieces = []
    for _, part in tree.with_numbers(document.body):
        rows = [*part.rows, *part.totals] if isinstance(part, Table) else [[part.text]]
        for row in rows:
            cells = [cell.text if isinstance(cell, Cell) else cell for cell in row]
            pieces += map(tree.plain, cells)
    return [text for text in pieces if re.search(r"\d|–|chưa có", text, re.IGNORECASE)]


def issued_documents(ward):
    """Documents of which each prints other figures."""
    made = {
        "{poor_households 2025} hộ nghèo; {poor_percent 2025}.": {},
        "{near_poor_households 2024} hộ cận nghèo trên {total_households 2024} hộ.": {},
        "Chỉ tiêu {target poor_households 2026}; đạt {actual homes 2025} nhà.": {},
        "Có {village_count} thôn, tổ dân phố.": {},
        "Bảng theo thôn": {"kind": BlockKind.VILLAGES, "year": 2025},
        "Kết quả": {"kind": BlockKind.TARGET_RESULTS, "year": 2025},
        "Chỉ tiêu": {"kind": BlockKind.TARGETS, "years": [2025, 2026]},
    }
    for number, (text, table_of) in enumerate(made.items(), start=1):
        kind = DocumentKind.REPORT if number % 2 else DocumentKind.PLAN
        document = DocumentFactory(ward=ward, kind=kind, year_from=2025, year_to=2026)
        block(document, BlockKind.PARAGRAPH, text)
        if table_of:
            parameters = dict(table_of)
            block(document, parameters.pop("kind"), **parameters)
        yield issue(document, number=number)


def correct_something(dice, ward, villages):
    """One correction somewhere in the register, the populations or the targets."""
    choice = dice.randrange(6)
    if choice == 0:
        AreaYear.objects.filter(on__year=dice.choice([2024, 2025])).update(
            households=dice.randrange(900, 2000)
        )
    elif choice == 1:
        status = dice.choice(HouseholdStatus.objects.order_by("pk"))
        status.poverty_class = dice.choice([POOR, NEAR_POOR, NOT_POOR])
        status.save()
    elif choice == 2:
        day = date(dice.choice([2023, 2025, 2026]), 12, dice.randrange(1, 31))
        spells(dice.choice(villages), (dice.choice([POOR, NEAR_POOR, NOT_POOR]), day))
    elif choice == 3:
        homes = Indicator.objects.get(code="homes")
        ActualFactory(indicator=homes, numerator=dice.randrange(9))
    elif choice == 4:
        indicator = IndicatorFactory(ward=ward, name=f"Số {dice.randrange(99)}")
        TargetFactory(indicator=indicator, low=3, year=dice.choice([2025, 2027]))
    else:
        HouseholdStatus.objects.filter(pk=dice.randrange(20)).update(starts_on=date(2026, 2, 1))


def try_corrections(ward, rounds):
    ward_with_results(ward)
    homes = IndicatorFactory(ward=ward, code="homes", name="Số nhà", query="")
    TargetFactory(indicator=homes, low=5, year=2025, operator=TargetOperator.EQUAL)
    documents = list(issued_documents(ward))
    signed = {document: recounted(signed_tree(document)) for document in documents}
    villages = list(ward.children.order_by("pk"))
    dice, marked = random.Random(7), 0
    for _ in range(rounds):
        with transaction.atomic():
            for _ in range(dice.randrange(1, 4)):
                try:
                    with transaction.atomic():
                        correct_something(dice, ward, villages)
                except DatabaseError:
                    continue  # the database refuses it of a recognised year
            for document in documents:
                is_stale = compare_figures(document).is_stale
                assert is_stale == (recounted(build_document(document)) != signed[document])
                marked += is_stale
            transaction.set_rollback(True)
    assert marked


@pytest.mark.alike
def test_random_corrections_mark_what_a_recount_finds(ward):
    try_corrections(ward, 8)


@pytest.mark.long
def test_many_random_corrections_mark_what_a_recount_finds(ward):
    try_corrections(ward, 200)
