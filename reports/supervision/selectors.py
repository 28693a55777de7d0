"""Findings as a reader sees them."""

from households.models import Household
from povertyplan.core.models import Area, User
from reports.models import SupervisionFinding
from reports.models.supervision import SupervisionFindingQuerySet

RELATED = (
    "ward",
    "unit",
    "household__village",
    "indicator",
    "posting__village",
    "posting__campaign",
    "ward_project__project",
    "recorded_by",
    "answered_by",
    "withdrawn_by",
)


def findings_of(user: User) -> SupervisionFindingQuerySet:
    return SupervisionFinding.objects.visible_to(user).select_related(*RELATED)


def findings_of_year(user: User, ward: Area, year: int) -> list[SupervisionFinding]:
    """What was found in a year, the latest first."""
    rows = findings_of(user).filter(ward=ward, found_on__year=year)
    return list(rows.order_by("-found_on", "-pk"))


def findings_about(user: User, household: Household) -> list[SupervisionFinding]:
    rows = findings_of(user).filter(household=household)
    return list(rows.order_by("-found_on", "-pk"))
