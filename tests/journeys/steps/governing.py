"""The dashboard and the targets: computed figures, each of which opens its households."""

import re

from households.ledger.selectors.classes import class_counts, newly_escaped
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from tests.journeys.steps.register import count_in, count_in_list
from tests.journeys.windows import Window, words

LIST_HEAD = re.compile(r'<div class="list-head">\s*<p[^>]*>([^<]*)</p>')


def then_the_dashboard_tells_where_the_ward_stands(window: Window, ward: Area) -> None:
    """The tiles are the ledger's counts of today, and the headline says the same number."""
    counts = class_counts(area=ward, on=clock.today())
    window.open("/dashboard/")

    tiles = {
        "Hộ nghèo": counts.poor,
        "Hộ cận nghèo": counts.near_poor,
        "Hộ mới thoát nghèo": len(newly_escaped(ward=ward, on=clock.today())),
    }
    assert {label: _tile(window, label) for label in tiles} == tiles
    headline = words(window.page.inner_text(".headline"))
    assert re.search(rf"\b{counts.poor} hộ nghèo", headline), headline
    assert formatting.percent(counts.poor_percent) in window.text
    road = [
        words(year)
        for year in window.page.locator(".figure").first.locator("tbody th").all_text_contents()
    ]
    assert road == [str(year) for year in range(2024, 2031)]
    assert window.page.locator(".figure__canvas svg").count() == 2
    window.look("dashboard after the decision")


def then_each_figure_opens_its_households(window: Window) -> None:
    """Tiles in the browser; the road map's and the villages' figures through plain requests."""
    for position in range(window.page.locator(".stats a[href^='/households/']").count()):
        link = window.page.locator(".stats a[href^='/households/']").nth(position)
        shown = _number(link.inner_text())
        with window.page.expect_navigation():
            link.click()
        assert count_in_list(window) == shown
        window.page.go_back()
    links = window.page.locator("main table a[href^='/households/']").all()
    assert len(links) > 24
    figures = {link.get_attribute("href"): _number(link.text_content()) for link in links}
    assert {address: _listed(window, address) for address in figures} == figures


def then_the_targets_are_judged(window: Window) -> None:
    """The ward's targets of the year, each with what was reached."""
    window.open("/targets/?year=2025")
    line = window.page.locator("main tr", has_text="hộ nghèo").first
    assert "12" in line.inner_text()
    window.look("targets")


def then_the_dimensions_are_counted(window: Window) -> None:
    window.open("/dashboard/dimensions/")
    assert window.page.locator("main svg").count() > 0
    window.look("deprivations by dimension")


def _tile(window: Window, label: str) -> int:
    tile = window.page.locator(
        ".stat", has=window.page.locator(".stat__label", has_text=re.compile(rf"^\s*{label}\s*$"))
    )
    return _number(tile.locator(".stat__value a").inner_text())


def _number(text: str) -> int:
    return int(re.search(r"[\d.]+", text)[0].replace(".", ""))


def _listed(window: Window, address: str) -> int:
    found = LIST_HEAD.search(window.page.request.get(window.server + address).text())
    return count_in(found[1]) if found else 0
