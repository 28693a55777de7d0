"""Who may receive, asked for and received what a project gives, as a part of its page."""

from dataclasses import dataclass

from households.choices import NeedGroup
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.gaps.selectors.projects import ProjectReach, project_reach
from projects.models import WardProject
from projects.money.selectors import project_money
from projects.programme.fragments import ProjectFragment, ProjectPage, register_project_fragment
from projects.support.selectors.rights import names_health

LEDGER, GAP, BATCH = "projects:support_list", "projects:need_gap", "projects:support_batch"


@dataclass(frozen=True)
class ReachOfProject:
    """The kinds of a project in a year beside its money; `groups` says who its households are."""

    ward_project: WardProject
    year: int
    reach: ProjectReach
    groups: str
    disbursed: int | None
    shows_needs: bool
    hides_health: bool
    may_give: bool

    @property
    def difference(self) -> int | None:
        """What was disbursed and stands at no support; None where one of both is not known."""
        if self.disbursed is None or not self.reach.amount:
            return None
        return self.disbursed - self.reach.amount


def reach_on_page(page: ProjectPage) -> ProjectFragment | None:
    """For who reads the ledger of the whole ward; the needs for who reads those of the ward."""
    ward_project, year, user = page.ward_project, page.year, page.user
    ward, today = ward_project.ward, clock.today()
    if not may_open(user, LEDGER, area=ward):
        return None
    shows_needs = may_open(user, GAP, area=ward) and year == today.year
    reader = user_opening(user, GAP if shows_needs else LEDGER)
    reach = project_reach(
        ward_project=ward_project, year=year, reader=reader, on=today, with_needs=shows_needs
    )
    content = ReachOfProject(
        ward_project=ward_project,
        year=year,
        reach=reach,
        groups=_in_words(reach),
        disbursed=page.read(project_money).figures.disbursed,
        shows_needs=shows_needs,
        hides_health=not names_health(reader, ward),
        may_give=may_open(user, BATCH, area=ward, writing=True),
    )
    return ProjectFragment("projects/gaps/_project.html", content)


def _in_words(reach: ProjectReach) -> str:
    found = {group: count for group, count in (reach.by_group or {}).items() if count}
    return ", ".join(
        f"{lower_first(NeedGroup(group).label)} {formatting.number(count)}"
        for group, count in found.items()
    )


register_project_fragment("supports", reach_on_page)
