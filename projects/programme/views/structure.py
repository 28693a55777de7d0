"""Programmes and their parts, as an administrator keeps them for every ward."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import ComponentProject, Programme
from projects.programme import presenters as words
from projects.programme.forms.structure import (
    ProgrammeChangeForm,
    ProgrammeForm,
    ProjectPartChangeForm,
    ProjectPartForm,
    part_initial,
    programme_initial,
)
from projects.programme.services.structure import (
    add_part,
    add_programme,
    change_part,
    change_programme,
)

DETAIL = "projects:programme_detail"
FORM = ["GET", "HEAD", "POST"]
PAGE = "projects/programme/structure_form.html"


@require_safe
def programme_list(request):
    context = {"programmes": Programme.objects.order_by("-valid_from", "pk")}
    return render(request, "projects/programme/programme_list.html", context)


@require_safe
def programme_detail(request, pk):
    programme = get_object_or_404(Programme, pk=pk)
    parts = programme.projects.order_by("order").select_related("parent")
    lines = [words.describe_part(programme, part) for part in parts]
    context = {"programme": programme, "lines": lines}
    return render(request, "projects/programme/programme_detail.html", context)


@require_http_methods(FORM)
def programme_new(request):
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        added = perform(form, add_programme, details=form.details(), by=request.user)
        if added:
            messages.success(request, words.describe_programme_saved(added))
            return redirect(DETAIL, added.pk)
    return form_response(request, PAGE, {"form": form, "heading": words.NEW_PROGRAMME})


@require_http_methods(FORM)
def programme_edit(request, pk):
    programme = get_object_or_404(Programme, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = ProgrammeChangeForm(posted, initial=programme_initial(programme))
    if form.is_valid():
        values = {"version": form.cleaned_data["version"], "by": request.user}
        values |= {"programme": programme, "details": form.details()}
        if saved := perform(form, change_programme, **values):
            messages.success(request, words.describe_programme_saved(saved))
            return redirect(DETAIL, pk)
    context = {"form": form, "programme": programme, "heading": words.EDIT_PROGRAMME}
    return form_response(request, PAGE, context)


@require_http_methods(FORM)
def part_new(request, pk):
    """A new project of a programme."""
    programme = get_object_or_404(Programme, pk=pk)
    return _add_part(request, programme, None)


@require_http_methods(FORM)
def part_below(request, pk):
    """A new part below another."""
    parts = ComponentProject.objects.select_related("programme")
    parent = get_object_or_404(parts, pk=pk)
    return _add_part(request, parent.programme, parent)


@require_http_methods(FORM)
def part_edit(request, pk):
    parts = ComponentProject.objects.select_related("programme", "parent")
    part = get_object_or_404(parts, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = ProjectPartChangeForm(posted, initial=part_initial(part))
    if form.is_valid():
        values = {"version": form.cleaned_data["version"], "by": request.user}
        saved = perform(form, change_part, part=part, details=form.details(), **values)
        if saved:
            messages.success(request, words.describe_part_saved(saved))
            return redirect(DETAIL, part.programme_id)
    context = {"form": form, "programme": part.programme, "heading": words.edit_part(part)}
    return form_response(request, PAGE, context)


def _add_part(request, programme, parent):
    form = ProjectPartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {"programme": programme, "parent": parent, "details": form.details()}
        added = perform(form, add_part, **values, by=request.user)
        if added:
            messages.success(request, words.describe_part_saved(added))
            return redirect(DETAIL, programme.pk)
    heading = words.new_part(programme, parent)
    return form_response(request, PAGE, {"form": form, "programme": programme, "heading": heading})
