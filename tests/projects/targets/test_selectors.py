"""Targets beside what was reached."""

from datetime import date
from decimal import Decimal

from projects.choices import AchievementWord, Direction, Measure, TargetOperator
from projects.models import Target
from projects.targets.selectors import Reached, indicators_of, reported_of, target_rows, targets_of
from tests.factories.projects import (
    ActualFactory,
    IndicatorFactory,
    TargetFactory,
)

YEAR_AFTER = date(2026, 11, 20)


def rows_of(ward, year=2025, today=YEAR_AFTER, reached=None):
    reported = reported_of(ward)
    return target_rows(
        indicators=indicators_of(ward),
        targets=targets_of(ward),
        reached=reached or (lambda indicator, of_year: reported.get((indicator.pk, of_year))),
        reached_rate=lambda indicator, of_year: None,
        year=year,
        today=today,
    )


def test_target_row_measures_progress_from_the_baseline(ward):
    indicator = IndicatorFactory(ward=ward)
    TargetFactory(indicator=indicator, year=2025, low=12, operator=TargetOperator.LEVEL)
    TargetFactory(indicator=indicator, year=2026, low=9, operator=TargetOperator.LEVEL)
    ActualFactory(indicator=indicator, year=2024, numerator=21)
    ActualFactory(indicator=indicator, year=2025, numerator=14)

    (row,) = rows_of(ward)

    assert row.baseline.value == 21
    assert [(cell.year, cell.short_target, cell.actual_text) for cell in row.cells] == [
        (2025, "12", "14"),
        (2026, "9", "–"),
    ]
    assert row.progress.percent == Decimal("77.8")
    assert (row.word, row.gap) == (AchievementWord.NOT_MET, 2)
    assert row.judged.target_text == "còn 12\u00a0hộ"


def test_target_row_without_an_actual_is_no_data(ward):
    TargetFactory(indicator=IndicatorFactory(ward=ward))

    (row,) = rows_of(ward)

    assert (row.word, row.progress.percent, row.gap) == (AchievementWord.NO_DATA, None, None)


def test_target_row_of_a_running_year_is_judged_by_the_road_map(ward):
    indicator = IndicatorFactory(ward=ward)
    TargetFactory(indicator=indicator, year=2026, low=10, operator=TargetOperator.LEVEL)
    ActualFactory(indicator=indicator, year=2025, numerator=20)
    ActualFactory(indicator=indicator, year=2026, numerator=15)

    (row,) = rows_of(ward, year=2026, today=date(2026, 7, 1))

    assert row.expected == Decimal("15.0137")
    assert row.word == AchievementWord.MET
    assert row.expected_percent == Decimal("49.9")


def test_road_map_may_start_from_nothing(ward):
    indicator = IndicatorFactory(ward=ward, direction=Direction.UP)
    TargetFactory(indicator=indicator, year=2026, low=10, operator=TargetOperator.AT_LEAST)
    ActualFactory(indicator=indicator, year=2025, numerator=0)
    ActualFactory(indicator=indicator, year=2026, numerator=5)

    (row,) = rows_of(ward, year=2026, today=date(2026, 7, 1))

    assert row.expected == Decimal("4.9863")
    assert row.word == AchievementWord.MET


def test_reported_rate_is_its_numerator_over_its_denominator(ward):
    indicator = IndicatorFactory(
        ward=ward, measure=Measure.PERCENT, measure_unit="%", direction=Direction.UP
    )
    TargetFactory(indicator=indicator, low=98, operator=TargetOperator.AT_LEAST)
    ActualFactory(indicator=indicator, numerator=54, denominator=55)

    (row,) = rows_of(ward)

    assert row.judged.short_target == "≥ 98"
    assert row.judged.target_text == "98% trở lên"
    assert row.judged.actual_text == "98,18"
    assert "(54/55)" in row.judged.reached.source


def test_target_with_a_rate_gets_a_second_row(ward):
    indicator = IndicatorFactory(ward=ward, name="Số hộ cận nghèo")
    TargetFactory(
        indicator=indicator,
        operator=TargetOperator.BELOW,
        low=None,
        rate=Decimal("0.2"),
        rate_operator=TargetOperator.BELOW,
    )

    count, rate = target_rows(
        indicators=[indicator],
        targets=targets_of(ward),
        reached=lambda one, year: None,
        reached_rate=lambda one, year: Reached(Decimal("0.19")),
        year=2025,
        today=YEAR_AFTER,
    )

    assert (count.judged.goal, count.judged.short_target) == (None, "–")
    assert (rate.name, rate.unit) == ("Tỷ lệ hộ cận nghèo", "%")
    assert (rate.judged.short_target, rate.word) == ("< 0,20", AchievementWord.MET)


def test_targets_of_a_ward_are_the_latest_versions_of_the_whole_ward(ward, village):
    first = TargetFactory(indicator=IndicatorFactory(ward=ward))
    second = Target.objects.create(
        ward=ward,
        area=ward,
        indicator=first.indicator,
        year=first.year,
        operator=first.operator,
        low=10,
        supersedes=first,
        reason="Điều chỉnh theo nghị quyết.",
    )
    TargetFactory(indicator=first.indicator, area=village, year=2026)
    TargetFactory()

    assert targets_of(ward) == {(first.indicator_id, 2025): second}
