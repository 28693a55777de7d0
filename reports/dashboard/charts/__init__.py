"""Charts as SVG markup: frozen values in, one `<svg>` out. Knows no database and no request.

Colours are classes (`static/css/reports.css`, `records.css`), never literals: a chart follows the
theme and prints in black. What a colour says, a dash, an outline or a word says too. Lengths are
units of the view box; the width on screen is the style sheet's affair.
"""

from .bullets import Bullet, bullet
from .dimension_bars import (
    DIMENSION_TRACK,
    DimensionBar,
    DimensionChart,
    DimensionGroup,
    dimensions,
)
from .roadmaps import PLOT_BOTTOM, RoadmapChart, RoadmapPoint, nice_step, roadmap

__all__ = [
    "DIMENSION_TRACK",
    "PLOT_BOTTOM",
    "Bullet",
    "DimensionBar",
    "DimensionChart",
    "DimensionGroup",
    "RoadmapChart",
    "RoadmapPoint",
    "bullet",
    "dimensions",
    "nice_step",
    "roadmap",
]
