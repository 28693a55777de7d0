"""How far a household is from leaving its list."""

import pytest

from households.choices import PovertyClass
from households.ledger.exits import exit_distance, leaves_when
from households.rules.classification import IndicatorRule, ScoreLine, StandardRules, classify
from povertyplan.core.choices import Setting

RULES = StandardRules(
    code="thu",
    legal_reference="Văn bản thử",
    poor_from_points=30,
    income_lines=(ScoreLine(Setting.RURAL, 140), ScoreLine(Setting.URBAN, None)),
    indicators=tuple(IndicatorRule(number, f"Chỉ số {number}", "", 10) for number in range(1, 13)),
)
POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR


def distance(poverty_class, score, *lacks):
    return exit_distance(RULES, Setting.RURAL, poverty_class, score, lacks)


@pytest.mark.parametrize(
    ("poverty_class", "score", "lacks", "missing", "removals", "nearest"),
    [
        pytest.param(POOR, 140, (1, 5, 9), 1, 1, 1, id="on both lines"),
        pytest.param(POOR, 100, (1, 5, 9), 41, 1, 1, id="one deprivation too many"),
        pytest.param(POOR, 100, (1, 2, 3, 4, 5), 41, 3, 21, id="three too many"),
        pytest.param(NEAR_POOR, 130, (1, 5), 11, None, 11, id="near-poor leaves by income"),
        pytest.param(NEAR_POOR, 150, (), 0, None, 0, id="over the line already"),
    ],
)
def test_exit_distance(poverty_class, score, lacks, missing, removals, nearest):
    found = distance(poverty_class, score, *lacks)

    assert (found.missing_points, found.removals, found.nearest) == (missing, removals, nearest)
    assert [each.number for each in found.blocking] == list(lacks)


@pytest.mark.parametrize("lacks", [(1, 5, 9), (1, 2, 3, 4, 5), tuple(range(1, 13))])
@pytest.mark.parametrize("score", [0, 100, 140])
def test_going_the_distance_is_what_the_rule_of_classes_says(score, lacks):
    found = distance(POOR, score, *lacks)
    kept = lacks[found.removals :]

    assert classify(RULES, Setting.RURAL, score, kept).poverty_class == NEAR_POOR
    assert classify(RULES, Setting.RURAL, score, lacks[found.removals - 1 :]).poverty_class == POOR
    by_income = classify(RULES, Setting.RURAL, score + found.missing_points, lacks)
    assert by_income.poverty_class == NOT_POOR
    assert leaves_when(found.blocking, lacks[: found.removals], RULES.poor_from_points)
    assert not leaves_when(found.blocking, (), RULES.poor_from_points)
