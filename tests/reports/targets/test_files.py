"""The table of targets says the same on the page, in the workbook and on paper."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from povertyplan.core.choices import Role
from reports.figures.data_fields import NUMBERED
from reports.figures.queries.catalogue import NAMED_QUERIES
from reports.targets import papers
from reports.targets.presenters import group_rows
from reports.targets.selectors import build_target_table
from tests.factories.core import user_with
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.pages import NOT_FOUND, heading_of, text_of
from tests.reports.histories import TODAY, ward_with_results
from tests.reports.random_wards import YEAR, wards_to_try

LIST = reverse("reports:target_list")


@pytest.fixture
def computed(ward):
    """A ward with results and an indicator of each kind: a count, persons, a rate."""
    ward_with_results(ward)
    for query, unit in (("listed_households", "hộ"), ("listed_persons", "người")):
        indicator = IndicatorFactory(ward=ward, query=query, measure_unit=unit)
        TargetFactory(indicator=indicator, low=3)
    rate = IndicatorFactory(
        ward=ward, query="listed_percent", measure="percent", measure_unit="%", order=9
    )
    TargetFactory(indicator=rate, low=1)
    return ward


def written(ward, ending):
    table = build_target_table(ward=ward, year=2025, today=TODAY)
    groups = group_rows(table.rows)
    lines = [line for group in groups for line in group.lines]
    content = papers.write_target_table(ward=ward, table=table, groups=groups, ending=ending)
    return lines, content


def test_the_page_and_the_workbook_say_the_same(computed, coordinator, client_of):
    lines, content = written(computed, "xlsx")
    sheet = load_workbook(BytesIO(content)).active
    in_sheet = {
        str(row[1]): [str(cell).replace(".", ",") for cell in row if cell is not None]
        for row in sheet.iter_rows(values_only=True)
        if row[1]
    }

    page = text_of(client_of(coordinator).get(LIST, {"year": "2025"}))

    for line in lines:
        reached = line.cells[0].actual_text
        assert reached in page
        assert reached in in_sheet[line.row.name], line.row.name


def test_the_paper_is_made_of_the_same_cells(computed, monkeypatch):
    trees = []
    monkeypatch.setattr(papers, "render_pdf", lambda tree: trees.append(tree) or b"%PDF")

    lines, _content = written(computed, "pdf")

    [table] = trees[0].body
    printed = {row[1]: row for row in table.rows if len(row) > 1}
    for line in lines:
        assert line.cells[0].actual_text in printed[line.row.name]


def test_a_target_file_is_a_pdf(computed):
    _lines, content = written(computed, "pdf")

    assert content.startswith(b"%PDF")


def test_another_ending_is_not_found(computed, coordinator, client_of):
    address = reverse("reports:target_file", args=["docx"])

    assert heading_of(client_of(coordinator).get(address)) == NOT_FOUND


def test_every_indicator_of_random_wards_reads_alike_on_page_sheet_and_paper(
    db, pytestconfig, client, monkeypatch
):
    """A ward in each run, twenty in the long one."""
    trees = []
    monkeypatch.setattr(papers, "render_pdf", lambda tree: trees.append(tree) or b"%PDF")
    for _chance, ward, _found, _spent in wards_to_try(pytestconfig, often=1, long=20):
        names = promise_every_query(ward)
        _lines, content = written(ward, "xlsx")
        written(ward, "pdf")
        client.force_login(user_with(Role.COORDINATOR, ward))
        page = client.get(LIST, {"year": YEAR})
        shown = {
            line.row.name: line.cells[-1].actual_text
            for group in page.context["groups"]
            for line in group.lines
        }
        in_sheet = {
            str(row[1]): [str(cell).replace(".", ",") for cell in row if cell is not None]
            for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
            if row[1]
        }
        table = next(block for block in trees[-1].body if hasattr(block, "rows"))
        printed = {row[1]: row for row in table.rows if len(row) > 1}
        for name in names:
            plain = shown[name].replace(".", "")
            assert shown[name] in printed[name], name
            assert shown[name] in in_sheet[name] or plain in in_sheet[name], name


def promise_every_query(ward):
    """A target for each named query, under its name."""
    for query in NAMED_QUERIES:
        is_rate = query.endswith("_percent")
        indicator = IndicatorFactory(
            ward=ward,
            name=query,
            query=f"{query} 3" if query in NUMBERED else query,
            measure="percent" if is_rate else "count",
            measure_unit="%" if is_rate else "hộ",
        )
        TargetFactory(indicator=indicator, year=YEAR, operator="level", low=3)
    return list(NAMED_QUERIES)
