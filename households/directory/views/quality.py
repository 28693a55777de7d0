"""The data-quality page: what an inspector would find, and where it is put right."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households.directory.presenters import quality as words
from households.directory.selectors.quality import CHECKS, QualityScope, run_checks
from households.models import AreaYear, Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open

PAGE_SIZE = 50


@require_safe
def quality(request):
    """The checks with their counts; with `?check=` the findings of one."""
    scope = QualityScope(
        households=Household.objects.visible_to(request.user),
        area_years=AreaYear.objects.visible_to(request.user),
        on=clock.today(),
    )
    key = request.GET.get("check")
    if key is None:
        context = {"results": words.present_results(run_checks(scope)), "today": scope.on}
        return render(request, "households/directory/quality.html", context)
    if key not in CHECKS:
        raise Http404(words.NO_CHECK)
    page = Paginator(CHECKS[key](scope), PAGE_SIZE).get_page(request.GET.get("page"))
    check = words.CHECKS[key]
    context = {
        "check": check,
        "page": page,
        "findings": words.present_findings(check, page),
        "today": scope.on,
        "may_edit": may_open(request.user, "households:member_edit", writing=True),
    }
    return render(request, "households/directory/quality_findings.html", context)
