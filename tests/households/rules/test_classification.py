"""The class of a household at, just under and just over every limit."""

from dataclasses import replace

import pytest

from households.choices import PovertyClass
from households.rules.classification import (
    InvalidIncomeScore,
    NoScoreLine,
    ScoreLine,
    ScoreRefused,
    UnknownIndicator,
    as_json,
    classify,
)
from povertyplan.core.choices import Setting
from tests.households.standards import STANDARD

POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


@pytest.mark.parametrize(
    ("setting", "income_score", "deprived", "expected"),
    [
        pytest.param("rural", 140, 3, POOR, id="rural, on both lines"),
        pytest.param("rural", 140, 2, NEAR_POOR, id="rural, on the income line, two indicators"),
        pytest.param("rural", 141, 3, NOT_POOR, id="rural, just over the income line"),
        pytest.param("rural", 139, 3, POOR, id="rural, just under the income line"),
        pytest.param("urban", 175, 3, POOR, id="urban, on both lines"),
        pytest.param("urban", 175, 2, NEAR_POOR, id="urban, on the income line, two indicators"),
        pytest.param("urban", 176, 3, NOT_POOR, id="urban, just over the income line"),
        pytest.param("urban", 174, 3, POOR, id="urban, just under the income line"),
        pytest.param("urban", 141, 3, POOR, id="urban, over the rural line only"),
        pytest.param("rural", 0, 0, NEAR_POOR, id="no income, no deprivation"),
        pytest.param("rural", 0, 12, POOR, id="no income, every deprivation"),
        pytest.param("rural", 500, 12, NOT_POOR, id="every deprivation, good income"),
        pytest.param("urban", 100, 4, POOR, id="just over the deprivation line"),
    ],
)
def test_classify_at_the_limits(setting, income_score, deprived, expected):
    result = classify(STANDARD, setting, income_score, range(1, deprived + 1))

    assert result.poverty_class is expected
    assert result.deprivation_score == deprived * 10


@pytest.mark.parametrize(
    ("setting", "income_score", "deprivations", "sentence"),
    [
        pytest.param(
            "urban",
            110,
            {9, 5},
            "B1 = 110 điểm (≤ 175, khu vực thành thị); B2 = 20 điểm (< 30; thiếu: "
            "5 Trình độ giáo dục của người lớn, 9 Nguồn nước sinh hoạt) → Hộ cận nghèo "
            "(căn cứ Nghị định số 07/2021/NĐ-CP)",
            id="near-poor",
        ),
        pytest.param(
            "rural",
            140,
            [1, 2, 10],
            "B1 = 140 điểm (≤ 140, khu vực nông thôn); B2 = 30 điểm (≥ 30; thiếu: 1 Việc làm, "
            "2 Người phụ thuộc trong hộ gia đình, 10 Nhà tiêu hợp vệ sinh) → Hộ nghèo "
            "(căn cứ Nghị định số 07/2021/NĐ-CP)",
            id="poor",
        ),
        pytest.param(
            "rural",
            141,
            [],
            "B1 = 141 điểm (> 140, khu vực nông thôn); B2 = 0 điểm (< 30; không thiếu hụt "
            "chỉ số nào) → Hộ không nghèo (căn cứ Nghị định số 07/2021/NĐ-CP)",
            id="not poor",
        ),
    ],
)
def test_classify_explains_itself(setting, income_score, deprivations, sentence):
    assert classify(STANDARD, setting, income_score, deprivations).explanation == sentence


def test_classify_counts_an_indicator_once():
    assert classify(STANDARD, "rural", 100, [4, 4, 4]).deprivation_score == 10


def test_classify_takes_its_limits_from_the_standard():
    stricter = replace(
        STANDARD,
        poor_from_points=20,
        income_lines=(ScoreLine(Setting.RURAL, 200),),
        indicators=tuple(replace(rule, points=5) for rule in STANDARD.indicators),
    )

    assert classify(stricter, "rural", 200, [1, 2, 3]).poverty_class is NEAR_POOR
    assert classify(stricter, "rural", 200, [1, 2, 3, 4]).poverty_class is POOR
    assert classify(stricter, "rural", 201, [1, 2, 3, 4]).poverty_class is NOT_POOR


NO_URBAN_LINE = replace(
    STANDARD,
    code="2027-2030",
    income_lines=(ScoreLine(Setting.RURAL, 200), ScoreLine(Setting.URBAN, None)),
)


@pytest.mark.parametrize(
    ("standard", "setting", "income_score", "deprivations", "error", "sentence"),
    [
        pytest.param(
            STANDARD,
            "rural",
            100,
            [1, 13, 0],
            UnknownIndicator,
            "Chuẩn nghèo 2022-2026 không có chỉ số thiếu hụt số 0, 13.",
            id="indicators the standard lacks",
        ),
        pytest.param(
            STANDARD,
            "rural",
            -1,
            [],
            InvalidIncomeScore,
            "Điểm B1 phải là số nguyên từ 0 trở lên.",
            id="negative score",
        ),
        pytest.param(
            STANDARD,
            "rural",
            100.5,
            [],
            InvalidIncomeScore,
            "Điểm B1 phải là số nguyên từ 0 trở lên.",
            id="fraction of a point",
        ),
        pytest.param(
            STANDARD, "rural", None, [], InvalidIncomeScore, "Chưa nhập điểm B1.", id="no score"
        ),
        pytest.param(
            NO_URBAN_LINE,
            "urban",
            100,
            [],
            NoScoreLine,
            "Chuẩn nghèo 2027-2030 chưa có mức điểm B1 cho khu vực thành thị.",
            id="score line not known",
        ),
        pytest.param(
            replace(STANDARD, income_lines=()),
            "rural",
            100,
            [],
            NoScoreLine,
            "Chuẩn nghèo 2022-2026 chưa có mức điểm B1 cho khu vực nông thôn.",
            id="no line at all",
        ),
    ],
)
def test_classify_refuses(standard, setting, income_score, deprivations, error, sentence):
    with pytest.raises(error) as caught:
        classify(standard, setting, income_score, deprivations)

    assert isinstance(caught.value, ScoreRefused)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == sentence


def test_as_json_gives_the_browser_the_whole_standard():
    rules = as_json(NO_URBAN_LINE)

    assert rules["code"] == "2027-2030"
    assert rules["poorFromPoints"] == 30
    assert rules["scoreLines"] == {"rural": 200, "urban": None}
    assert rules["settingLabels"] == {"rural": "nông thôn", "urban": "thành thị"}
    assert rules["indicators"][8] == {
        "number": 9,
        "name": "Nguồn nước sinh hoạt",
        "dimension": "water_sanitation",
        "points": 10,
    }
