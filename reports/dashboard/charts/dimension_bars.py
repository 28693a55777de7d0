"""Deprived households of each indicator, in groups by dimension (chiều thiếu hụt)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from povertyplan.core.text.formatting import number, percent

from .drawing import length, svg

DIMENSION_WIDTH = 360
DIMENSION_TRACK = 250
GROUP_HEIGHT, BAR_HEIGHT = 24, 34


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
    return svg(chart, DIMENSION_WIDTH, y, body)


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
        *(y + 16, length(poor)),
        *(length(poor), length(y + 16.5), length(both - poor)),
        *(DIMENSION_TRACK + 8, y + 25, number(bar.poor + bar.near_poor), percent(share, 0)),
    )
    if bar.last_percent is None:
        return bars
    tick = length(_track(bar.last_percent))
    return format_html(
        '{}<line class="stroke-ink" stroke-width="2" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        *(bars, tick, tick, y + 13, y + 28),
    )


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) * 100 / whole if whole else Decimal(0)


def _track(share: Decimal) -> Decimal:
    return DIMENSION_TRACK * min(share, Decimal(100)) / 100
