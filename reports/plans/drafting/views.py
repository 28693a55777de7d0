"""The page on which a new plan begins."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from reports.plans.drafting import presenters as words
from reports.plans.drafting.copying import ended_bases
from reports.plans.drafting.forms import PlanStartForm
from reports.plans.drafting.services import begin_plan

NEW = "reports:plan_new"


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request):
    """Ask what the plan begins from and for which years, and write its draft."""
    ward = ward_of(request)
    if not may_open(request.user, NEW, area=ward):
        raise Http404(words.NO_WARD)
    posted = request.POST if request.method == "POST" else None
    next_year = clock.today().year + 1
    form = PlanStartForm(posted, initial={"year_from": next_year, "year_to": next_year}, ward=ward)
    if posted is not None and form.is_valid():
        plan = perform(form, begin_plan, ward=ward, by=request.user, **form.values())
        if plan:
            messages.success(request, words.begun(plan))
            source = form.values()["start"].source
            if ended := ended_bases(source, plan.year_from) if source else []:
                messages.warning(request, words.left_behind(ended))
            return redirect("reports:plan_detail", pk=plan.pk)
    return form_response(request, "reports/plans/plan_new.html", {"form": form})
