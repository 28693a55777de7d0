"""What became of the plans that were issued: their list, a year of one as page and as files."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, file_stem
from reports.choices import FileFormat
from reports.plans.blocks import DocumentError
from reports.printing.pdf import PrintingUnavailable
from reports.targets.plan_results import presenters as words
from reports.targets.plan_results.paper import WRITERS, write_results
from reports.targets.plan_results.selectors import PlanResults, issued_plans


@require_safe
def plan_result_list(request):
    plans = issued_plans(request.user).order_by("ended_as", "-year_from", "-year_to", "-pk")
    rows = [(plan, words.describe_plan(plan)) for plan in plans]
    return render(request, "reports/targets/plan_results/list.html", {"rows": rows})


@require_safe
def plan_result_detail(request, pk):
    plan = get_object_or_404(issued_plans(request.user), pk=pk)
    return _page(request, plan, _year(request, plan))


@require_safe
def plan_result_file(request, pk, year, ending):
    plan = get_object_or_404(issued_plans(request.user), pk=pk)
    if ending not in WRITERS:
        raise Http404(words.NO_SUCH_FILE)
    _check_year(plan, year)
    try:
        content = write_results(_results(request, plan, year), ending)
    except (DocumentError, PrintingUnavailable) as problem:
        return _page(request, plan, year, status=503, problem=str(problem))
    stem = file_stem(words.file_title(plan, year))
    return file_response(content, f"{stem}.{ending}")


def _page(request, plan, year, *, status=200, problem=""):
    results = _results(request, plan, year)
    context = {
        "plan": plan,
        "named": words.describe_plan(plan),
        "year": year,
        "years": years.year_links(request, words.plan_years(plan), year),
        "formats": FileFormat,
        "problem": problem,
    }
    try:
        context |= words.page(results)
    except DocumentError as fault:
        context["problem"] = str(fault)
    template = "reports/targets/plan_results/detail.html"
    return render(request, template, context, status=status)


def _results(request, plan, year) -> PlanResults:
    return PlanResults(plan=plan, year=year, viewer=request.user, today=clock.today())


def _year(request, plan) -> int:
    """The year of the address, or else that of today within the plan's years."""
    if "year" in request.GET:
        return _check_year(plan, years.year_of(request))
    return min(max(clock.today().year, plan.year_from), plan.year_to)


def _check_year(plan, year: int) -> int:
    if year not in words.plan_years(plan):
        raise Http404(words.NOT_A_YEAR_OF_IT)
    return year
