"""What a target may promise: every operator, and each thing that cannot be."""

from decimal import Decimal

import pytest

from projects.choices import TargetOperator
from projects.rules import promises
from projects.rules.promises import Promise, promise_faults

COUNT, RATE = True, False


def promise(operator, low=None, high=None, **more):
    figures = {
        name: None if value is None else Decimal(value)
        for name, value in more.items()
        if name == "rate"
    }
    words = {name: value for name, value in more.items() if name != "rate"}
    low, high = (None if value is None else Decimal(value) for value in (low, high))
    return Promise(operator, low, high, **figures, **words)


@pytest.mark.parametrize(
    "promised",
    [
        promise("equal", "12"),
        promise("at_least", "0"),
        promise("at_most", "12"),
        promise("below", "77"),
        promise("about", "9"),
        promise("range", "6", "9"),
        promise("range", "6", "6"),
        promise("reduce_by", "9"),
        promise("reduce_least", "9"),
        promise("reduce_range", "6", "9"),
        promise("reduce_year", "1.5"),
        promise("level", "12", rate_operator="equal", rate="0.15"),
        promise("none_left"),
        promise("qualitative", note="Giữ vững kết quả"),
    ],
    ids=lambda promised: promised.operator,
)
def test_what_plans_promise_is_accepted(promised):
    assert promise_faults(promised, is_count=COUNT) == {}


def test_every_operator_is_tried_above():
    marks = test_what_plans_promise_is_accepted.pytestmark
    assert {each.operator for each in marks[0].args[1]} == set(TargetOperator)


@pytest.mark.parametrize(
    ("promised", "is_count", "faults"),
    [
        (promise("", "12"), COUNT, {"operator": promises.OPERATOR_MISSING}),
        (promise("equal"), COUNT, {"low": promises.FIGURE_MISSING}),
        (promise("none_left", "1"), COUNT, {"low": promises.NO_FIGURE_WANTED}),
        (promise("qualitative"), COUNT, {"note": promises.WORDS_MISSING}),
        (promise("equal", "-1"), COUNT, {"low": promises.NEGATIVE}),
        (promise("equal", "1.5"), COUNT, {"low": promises.NOT_WHOLE}),
        (promise("equal", "100.01"), RATE, {"low": promises.OVER_HUNDRED}),
        (promise("below", "0"), COUNT, {"low": promises.BELOW_NOTHING}),
        (promise("range", "6"), COUNT, {"high": promises.UPPER_END_MISSING}),
        (promise("range", "6", "5"), COUNT, {"high": promises.UPPER_END_TOO_LOW}),
        (promise("range", "6", "6.5"), COUNT, {"high": promises.NOT_WHOLE}),
        (promise("reduce_by", "0"), COUNT, {"low": promises.REDUCES_NOTHING}),
        (promise("reduce_year", "-1.5"), COUNT, {"low": promises.NEGATIVE}),
        (promise("reduce_range", "6"), COUNT, {"high": promises.UPPER_END_MISSING}),
        (promise("reduce_least", "6", "7"), COUNT, {"high": promises.UPPER_END_OF_NO_RANGE}),
        (promise("equal", "6", "7"), COUNT, {"high": promises.UPPER_END_OF_NO_RANGE}),
        (promise("level", "6", rate="1"), COUNT, {"rate_operator": promises.RATE_OPERATOR_MISSING}),
        (promise("level", "6", rate_operator="equal"), COUNT, {"rate": promises.RATE_MISSING}),
        (
            promise("level", "6", rate_operator="range", rate="1"),
            COUNT,
            {"rate_operator": promises.NOT_FOR_RATES},
        ),
        (
            promise("level", "6", rate_operator="equal", rate="101"),
            COUNT,
            {"rate": promises.OVER_HUNDRED},
        ),
        (
            promise("equal", "98", rate_operator="equal", rate="1"),
            RATE,
            {"rate_operator": promises.RATE_OF_A_RATE},
        ),
    ],
)
def test_what_cannot_be_is_named_at_its_field(promised, is_count, faults):
    assert promise_faults(promised, is_count=is_count) == faults
