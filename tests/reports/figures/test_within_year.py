"""Figures of a day and of a part of a year, against a count made by hand."""

from datetime import date

import pytest

from projects.choices import Measure
from reports.choices import UnitReportState
from reports.figures.data_fields import FieldError, parse
from reports.figures.field_labels import field_label
from reports.figures.registry import FigureRegistry
from reports.figures.times import read_time
from reports.models import UnitReport, UnitReportSending
from tests.factories.core import UserFactory, VillageFactory
from tests.factories.households import AreaYearFactory
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.factories.reports import ReportRequestFactory, UnitReportFactory, UnitReportFigureFactory
from tests.reports.histories import NEAR_POOR, NOT_POOR, POOR, recognised, spells

UNTIL = date(2026, 8, 15)


@pytest.fixture
def book(ward):
    """End of 2025: 2 poor, 1 near-poor. One joined in March 2026, one left in July."""
    village = VillageFactory(parent=ward)
    before = date(2025, 12, 15)
    spells(village, (POOR, before))
    spells(village, (POOR, before), (NOT_POOR, date(2026, 7, 10)))
    spells(village, (NEAR_POOR, before), (POOR, date(2026, 3, 2)))
    AreaYearFactory(area=ward, on=date(2025, 12, 31), households=1000)
    recognised(ward, 2025)
    return FigureRegistry(ward=ward, until=UNTIL)


@pytest.mark.parametrize(
    ("name", "time", "value", "as_of"),
    [
        ("poor_households", "2026-01-31", 2, date(2026, 1, 31)),
        ("poor_households", "2026-06-30", 3, date(2026, 6, 30)),
        ("poor_households", "2026-q1", 3, date(2026, 3, 31)),
        ("poor_households", "2026-9m", 2, UNTIL),
        ("near_poor_households", "2026-06-30", 0, date(2026, 6, 30)),
        ("poor_increase", "2026-q1", 1, date(2026, 3, 31)),
        ("poor_increase", "2026-q2", 0, date(2026, 6, 30)),
        ("poor_decrease", "2026-h1", 0, date(2026, 6, 30)),
        ("poor_decrease", "2026-q3", 1, UNTIL),
        ("near_poor_decrease", "2026-m03", 1, date(2026, 3, 31)),
        ("poor_reduction", "2026-9m", 0, UNTIL),
        ("total_households", "2026-06-30", 1000, date(2025, 12, 31)),
    ],
)
def test_figures_of_days_and_parts_of_a_year(book, name, time, value, as_of):
    figure = book.figure(name, time)

    assert (figure.value, figure.as_of) == (value, as_of)


def test_a_rate_is_of_its_day_and_a_running_part_says_so(book):
    assert book.figure("poor_percent", "2026-06-30").text == "0,30%"
    assert "kỳ chưa hết" in book.figure("poor_households", "2026-9m").source
    assert "kỳ chưa hết" not in book.figure("poor_households", "2026-h1").source


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("poor_households", "2026-q4"),  # has not begun
        ("poor_households", "2026-09-30"),  # is to come
        ("poor_households", "2024-06-30"),  # before the first decision
        ("poor_decrease", "2025-h1"),
        ("poor_reduction", "2025-q1"),
        ("newly_escaped_households", "2026-q4"),
    ],
)
def test_what_is_not_known_is_not_zero(book, name, time):
    figure = book.figure(name, time)

    assert figure.value is None
    assert read_time(time).words in figure.reason


def test_what_only_a_review_finds_is_not_known_within_a_year(book):
    indicator = IndicatorFactory(ward=book.ward, query="not_deprived_percent 11")

    assert book.reached_at(indicator, read_time("2026-06-30")) is None


@pytest.mark.parametrize(
    ("time", "summed", "latest"),
    [
        ("2026-q1", 10, 10),
        ("2026-q2", 5, 5),  # that of the quarter alone
        ("2026-h1", 15, 5),
        ("2026-06-30", 15, 5),
        ("2026-9m", 22, 7),
        ("2026-06-29", None, None),
        ("2026-q4", None, None),
    ],
)
def test_figures_of_quarters_make_those_of_a_part_of_a_year(ward, time, summed, latest):
    figures = [(1, 10, date(2026, 3, 31)), (2, 5, date(2026, 6, 30)), (3, 7, date(2026, 9, 30))]
    for accumulation, expected in (("sum", summed), ("latest", latest)):
        indicator = IndicatorFactory(
            ward=ward, measure=Measure.COUNT, period="quarter", accumulation=accumulation
        )
        for period, numerator, as_of in figures:
            ActualFactory(
                indicator=indicator, year=2026, period=period, numerator=numerator, as_of=as_of
            )
        book = FigureRegistry(ward=ward, until=date(2026, 10, 1))
        found = book.reached_at(indicator, read_time(time))
        assert (found and found.value) == expected


def test_a_unit_tells_of_its_own_period_and_estimates_the_whole(ward):
    indicator = IndicatorFactory(ward=ward, code="jobs", measure=Measure.COUNT)
    TargetFactory(indicator=indicator, year=2026, low=40)
    asked = ReportRequestFactory(ward=ward, data_on=date(2026, 8, 31))
    report = UnitReportFactory(request=asked)
    UnitReportFigureFactory(
        report=report, key=f"indicator-{indicator.pk}", computed=14, estimate=21
    )
    UnitReportSending.objects.create(
        report=report, number=1, sent_by=UserFactory(), sent_at=asked.opened_at, content={}
    )
    read = [FigureRegistry(ward=ward, until=date(2026, 9, 30)) for _ in range(2)]
    before = read[0].figure("actual", "jobs", "2026-9m").value
    UnitReport.objects.update(
        state=UnitReportState.RECEIVED, sent_at=asked.opened_at, received_at=asked.opened_at
    )

    book = read[1]
    assert before is None
    assert book.figure("actual", "jobs", "2026-9m").value == 14
    assert book.figure("actual", "jobs", "2026-08-31").value == 14
    assert book.figure("estimate", "jobs", "2026-9m").value == 21
    assert book.figure("actual", "jobs", "2026-h1").value is None
    assert book.figure("estimate", "jobs", "2026-h1").value is None


@pytest.mark.parametrize(
    "text",
    ["{poor_households 2026-q5}", "{poor_households 2026-02-30}", "{poor_decrease 2026-06-30}",
     "{target poor 2026-q1}", "{actual jobs 2026-13m}"],
)  # fmt: skip
def test_a_time_that_there_is_not_is_refused(text):
    with pytest.raises(FieldError):
        parse(text)


def test_a_writer_reads_the_time_in_words():
    fields = parse("{poor_households 2026-06-30}{poor_decrease 2026-q3}{poor_percent 2026}")

    assert [field_label(field) for field in fields] == [
        "Số hộ nghèo ngày 30/06/2026",
        "Số hộ nghèo giảm trong quý III/2026",
        "Tỷ lệ hộ nghèo năm 2026",
    ]
