"""A form under another standard: each limit, what nobody asked, what is recorded otherwise."""

import random
from dataclasses import replace

import pytest

from households.choices import NoClass, PovertyClass
from households.ledger.simulation import (
    EnteredForm,
    answered_by,
    reviewed_setting,
    simulate_class,
    unasked_indicators,
)
from households.rules.classification import IndicatorRule, ScoreLine, classify
from povertyplan.core.choices import Setting
from tests.households.standards import STANDARD

POOR, NEAR_POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
WASTE = IndicatorRule(12, "Xử lý rác thải", "water_sanitation", 10)
NEXT = replace(
    STANDARD,
    code="2027-2030",
    income_lines=(ScoreLine(Setting.RURAL, 160), ScoreLine(Setting.URBAN, None)),
    indicators=(*STANDARD.indicators[:11], WASTE),
)


def form(score, *deprivations, computed=NOT_POOR, recorded=None):
    return EnteredForm(score, frozenset(deprivations), computed, recorded or computed)


def outcome(entered, setting="rural", standard=NEXT):
    return simulate_class(entered, standard, setting, answered_by(STANDARD, standard))


@pytest.mark.parametrize(
    ("score", "deprivations", "expected"),
    [
        (161, (1, 2, 3, 4), NOT_POOR),
        (160, (1, 2, 3), POOR),
        (160, (1, 2), NoClass.MISSING),
        (160, (1,), NEAR_POOR),
        # What the new standard does not ask any more counts for nothing.
        (160, (1, 2, 12), NoClass.MISSING),
        (160, (1, 12), NEAR_POOR),
        (0, (), NEAR_POOR),
    ],
)
def test_a_class_stands_only_where_the_answers_decide_it(score, deprivations, expected):
    assert outcome(form(score, *deprivations)).value == expected


def test_the_missing_answers_are_named():
    assert outcome(form(100, 1, 2)).missing == (WASTE,)
    assert unasked_indicators(NEXT, answered_by(STANDARD, NEXT)) == [WASTE]


def test_without_a_score_line_nobody_is_classified():
    assert outcome(form(0, 1, 2, 3), "urban").value == NoClass.NO_LINE
    assert outcome(form(900), "urban", replace(NEXT, income_lines=())).value == NoClass.NO_LINE


def test_what_was_recorded_otherwise_stays_while_it_is_computed_alike():
    kept = form(170, computed=NOT_POOR, recorded=PovertyClass.AVERAGE_LIVING)
    assert outcome(kept).value == PovertyClass.AVERAGE_LIVING
    moved = form(150, computed=NOT_POOR, recorded=PovertyClass.AVERAGE_LIVING)
    assert outcome(moved).value == NEAR_POOR


def test_a_village_listed_otherwise_since_is_read_in_its_setting_of_then():
    entered = [form(150, computed=NEAR_POOR), form(180, computed=NOT_POOR)]
    assert reviewed_setting(entered, STANDARD, "rural") == "urban"
    assert reviewed_setting(entered, STANDARD, "urban") == "urban"
    # Nothing explains these: today's stays.
    assert reviewed_setting([form(10, computed=NOT_POOR)], STANDARD, "rural") == "rural"


def test_its_own_standard_leads_every_form_to_its_recognised_class():
    chance = random.Random(13)
    for _each in range(2000):
        score, setting = chance.randint(0, 300), chance.choice(["rural", "urban"])
        lacking = frozenset(chance.sample(range(1, 13), chance.randint(0, 12)))
        computed = classify(STANDARD, setting, score, lacking).poverty_class
        recorded = chance.choice([computed, computed, chance.choice(list(PovertyClass))])
        entered = EnteredForm(score, lacking, computed, recorded)
        assert outcome(entered, setting, STANDARD).value == recorded
