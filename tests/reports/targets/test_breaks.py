"""Where the poverty standard changes: progress, charts and tables do not go across."""

from datetime import date

import pytest
from django.urls import reverse

from households.choices import PovertyClass
from povertyplan.core import clock
from projects.choices import AchievementWord, ProgressKind
from reports.choices import BlockKind
from reports.dashboard.board import build_dashboard
from reports.dashboard.dimensions import build_dimension_board
from reports.figures.registry import FigureRegistry
from reports.models import StandardBaseline
from reports.plans.blocks import DocumentData
from reports.plans.blocks.headlines import headlines
from reports.plans.blocks.movements import movement_pair
from reports.printing import tree
from reports.regions.facts import RegionFacts
from reports.regions.targets import target_groups
from reports.tables.facts import TableFacts
from reports.tables.transitions import build_poor_movements
from tests.factories.households import StandardFactory
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import BlockFactory, DocumentFactory, StandardBaselineFactory
from tests.pages import text_of
from tests.reports.histories import recognised, spells

TODAY = date(2028, 1, 20)
POOR = PovertyClass.POOR


@pytest.fixture(autouse=True)
def _later():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def old(db):
    return StandardFactory(valid_to=date(2026, 12, 31))


@pytest.fixture
def new(db):
    return StandardFactory(
        code="2027-2030", name="Chuẩn mới", valid_from=date(2027, 1, 1), valid_to=None
    )


@pytest.fixture
def poor(ward, village, old, new):
    """Five poor households, of three years, the last by the new standard."""
    for year, standard in ((2025, old), (2026, old), (2027, new)):
        recognised(ward, year, standard=standard)
    for _ in range(5):
        spells(village, (POOR, date(2020, 1, 1)))
    indicator = IndicatorFactory(ward=ward, name="Số hộ nghèo", query="poor_households")
    for year, left in ((2026, 4), (2027, 2)):
        TargetFactory(indicator=indicator, year=year, operator="level", low=left)
    return indicator


def row_of(indicator, year):
    book = FigureRegistry(ward=indicator.ward, until=TODAY)
    return book.target_rows(year=year, today=TODAY, indicators=[indicator])[0]


def test_progress_does_not_cross_standards(poor):
    before, after = row_of(poor, 2026), row_of(poor, 2027)

    assert (before.progress.kind, before.baseline.value) == (ProgressKind.MEASURED, 5)
    assert before.broke_in is None
    assert after.broke_in == 2027
    assert after.baseline is None
    assert after.progress.kind == ProgressKind.NO_BASELINE
    assert after.word == AchievementWord.NOT_MET


def test_a_new_baseline_with_its_reason_takes_progress_up_again(poor, new):
    StandardBaselineFactory(indicator=poor, standard=new, value=8)

    row = row_of(poor, 2027)

    assert row.baseline.value == 8
    assert "Rà soát lại theo chuẩn mới" in row.baseline.source
    assert round(row.progress.percent) == 50  # from 8 to 5, of 8 to 2


def test_a_figure_that_asks_no_class_goes_on(ward, poor):
    indicator = IndicatorFactory(ward=ward, query="supports_given", direction="up")
    for year in (2026, 2027):
        TargetFactory(indicator=indicator, year=year, operator="at_least", low=3)

    assert row_of(indicator, 2027).broke_in is None


def test_the_page_says_the_break_and_the_baseline_is_recorded(
    poor, old, new, coordinator, client_of
):
    client = client_of(coordinator)
    told = "Số hộ nghèo: từ năm 2027 theo Chuẩn mới, không so với số gốc theo chuẩn cũ"
    page = text_of(client.get(reverse("reports:target_list"), {"year": 2027}))
    assert f"{told}; chưa ghi số gốc mới nên chưa tính tiến độ." in page

    address = reverse("reports:indicator_baseline", args=[poor.pk])
    sent = {"standard": new.pk, "version": "", "value": "8", "rate": "0,3", "as_of": "31/12/2026"}
    refused = client.post(address, sent | {"reason": ""})
    assert "Nêu lý do, căn cứ của số gốc." in text_of(refused)
    assert not StandardBaseline.objects.exists()
    client.post(address, sent | {"reason": "Rà soát lại"})

    baseline = StandardBaseline.objects.get()
    assert (baseline.value, str(baseline.rate), baseline.reason) == (8, "0.30", "Rà soát lại")
    page = text_of(client.get(reverse("reports:target_list"), {"year": 2027}))
    assert f"{told}; tiến độ tính từ số gốc mới." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"value": "-1"}, "Nhập một số từ 0 trở lên"),
        ({"value": "1,5"}, "Chỉ tiêu đếm số lượng phải là số nguyên."),
        ({"rate": "101"}, "100"),
        ({"as_of": "31/12/2030"}, "Ngày số liệu không được sau hôm nay."),
    ],
)
def test_a_baseline_that_cannot_be_is_refused(poor, new, coordinator, client_of, values, sentence):
    sent = {"standard": new.pk, "version": "", "value": "8", "rate": "", "as_of": "31/12/2026"}
    address = reverse("reports:indicator_baseline", args=[poor.pk])

    answer = client_of(coordinator).post(address, sent | {"reason": "x"} | values)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not StandardBaseline.objects.exists()


def test_the_chart_breaks_where_the_standard_changes(poor, coordinator):
    board = build_dashboard(ward=poor.ward, year=2027, today=TODAY, viewer=coordinator)

    roadmap = board.roadmaps[0]
    assert roadmap.chart.breaks == (2027,)
    assert "từ năm 2027 theo Chuẩn mới" in roadmap.note
    assert "Không so sánh qua hai chuẩn" in roadmap.chart.description


def test_a_movement_table_over_the_change_says_so(poor):
    def notes(first, last):
        facts = TableFacts(ward=poor.ward, after=first, until=last)
        return " ".join(build_poor_movements(facts).notes)

    assert "đổi chuẩn" in notes(date(2026, 12, 31), date(2027, 12, 31))
    assert "đổi chuẩn" not in notes(date(2025, 12, 31), date(2026, 12, 31))


def block_of(ward, kind, year, **parameters):
    document = DocumentFactory(ward=ward, kind="report", data_on=TODAY)
    parameters["year"] = year
    return DocumentData(document), BlockFactory(document=document, kind=kind, parameters=parameters)


def movements_said(ward, year):
    materials, block = block_of(ward, BlockKind.HEADLINES, year, topic="movement")
    return [tree.plain(each.text) for each in headlines(materials, block, 2)]


def test_the_summary_of_a_report_says_the_break_after_the_changes(poor, old, new):
    before, after = movements_said(poor.ward, 2026), movements_said(poor.ward, 2027)

    assert f"Đầu kỳ theo {old}, cuối kỳ theo {new}: tăng, giảm trong kỳ" in after[-1]
    assert len(after) == len(before) + 1
    assert "đổi chuẩn" not in " ".join(before)


def test_the_movement_tables_of_a_document_say_the_break_once(poor, old, new):
    def notes(year):
        return [
            tree.plain(table.note)
            for table in movement_pair(*block_of(poor.ward, BlockKind.MOVEMENT, year), 2)
        ]

    assert ["đổi chuẩn" in note for note in notes(2027)] == [False, True]
    assert f"Đầu kỳ theo {old}, cuối kỳ theo {new}" in notes(2027)[1]
    assert ["đổi chuẩn" in note for note in notes(2026)] == [False, False]


def test_villages_and_deprivations_are_not_compared_across_the_change(
    poor, village, coordinator, client_of
):
    told = "Năm 2027 theo Chuẩn mới, năm 2026 theo Chuẩn nghèo đa chiều 2022-2026"

    def shown(name, year):
        return text_of(client_of(coordinator).get(reverse(name), {"year": year}))

    lines = build_dashboard(ward=poor.ward, year=2027, today=TODAY, viewer=coordinator).villages
    assert [(line.now.poor, line.before) for line in lines] == [(5, None)]
    before = build_dashboard(ward=poor.ward, year=2026, today=TODAY, viewer=coordinator).villages
    assert before[0].before is not None
    assert told in shown("reports:dashboard", 2027)
    assert told not in shown("reports:dashboard", 2026)
    board = build_dimension_board(ward=poor.ward, year=2027, today=TODAY, viewer=coordinator)
    assert (board.last_year, {row.last_share for row in board.rows}) == (None, {None})
    assert told in shown("reports:dimension_board", 2027)


def test_the_matrix_over_the_change_says_so(poor, coordinator, client_of):
    def shown(first, last):
        days = {"after": f"31/12/{first}", "until": f"31/12/{last}", "year": last}
        return text_of(client_of(coordinator).get(reverse("reports:matrix"), days))

    assert "đổi chuẩn" in shown(2026, 2027)
    assert "đổi chuẩn" not in shown(2025, 2026)


def test_targets_of_a_region_do_not_cross_standards(poor):
    facts = RegionFacts(regions=[poor.ward.parent], today=TODAY)

    (after,), (before,) = target_groups(facts, 2027), target_groups(facts, 2026)

    assert before.wards[0].row.progress.kind == ProgressKind.MEASURED
    assert after.wards[0].row.progress.kind == ProgressKind.NO_BASELINE
