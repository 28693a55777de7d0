"""Component projects with units, money and supports; indicators with targets and actuals."""

from .activity import Activity
from .budget import BudgetEntry, SpendingPeriod
from .component import ComponentProject, Programme, ProjectUnit, WardProject
from .support import Support, SupportKind
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
    "Support",
    "SupportKind",
    "Target",
    "WardProject",
]
