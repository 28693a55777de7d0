"""Each figure by its name, against a count made by hand."""

from datetime import date
from decimal import Decimal

import pytest

from povertyplan.core.choices import Role
from projects.choices import Measure, TargetOperator
from reports.dashboard.board import build_dashboard
from reports.dashboard.classes import NEWLY_ESCAPED
from reports.figures.data_fields import FIELDS, QUERIES
from reports.figures.named import FIGURES
from reports.figures.registry import FigureRegistry
from reports.figures.words import UNKNOWN
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import AreaYearFactory
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.reports.histories import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    TODAY,
    listed,
    recognised,
    spells,
    ward_with_results,
)


@pytest.fixture
def book(ward):
    ward_with_results(ward)
    return FigureRegistry(ward=ward, until=TODAY)


def test_a_text_or_an_indicator_may_use_every_figure_and_no_other_name():
    assert set(FIELDS) | set(QUERIES) == set(FIGURES)


@pytest.mark.parametrize(
    ("name", "parameters", "text", "printed"),
    [
        ("poor_households", (2024,), "3", "03"),
        ("poor_households", (2025,), "2", "02"),
        ("near_poor_households", (2025,), "1", "01"),
        ("poor_percent", (2024,), "0,30%", "0,30%"),
        ("poor_percent", (2025,), "0,13%", "0,13%"),
        ("near_poor_percent", (2025,), "0,06%", "0,06%"),
        ("total_households", (2025,), "1.600", "1.600"),
        ("newly_escaped_households", (2025,), "1", "01"),
        ("newly_escaped_households", (2024,), "0", "0"),
        ("poor_decrease", (2025,), "1", "01"),
        ("poor_increase", (2025,), "0", "0"),
        ("poor_reduction", (2025,), "1", "01"),
        ("near_poor_decrease", (2025,), "0", "0"),
        ("near_poor_increase", (2025,), "0", "0"),
        ("near_poor_reduction", (2025,), "0", "0"),
        ("village_count", (), "2", "02"),
        ("target", ("poor_households", 2025), "1", "01"),
        ("target_reduction", ("poor_households", 2025), "2", "02"),
        ("actual", ("poor_households", 2025), "2", "02"),
    ],
)
def test_figure_of_a_ward_with_results(book, name, parameters, text, printed):
    figure = book.figure(name, *parameters)

    assert (figure.text, figure.printed) == (text, printed)
    assert figure.name == " ".join([name, *map(str, parameters)])
    assert figure.reason == ""
    assert figure.source != ""


def test_figure_opens_the_list_behind_it(book, client, coordinator):
    figure = book.figure("poor_households", 2025)

    assert figure.url == "/households/?class=poor&on=2025-12-31"
    assert figure.as_of == date(2025, 12, 31)
    assert figure.source == (
        "Danh sách hộ nghèo, số liệu ngày 31/12/2025; kết quả rà soát công nhận theo Quyết định "
        "số 2025/QĐ-UBND"
    )


NO_RESULT = "Chưa có kết quả rà soát được công nhận của năm {}."


@pytest.mark.parametrize(
    ("name", "parameters", "reason"),
    [
        ("poor_households", (2026,), NO_RESULT.format(2026)),
        ("poor_percent", (2027,), NO_RESULT.format(2027)),
        ("poor_reduction", (2026,), NO_RESULT.format(2026)),
        ("poor_decrease", (2026,), NO_RESULT.format(2026)),
        ("newly_escaped_households", (2026,), NO_RESULT.format(2026)),
        ("not_deprived_percent", (9, 2026), NO_RESULT.format(2026)),
        ("target", ("other", 2025), "Chưa có chỉ tiêu other của năm 2025."),
        ("target_rate", ("other", 2025), "Chưa có chỉ tiêu other của năm 2025."),
        ("target_reduction", ("other", 2025), "Chưa có chỉ tiêu other của năm 2025."),
        ("actual", ("other", 2026), "Chưa có số liệu thực hiện other của năm 2026."),
    ],
)
def test_figure_that_cannot_be_known_prints_a_dash_and_says_why(book, name, parameters, reason):
    figure = book.figure(name, *parameters)

    assert (figure.value, figure.text, figure.printed) == (None, "–", "–")
    assert figure.reason == reason


def test_unknown_figure_is_a_key_error(book):
    with pytest.raises(KeyError):
        book.figure("rich_households", 2025)


def test_rate_without_a_population_says_so(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    recognised(ward, 2025)

    figure = FigureRegistry(ward=ward, until=TODAY).figure("poor_percent", 2025)

    assert figure.value is None
    assert figure.reason == "Chưa có tổng số hộ dân cư đến ngày 31/12/2025."


def test_rate_takes_the_latest_population_given_by_its_day(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    recognised(ward, 2025)
    for on, households in ((date(2024, 6, 30), 50), (date(2025, 6, 30), 100)):
        AreaYearFactory(area=ward, on=on, households=households)
    AreaYearFactory(area=ward, on=date(2026, 1, 1), households=200)

    figure = FigureRegistry(ward=ward, until=TODAY).figure("poor_percent", 2025)

    assert figure.value == Decimal("1.00")


def test_year_under_way_has_figures_from_the_day_its_results_hold(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    recognised(ward, 2025)

    def figure(until):
        return FigureRegistry(ward=ward, until=until).figure("poor_households", 2025)

    assert figure(date(2025, 12, 14)).value is None
    assert (figure(date(2025, 12, 15)).value, figure(date(2025, 12, 15)).as_of) == (
        1,
        date(2025, 12, 15),
    )
    assert figure(date(2025, 12, 31)).value == 1


def test_not_deprived_percent_counts_the_reviewed_poor_and_near_poor(ward, village):
    forms = ((POOR, [9]), (NEAR_POOR, [10]), (NEAR_POOR, []), (NOT_POOR, [9]))
    recognised(ward, 2025, *((village, *form) for form in forms))

    figure = FigureRegistry(ward=ward, until=TODAY).figure("not_deprived_percent", 9, 2025)

    assert figure.text == "66,67%"
    assert figure.source.startswith("2/3 hộ nghèo, cận nghèo không thiếu hụt chỉ số 9")


def test_not_deprived_percent_of_two_indicators_counts_who_lacks_neither(ward, village):
    forms = ((POOR, [11, 12]), (NEAR_POOR, [12]), (NEAR_POOR, [9]), (NOT_POOR, [11]))
    recognised(ward, 2025, *((village, *form) for form in forms))

    figure = FigureRegistry(ward=ward, until=TODAY).figure("not_deprived_percent", 11, 12, 2025)

    assert figure.text == "33,33%"
    assert figure.source.startswith("1/3 hộ nghèo, cận nghèo không thiếu hụt chỉ số 11 và 12")
    assert figure.url == ""


def test_target_prints_its_own_measure(ward):
    indicator = IndicatorFactory(
        ward=ward, code="insured", measure=Measure.PERCENT, measure_unit="%"
    )
    TargetFactory(indicator=indicator, low=98, operator=TargetOperator.AT_LEAST, assigned_by="Tỉnh")
    ActualFactory(indicator=indicator, numerator=54, denominator=55)
    book = FigureRegistry(ward=ward, until=TODAY)

    assert book.figure("target", "insured", 2025).printed == "98%"
    assert book.figure("target", "insured", 2025).source.endswith("năm 2025, Tỉnh giao")
    assert book.figure("actual", "insured", 2025).printed == "98,18%"


def test_figures_of_seven_years_take_five_queries(ward, django_assert_num_queries):
    ward_with_results(ward)
    book = FigureRegistry(ward=ward, until=TODAY)
    assert book.recognised

    with django_assert_num_queries(5):
        book.load(range(2024, 2031))
        values = [book.figure("poor_percent", year).value for year in range(2024, 2031)]

    assert values == [Decimal("0.30"), Decimal("0.13"), *[None] * 5]


def test_figures_of_a_ward_leave_out_every_other_ward(ward):
    ward_with_results(ward)
    spells(VillageFactory(), (POOR, date(2023, 12, 15)))

    assert FigureRegistry(ward=ward, until=TODAY).figure("poor_households", 2025).value == 2


def test_a_document_that_repeats_a_figure_reads_it_once(ward, django_assert_num_queries):
    AreaYearFactory(area=ward, on=date(2025, 12, 31), households=7912)
    book = FigureRegistry(ward=ward, until=TODAY)

    with django_assert_num_queries(2):
        totals = [book.figure("total_households", "2025").value for _ in range(3)]
        villages = [book.figure("village_count").value for _ in range(3)]

    assert (totals, villages) == ([7912] * 3, [0] * 3)


def test_decision_of_january_closes_the_year_of_its_review(ward, village):
    """The statuses of the day it holds are the year's result, and open the next year."""
    household = spells(village, (POOR, date(2023, 12, 15)), (NOT_POOR, date(2026, 1, 5)))
    recognised(ward, 2024)
    recognised(ward, 2025, decided_on=date(2026, 1, 5))
    book = FigureRegistry(ward=ward, until=TODAY)

    of_2025 = {
        name: book.figure(name, 2025).value
        for name in ("poor_households", "poor_decrease", "poor_reduction")
    }

    assert household.statuses.count() == 2
    assert of_2025 == {"poor_households": 0, "poor_decrease": 1, "poor_reduction": 1}
    assert book.figure("poor_households", 2025).url.endswith("on=2026-01-05")
    before = FigureRegistry(ward=ward, until=date(2026, 1, 4))
    assert before.figure("poor_households", 2025).value is None


def test_a_year_is_not_compared_with_one_that_is_not_known(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    recognised(ward, 2025)
    book = FigureRegistry(ward=ward, until=TODAY)

    assert book.figure("poor_households", 2025).value == 1
    for name in ("poor_increase", "poor_decrease", "poor_reduction"):
        figure = book.figure(name, 2025)
        assert (figure.value, figure.reason) == (None, NO_RESULT.format(2024))


def test_a_year_that_is_over_is_settled_by_its_decision_alone(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    recognised(ward, 2024)

    figure = FigureRegistry(ward=ward, until=TODAY).figure("poor_households", 2025)

    assert (figure.value, figure.reason) == (None, NO_RESULT.format(2025))


def test_a_ward_is_known_once_every_village_brought_its_list(ward, village):
    other = VillageFactory(parent=ward)
    listed(village, POOR, date(2025, 12, 15))
    half = FigureRegistry(ward=ward, until=TODAY).figure("poor_households", 2025)
    listed(other, NEAR_POOR, date(2025, 12, 15))
    whole = FigureRegistry(ward=ward, until=TODAY).figure("poor_households", 2025)

    assert (half.value, whole.value) == (None, 1)


@pytest.mark.parametrize("when", [2025, "2026-06-30"])
def test_who_escaped_before_a_first_list_is_not_known(ward, village, when):
    """The list says who is poor now; nothing tells who was before."""
    listed(village, POOR, date(2025, 12, 15))

    figure = FigureRegistry(ward=ward, until=TODAY).figure("newly_escaped_households", when)

    assert figure.value is None
    assert "chưa có kết quả cũ hơn" in figure.reason


def test_the_dashboard_does_not_count_whom_nobody_knows(ward, village):
    listed(village, POOR, date(2025, 12, 15))
    viewer = user_with(Role.LEADER, ward)

    board = build_dashboard(ward=ward, year=2025, today=TODAY, viewer=viewer)

    (tile,) = (each for each in board.tiles if each.label == NEWLY_ESCAPED)
    assert (tile.value, tile.note) == (UNKNOWN, "chưa có kết quả cũ hơn")
