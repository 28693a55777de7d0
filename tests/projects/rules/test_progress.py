"""Progress, achievement and wording of targets, at the limits."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import AchievementWord, Direction, ProgressKind, TargetOperator
from projects.rules.progress import (
    Goal,
    RoadPoint,
    TargetProgress,
    achievement,
    expected_point,
    level_of,
    progress,
    short_target_text,
    shortfall,
    target_text,
)

UP, DOWN = Direction.UP, Direction.DOWN
NBSP = "\u00a0"


def number(text):
    return None if text is None else Decimal(text)


def goal(operator, low, baseline=None, direction=DOWN, high=None):
    return Goal(
        TargetOperator(operator),
        direction,
        low=number(low),
        high=number(high),
        baseline=number(baseline),
    )


@pytest.mark.parametrize(
    ("target", "actual", "percent"),
    [
        pytest.param(goal("level", 12, 21), 14, "77.8", id="21 to 12, reached 14"),
        pytest.param(goal("none_left", None, 21), 21, "0.0", id="21 to 0, at the start"),
        pytest.param(goal("none_left", None, 21), 12, "42.9", id="21 to 0, reached 12"),
        pytest.param(goal("none_left", None, 21), 5, "76.2", id="21 to 0, reached 5"),
        pytest.param(goal("none_left", None, 21), 0, "100.0", id="21 to 0, reached 0"),
        pytest.param(goal("level", 12, 21), 24, "-33.3", id="worse than the baseline"),
        pytest.param(goal("level", 12, 21), 10, "122.2", id="better than the target"),
        pytest.param(goal("at_least", 98, 90, UP), 94, "50.0", id="rising, half way"),
        pytest.param(goal("at_least", 98, 90, UP), 88, "-25.0", id="rising, but fell"),
        pytest.param(goal("at_least", 100, None, UP), "98.6", "98.6", id="rising from unknown"),
        pytest.param(goal("reduce_by", 9, 21), 14, "77.8", id="reduce by nine"),
        pytest.param(goal("range", 10, 21, high=12), 12, "100.0", id="near end of a range"),
        pytest.param(goal("range", 50, 40, UP, 60), 45, "50.0", id="rising towards a range"),
        pytest.param(goal("below", "0.2", "0.3"), "0.25", "50.0", id="below a rate"),
    ],
)
def test_progress_is_the_share_of_the_way(target, actual, percent):
    assert progress(target, number(actual)) == TargetProgress(
        ProgressKind.MEASURED, Decimal(percent)
    )


@pytest.mark.parametrize(
    ("target", "actual", "kind"),
    [
        pytest.param(goal("level", 12, 12), 12, "maintained", id="target is the baseline, kept"),
        pytest.param(goal("level", 12, 12), 11, "maintained", id="target is the baseline, better"),
        pytest.param(goal("level", 12, 12), 13, "broken", id="target is the baseline, worse"),
        pytest.param(goal("none_left", None, 0), 0, "maintained", id="none, and none left"),
        pytest.param(goal("none_left", None, 0), 1, "broken", id="none, but one came"),
        pytest.param(goal("at_least", 98, 98, UP), 98, "maintained", id="rising, kept"),
        pytest.param(goal("at_least", 98, 98, UP), "97.9", "broken", id="rising, lost"),
        pytest.param(goal("at_least", 95, 98, UP), 96, "maintained", id="asks for less, kept"),
        pytest.param(goal("below", 77, 77), 77, "broken", id="below is strict"),
        pytest.param(goal("level", 12, 21), None, "no_data", id="nobody reported"),
        pytest.param(goal("qualitative", None), 3, "no_data", id="no figure to reach"),
        pytest.param(goal("level", 12), 11, "no_baseline", id="falling from unknown"),
        pytest.param(goal("reduce_by", 9), 11, "no_data", id="reduction of the unknown"),
    ],
)
def test_progress_without_a_percentage(target, actual, kind):
    assert progress(target, number(actual)) == TargetProgress(ProgressKind(kind))


@given(st.integers(-50, 50), st.integers(1, 50), st.integers(-50, 50))
def test_progress_is_sign_neutral(baseline, way, actual):
    falling = goal("equal", baseline - way, baseline)
    rising = goal("equal", way - baseline, -baseline, UP)

    assert progress(falling, Decimal(actual)) == progress(rising, Decimal(-actual))


ROAD = [
    RoadPoint(date(2024, 12, 31), Decimal(21)),
    RoadPoint(date(2025, 12, 31), Decimal(12)),
    RoadPoint(date(2030, 12, 31), Decimal(0)),
]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2024, 1, 1), "21", id="before the road"),
        pytest.param(date(2024, 12, 31), "21", id="first point"),
        pytest.param(date(2025, 3, 14), "19.2", id="73 of 365 days on the way"),
        pytest.param(date(2025, 12, 31), "12", id="a point on the road"),
        pytest.param(date(2026, 1, 1), "11.9934", id="the day after a point"),
        pytest.param(date(2030, 12, 31), "0", id="last point"),
        pytest.param(date(2031, 6, 1), "0", id="after the road"),
    ],
)
def test_expected_point_runs_straight_between_points(on, expected):
    assert expected_point(ROAD, on) == Decimal(expected)
    assert expected_point(ROAD[::-1], on) == Decimal(expected)


def test_expected_point_needs_a_road():
    assert expected_point([], date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("target", "actual", "expected", "word"),
    [
        pytest.param(goal("level", 12, 21), 11, None, "Vượt", id="better than the target"),
        pytest.param(goal("level", 12, 21), 12, None, "Đạt", id="on the target"),
        pytest.param(goal("level", 12, 21), "12.9", None, "Gần đạt", id="nine tenths of the way"),
        pytest.param(goal("level", 12, 21), "12.91", None, "Chậm", id="just under nine tenths"),
        pytest.param(goal("level", 12, 21), 14, None, "Chậm", id="two households behind"),
        pytest.param(goal("level", 12, 21), 24, None, "Chậm", id="worse than the baseline"),
        pytest.param(goal("level", 12, 21), None, None, "Chưa có số liệu", id="nobody reported"),
        pytest.param(goal("qualitative", None), 1, None, "Chưa có số liệu", id="no figure"),
        pytest.param(goal("at_least", 100, None, UP), "98.6", None, "Gần đạt", id="98.6 of 100"),
        pytest.param(goal("at_least", 98, None, UP), 98, None, "Đạt", id="at least, on it"),
        pytest.param(goal("at_least", 98, None, UP), 99, None, "Vượt", id="at least, over it"),
        pytest.param(goal("at_least", 98, None, UP), 88, None, "Chậm", id="at least, far under"),
        pytest.param(goal("at_most", "0.2", "0.3"), "0.2", None, "Đạt", id="at most, on it"),
        pytest.param(goal("at_most", "0.2", "0.3"), "0.1", None, "Đạt", id="a bound is kept"),
        pytest.param(goal("below", 77, 90), 76, None, "Đạt", id="just below"),
        pytest.param(goal("below", 77, 90), 77, None, "Gần đạt", id="below is strict"),
        pytest.param(goal("none_left", None, 21), 0, None, "Đạt", id="none left"),
        pytest.param(goal("none_left", None, 0), 1, None, "Chậm", id="one left of none"),
        pytest.param(goal("level", 12, 12), 13, None, "Gần đạt", id="kept figure, a little worse"),
        pytest.param(goal("level", 12, 12), 14, None, "Chậm", id="kept figure, much worse"),
        pytest.param(goal("range", 10, 21, high=12), 12, None, "Đạt", id="range, near end"),
        pytest.param(goal("range", 10, 21, high=12), 10, None, "Đạt", id="range, far end"),
        pytest.param(goal("range", 10, 21, high=12), 9, None, "Vượt", id="range, beyond"),
        pytest.param(goal("level", 12, 21), 19, "19.2", "Đạt", id="March, on the road"),
        pytest.param(goal("level", 12, 21), "19.3", "19.2", "Gần đạt", id="March, nearly"),
        pytest.param(goal("level", 12, 21), 20, "19.2", "Chậm", id="March, behind"),
        pytest.param(goal("level", 12, 21), 11, "19.2", "Vượt", id="March, goal beaten"),
        pytest.param(goal("level", 12, 21), 14, "19.2", "Đạt", id="ahead of the road is met"),
    ],
)
def test_achievement_word(target, actual, expected, word):
    assert achievement(target, number(actual), number(expected)).label == word


@pytest.mark.parametrize(
    ("target", "actual", "word"),
    [
        (goal("level", 12, 21), 11, "Vượt"),
        (goal("level", 12, 21), 12, "Đạt"),
        (goal("level", 12, 21), "12.5", "Chưa đạt"),
        (goal("level", 12, 21), 14, "Chưa đạt"),
        (goal("below", 77, 90), 76, "Đạt"),
        (goal("below", 77, 90), 77, "Chưa đạt"),
        (goal("level", 12, 21), None, "Chưa có số liệu"),
    ],
)
def test_a_year_that_is_over_is_met_or_not(target, actual, word):
    assert achievement(target, number(actual), is_over=True).label == word


@pytest.mark.parametrize(
    ("operator", "low", "is_count", "level"),
    [
        ("below", 77, True, 76),
        ("below", "0.2", False, "0.2"),
        ("at_most", 77, True, 77),
        ("none_left", None, True, 0),
        ("level", None, True, None),
    ],
)
def test_a_strict_bound_on_a_count_leaves_one_less(operator, low, is_count, level):
    assert level_of(operator, number(low), is_count=is_count) == number(level)


def test_what_is_missing_to_a_strict_bound_is_one_more():
    below = replace(goal("below", 77, 90), is_count=True)

    assert shortfall(below, Decimal(77)) == 1
    assert shortfall(below, Decimal(76)) == 0


def test_achievement_takes_its_threshold_as_a_setting():
    target = goal("level", 12, 21)

    assert achievement(target, Decimal(14), near_percent=Decimal(77)) is AchievementWord.NEAR


@pytest.mark.parametrize(
    ("actual", "expected", "missing"),
    [(14, None, "2"), (12, None, "0"), (11, None, "0"), (14, "13.5", "0.5"), (None, None, None)],
)
def test_shortfall_counts_what_is_missing(actual, expected, missing):
    found = shortfall(goal("level", 12, 21), number(actual), number(expected))

    assert found == number(missing)


@pytest.mark.parametrize(
    ("operator", "low", "high", "unit", "text"),
    [
        ("at_least", "98.00", None, "%", "98% trở lên"),
        ("below", "0.20", None, "%", "dưới 0,2%"),
        ("below", "77", None, "hộ", f"dưới 77{NBSP}hộ"),
        ("at_most", "1.5", None, "%", "không quá 1,5%"),
        ("about", "1.49", None, "%", "khoảng 1,49%"),
        ("about", "127.00", None, "hộ", f"khoảng 127{NBSP}hộ"),
        ("range", "5", "9", "hộ", f"từ 05 đến 09{NBSP}hộ"),
        ("range", "1", "1.5", "%", "từ 1% đến 1,5%"),
        ("reduce_by", "9", None, "hộ", f"giảm 09{NBSP}hộ"),
        ("reduce_by", "0.12", None, "%", f"giảm 0,12{NBSP}điểm phần trăm"),
        ("reduce_least", "9", None, "hộ", f"giảm từ 09{NBSP}hộ trở lên"),
        ("reduce_range", "1", "1.5", "%", f"giảm từ 1 đến 1,5{NBSP}điểm phần trăm"),
        ("reduce_year", "1.5", None, "%", f"giảm bình quân 1,5{NBSP}điểm phần trăm mỗi năm"),
        ("level", "12", None, "hộ", f"còn 12{NBSP}hộ"),
        ("equal", "1", None, "mô hình", f"01{NBSP}mô hình"),
        ("equal", "1234", None, "người", f"1.234{NBSP}người"),
        ("equal", "1.5", None, "triệu đồng", f"1,5{NBSP}triệu đồng"),
        ("none_left", None, None, "hộ", "không còn"),
        ("qualitative", None, None, "", ""),
    ],
)
def test_target_text_reads_like_a_plan(operator, low, high, unit, text):
    assert target_text(TargetOperator(operator), number(low), number(high), unit) == text


@pytest.mark.parametrize(
    ("operator", "high", "left", "furthest", "printed"),
    [
        ("reduce_least", None, 18, 18, "giảm ≥ 3"),
        ("reduce_range", 5, 18, 16, "giảm 3 - 5"),
        ("reduce_year", None, 12, 12, "giảm 3/năm"),
    ],
)
def test_a_reduction_leaves_what_its_baseline_says(operator, high, left, furthest, printed):
    target = replace(goal(operator, 3, 21, high=high), years=3)

    assert (target.figure, target.far_figure) == (left, furthest)
    assert (target.is_met_by(left), target.is_met_by(left + 1)) == (True, False)
    assert target.is_exceeded_by(furthest - 1)
    assert replace(target, baseline=None).figure is None
    assert short_target_text(target, "hộ") == printed


@pytest.mark.parametrize(
    ("operator", "low"), [("level", None), ("range", "5"), ("reduce_range", "5")]
)
def test_target_text_refuses_a_missing_figure(operator, low):
    with pytest.raises(ValueError, match="con số"):
        target_text(TargetOperator(operator), number(low), None, "hộ")
