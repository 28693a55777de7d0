"""The rules by which reports are due, and those that a ward adds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import ReportingRule
from reports.progress.calendar import presenters as words
from reports.progress.calendar.forms import RuleChangeForm, RuleNewForm, rule_initial
from reports.progress.calendar.selectors import may_collect, rules_of
from reports.progress.calendar.services.rules import add_reporting_rule, change_reporting_rule

FORM = ["GET", "HEAD", "POST"]
PAGE = "reports/progress/rule_form.html"


@require_safe
def rule_list(request):
    ward = ward_of(request)
    context = {"rules": rules_of(ward), "may_collect": may_collect(request.user, ward)}
    return render(request, "reports/progress/rule_list.html", context)


@require_http_methods(FORM)
def rule_new(request):
    ward = ward_of(request)
    if not may_open(request.user, "reports:rule_new", area=ward):
        raise Http404(words.NO_WARD)
    form = RuleNewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"]}
        if rule := perform(form, add_reporting_rule, ward=ward, **values, by=request.user):
            messages.success(request, words.describe_rule_saved(rule))
            return redirect("reports:rule_list")
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_RULE})


@require_http_methods(FORM)
def rule_edit(request, pk):
    wards = [ward.pk for ward in request.user.wards]
    rule = get_object_or_404(ReportingRule.objects.select_related("ward"), pk=pk, ward__in=wards)
    if not may_collect(request.user, rule.ward):
        raise PermissionDenied(words.SHARED_RULE)
    posted = request.POST if request.method == "POST" else None
    form = RuleChangeForm(posted, initial=rule_initial(rule))
    if form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        if saved := perform(form, change_reporting_rule, rule=rule, **values, by=request.user):
            messages.success(request, words.describe_rule_saved(saved))
            return redirect("reports:rule_list")
    return form_response(request, PAGE, {"form": form, "heading": words.EDIT_RULE})
