"""Opening one member's personal number, for a purpose that is written down."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from households.access import Field, fields_in
from households.directory.forms import RevealForm
from households.directory.presenters.pages import NO_REVEAL, revealed_number
from households.models import Household, Membership
from povertyplan.core.journal import access_log
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
    form = RevealForm(request.POST or None)
    context = {"household": household, "person": membership.person, "form": form}
    if request.method == "POST" and form.is_valid():
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=household.ward,
            what=revealed_number(membership.person, household),
            obj=membership.person,
            purpose=form.get_purpose_display(),
        )
        if logged:
            context["citizen_id"] = membership.person.citizen_id
    return form_response(request, "households/directory/reveal_citizen_id.html", context)
