"""The villages of the ward: renaming one, merging several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.register.forms.villages import VillageMergeForm, VillageRenameForm
from households.register.services.villages import merge_villages, rename_village
from povertyplan.core.access.rules import may
from povertyplan.core.areas import ward_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area

LIST = "households:village_list"


@require_safe
def village_list(request):
    ward = _ward_for(request)
    villages = (
        Area.objects.filter(parent=ward, kind=AreaKind.VILLAGE)
        .annotate(total=Count("households", filter=Q(households__closed_on=None)))
        .prefetch_related("predecessors")
        .order_by("order", "pk")
    )
    context = {
        "standing": [village for village in villages if village.valid_to is None],
        "former": [village for village in villages if village.valid_to is not None],
    }
    return render(request, "households/register/village_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_rename(request, pk):
    ward = _ward_for(request)
    village = get_object_or_404(Area.objects.villages_of(ward), pk=pk)
    form = VillageRenameForm(request.POST or None, initial={"seen_name": village.name})
    if request.method == "POST" and form.is_valid():
        try:
            renamed = rename_village(village=village, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã đổi tên thành {renamed}.")
            return redirect(LIST)
    return _page(request, "households/register/village_rename.html", form, village=village)


@require_http_methods(["GET", "HEAD", "POST"])
def village_merge(request):
    ward = _ward_for(request)
    form = VillageMergeForm(
        request.POST or None, ward=ward, user=request.user, initial={"setting": ward.setting}
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = merge_villages(ward=ward, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã nhập thành {new}.")
            return redirect(LIST)
    return _page(request, "households/register/village_merge.html", form)


def _ward_for(request) -> Area:
    """The user's ward, where they keep its villages."""
    ward = ward_of(request)
    if not may(request.user, LIST, area=ward):
        raise PermissionDenied("Bạn không được sửa danh sách thôn của phường, xã mình.")
    return ward


def _page(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
