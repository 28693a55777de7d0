"""Component projects with units, money, supports, handovers; indicators, targets and actuals."""

from .activity import Activity
from .budget import BudgetEntry, SpendingPeriod
from .component import ComponentProject, Programme, ProjectUnit, WardProject
from .handover import Handover, HandoverKind, HandoverList, HandoverRow
from .support import Support, SupportKind
from .target import Actual, Indicator, Target

__all__ = [
    "Activity",
    "Actual",
    "BudgetEntry",
    "ComponentProject",
    "Handover",
    "HandoverKind",
    "HandoverList",
    "HandoverRow",
    "Indicator",
    "Programme",
    "ProjectUnit",
    "SpendingPeriod",
    "Support",
    "SupportKind",
    "Target",
    "WardProject",
]
