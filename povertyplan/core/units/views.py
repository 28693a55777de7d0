"""The units of the ward: the list, one of them, adding, changing, ending."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.models import Area, Unit
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row
from povertyplan.core.units import presenters as words
from povertyplan.core.units.forms import (
    UnitChangeForm,
    UnitEndForm,
    UnitNewForm,
    UnitPasteForm,
    values_of_unit,
)
from povertyplan.core.units.services import add_units, change_unit, end_unit
from povertyplan.core.units.uses import uses_of

LIST, DETAIL = "core:unit_list", "core:unit_detail"
FORM = ["GET", "HEAD", "POST"]


@require_safe
def unit_list(request):
    units = Unit.objects.filter(ward=_ward_for(request)).order_by("order", "pk")
    units = list(units.select_related("predecessor"))
    context = {
        "current": [unit for unit in units if unit.valid_to is None],
        "former": [unit for unit in units if unit.valid_to is not None],
    }
    return render(request, "core/units/unit_list.html", context)


@require_safe
def unit_detail(request, pk):
    unit = _unit_or_404(request.user, pk, Unit.objects.all())
    context = {
        "unit": unit,
        "uses": [] if unit.valid_to else uses_of(unit, clock.yesterday()),
        "events": events_about(unit),
    }
    return render(request, "core/units/unit_detail.html", context)


@require_http_methods(FORM)
def unit_new(request):
    ward = _ward_for(request)
    form = UnitNewForm(request.POST or None, ward=ward)
    if request.method == "POST" and form.is_valid():
        units = [form.details()]
        if _add(request, ward, form, units):
            messages.success(request, words.describe_units_added(units))
            return redirect_to_row(_first(ward, units), LIST)
    return form_response(request, "core/units/unit_new.html", {"form": form})


@require_http_methods(FORM)
def unit_paste(request):
    ward = _ward_for(request)
    form = UnitPasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        units = form.units()
        if _add(request, ward, form, units):
            messages.success(request, words.describe_units_added(units))
            return redirect_to_row(_first(ward, units), LIST)
    return form_response(request, "core/units/unit_paste.html", {"form": form})


@require_http_methods(FORM)
def unit_edit(request, pk):
    unit = _unit_for(request, pk)
    form = UnitChangeForm(
        request.POST or None, ward=unit.ward, unit=unit, initial=values_of_unit(unit)
    )
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form,
            change_unit,
            unit=unit,
            details=form.details(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if saved:
            messages.success(request, words.describe_unit_saved(saved))
            return redirect(DETAIL, saved.pk)
    return form_response(request, "core/units/unit_edit.html", {"form": form, "unit": unit})


@require_http_methods(FORM)
def unit_end(request, pk):
    unit = _unit_for(request, pk)
    form = UnitEndForm(request.POST or None, unit=unit, initial={"version": unit.version})
    if request.method == "POST" and form.is_valid():
        ended = perform(form, end_unit, unit=unit, by=request.user, **form.cleaned_data)
        if ended:
            messages.success(request, words.describe_unit_ended(ended))
            return redirect_to_row(ended, LIST)
    context = {"form": form, "unit": unit, "uses": uses_of(unit, clock.yesterday())}
    return form_response(request, "core/units/unit_end.html", context)


def _add(request, ward, form, units):
    key = form.cleaned_data["key"]
    return perform(form, add_units, ward=ward, units=units, key=key, by=request.user)


def _first(ward, units) -> Unit | None:
    return Unit.objects.current().filter(ward=ward, name=units[0].name).first()


def _unit_for(request, pk) -> Unit:
    """A unit that has not ended, of a ward where the user keeps the units."""
    return _unit_or_404(request.user, pk, Unit.objects.current())


def _unit_or_404(user, pk, among) -> Unit:
    units = among.visible_to(user).select_related("ward", "predecessor")
    unit = get_object_or_404(units, pk=pk)
    if not may_open(user, LIST, area=unit.ward):
        raise PermissionDenied(words.NO_UNITS)
    return unit


def _ward_for(request) -> Area:
    """The user's ward, where they keep its units."""
    ward = ward_of(request)
    if not may_open(request.user, LIST, area=ward):
        raise PermissionDenied(words.NO_UNITS)
    return ward
