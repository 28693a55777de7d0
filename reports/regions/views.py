"""The pages of somebody who works in a province, or a district of before July 2025."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response
from reports.printing.pdf import PrintingUnavailable, render_form_pdf
from reports.regions import presenters
from reports.regions.arrivals import ArrivalState, arrivals_of_year
from reports.regions.board import RegionBoard
from reports.regions.facts import RegionFacts
from reports.regions.tables import BUILDERS, build_region_table
from reports.regions.targets import group_of, target_groups
from reports.tables.catalogue import TABLES
from reports.tables.files.excel import write_workbook
from reports.tables.files.sheet import build_form_sheet

PAGE_SIZE = 25
YEARS_BACK = 4


@require_safe
def region_board(request):
    facts = _facts(request)
    year = years.year_of(request) if "year" in request.GET else facts.latest_year()
    board = RegionBoard(facts, year)
    page = Paginator(board.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "page": page,
        "headline": presenters.headline(board),
        "notes": list(presenters.notes_of(board)),
        **_frame(request, facts, year, "board"),
    }
    return render(request, "reports/regions/region_board.html", context)


@require_safe
def region_targets(request):
    """Targets alike in all wards, or with `?of=` one of them ward by ward."""
    facts, year = _facts(request), years.year_of(request)
    groups = target_groups(facts, year)
    chosen = None
    if key := request.GET.get("of", ""):
        chosen = group_of(groups, key)
        if chosen is None:
            raise Http404(presenters.NO_SUCH_TARGET)
    parts = chosen.wards if chosen else groups
    context = {
        "chosen": chosen,
        "wards": len(facts.wards_of(year)),
        "page": Paginator(parts, PAGE_SIZE).get_page(request.GET.get("page")),
        **_frame(request, facts, year, "targets"),
    }
    return render(request, "reports/regions/region_targets.html", context)


@require_safe
def region_reports(request):
    """How many wards sent each report of a year, and with `?due=` which."""
    facts, year = _facts(request), years.year_of(request)
    dues = arrivals_of_year(facts, year)
    chosen, state = None, request.GET.get("state", "")
    if key := request.GET.get("due", ""):
        chosen = next((each for each in dues if each.key == key), None)
        if chosen is None or (state and state not in ArrivalState):
            raise Http404(presenters.NO_SUCH_REPORT)
    arrivals = [one for one in chosen.arrivals if state in ("", one.state)] if chosen else []
    context = {
        "dues": dues,
        "chosen": chosen,
        "state": ArrivalState(state) if state and chosen else None,
        "states": ArrivalState,
        "page": Paginator(arrivals, PAGE_SIZE).get_page(request.GET.get("page")),
        **_frame(request, facts, year, "reports"),
    }
    return render(request, "reports/regions/region_reports.html", context)


@require_safe
def region_table(request, number):
    return _table_page(request, number)


@require_safe
def region_table_file(request, number, ending):
    """The same as a workbook or on paper."""
    facts, year = _facts(request), _year_of_table(request)
    if number not in BUILDERS or ending not in ("xlsx", "pdf"):
        raise Http404(presenters.NO_SUCH_TABLE)
    table = build_region_table(facts, number, year)
    form = build_form_sheet(table, ward=facts.regions[0], on=clock.today())
    try:
        content = write_workbook(table, form) if ending == "xlsx" else render_form_pdf(form)
    except PrintingUnavailable as problem:
        return _table_page(request, number, status=503, problem=str(problem))
    return file_response(content, f"bieu-{number}-{facts.place}-{year}.{ending}")


def _table_page(request, number: int, status: int = 200, problem: str = ""):
    facts, year = _facts(request), _year_of_table(request)
    if number not in BUILDERS:
        raise Http404(presenters.NO_SUCH_TABLE)
    board = RegionBoard(facts, year)
    context = {
        "number": number,
        "table": build_region_table(facts, number, year),
        "coverage": presenters.coverage(board),
        "kinds": [TABLES[each] for each in sorted(BUILDERS)],
        "problem": problem,
        **_frame(request, facts, year, "tables"),
    }
    return render(request, "reports/regions/region_table.html", context, status=status)


def _facts(request) -> RegionFacts:
    """The region of the reader. Raises Http404 where they have none: a ward is no region."""
    regions = request.user.regions
    if not regions:
        raise Http404(presenters.NO_REGION)
    return RegionFacts(regions=regions, today=clock.today())


def _year_of_table(request) -> int:
    year = years.year_of(request)
    if year > clock.today().year:
        raise Http404(presenters.NO_FIGURES_YET)
    return year


def _frame(request, facts: RegionFacts, year: int, here: str) -> dict:
    today = facts.today
    choices = range(min(year, today.year - YEARS_BACK), max(year, today.year) + 1)
    return {
        "facts": facts,
        "year": year,
        "years": years.year_links(request, choices, year),
        "tabs": list(presenters.tabs_of(here, year)),
    }
