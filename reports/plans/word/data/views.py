"""A passage of a Word file becomes a target, or a project with its units, confirmed beside it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import ComponentProject, Indicator
from projects.programme.selectors.components import programmes_of
from reports.models import WordPassage
from reports.plans.word.data import presenters as words
from reports.plans.word.data.forms import PassageProjectForm, PassageTargetForm
from reports.plans.word.data.services.projects import enter_project
from reports.plans.word.data.services.targets import enter_target, standing_target
from reports.plans.word.selectors import units_by_key
from reports.plans.word.views import PAGE_SIZE, REVIEW

TARGET = "reports:word_target"
PROJECT = "reports:word_project"


@require_http_methods(["GET", "HEAD", "POST"])
def word_target(request, pk, order):
    """Show a sentence beside the target that it says, and enter what is confirmed."""
    passage = _passage_or_404(request.user, pk, order, TARGET)
    ward = passage.upload.ward
    indicators = list(Indicator.objects.filter(ward=ward).order_by("order"))
    initial = words.target_initial(passage, indicators, clock.today().year + 1)
    form = PassageTargetForm(
        request.POST or None, ward=ward, indicators=indicators, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        entered = perform(form, enter_target, passage=passage, by=request.user, **form.values())
        if entered:
            messages.success(request, words.target_entered(entered))
            return redirect(_place_of(entered))
        standing = standing_target(form.cleaned_data["indicator"], form.cleaned_data["year"])
        if standing:
            form.show_standing(standing)
    context = {
        "form": form,
        "upload": passage.upload,
        "passage": passage,
        "back": _place_of(passage),
        "has_indicators": bool(indicators),
        "uncertain": "" if "operator" in initial else words.UNCERTAIN,
    }
    return form_response(request, "reports/plans/word/data/word_target.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def word_project(request, pk, order):
    """Show the block of a project beside its fields, and enter what is confirmed."""
    passage = _passage_or_404(request.user, pk, order, PROJECT)
    ward = passage.upload.ward
    passages = list(passage.upload.passages.order_by("order"))
    at = next(place for place, one in enumerate(passages) if one.pk == passage.pk)
    said = words.said_project(passages, at)
    if said is None:
        raise Http404(words.UNCERTAIN)
    next_year = clock.today().year + 1
    programmes = programmes_of(ward=ward, year=next_year)
    projects = list(ComponentProject.objects.filter(programme__in=programmes, for_wards=True))
    units = units_by_key(ward)
    initial = words.project_initial(passage, said, projects, units, next_year)
    form = PassageProjectForm(
        request.POST or None, projects=projects, units=list(units.values()), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        values = {"version": form.cleaned_data["shown"], "entered": form.entered(said.taken)}
        entered = perform(form, enter_project, passage=passage, by=request.user, **values)
        if entered:
            messages.success(request, words.project_entered(entered))
            return redirect(_place_of(entered))
    context = {
        "form": form,
        "upload": passage.upload,
        "passage": passage,
        "back": _place_of(passage),
        "taken": [one for one in passages if one.order in said.taken],
        "unknown_leads": words.unknown_leads(said, units),
    }
    return form_response(request, "reports/plans/word/data/word_project.html", context)


def _passage_or_404(user, pk: int, order: int, view: str) -> WordPassage:
    rows = WordPassage.objects.visible_to(user).select_related("upload__ward", "upload__document")
    passage = get_object_or_404(rows, upload=pk, order=order, upload__document=None)
    if not may_open(user, view, area=passage.upload.ward):
        raise PermissionDenied
    return passage


def _place_of(passage: WordPassage) -> str:
    page = (passage.order - 1) // PAGE_SIZE + 1
    address = reverse(REVIEW, args=[passage.upload_id])
    return f"{address}?page={page}#passage-{passage.order}"
