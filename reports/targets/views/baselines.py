"""The baseline of an indicator under another poverty standard."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import Indicator
from reports.targets import presenters as words
from reports.targets.forms.baselines import StandardBaselineForm
from reports.targets.selectors import baselines_of
from reports.targets.services.baselines import set_standard_baseline

DETAIL = "reports:indicator_detail"


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_baseline(request, pk):
    """Record from where progress is measured once the standard has changed."""
    visible = Indicator.objects.visible_to(request.user).select_related("ward", "owner")
    indicator = get_object_or_404(visible, pk=pk)
    baselines = baselines_of(indicator)
    standing = {each.standard_id: each for each in baselines}
    posted = request.POST if request.method == "POST" else None
    form = StandardBaselineForm(posted, indicator=indicator, standing=standing)
    if posted is not None and form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        saved = perform(form, set_standard_baseline, indicator=indicator, by=request.user, **values)
        if saved:
            messages.success(request, words.describe_baseline(saved))
            return redirect(DETAIL, indicator.pk)
    context = {"form": form, "indicator": indicator, "baselines": baselines}
    return form_response(request, "reports/targets/indicator_baseline.html", context)
