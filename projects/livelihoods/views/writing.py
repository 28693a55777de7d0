"""Writing about livelihood projects: what they are, their steps, who takes part."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from povertyplan.core.platform.form_pages import form_response, perform
from projects.livelihoods import presenters as words
from projects.livelihoods.forms import (
    LivelihoodChangeForm,
    LivelihoodEndForm,
    LivelihoodNewForm,
    LivelihoodStepForm,
    LivelihoodStepWithdrawForm,
    MemberForm,
    livelihood_initial,
)
from projects.livelihoods.selectors import facts_of, may_write_livelihood
from projects.livelihoods.services.livelihoods import (
    ANOTHER_UNITS,
    add_livelihood,
    change_livelihood,
    stop_livelihood,
)
from projects.livelihoods.services.members import add_livelihood_member, end_livelihood_member
from projects.livelihoods.services.steps import record_step, withdraw_step
from projects.livelihoods.views.pages import livelihood_or_404
from projects.models import LivelihoodMember, LivelihoodStep
from projects.money.views.pages import ward_project_or_404
from projects.rules.livelihoods import WITH_DOCUMENT

FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/livelihoods/livelihood_form.html"
DETAIL = "projects:livelihood_detail"


@require_http_methods(FORM)
def livelihood_new(request, pk, year):
    """Begin one under a project of the ward."""
    ward_project = ward_project_or_404(request.user, pk, year)
    _refuse_others(request.user, ward_project.ward, ward_project.pk, year)
    initial = {"year_from": year, "year_to": year}
    form = LivelihoodNewForm(_posted(request), initial=initial, ward=ward_project.ward)
    if form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"], "by": request.user}
        if made := perform(form, add_livelihood, ward_project=ward_project, **values):
            messages.success(request, words.describe_saved(made))
            return redirect(DETAIL, made.pk)
    context = {"form": form, "heading": words.NEW, "project": ward_project.project, "year": year}
    return form_response(request, PAGE, context)


@require_http_methods(FORM)
def livelihood_edit(request, pk):
    livelihood = _livelihood_to_write(request.user, pk)
    initial = livelihood_initial(livelihood)
    form = LivelihoodChangeForm(_posted(request), initial=initial, ward=livelihood.ward)
    if form.is_valid():
        values = {"details": form.details(), "version": form.cleaned_data["version"]}
        saved = perform(form, change_livelihood, livelihood=livelihood, by=request.user, **values)
        if saved:
            messages.success(request, words.describe_saved(saved))
            return redirect(DETAIL, saved.pk)
    return _page(request, form, livelihood, words.EDIT)


@require_http_methods(FORM)
def livelihood_stop(request, pk):
    livelihood = _livelihood_to_write(request.user, pk)
    form = LivelihoodEndForm(_posted(request), initial={"version": livelihood.version})
    if form.is_valid():
        values = {**form.cleaned_data, "by": request.user}
        if stopped := perform(form, stop_livelihood, livelihood=livelihood, **values):
            messages.success(request, words.describe_stopped(stopped))
            return redirect(DETAIL, stopped.pk)
    return _page(request, form, livelihood, words.STOP)


@require_http_methods(FORM)
def livelihood_step(request, pk):
    """Write the step that comes next."""
    livelihood = _livelihood_to_write(request.user, pk)
    facts = facts_of([livelihood])[livelihood.pk]
    stage = facts.next_stage
    if stage is None or livelihood.stopped_on is not None:
        raise Http404(words.NO_NEXT_STEP)
    form = LivelihoodStepForm(_posted(request), initial={"stage": stage})
    if form.is_valid():
        values = {"draft": form.draft(), "key": form.cleaned_data["key"], "by": request.user}
        if step := perform(form, record_step, livelihood=livelihood, **values):
            messages.success(request, words.describe_step(step))
            return redirect(DETAIL, livelihood.pk)
    heading = words.RECORD_STEP.format(stage=stage.label)
    asked = "document" if stage in WITH_DOCUMENT else ""
    return _page(request, form, livelihood, heading, facts=facts, asked=asked)


@require_http_methods(FORM)
def livelihood_step_withdraw(request, pk):
    found = LivelihoodStep.objects.visible_to(request.user).standing()
    related = found.select_related("livelihood__ward", "livelihood__ward_project__project")
    step = get_object_or_404(related, pk=pk)
    _refuse_writer(request.user, step.livelihood)
    form = LivelihoodStepWithdrawForm(_posted(request), initial={"version": step.version})
    if form.is_valid():
        values = {**form.cleaned_data, "by": request.user}
        if perform(form, withdraw_step, step=step, **values):
            messages.success(request, words.describe_step_withdrawn(step))
            return redirect(DETAIL, step.livelihood_id)
    return _page(request, form, step.livelihood, words.WITHDRAW_STEP, about=step)


@require_http_methods(FORM)
def livelihood_member_new(request, pk):
    livelihood = _livelihood_to_write(request.user, pk)
    form = MemberForm(_posted(request), ward=livelihood.ward, user=request.user)
    if form.is_valid():
        values = {"details": form.details(), "key": form.cleaned_data["key"], "by": request.user}
        if member := perform(form, add_livelihood_member, livelihood=livelihood, **values):
            messages.success(request, words.describe_joined(member))
            return redirect(DETAIL, livelihood.pk)
    return _page(request, form, livelihood, words.ADD_MEMBER)


@require_http_methods(FORM)
def livelihood_member_end(request, pk):
    found = LivelihoodMember.objects.visible_to(request.user)
    related = found.select_related(
        "household", "livelihood__ward", "livelihood__ward_project__project"
    )
    member = get_object_or_404(related, pk=pk)
    _refuse_writer(request.user, member.livelihood)
    form = LivelihoodEndForm(_posted(request), initial={"version": member.version})
    if form.is_valid():
        values = {**form.cleaned_data, "by": request.user}
        if left := perform(form, end_livelihood_member, member=member, **values):
            messages.success(request, words.describe_left(left))
            return redirect(DETAIL, member.livelihood_id)
    return _page(request, form, member.livelihood, words.END_MEMBER, about=member)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _livelihood_to_write(user, pk):
    livelihood = livelihood_or_404(user, pk)
    _refuse_writer(user, livelihood)
    return livelihood


def _refuse_writer(user, livelihood) -> None:
    _refuse_others(user, livelihood.ward, livelihood.ward_project_id, livelihood.year_from)


def _refuse_others(user, ward, ward_project, year) -> None:
    if not may_write_livelihood(user, ward, ward_project, year):
        raise PermissionDenied(ANOTHER_UNITS)


def _page(request, form, livelihood, heading, about=None, facts=None, asked="reason"):
    """`asked` is the field that the act asks for though its form does not."""
    context = {
        "form": form,
        "heading": heading,
        "livelihood": livelihood,
        "about": about,
        "facts": facts,
        "asked": asked,
        "project": livelihood.ward_project.project,
        "year": livelihood.year_from,
    }
    return form_response(request, PAGE, context)
