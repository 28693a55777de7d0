"""The money of a project in a year, and the papers it rests on, as a part of its page."""

from dataclasses import dataclass

from povertyplan.core.access.rules import may_open_inside
from projects.models import BudgetEntry, WardProject
from projects.money.presenters import MoneyCells, money_cells
from projects.money.selectors import document_lines, may_write_money, project_money
from projects.programme.fragments import ProjectFragment, ProjectPage, register_project_fragment

PAGE, NEW = "projects:money_project", "projects:entry_new"


@dataclass(frozen=True)
class MoneyOfProject:
    """The figures of one project in a year, with the documents of its entries."""

    ward_project: WardProject
    year: int
    total: MoneyCells
    documents: tuple[BudgetEntry, ...]
    may_write: bool


def money_on_page(page: ProjectPage) -> ProjectFragment | None:
    ward_project, year, user = page.ward_project, page.year, page.user
    if not may_open_inside(user, PAGE, ward_project.ward):
        return None
    content = MoneyOfProject(
        ward_project=ward_project,
        year=year,
        total=money_cells(page.read(project_money)),
        documents=tuple(document_lines(ward_project=ward_project, year=year)),
        may_write=may_write_money(user, ward_project, year),
    )
    return ProjectFragment("projects/money/_project.html", content)


register_project_fragment("money", money_on_page)
