"""Changes that the households of a village go along with: renaming, merging, splitting."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from households.register import presenters as words
from households.register.forms.village_splitting import VillageSplitForm, split_values
from households.register.forms.villages import VillageMergeForm, VillageRenameForm
from households.register.services.village_splitting import split_village
from households.register.services.villages import merge_villages, rename_village
from households.register.views.villages import (
    DETAIL,
    FORM,
    LIST,
    SPLIT,
    village_for,
    ward_for,
)
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row


@require_http_methods(FORM)
def village_rename(request, pk):
    village = village_for(request, pk)
    form = VillageRenameForm(request.POST or None, initial={"seen_name": village.name})
    if request.method == "POST" and form.is_valid():
        renamed = perform(
            form, rename_village, village=village, by=request.user, **form.cleaned_data
        )
        if renamed:
            messages.success(request, words.village_renamed(renamed))
            return redirect(DETAIL, renamed.pk)
    context = {"form": form, "village": village}
    return form_response(request, "households/register/village_rename.html", context)


@require_http_methods(FORM)
def village_merge(request):
    ward = ward_for(request, LIST)
    form = VillageMergeForm(
        request.POST or None, ward=ward, user=request.user, initial={"setting": ward.setting}
    )
    if request.method == "POST" and form.is_valid():
        new = perform(form, merge_villages, ward=ward, by=request.user, **form.cleaned_data)
        if new:
            messages.success(request, words.villages_merged(new))
            return redirect_to_row(new, LIST)
    return form_response(request, "households/register/village_merge.html", {"form": form})


@require_http_methods(FORM)
def village_split(request, pk):
    village = village_for(request, pk, SPLIT)
    form = VillageSplitForm(
        request.POST or None, village=village, user=request.user, initial=split_values(village)
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("moving", "on", "reason", "version")}
        new = perform(
            form, split_village, village=village, by=request.user, **form.parts(), **values
        )
        if new:
            messages.success(request, words.village_split(village))
            return redirect_to_row(new, "households:population_list")
    context = {"form": form, "village": village}
    return form_response(request, "households/register/village_split.html", context)
