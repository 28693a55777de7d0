"""What is late or due soon in the ward, and which units have to do it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from povertyplan.core.models import Unit
from projects.models import Activity, Target
from projects.programme.selectors.activities import open_activities
from projects.targets.selectors import unreported_targets

from .context import DashboardContext
from .review import ReviewStanding

AHEAD = timedelta(days=30)
MOST_LINES = 8
PROJECT = "projects:project_detail"
TARGETS = "reports:target_list"


@dataclass(frozen=True)
class DeadlineLine:
    """One thing with its day, the unit that does it and the page where it stands."""

    name: str
    due_on: date
    unit_name: str
    url: str


@dataclass(frozen=True)
class OwingUnit:
    """A unit with what it owes: targets without a figure, activities that are late."""

    unit: Unit
    targets: int
    activities: int
    targets_url: str

    @property
    def owed(self) -> int:
        return self.targets + self.activities


@dataclass(frozen=True)
class Deadlines:
    """`lines` are the first of all that is `overdue` or due in the coming days."""

    lines: tuple[DeadlineLine, ...]
    overdue: int
    coming: int
    units: tuple[OwingUnit, ...]

    @property
    def left_out(self) -> int:
        return self.overdue + self.coming - len(self.lines)


def deadlines(
    outlook: DashboardContext, review: ReviewStanding | None, year: int
) -> Deadlines | None:
    """Of a whole ward; None for a viewer of some villages. Units owe the targets of the year."""
    if not outlook.covers_ward:
        return None
    activities = open_activities(ward=outlook.ward, until=outlook.today + AHEAD)
    unreported = unreported_targets(outlook.book.targets, outlook.book.reported, outlook.today)
    targets = [target for target in unreported if target.year == year]
    lines = [*_of_review(outlook, review), *_of_activities(outlook, activities)]
    lines.sort(key=lambda line: (line.due_on, line.name))
    overdue = sum(line.due_on < outlook.today for line in lines)
    return Deadlines(
        lines=tuple(lines[:MOST_LINES]),
        overdue=overdue,
        coming=len(lines) - overdue,
        units=tuple(_units(outlook, targets, activities, year)),
    )


def _of_review(outlook: DashboardContext, review: ReviewStanding | None) -> Iterator[DeadlineLine]:
    if review is None or not review.campaign.is_open:
        return
    campaign = review.campaign
    if campaign.closes_on <= outlook.today + AHEAD:
        yield DeadlineLine(str(campaign), campaign.closes_on, "", review.url)


def _of_activities(
    outlook: DashboardContext, activities: Iterable[Activity]
) -> Iterator[DeadlineLine]:
    opens = outlook.opens(PROJECT)
    for activity in activities:
        address = reverse(PROJECT, args=[activity.ward_project.project_id])
        if activity.due_on is not None:
            yield DeadlineLine(
                name=activity.name,
                due_on=activity.due_on,
                unit_name=activity.owner.name if activity.owner else "",
                url=f"{address}?year={activity.year}#activities" if opens else "",
            )


def _units(
    outlook: DashboardContext, targets: Iterable[Target], activities: Iterable[Activity], year: int
) -> list[OwingUnit]:
    """The units that owe something, those that owe most first."""
    lacking = Counter(each.indicator.owner for each in targets if each.indicator.owner)
    late = Counter(
        each.owner
        for each in activities
        if each.owner and each.due_on and each.due_on < outlook.today
    )
    url = reverse(TARGETS, query={"year": year}) if outlook.opens(TARGETS) else ""
    lines = [
        OwingUnit(
            unit=unit,
            targets=lacking[unit],
            activities=late[unit],
            targets_url=url if lacking[unit] else "",
        )
        for unit in {*lacking, *late}
    ]
    return sorted(lines, key=lambda line: (-line.owed, line.unit.name))
