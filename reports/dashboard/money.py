"""The money of the year by project on the dashboard: the slowest to spend first."""

from dataclasses import dataclass

from django.urls import reverse

from povertyplan.core.text import formatting
from projects.money.presenters import describe_pace
from projects.money.selectors import ProjectMoney, YearMoney, year_money
from reports.dashboard import charts
from reports.figures import words

from .context import DashboardContext

MONEY = "projects:money_year"
MOST_PROJECTS = 5


@dataclass(frozen=True)
class MoneyLine:
    """A project with what it may spend and has spent of that; without a rate it has no bar.

    `unallocated` is what it spent of sources of which nothing was allocated, empty where nothing.
    """

    label: str
    name: str
    url: str
    available: str
    disbursed: str
    unallocated: str
    rate: str
    chart: charts.Bullet | None


@dataclass(frozen=True)
class MoneyBoard:
    """`lines` are the first of all `projects` that the ward carries out in the year."""

    pace: str
    lines: tuple[MoneyLine, ...]
    projects: int
    url: str


def money_board(outlook: DashboardContext, year: int) -> MoneyBoard | None:
    """None for who does not read the money of the ward, and for a ward without projects."""
    if not outlook.covers_ward or not outlook.opens(MONEY):
        return None
    money = year_money(ward=outlook.ward, year=year, today=outlook.today)
    if not money.projects:
        return None
    known = sorted(money.compared, key=lambda each: each.rate or 0)
    ordered = [*known, *(each for each in money.projects if each.rate is None)]
    return MoneyBoard(
        pace=describe_pace(money),
        lines=tuple(_line(money, each) for each in ordered[:MOST_PROJECTS]),
        projects=len(money.projects),
        url=reverse(MONEY, query={"year": year}),
    )


def _line(money: YearMoney, project: ProjectMoney) -> MoneyLine:
    own = project.ward_project
    return MoneyLine(
        label=str(own.project),
        name=own.name,
        url=reverse("projects:money_project", args=[own.pk, money.year]),
        available=formatting.number(project.spendable.available),
        disbursed=formatting.number(project.spendable.disbursed),
        unallocated=words.unallocated(project.unallocated),
        rate=formatting.percent(project.rate, 1),
        chart=_chart(money, project),
    )


def _chart(money: YearMoney, project: ProjectMoney) -> charts.Bullet | None:
    if project.rate is None:
        return None
    return charts.Bullet(
        name=f"money-{project.ward_project.pk}",
        title=words.pace_of(str(project.ward_project.project), project.rate, money.elapsed),
        done_percent=project.rate,
        expected_percent=money.elapsed,
    )
