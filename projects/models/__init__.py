"""Component projects with their units, indicators with their yearly targets and actuals."""

from .activity import Activity
from .component import ComponentProject, Programme, ProjectUnit, WardProject
from .target import Actual, Indicator, Target

__all__ = [
    "Activity",
    "Actual",
    "ComponentProject",
    "Indicator",
    "Programme",
    "ProjectUnit",
    "Target",
    "WardProject",
]
