"""The villages of the ward: the list, one of them, adding, correcting, ending."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.register import presenters as words
from households.register.forms.village_list import (
    VillageChangeForm,
    VillageEndForm,
    VillageNewForm,
    VillagePasteForm,
    listed_values,
)
from households.register.services.village_list import (
    add_villages,
    correct_village,
    end_village,
    village_uses,
)
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

LIST, DETAIL = "households:village_list", "households:village_detail"
SPLIT = "households:village_split"
FORM = ["GET", "HEAD", "POST"]


@require_safe
def village_list(request):
    ward = ward_for(request, LIST)
    villages = (
        Area.objects.filter(parent=ward, kind=AreaKind.VILLAGE)
        .annotate(total=Count("households", filter=Q(households__closed_on=None)))
        .prefetch_related("predecessors")
        .in_order()
    )
    context = {
        "standing": [village for village in villages if village.valid_to is None],
        "former": [village for village in villages if village.valid_to is not None],
    }
    return render(request, "households/register/village_list.html", context)


@require_safe
def village_detail(request, pk):
    village = _village_or_404(request.user, pk, Area.objects.all())
    context = {
        "village": village,
        "predecessors": village.predecessors.in_order(),
        "successors": village.successors.in_order(),
        "may_split": may_open(request.user, SPLIT, area=village.parent, writing=True),
        "events": events_about(village),
    }
    return render(request, "households/register/village_detail.html", context)


@require_http_methods(FORM)
def village_new(request):
    ward = ward_for(request, LIST)
    form = VillageNewForm(request.POST or None, initial={"setting": ward.setting})
    return _add_page(request, ward, form, "households/register/village_new.html")


@require_http_methods(FORM)
def village_paste(request):
    ward = ward_for(request, LIST)
    form = VillagePasteForm(request.POST or None, initial={"setting": ward.setting})
    return _add_page(request, ward, form, "households/register/village_paste.html")


@require_http_methods(FORM)
def village_edit(request, pk):
    village = village_for(request, pk)
    form = VillageChangeForm(request.POST or None, initial=listed_values(village))
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, correct_village, village=village, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.village_saved(saved))
            return redirect(DETAIL, saved.pk)
    context = {"form": form, "village": village}
    return form_response(request, "households/register/village_edit.html", context)


@require_http_methods(FORM)
def village_end(request, pk):
    village = village_for(request, pk)
    form = VillageEndForm(request.POST or None, initial={"version": village.version})
    if request.method == "POST" and form.is_valid():
        ended = perform(form, end_village, village=village, by=request.user, **form.cleaned_data)
        if ended:
            messages.success(request, words.village_ended(ended))
            return redirect_to_row(ended, LIST)
    context = {"form": form, "village": village, "uses": list(village_uses(village))}
    return form_response(request, "households/register/village_end.html", context)


def ward_for(request, view) -> Area:
    """The user's ward, where they hold a role that opens the view."""
    ward = ward_of(request)
    if not may_open(request.user, view, area=ward):
        raise PermissionDenied(words.NO_VILLAGES)
    return ward


def village_for(request, pk, view=LIST) -> Area:
    """A village that has not ended, of a ward where the user holds a role that opens the view."""
    return _village_or_404(request.user, pk, Area.objects.filter(valid_to=None), view)


def _village_or_404(user, pk, among, view=LIST) -> Area:
    villages = among.visible_to(user).filter(kind=AreaKind.VILLAGE)
    village = get_object_or_404(villages.select_related("parent"), pk=pk)
    if not may_open(user, view, area=village.parent):
        raise PermissionDenied(words.NO_VILLAGES)
    return village


def _add_page(request, ward, form, template):
    if request.method == "POST" and form.is_valid():
        villages = form.villages()
        added = perform(
            form,
            add_villages,
            ward=ward,
            villages=villages,
            valid_from=form.cleaned_data["valid_from"],
            key=form.cleaned_data["key"],
            by=request.user,
        )
        if added:
            messages.success(request, words.villages_added(villages))
            first = Area.objects.filter(parent=ward, valid_to=None, name=villages[0].name).first()
            return redirect_to_row(first, LIST)
    return form_response(request, template, {"form": form})
