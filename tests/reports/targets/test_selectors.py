"""The page of targets: grouped, judged for a year, with what cannot agree."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from povertyplan.core.choices import Role
from projects.choices import Direction, Measure, TargetOperator
from reports.targets.presenters import group_rows
from reports.targets.selectors import build_target_table
from tests.factories.core import UnitFactory, user_with
from tests.factories.households import AreaYearFactory
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of
from tests.reports.histories import POOR, TODAY, recognised, spells, ward_with_results

URL = "reports:target_list"


def table_of(ward, year=None, today=TODAY):
    return build_target_table(ward=ward, year=year, today=today)


def groups_of(ward, year=None):
    return group_rows(table_of(ward, year).rows)


def promised(ward, name, low, rate, rate_operator=TargetOperator.EQUAL, **fields):
    indicator = IndicatorFactory(ward=ward, name=name, **fields)
    return TargetFactory(
        indicator=indicator,
        low=low,
        operator=TargetOperator.LEVEL,
        rate=Decimal(rate),
        rate_operator=rate_operator,
    )


def test_target_table_groups_rows_by_dimension_in_their_order(ward):
    for order, dimension in enumerate(("Y tế", "Nhà ở", "Y tế", "")):
        TargetFactory(indicator=IndicatorFactory(ward=ward, order=order, dimension=dimension))

    groups = groups_of(ward)

    assert [(group.label, len(group.lines)) for group in groups] == [
        ("Y tế", 2),
        ("Nhà ở", 1),
        ("Chỉ tiêu khác", 1),
    ]


def test_target_table_is_judged_for_the_latest_year_with_a_result(ward):
    ward_with_results(ward)

    table = table_of(ward)

    assert (table.year, table.baseline_year, table.years) == (2025, 2024, (2025, 2026))
    poor = group_rows(table.rows)[0].lines[0]
    assert (poor.baseline, poor.standing, poor.progress, poor.percent) == (
        "3",
        "Chưa đạt, còn cao hơn chỉ tiêu 1\u00a0hộ",
        "50,0%",
        50,
    )
    assert poor.cells[0].reached.url == "/households/?class=poor&on=2025-12-31"


def test_target_table_of_a_year_without_results_has_no_data(ward):
    ward_with_results(ward)

    poor = groups_of(ward, year=2026)[0].lines[0]

    assert (poor.standing, poor.percent, poor.progress) == ("Chưa có số liệu", None, "")


def test_target_worse_than_its_baseline_draws_an_empty_bar(ward):
    indicator = IndicatorFactory(ward=ward, direction=Direction.UP, measure=Measure.PERCENT)
    TargetFactory(indicator=indicator, low=95)
    ActualFactory(indicator=indicator, year=2024, numerator=92, denominator=100)
    ActualFactory(indicator=indicator, year=2025, numerator=90, denominator=100)

    line = groups_of(ward, year=2025)[0].lines[0]

    assert (line.progress, line.percent) == ("−66,7%, giảm so với số gốc", 0)


def test_counts_and_rates_of_different_totals_are_noted(ward):
    promised(ward, "Số hộ nghèo", 12, "0.15")
    promised(ward, "Số hộ cận nghèo", 106, "1.27")

    assert table_of(ward).notes == (
        "12\u00a0hộ (0,15%) và 106\u00a0hộ (1,27%) không cùng một tổng số hộ dân cư cuối năm 2025: "
        "tổng số từ 7.742 đến 8.275 và tổng số từ 8.314 đến 8.379.",
    )


def test_a_rate_that_the_known_total_contradicts_is_noted(ward, village):
    spells(village, (POOR, date(2023, 12, 15)))
    AreaYearFactory(area=ward, on=date(2025, 12, 31), households=7912)
    recognised(ward, 2025)
    promised(ward, "Số hộ nghèo", 12, "0.15")
    promised(ward, "Số hộ cận nghèo", 100, "1.26")
    promised(ward, "Số hộ khác", 106, "1.27")

    notes = table_of(ward).notes

    (contradicted,) = [note for note in notes if note.startswith("106\u00a0hộ (1,27%) ứng với")]
    assert "từ 8.314 đến 8.379" in contradicted
    assert "7.912" in contradicted
    assert not any(note.startswith("12\u00a0hộ (0,15%) ứng") for note in notes)


def test_agreeing_and_bounding_targets_leave_no_note(ward):
    promised(ward, "Số hộ nghèo", 21, "0.27")
    promised(ward, "Số hộ cận nghèo", 113, "1.44")
    promised(ward, "Số hộ khác", 500, "0.01", TargetOperator.BELOW)

    assert table_of(ward).notes == ()


def test_target_page_shows_owner_direction_and_source(ward, coordinator, client_of):
    unit = UnitFactory(ward=ward, name="Trạm Y tế")
    indicator = IndicatorFactory(ward=ward, name="Người có thẻ", owner=unit)
    TargetFactory(indicator=indicator)
    ActualFactory(indicator=indicator, is_estimate=True)

    page = client_of(coordinator).get(reverse(URL), {"year": "2025"}).content.decode()

    for text in (
        "Người có thẻ",
        "↓ giảm là tốt",
        "Theo dõi: Trạm Y tế.",
        "ước",
        "Chưa đạt, còn cao hơn chỉ tiêu 2",
    ):
        assert text in page


def test_target_page_without_targets_says_so(coordinator, client_of):
    page = client_of(coordinator).get(reverse(URL)).content.decode()

    assert "Chưa có chỉ tiêu nào." in page


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        (Role.COORDINATOR, "Chỉ tiêu và kết quả thực hiện"),
        (Role.LEADER, "Chỉ tiêu và kết quả thực hiện"),
        (Role.OBSERVER, "Chỉ tiêu và kết quả thực hiện"),
        (Role.ENTRY_OFFICER, NO_RIGHT),
        (Role.ADMINISTRATOR, NO_RIGHT),
    ],
)
def test_target_page_opens_for_its_roles(ward, client_of, role, heading):
    assert heading_of(client_of(user_with(role, ward)).get(reverse(URL))) == heading


def test_target_page_hides_other_wards(ward, stranger, client_of):
    TargetFactory(indicator=IndicatorFactory(ward=ward, name="Chỉ tiêu của phường này"))

    page = client_of(stranger).get(reverse(URL)).content.decode()

    assert "Chỉ tiêu của phường này" not in page


def test_target_page_with_a_bad_year_is_not_found(coordinator, client_of):
    assert heading_of(client_of(coordinator).get(reverse(URL), {"year": "năm nay"})) == NOT_FOUND


@pytest.mark.parametrize("count", [1, 3])
def test_target_page_query_count_does_not_grow(
    ward, coordinator, client_of, count, django_assert_num_queries
):
    ward_with_results(ward)
    for _ in range(count):
        indicator = IndicatorFactory(ward=ward, name="Chỉ tiêu thêm", owner=UnitFactory(ward=ward))
        TargetFactory(indicator=indicator)
        ActualFactory(indicator=indicator)
    client = client_of(coordinator)

    with django_assert_num_queries(15):
        page = client.get(reverse(URL)).content.decode()

    assert page.count(": Chỉ tiêu thêm</span>") == count


def test_falling_target_that_is_beaten_reads_as_below_it(ward):
    indicator = IndicatorFactory(ward=ward)
    TargetFactory(indicator=indicator, low=106)
    ActualFactory(indicator=indicator, numerator=104)

    (line,) = groups_of(ward, year=2025)[0].lines

    assert line.standing == "Đạt, thấp hơn chỉ tiêu 2\u00a0hộ"


def test_qualitative_target_says_what_was_done(ward):
    indicator = IndicatorFactory(ward=ward, direction=Direction.UP, measure_unit="căn")
    TargetFactory(indicator=indicator, operator=TargetOperator.QUALITATIVE, low=None)
    ActualFactory(indicator=indicator, numerator=3)

    (line,) = groups_of(ward, year=2025)[0].lines

    assert line.standing == "Chỉ tiêu định tính, đã thực hiện 3\u00a0căn"


def test_rates_of_a_column_have_two_decimals(ward):
    indicator = IndicatorFactory(ward=ward, direction=Direction.UP, measure=Measure.PERCENT)
    indicator.measure_unit = "%"
    indicator.save()
    TargetFactory(indicator=indicator, low=95)
    ActualFactory(indicator=indicator, numerator=9, denominator=10)

    assert groups_of(ward, year=2025)[0].lines[0].cells[0].actual_text == "90,00"


def test_deprivations_link_only_for_who_can_narrow_the_list(ward, village, coordinator, observer):
    recognised(ward, 2025, (village, POOR, [9]))
    indicator = IndicatorFactory(
        ward=ward, query="not_deprived_percent 9", measure=Measure.PERCENT, direction=Direction.UP
    )
    TargetFactory(indicator=indicator, low=98)

    def link(viewer):
        table = build_target_table(ward=ward, year=2025, today=TODAY, viewer=viewer)
        return table.rows[0].row.cells[0].reached.url

    assert link(coordinator) == "/households/?deprived=9&year=2025"
    assert link(observer) == ""
