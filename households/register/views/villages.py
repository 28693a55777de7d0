"""The villages of the ward: renaming one, merging several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.register import presenters as words
from households.register.forms.villages import VillageMergeForm, VillageRenameForm
from households.register.services.villages import merge_villages, rename_village
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform

LIST = "households:village_list"


@require_safe
def village_list(request):
    ward = _ward_for(request)
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


@require_http_methods(["GET", "HEAD", "POST"])
def village_rename(request, pk):
    village = _village_or_404(request.user, pk)
    form = VillageRenameForm(request.POST or None, initial={"seen_name": village.name})
    if request.method == "POST" and form.is_valid():
        renamed = perform(
            form, rename_village, village=village, by=request.user, **form.cleaned_data
        )
        if renamed:
            messages.success(request, words.village_renamed(renamed))
            return redirect(LIST)
    context = {"form": form, "village": village}
    return form_response(request, "households/register/village_rename.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_merge(request):
    ward = _ward_for(request)
    form = VillageMergeForm(
        request.POST or None, ward=ward, user=request.user, initial={"setting": ward.setting}
    )
    if request.method == "POST" and form.is_valid():
        new = perform(form, merge_villages, ward=ward, by=request.user, **form.cleaned_data)
        if new:
            messages.success(request, words.villages_merged(new))
            return redirect(LIST)
    return form_response(request, "households/register/village_merge.html", {"form": form})


def _village_or_404(user, pk) -> Area:
    villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, valid_to=None)
    village = get_object_or_404(villages.select_related("parent"), pk=pk)
    if not may_open(user, LIST, area=village.parent):
        raise PermissionDenied(words.NO_VILLAGES)
    return village


def _ward_for(request) -> Area:
    """The user's ward, where they keep its villages."""
    ward = ward_of(request)
    if not may_open(request.user, LIST, area=ward):
        raise PermissionDenied(words.NO_VILLAGES)
    return ward
