"""The data-quality page: what an inspector would find, and where it is put right."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households.directory.presenters import quality as words
from households.directory.selectors.quality import CHECKS, QualityScope, run_checks
from households.models import AreaYear, Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening

EDIT = "households:member_edit"
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
        "to_edit": _households_to_edit(request.user, page),
    }
    return render(request, "households/directory/quality_findings.html", context)


def _households_to_edit(user, findings) -> set[int]:
    """Ids of the households of some findings whose members the user may put right."""
    if not may_open(user, EDIT, writing=True):
        return set()
    found = Household.objects.visible_to(user_opening(user, EDIT, writing=True))
    return set(
        found.filter(pk__in=[each.household for each in findings]).values_list("pk", flat=True)
    )
