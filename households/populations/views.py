"""Totals of households and persons: of the ward and its villages, by day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.models import AreaYear
from households.populations import presenters as words
from households.populations.forms import (
    TotalChangeForm,
    TotalNewForm,
    TotalPasteForm,
    TotalRemoveForm,
    total_values,
)
from households.populations.selectors import latest_totals
from households.populations.services import change_total, record_totals, remove_total
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

LIST, AREA = "households:population_list", "households:population_area"
FORM = ["GET", "HEAD", "POST"]
FOLDER = "households/populations"
KINDS = (AreaKind.WARD, AreaKind.VILLAGE)


@require_safe
def population_list(request):
    ward = _ward_for(request)
    has_villages = Area.objects.villages_of(ward).exists()
    context = {"totals": latest_totals(ward), "has_villages": has_villages}
    return render(request, f"{FOLDER}/population_list.html", context)


@require_safe
def population_area(request, pk):
    """Every total of one area, also of a village that ended."""
    areas = Area.objects.visible_to(request.user).filter(kind__in=KINDS)
    area = get_object_or_404(areas.select_related("parent"), pk=pk)
    _refuse_stranger(request.user, area.ward)
    context = {
        "area": area,
        "totals": AreaYear.objects.filter(area=area).order_by("-on"),
        "events": events_about(area),
    }
    return render(request, f"{FOLDER}/population_area.html", context)


@require_http_methods(FORM)
def population_new(request):
    ward = _ward_for(request)
    form = TotalNewForm(request.POST or None, ward=ward, initial={"area": _asked_area(request)})
    if request.method == "POST" and form.is_valid() and _record(request, ward, form):
        area = form.cleaned_data["area"]
        messages.success(request, words.total_recorded(area))
        total = AreaYear.objects.filter(area=area, on=form.cleaned_data["on"]).first()
        return redirect_to_row(total, AREA, area.pk)
    return form_response(request, f"{FOLDER}/population_new.html", {"form": form})


@require_http_methods(FORM)
def population_paste(request):
    ward = _ward_for(request)
    form = TotalPasteForm(request.POST or None, ward=ward)
    if request.method == "POST" and form.is_valid() and _record(request, ward, form):
        messages.success(request, words.totals_recorded(_known(form), form.unknown()))
        return redirect(LIST)
    return form_response(request, f"{FOLDER}/population_paste.html", {"form": form})


@require_http_methods(FORM)
def population_edit(request, pk):
    total = _total_for(request, pk)
    form = TotalChangeForm(request.POST or None, initial=total_values(total))
    if request.method == "POST" and form.is_valid():
        about = {name: form.cleaned_data[name] for name in ("origin", "reason", "version")}
        figures = form.figures()
        saved = perform(form, change_total, total=total, figures=figures, by=request.user, **about)
        if saved:
            messages.success(request, words.total_saved(saved.area))
            return redirect_to_row(saved, AREA, saved.area_id)
    context = {"form": form, "total": total}
    return form_response(request, f"{FOLDER}/population_edit.html", context)


@require_http_methods(FORM)
def population_remove(request, pk):
    total = _total_for(request, pk)
    form = TotalRemoveForm(request.POST or None, initial={"version": total.version})
    if request.method == "POST" and form.is_valid():
        area = perform(form, remove_total, total=total, by=request.user, **form.cleaned_data)
        if area:
            messages.success(request, words.total_removed(area))
            return redirect(AREA, area.pk)
    context = {"form": form, "total": total}
    return form_response(request, f"{FOLDER}/population_remove.html", context)


def _record(request, ward, form):
    values = {name: form.cleaned_data[name] for name in ("on", "origin", "key")}
    return perform(form, record_totals, ward=ward, lines=form.lines(), by=request.user, **values)


def _known(form) -> int:
    return len(form.lines()) - len(form.unknown())


def _asked_area(request) -> str:
    asked = request.GET.get("area", "")
    return asked if asked.isascii() and asked.isdigit() else ""


def _total_for(request, pk) -> AreaYear:
    """A total of a ward where the user keeps the totals."""
    rows = AreaYear.objects.visible_to(request.user).select_related("area", "ward")
    total = get_object_or_404(rows, pk=pk)
    _refuse_stranger(request.user, total.ward)
    return total


def _ward_for(request) -> Area:
    """The user's ward, where they keep its totals."""
    ward = ward_of(request)
    _refuse_stranger(request.user, ward)
    return ward


def _refuse_stranger(user, ward: Area) -> None:
    if not may_open(user, LIST, area=ward):
        raise PermissionDenied(words.NO_TOTALS)
