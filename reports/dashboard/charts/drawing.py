"""What every chart is drawn with."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

FONT = "Segoe UI, Roboto, Noto Sans, Liberation Sans, system-ui, Arial, sans-serif"


def svg(chart, width: int, height: int, body: SafeString) -> SafeString:
    """A whole chart, told by its title and description to who cannot see it."""
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


def length(value: float | Decimal | int) -> str:
    """A coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")
