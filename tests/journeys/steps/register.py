"""Finding a household in the register, and reading its page."""

import re
from urllib.parse import parse_qs, urlsplit

from households.choices import WindowRule
from households.directory.selectors.rows import open_window
from households.ledger.selectors.classes import spells_of
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import sort_key
from tests.journeys.windows import Window, words

ROWS = "#households tbody tr"


def then_the_list_is_sorted_and_paged(window: Window) -> None:
    window.open("/households/")
    names = _heads(window)
    assert len(names) == 50
    assert names == sorted(names, key=sort_key)
    window.look("household list")

    with window.page.expect_navigation():
        window.page.locator("a[rel=next]").first.click()
    assert query_of(window) == {"page": ["2"]}
    assert sort_key(_heads(window)[0]) >= sort_key(names[-1])


def when_somebody_is_searched(window: Window, typed: str) -> None:
    """Type a name into the search field; the list follows without a press."""
    window.open("/households/")
    window.page.locator("#filter_q").press_sequentially(typed)
    window.page.wait_for_url(lambda address: parse_qs(urlsplit(address).query).get("q") == [typed])


def then_the_first_found_is(window: Window, name: str) -> None:
    assert _heads(window)[0] == name
    window.page.reload()
    assert _heads(window)[0] == name


def when_the_list_is_narrowed(window: Window, *, village: str, poverty_class: str) -> None:
    window.open("/households/")
    window.page.select_option("#filter_village", label=village)
    window.page.wait_for_url("**village=**")
    window.page.select_option("#filter_class", label=poverty_class)
    window.page.wait_for_url("**class=**")


def then_only_these_are_listed(window: Window, *, village: str, poverty_class: str) -> None:
    window.page.reload()
    assert set(query_of(window)) == {"village", "class"}
    rows = [words(row) for row in window.page.locator(ROWS).all_inner_texts()]
    assert rows
    assert [row for row in rows if village not in row or poverty_class not in row] == []
    assert count_in_list(window) == len(rows)
    window.look("narrowed household list")


def then_a_list_without_households_offers_to_clear(window: Window) -> None:
    window.open("/households/?q=khong+co+ai+ten+nay")
    assert "Không có hộ nào khớp" in window.text
    window.look("empty household list")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name="Xóa bộ lọc").last.click()
    assert count_in_list(window) > 0


def then_the_household_page_tells_everything(window: Window, household: Household) -> None:
    """Identity, status by year, members, deprivations by year."""
    members = household.memberships.select_related("person").filter(left_on=None)
    head = members.get(is_head=True).person

    window.open(f"/households/{household.pk}/")

    assert window.heading == head.full_name
    assert household.code in words(window.page.inner_text(".identity"))
    years = [words(year) for year in window.page.locator(".year-strip__year").all_inner_texts()]
    assert years[-1] == str(clock.today().year)
    assert [each for each in members if each.person.full_name not in window.text] == []
    assert window.page.locator(".matrix tbody tr").count() == 12
    window.look("household page")


def then_the_window_counts_down(window: Window, household: Household) -> None:
    """The identity bar shows that the household escaped and how long it is accompanied."""
    today = clock.today()
    spells = spells_of([household.pk])[household.pk]
    months = open_window(spells, today, WindowRule.PROGRAMME)
    assert months.first == today

    window.open(f"/households/{household.pk}/")

    identity = words(window.page.inner_text(".identity"))
    assert "Mới thoát nghèo" in identity
    assert f"đến hết ngày {formatting.day(months.last)}" in identity
    window.look("page of a household that escaped")


def count_in_list(window: Window) -> int:
    """How many households the list on the screen says it has."""
    counted = window.page.locator("#households .list-head p")
    return count_in(counted.inner_text()) if counted.count() else 0


def count_in(line: str) -> int:
    """The number of "1.234 hộ · trang 1/25"."""
    return int(re.match(r"\s*([\d.]+) hộ", line)[1].replace(".", ""))


def query_of(window: Window) -> dict[str, list[str]]:
    return parse_qs(urlsplit(window.page.url).query)


def _heads(window: Window) -> list[str]:
    links = window.page.locator(f"{ROWS} .row-link")
    return [words(name) for name in links.all_inner_texts()]
