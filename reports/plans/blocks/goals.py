"""Targets as a document promises them in sentences; the words that tables share."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from projects.choices import Direction, Measure, TargetOperator
from projects.models import Target
from projects.rules.progress import target_text
from reports.models import Block
from reports.printing import tree

from .document_data import DocumentData
from .prose import DEEPEST_LEVEL

PERCENT = "%"

VERBS: Mapping[str, str] = {
    TargetOperator.EQUAL: "đạt",
    TargetOperator.AT_LEAST: "đạt từ",
    TargetOperator.ABOUT: "đạt",
    TargetOperator.RANGE: "đạt",
}
"""What joins a name and its figure; the words of the other operators speak for themselves."""


def goal_list(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """The targets of some years as sentences, under the dimension each belongs to."""
    years = block.parameters["years"]
    chosen = _chosen(materials, years, block.parameters.get("dimensions"))
    groups = [
        (dimension, list(targets))
        for dimension, targets in groupby(chosen, key=lambda target: target.indicator.dimension)
    ]
    body: list[tree.Block] = []
    for dimension, targets in groups:
        if len(groups) > 1:
            body.append(tree.Heading(min(level, DEEPEST_LEVEL), dimension))
        body += [tree.Dash(tree.ended(goal_sentence(target), ".")) for target in targets]
    return tuple(body)


def goal_sentence(target: Target) -> str:
    """A target in one sentence: "Tỷ lệ … đạt từ 98% trở lên", "Hộ nghèo còn 12 hộ (0,15%)"."""
    indicator = target.indicator
    if target.operator == TargetOperator.QUALITATIVE:
        return target.note or indicator.name
    rate = _rate_words(target)
    if target.operator == TargetOperator.NONE_LEFT:
        return f"Không còn {indicator.counted_name}"
    if target.low is None:
        return f"{indicator.rate_name} {rate}"
    count = f"{_verb(target)} {_figure_words(target)}".strip()
    return f"{indicator.name} {count}{f' ({rate})' if rate else ''}"


def bare_target(operator: str, low, high, measure_unit: str) -> str:
    """A target for a table cell whose unit stands elsewhere: "12", "từ 98 trở lên", "dưới 0,2"."""
    if operator == TargetOperator.NONE_LEFT:
        return "0"
    if operator == TargetOperator.LEVEL:
        operator = TargetOperator.EQUAL
    unit = PERCENT if measure_unit == PERCENT else ""
    text = target_text(TargetOperator(operator), low, high, unit, padded=False)
    text = text.replace(PERCENT, "")
    return f"từ {text}" if operator == TargetOperator.AT_LEAST else text


def _chosen(materials: DocumentData, years: Sequence[int], dimensions) -> list[Target]:
    """Targets of the years in the order of their indicators, dimension by dimension."""
    targets = [target for target in materials.book.targets.values() if target.year in years]
    targets.sort(key=lambda target: (target.indicator.order, target.indicator_id, target.year))
    order = dimensions or list(dict.fromkeys(target.indicator.dimension for target in targets))
    return [
        target
        for dimension in order
        for target in targets
        if target.indicator.dimension == dimension
    ]


def _verb(target: Target) -> str:
    if target.operator == TargetOperator.EQUAL and target.indicator.direction == Direction.DOWN:
        return "còn"
    return VERBS.get(target.operator, "")


def _figure_words(target: Target) -> str:
    percent = target.indicator.measure == Measure.PERCENT
    unit = PERCENT if percent else target.indicator.measure_unit
    return target_text(TargetOperator(target.operator), target.low, target.high, unit)


def _rate_words(target: Target) -> str:
    """The rate beside a count, or instead of one; "còn" is said once, of the count."""
    if target.rate is None:
        return ""
    operator = TargetOperator(target.rate_operator)
    if operator == TargetOperator.LEVEL:
        operator = TargetOperator.EQUAL
    return target_text(operator, target.rate, None, PERCENT)


def has_count(target: Target) -> bool:
    return target.operator == TargetOperator.NONE_LEFT or target.low is not None
