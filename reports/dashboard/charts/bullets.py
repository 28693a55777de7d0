"""One target as a bar: how far an indicator came on its way."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .drawing import FONT, length

BULLET_WIDTH, BULLET_HEIGHT = 160, 18
BULLET_LOWEST, BULLET_HIGHEST = Decimal(-25), Decimal(125)


@dataclass(frozen=True)
class Bullet:
    """How far an indicator came on its way from baseline (0) to target (100), in percent.

    `expected_percent` is where the road map puts it today. Below zero: worse than the baseline.
    """

    name: str
    title: str
    done_percent: Decimal
    expected_percent: Decimal | None = None


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
        *(length(min(zero, done)), length(abs(done - zero))),
        *(length(zero), length(zero)),
        *[length(_bullet_x(Decimal(100)))] * 2,
    )
    if chart.expected_percent is not None:
        place = length(_bullet_x(chart.expected_percent))
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
