"""Component projects with their units and money; indicators with yearly targets and actuals."""

from .activity import Activity
from .budget import BudgetEntry, SpendingPeriod
from .component import ComponentProject, Programme, ProjectUnit, WardProject
from .target import Actual, Indicator, Target

__all__ = [
    "Activity",
    "Actual",
    "BudgetEntry",
    "ComponentProject",
    "Indicator",
    "Programme",
    "ProjectUnit",
    "SpendingPeriod",
    "Target",
    "WardProject",
]
