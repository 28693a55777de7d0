"""Actual against plan over the years (lộ trình)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from povertyplan.core.text.formatting import number

from .drawing import length, svg

ROADMAP_WIDTH, ROADMAP_HEIGHT = 360, 190
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 30, 296, 16, 164
NICE_STEPS = (1, 2, 5)
MOST_STEPS = 4


@dataclass(frozen=True)
class RoadmapPoint:
    """One year of a road map; a value that is not known is None."""

    year: int
    actual: int | None = None
    planned: int | None = None


@dataclass(frozen=True)
class RoadmapChart:
    """Actual against plan over the years (lộ trình). `name` is an id, unique on its page.

    `breaks` are the years from which another poverty standard holds: no line crosses them.
    """

    name: str
    title: str
    description: str
    points: tuple[RoadmapPoint, ...]
    breaks: tuple[int, ...] = ()


def roadmap(chart: RoadmapChart) -> SafeString:
    """Actual as a solid line, plan dashed, both from zero, with words at their ends."""
    actual = [(point.year, point.actual) for point in chart.points if point.actual is not None]
    planned = _planned_line(chart.points)
    highest = max([value for _, value in actual + planned], default=0)
    step = nice_step(highest)
    top = max(step * -(-highest // step), step)
    place = _Places(chart.points[0].year, chart.points[-1].year, top)
    body = format_html(
        "{}{}{}{}{}",
        _grid(place, range(0, top + 1, step)),
        _years(place, chart.points),
        _breaks(place, chart.breaks),
        _lines(place, _parts(planned, chart.breaks), "stroke-5", dashed=True),
        _lines(place, _parts(actual, chart.breaks), "stroke-1"),
    )
    ends = format_html(
        "{}{}", _plan_end(place, planned), _actual_end(place, actual, _value_of(planned, actual))
    )
    return svg(chart, ROADMAP_WIDTH, ROADMAP_HEIGHT, format_html("{}{}", body, ends))


@dataclass(frozen=True)
class _Places:
    """Where a year and a value stand in the plot."""

    first_year: int
    last_year: int
    top: int

    def x(self, year: int) -> str:
        span = max(self.last_year - self.first_year, 1)
        return length(PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * (year - self.first_year) / span)

    def x_before(self, year: int) -> str:
        """Half way to the year before."""
        return length((float(self.x(year - 1)) + float(self.x(year))) / 2)

    def y(self, value: int) -> str:
        return length(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * value / self.top)


def _planned_line(points: Sequence[RoadmapPoint]) -> list[tuple[int, int]]:
    """The plan, led off by the last actual before it: the baseline it starts from."""
    planned = [(point.year, point.planned) for point in points if point.planned is not None]
    if planned:
        before = [point for point in points if point.year < planned[0][0]]
        known = [(point.year, point.actual) for point in before if point.actual is not None]
        planned = known[-1:] + planned
    return planned


def _parts(values: Sequence[tuple[int, int]], breaks: Sequence[int]) -> list[list[tuple[int, int]]]:
    """The values cut where another standard begins.

    >>> _parts([(2025, 9), (2026, 5), (2027, 40)], [2027])
    [[(2025, 9), (2026, 5)], [(2027, 40)]]
    """
    edges = [0, *breaks, 10_000]
    cut = [[each for each in values if first <= each[0] < end] for first, end in pairwise(edges)]
    return [part for part in cut if part]


def nice_step(value: int) -> int:
    """A round distance (1, 2 or 5 times a power of ten) that cuts `value` into four or less."""
    power = 1
    while power * NICE_STEPS[-1] * MOST_STEPS < value:
        power *= 10
    return next(step * power for step in NICE_STEPS if step * power * MOST_STEPS >= value)


def _grid(place: _Places, values: Iterable[int]) -> SafeString:
    lines = format_html_join(
        "",
        '<line class="stroke-line" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="muted" x="{}" y="{}" dy="4" text-anchor="end">{}</text>',
        (
            (
                PLOT_LEFT,
                PLOT_RIGHT,
                *[place.y(value)] * 2,
                PLOT_LEFT - 5,
                place.y(value),
                number(value),
            )
            for value in values
        ),
    )
    return format_html("<g>{}</g>", lines)


def _years(place: _Places, points: Iterable[RoadmapPoint]) -> SafeString:
    return format_html_join(
        "",
        '<text class="muted" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((place.x(point.year), PLOT_BOTTOM + 18, point.year) for point in points),
    )


def _breaks(place: _Places, years: Iterable[int]) -> SafeString:
    """An upright line before the first year of another standard."""
    return format_html_join(
        "",
        '<line class="stroke-line" stroke-dasharray="2 3" x1="{x}" x2="{x}" y1="{top}" y2="{end}"/>'
        '<text class="muted" x="{x}" y="{top}" dx="-4" dy="-4" text-anchor="end">Đổi chuẩn</text>',
        ({"x": place.x_before(year), "top": PLOT_TOP, "end": PLOT_BOTTOM} for year in years),
    )


def _lines(place: _Places, parts, css: str, *, dashed=False) -> SafeString:
    drawn = ((_line(place, part, css, dashed=dashed),) for part in parts)
    return format_html_join("", "{}", drawn)


def _line(place: _Places, values, css: str, *, dashed=False) -> str:
    if len(values) < 2:
        return ""
    return format_html(
        '<polyline class="{}" fill="none" stroke-width="2" stroke-dasharray="{}" points="{}"/>',
        css,
        "5 4" if dashed else "none",
        " ".join(f"{place.x(year)},{place.y(value)}" for year, value in values),
    )


def _plan_end(place: _Places, planned) -> str:
    if not planned:
        return ""
    year, value = planned[-1]
    return format_html(
        '<text class="muted" x="{x}" y="{y}" dy="-9">Kế hoạch</text>'
        '<text class="muted" x="{x}" y="{y}" dy="5">{value}</text>',
        x=length(float(place.x(year)) + 6),
        y=place.y(value),
        value=number(value),
    )


def _actual_end(place: _Places, actual, planned_there: int | None) -> str:
    """The last actual with its marker; its words stand above it and above the plan's line."""
    if not actual:
        return ""
    year, value = actual[-1]
    return format_html(
        '<circle class="fill-1" cx="{x}" cy="{y}" r="4"/>'
        '<text class="strong" x="{text_x}" y="{text_y}" dy="-7">Thực hiện {value}</text>',
        x=place.x(year),
        y=place.y(value),
        text_x=length(float(place.x(year)) + 6),
        text_y=place.y(max(value, planned_there or 0)),
        value=number(value),
    )


def _value_of(planned, actual) -> int | None:
    """What the plan says for the year of the last actual."""
    return dict(planned).get(actual[-1][0]) if actual else None
