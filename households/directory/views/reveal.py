"""Opening one member's personal number, for a purpose that is written down."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from households.directory.forms import RevealAgainForm, RevealForm
from households.directory.presenters.pages import NO_REVEAL, revealed_number
from households.directory.selectors.reveals import must_identify
from households.directory.services import reveal_number
from households.field_access import Field, fields_in
from households.models import Household, Membership
from povertyplan.core.accounts import throttling
from povertyplan.core.platform.form_pages import form_response, perform


@require_http_methods(["GET", "POST"])
def reveal_citizen_id(request, pk, person_pk):
    """Ask for the purpose; a post with one shows the number once and leaves one access record."""
    household = get_object_or_404(
        Household.objects.visible_to(request.user).select_related("village", "ward"), pk=pk
    )
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user)
        .filter(household=household)
        .exclude(person__citizen_id="")
        .select_related("person"),
        person=person_pk,
    )
    if Field.CITIZEN_ID not in fields_in(request.user, household.village):
        raise PermissionDenied(NO_REVEAL)
    form = _form(request)
    context = {"household": household, "person": membership.person, "form": form}
    try:
        is_valid = request.method == "POST" and form.is_valid()
    except throttling.Locked as locked:
        return throttling.locked_response(request, locked.free_at)
    if is_valid:
        opened = perform(
            form,
            reveal_number,
            person=membership.person,
            what=revealed_number(membership.person, household),
            purpose=form.get_purpose_display(),
            is_identified="own_password" in form.fields,
            by=request.user,
        )
        if opened:
            context["citizen_id"] = opened.citizen_id
    return form_response(request, "households/directory/reveal_citizen_id.html", context)


def _form(request) -> RevealForm:
    if not must_identify(request.user):
        return RevealForm(request.POST or None)
    form = RevealAgainForm(request.POST or None)
    form.identify(request.user, partial(throttling.has_password, request, request.user))
    return form
