"""Numbers that another ward has too: those in question, and what was found about each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.models import HouseholdEvent, Membership
from households.numbers.forms import NumberSettleForm
from households.numbers.presenters import describe_settled
from households.numbers.selectors import checks_of, shared_numbers
from households.numbers.services import settle_number
from povertyplan.core.areas import ward_of
from povertyplan.core.platform.form_pages import form_response, perform

PAGE_SIZE = 50


@require_safe
def number_list(request):
    ward = ward_of(request)
    checks = checks_of(ward, HouseholdEvent.objects.visible_to(request.user))
    context = {
        "numbers": shared_numbers(ward, Membership.objects.visible_to(request.user)),
        "page": Paginator(checks, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "households/numbers/number_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def number_settle(request, pk):
    """Ask for the outcome and the papers; a wrong number is taken away."""
    visible = Membership.objects.visible_to(request.user)
    membership = get_object_or_404(
        visible.filter(left_on=None)
        .exclude(person__citizen_id="")
        .select_related("person", "household__village", "household__ward"),
        pk=pk,
    )
    household = membership.household
    form = NumberSettleForm(request.POST or None, initial={"version": household.version})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        saved = perform(form, settle_number, membership=membership, by=request.user, **values)
        if saved:
            messages.success(request, describe_settled(saved, values["outcome"]))
            return redirect("households:number_list")
    shared = shared_numbers(household.ward, visible.filter(pk=membership.pk))
    context = {
        "form": form,
        "membership": membership,
        "shared": shared[0] if shared else None,
    }
    return form_response(request, "households/numbers/number_settle.html", context)
