"""Component projects with units, duties, money, livelihoods, supports, what follows; targets."""

from .activity import Activity
from .budget import BudgetEntry, SpendingPeriod
from .component import ComponentProject, Programme, ProjectUnit, WardProject
from .donation import DonationEntry
from .duty import UnitDuty
from .handover import Handover, HandoverKind, HandoverList, HandoverRow
from .livelihood import Livelihood, LivelihoodMember, LivelihoodProcedure, LivelihoodStep
from .publicity import Publication, PublicationRule
from .support import Support, SupportKind
from .target import Actual, Indicator, Target

__all__ = [
    "Activity",
    "Actual",
    "BudgetEntry",
    "ComponentProject",
    "DonationEntry",
    "Handover",
    "HandoverKind",
    "HandoverList",
    "HandoverRow",
    "Indicator",
    "Livelihood",
    "LivelihoodMember",
    "LivelihoodProcedure",
    "LivelihoodStep",
    "Programme",
    "ProjectUnit",
    "Publication",
    "PublicationRule",
    "SpendingPeriod",
    "Support",
    "SupportKind",
    "Target",
    "UnitDuty",
    "WardProject",
]
