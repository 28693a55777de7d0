"""The component projects of a year: the list, and a page for each."""

from projects.models import ComponentProject, Programme
from tests.journeys.windows import Window, words

LEAD, COORDINATING = "Cơ quan chủ trì", "Cơ quan phối hợp"


def then_the_projects_of_the_year_are_listed(window: Window) -> None:
    """Seven projects, their eleven sub-projects, policies and what is neither, with who leads."""
    window.open("/projects/?year=2025")
    listed = ComponentProject.objects.filter(programme__in=Programme.objects.of_year(2025))
    assert window.page.locator("main tbody tr").count() == listed.count() == 26
    line = words(window.page.locator("main tr", has_text="Đa dạng hóa sinh kế").inner_text())
    assert "KTHTĐT" in line or "Kinh tế, Hạ tầng và Đô thị" in line
    window.look("component projects")


def then_a_project_tells_who_does_what(window: Window) -> None:
    """The page of a project has all that the plan says of it."""
    with window.page.expect_navigation():
        window.page.click("main .row-link:has-text('Đa dạng hóa sinh kế')")
    headings = [words(text) for text in window.page.locator("main h2").all_inner_texts()]
    assert {"Mục tiêu", "Đối tượng", "Nội dung"} <= set(headings)
    units = words(window.page.inner_text("main aside"))
    assert LEAD in units
    assert COORDINATING in units
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in units
    window.look("component project")


def then_every_project_has_a_page(window: Window) -> None:
    old = ComponentProject.objects.filter(programme__code="GNBV-2021-2025")
    addresses = [f"/projects/{project.pk}/?year=2025" for project in old]
    statuses = [window.page.request.get(window.server + each).status for each in addresses]
    assert statuses == [200] * len(addresses)
