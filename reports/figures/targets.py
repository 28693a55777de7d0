"""What is promised for a year, and what was reached."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from projects.choices import Measure, TargetOperator
from projects.models import Indicator, Target
from projects.rules.progress import level_of

from . import within_year
from .figure import PERCENT, RATE_DECIMALS, Figure
from .times import read_time

if TYPE_CHECKING:
    from .registry import FigureRegistry

NO_TARGET = "Chưa có chỉ tiêu {} của năm {}."
NO_ACTUAL = "Chưa có số liệu thực hiện {} của {}."
NO_ESTIMATE = "Chưa có số ước thực hiện {} của {}."


def _target_unit(indicator: Indicator) -> str:
    return PERCENT if indicator.measure == Measure.PERCENT else indicator.measure_unit


def target(book: "FigureRegistry", name: str, code: str, year: str) -> Figure:
    promise = book.target(code, int(year))
    low = _target_value(promise)
    if promise is None or low is None:
        return Figure(name, None, reason=NO_TARGET.format(code, year))
    return Figure(name, low, _target_unit(promise.indicator), **_target_origin(promise))


def target_rate(book: "FigureRegistry", name: str, code: str, year: str) -> Figure:
    promise = book.target(code, int(year))
    if promise is None or promise.rate is None:
        return Figure(name, None, PERCENT, reason=NO_TARGET.format(code, year))
    return Figure(name, promise.rate, PERCENT, **_target_origin(promise))


def target_reduction(book: "FigureRegistry", name: str, code: str, year: str) -> Figure:
    """What the year before reached less what the target leaves at most."""
    promise = book.target(code, int(year))
    if promise is None or _target_value(promise) is None:
        return Figure(name, None, reason=NO_TARGET.format(code, year))
    is_count = promise.indicator.measure == Measure.COUNT
    low = level_of(promise.operator, promise.low, is_count=is_count)
    before = book.reached(promise.indicator, int(year) - 1)
    unit = _target_unit(promise.indicator)
    if before is None or before.value is None or low is None:
        return Figure(name, None, unit, reason=NO_ACTUAL.format(code, f"năm {int(year) - 1}"))
    return Figure(name, _whole(before.value - low), unit, **_target_origin(promise))


def _target_value(target: Target | None) -> int | Decimal | None:
    if target is None:
        return None
    return 0 if target.operator == TargetOperator.NONE_LEFT else _whole(target.low)


def _target_origin(target: Target) -> dict:
    by = f", {target.assigned_by} giao" if target.assigned_by else ""
    return {
        "source": f"Chỉ tiêu “{target.indicator.name}” năm {target.year}{by}",
        "url": f"{reverse('reports:target_list')}?{urlencode({'year': target.year})}",
    }


def actual(book: "FigureRegistry", name: str, code: str, year: str) -> Figure:
    indicator, when = book.indicators.get(code), read_time(year)
    reached = book.reached_at(indicator, when) if indicator else None
    if indicator is None or reached is None:
        return Figure(name, None, reason=NO_ACTUAL.format(code, when.words))
    return Figure(
        name,
        _whole(reached.value),
        _target_unit(indicator),
        as_of=reached.as_of,
        source=reached.source,
        url=reached.url,
        decimals=RATE_DECIMALS,
    )


def estimate(book: "FigureRegistry", name: str, code: str, time: str) -> Figure:
    """What the unit expects of the whole of a time that was not over when it reported."""
    indicator, when = book.indicators.get(code), read_time(time)
    found = within_year.estimated(book, indicator, when) if indicator else None
    if indicator is None or found is None:
        return Figure(name, None, reason=NO_ESTIMATE.format(code, when.words))
    value, source = found
    return Figure(
        name, _whole(value), _target_unit(indicator), source=source, decimals=RATE_DECIMALS
    )


def _whole(value: Decimal | None) -> int | Decimal | None:
    """An int where nothing is lost, so that a count prints as a count."""
    if value is not None and value == value.to_integral_value():
        return int(value)
    return value
