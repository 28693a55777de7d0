"""The indicators of a ward: one of them, adding, changing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import Indicator
from projects.targets.services.indicators import add_indicator, change_indicator
from reports.targets import presenters as words
from reports.targets.forms.indicators import (
    IndicatorChangeForm,
    IndicatorNewForm,
    indicator_initial,
)
from reports.targets.selectors import baselines_of, target_history

DETAIL, EDIT = "reports:indicator_detail", "reports:indicator_edit"
FIND = "reports:finding_new"
FORM = ["GET", "HEAD", "POST"]


@require_safe
def indicator_detail(request, pk):
    """How something is measured, and all that was ever promised of it."""
    indicator = _indicator_or_404(request.user, pk)
    history = target_history(indicator)
    context = {
        "indicator": indicator,
        "source": words.source_of(indicator),
        "reporting": words.describe_reporting(indicator),
        "targets": [words.describe_version(version) for version in history.versions],
        "events": history.events,
        "baselines": baselines_of(indicator),
        "may_edit": may_open(request.user, EDIT, area=indicator.ward),
        "may_find": may_open(request.user, FIND, area=indicator.ward, writing=True),
    }
    return render(request, "reports/targets/indicator_detail.html", context)


@require_http_methods(FORM)
def indicator_new(request):
    ward = ward_of(request)
    form = IndicatorNewForm(request.POST or None, ward=ward)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        values = {"details": form.details(), "key": key, "by": request.user}
        if added := perform(form, add_indicator, ward=ward, **values):
            messages.success(request, words.describe_indicator_added(added))
            return redirect(DETAIL, added.pk)
    return form_response(request, "reports/targets/indicator_new.html", {"form": form})


@require_http_methods(FORM)
def indicator_edit(request, pk):
    indicator = _indicator_or_404(request.user, pk)
    form = IndicatorChangeForm(
        request.POST or None,
        ward=indicator.ward,
        indicator=indicator,
        initial=indicator_initial(indicator),
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        values = {"details": form.details(), "version": version, "by": request.user}
        if saved := perform(form, change_indicator, indicator=indicator, **values):
            messages.success(request, words.describe_indicator_saved(saved))
            return redirect(DETAIL, saved.pk)
    context = {"form": form, "indicator": indicator}
    return form_response(request, "reports/targets/indicator_edit.html", context)


def _indicator_or_404(user, pk) -> Indicator:
    found = Indicator.objects.visible_to(user).select_related(
        "ward", "owner", "ward_project__project__parent"
    )
    return get_object_or_404(found, pk=pk)
