"""What units keep for the whole ward: the book of donations, the money of every project."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import UnitDuty
from projects.programme import presenters as words
from projects.programme.forms.duties import UnitDutyEndForm, UnitDutyForm
from projects.programme.selectors.rights import duty_lines
from projects.programme.services.duties import end_duty, give_duty

LIST, NEW, END = "projects:duty_list", "projects:duty_new", "projects:duty_end"
FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/programme/duty_form.html"


@require_safe
def duty_list(request):
    """Who has which duty, and who had; those in force first."""
    ward = ward_of(request)
    context = {
        "lines": duty_lines(ward=ward, today=clock.today()),
        "may_write": may_open(request.user, NEW, area=ward, writing=True),
    }
    return render(request, "projects/programme/duty_list.html", context)


@require_http_methods(FORM)
def duty_new(request):
    ward = ward_of(request)
    posted = request.POST if request.method == "POST" else None
    form = UnitDutyForm(posted, ward=ward, initial={"valid_from": clock.today()})
    if form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"], "by": request.user}
        if given := perform(form, give_duty, ward=ward, **values):
            messages.success(request, words.describe_duty_given(given))
            return redirect(LIST)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_DUTY})


@require_http_methods(FORM)
def duty_end(request, pk):
    visible = UnitDuty.objects.visible_to(request.user).select_related("ward", "unit")
    duty = get_object_or_404(visible, pk=pk)
    posted = request.POST if request.method == "POST" else None
    initial = {"version": duty.version, "last_day": clock.today()}
    form = UnitDutyEndForm(posted, initial=initial)
    if form.is_valid():
        values = {**form.cleaned_data, "by": request.user}
        if ended := perform(form, end_duty, duty=duty, **values):
            messages.success(request, words.describe_duty_ended(ended))
            return redirect(LIST)
    context = {"form": form, "duty": duty, "heading": words.END_DUTY}
    return form_response(request, PAGE, context)
