"""The year that scopes a screen: `?year=2026` in its address, else the year of today."""

from dataclasses import dataclass

from django.http import Http404

from povertyplan.core import clock

FIRST_YEAR = 2000
LAST_YEAR = 2100
# How far from today a year may lie for which something is planned.
YEARS_AROUND = 10


@dataclass(frozen=True)
class YearLink:
    """One entry of a screen's year menu."""

    year: int
    url: str
    active: bool


def year_of(request) -> int:
    """The year the address asks for. Raises Http404 when it is no year."""
    text = request.GET.get("year", "")
    if not text:
        return clock.today().year
    is_year = len(text) == len(str(LAST_YEAR)) and text.isascii() and text.isdigit()
    if not is_year or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Http404("Năm trong địa chỉ không hợp lệ.")
    return int(text)


def years_in_reach() -> tuple[int, int]:
    """The first and the last year that lie near enough to today to plan for."""
    today = clock.today().year
    return today - YEARS_AROUND, today + YEARS_AROUND


def is_in_reach(year: int) -> bool:
    first, last = years_in_reach()
    return first <= year <= last


def check_reach(year: int) -> None:
    """Raise Http404 for a year that lies too far from today to plan for."""
    if not is_in_reach(year):
        raise Http404("Năm trong địa chỉ quá xa.")


def year_links(request, years, selected: int) -> list[YearLink]:
    """Links to the same screen in other years, keeping the rest of the address."""
    query = request.GET.copy()
    links = []
    for year in years:
        query["year"] = str(year)
        links.append(YearLink(year=year, url=f"?{query.urlencode()}", active=year == selected))
    return links
