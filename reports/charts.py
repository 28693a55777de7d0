"""Charts as SVG markup: frozen values in, one `<svg>` out. Knows no database and no request.

Colours are classes (`static/css/reports.css`, `records.css`), never literals: a chart follows the
theme and prints in black. What a colour says, a dash, an outline or a word says too. Lengths are
units of the view box; the width on screen is the style sheet's affair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from povertyplan.core.formatting import number, percent

FONT = "Segoe UI, Roboto, Noto Sans, Liberation Sans, system-ui, Arial, sans-serif"
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
    """Actual against plan over the years (lộ trình). `name` is an id, unique on its page."""

    name: str
    title: str
    description: str
    points: tuple[RoadmapPoint, ...]


@dataclass(frozen=True)
class Bullet:
    """How far an indicator came on its way from baseline (0) to target (100), in percent.

    `expected_percent` is where the road map puts it today. Below zero: worse than the baseline.
    """

    name: str
    title: str
    done_percent: Decimal
    expected_percent: Decimal | None = None


@dataclass(frozen=True)
class DimensionBar:
    """Deprived households of one indicator: the counted ones of this year, the share of last."""

    label: str
    poor: int
    near_poor: int
    last_percent: Decimal | None = None


@dataclass(frozen=True)
class DimensionGroup:
    """The bars of one dimension of deprivation (chiều thiếu hụt)."""

    label: str
    bars: tuple[DimensionBar, ...]


@dataclass(frozen=True)
class DimensionChart:
    """Share of `households` poor and near-poor households deprived in each indicator."""

    name: str
    title: str
    description: str
    households: int
    groups: tuple[DimensionGroup, ...]


# Road map ----------------------------------------------------------------------------------

ROADMAP_WIDTH, ROADMAP_HEIGHT = 360, 190
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 30, 296, 16, 164


def roadmap(chart: RoadmapChart) -> SafeString:
    """Actual as a solid line, plan dashed, both from zero, with words at their ends."""
    actual = [(point.year, point.actual) for point in chart.points if point.actual is not None]
    planned = _planned_line(chart.points)
    highest = max([value for _, value in actual + planned], default=0)
    step = nice_step(highest)
    top = max(step * -(-highest // step), step)
    place = _Places(chart.points[0].year, chart.points[-1].year, top)
    body = format_html(
        "{}{}{}{}",
        _grid(place, range(0, top + 1, step)),
        _years(place, chart.points),
        _line(place, planned, "stroke-5", dashed=True),
        _line(place, actual, "stroke-1"),
    )
    ends = format_html(
        "{}{}", _plan_end(place, planned), _actual_end(place, actual, _value_of(planned, actual))
    )
    return _svg(chart, ROADMAP_WIDTH, ROADMAP_HEIGHT, format_html("{}{}", body, ends))


@dataclass(frozen=True)
class _Places:
    """Where a year and a value stand in the plot."""

    first_year: int
    last_year: int
    top: int

    def x(self, year: int) -> str:
        span = max(self.last_year - self.first_year, 1)
        return _length(PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * (year - self.first_year) / span)

    def y(self, value: int) -> str:
        return _length(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * value / self.top)


def _planned_line(points: Sequence[RoadmapPoint]) -> list[tuple[int, int]]:
    """The plan, led off by the last actual before it: the baseline it starts from."""
    planned = [(point.year, point.planned) for point in points if point.planned is not None]
    if planned:
        before = [point for point in points if point.year < planned[0][0]]
        known = [(point.year, point.actual) for point in before if point.actual is not None]
        planned = known[-1:] + planned
    return planned


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
        x=_length(float(place.x(year)) + 6),
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
        text_x=_length(float(place.x(year)) + 6),
        text_y=place.y(max(value, planned_there or 0)),
        value=number(value),
    )


def _value_of(planned, actual) -> int | None:
    """What the plan says for the year of the last actual."""
    return dict(planned).get(actual[-1][0]) if actual else None


# Bullet ------------------------------------------------------------------------------------

BULLET_WIDTH, BULLET_HEIGHT = 160, 18
BULLET_LOWEST, BULLET_HIGHEST = Decimal(-25), Decimal(125)


def bullet(chart: Bullet) -> SafeString:
    """A band, the bar of what is done, a tick at the target, a thin mark where it should be."""
    zero = _bullet_x(Decimal(0))
    done = _bullet_x(chart.done_percent)
    marks = format_html(
        '<rect class="fill-band" x="0" y="3" width="{}" height="12"/>'
        '<rect class="fill-1" x="{}" y="6" width="{}" height="6"/>'
        '<line class="stroke-line" x1="{}" x2="{}" y1="1" y2="17"/>'
        '<line class="stroke-ink" stroke-width="3" x1="{}" x2="{}" y1="1" y2="17"/>',
        BULLET_WIDTH,
        *(_length(min(zero, done)), _length(abs(done - zero))),
        *(_length(zero), _length(zero)),
        *[_length(_bullet_x(Decimal(100)))] * 2,
    )
    if chart.expected_percent is not None:
        place = _length(_bullet_x(chart.expected_percent))
        marks = format_html(
            '{}<line class="stroke-ink" stroke-dasharray="2 2" x1="{}" x2="{}" y1="1" y2="17"/>',
            *(marks, place, place),
        )
    return format_html(
        '<svg class="chart-bullet" role="img" aria-labelledby="{name}-title"'
        ' viewBox="0 0 {width} {height}" font-family="{font}">'
        '<title id="{name}-title">{title}</title>{marks}</svg>',
        name=chart.name,
        width=BULLET_WIDTH,
        height=BULLET_HEIGHT,
        font=FONT,
        title=chart.title,
        marks=marks,
    )


def _bullet_x(value: Decimal) -> Decimal:
    """Place of a percentage; what lies off the scale stands at its end."""
    held = max(BULLET_LOWEST, min(BULLET_HIGHEST, value))
    return BULLET_WIDTH * (held - BULLET_LOWEST) / (BULLET_HIGHEST - BULLET_LOWEST)


# Dimensions --------------------------------------------------------------------------------

DIMENSION_WIDTH = 360
DIMENSION_TRACK = 250
GROUP_HEIGHT, BAR_HEIGHT = 24, 34


def dimensions(chart: DimensionChart) -> SafeString:
    """Bars of poor (solid) and near-poor (outlined) households, last year as a tick."""
    pieces, y = [], 0
    for group in chart.groups:
        y += GROUP_HEIGHT
        pieces.append(
            format_html('<text class="strong" x="0" y="{}">{}</text>', y - 7, group.label)
        )
        for bar in group.bars:
            pieces.append(_dimension_bar(bar, chart.households, y))
            y += BAR_HEIGHT
    body = format_html_join("", "{}", ((piece,) for piece in pieces))
    return _svg(chart, DIMENSION_WIDTH, y, body)


def _dimension_bar(bar: DimensionBar, households: int, y: int) -> SafeString:
    share = _share(bar.poor + bar.near_poor, households)
    poor = _track(_share(bar.poor, households))
    both = _track(share)
    bars = format_html(
        '<text x="0" y="{}">{}</text>'
        '<rect class="fill-band" x="0" y="{}" width="{}" height="9"/>'
        '<rect class="fill-1" x="0" y="{}" width="{}" height="9"/>'
        '<rect class="fill-soft stroke-1" x="{}" y="{}" width="{}" height="8"/>'
        '<text x="{}" y="{}">{} hộ ({})</text>',
        *(y + 11, bar.label),
        *(y + 16, DIMENSION_TRACK),
        *(y + 16, _length(poor)),
        *(_length(poor), _length(y + 16.5), _length(both - poor)),
        *(DIMENSION_TRACK + 8, y + 25, number(bar.poor + bar.near_poor), percent(share, 0)),
    )
    if bar.last_percent is None:
        return bars
    tick = _length(_track(bar.last_percent))
    return format_html(
        '{}<line class="stroke-ink" stroke-width="2" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        *(bars, tick, tick, y + 13, y + 28),
    )


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) * 100 / whole if whole else Decimal(0)


def _track(share: Decimal) -> Decimal:
    return DIMENSION_TRACK * min(share, Decimal(100)) / 100


# Every chart -------------------------------------------------------------------------------


def _svg(chart, width: int, height: int, body: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc"'
        ' viewBox="0 0 {width} {height}" font-family="{font}" font-size="12">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
        "{body}</svg>",
        name=chart.name,
        width=width,
        height=height,
        font=FONT,
        title=chart.title,
        description=chart.description,
        body=body,
    )


def _length(value: float | Decimal | int) -> str:
    """A coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")
