"""The acts that make a household: it is new in the register, or splits off from another one."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_http_methods

from households.campaign.additions.forms import NewDuringReviewForm, SplitDuringReviewForm
from households.campaign.additions.services import enter_during_review, split_during_review
from households.campaign.requests.selectors import review_to_join
from households.ledger.selectors.members import members_of
from households.register import presenters as words
from households.register.views.household_forms import (
    check_duplicates,
    household_for,
    household_form_page,
    needs_confirmation,
    perform_act,
    return_to_household,
    warnings_page,
)
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def household_new(request):
    """Write a household that is new in the register, with its head."""
    ward = ward_of(request)
    if not may_open(request.user, "households:household_new", area=ward, writing=True):
        raise PermissionDenied(words.NO_NEW_HOUSEHOLD)
    template = "households/campaign/household_new.html"
    form = NewDuringReviewForm(request.POST or None, ward=ward, campaign=review_to_join(ward))
    if request.method != "POST" or not form.is_valid():
        return household_form_page(request, template, None, form)
    head, data = form.member(), form.cleaned_data
    doubts = check_duplicates(head, ward=ward)
    if needs_confirmation(request, form, doubts):
        return warnings_page(request, doubts, household=None, may_return=False)

    def write():
        return enter_during_review(
            kind=data["kind"],
            ward=ward,
            village=data["village"],
            details=form.details(),
            opened_on=data["opened_on"],
            head=head,
            initial_class=data["initial_class"],
            key=data["key"],
            paper=form.paper(),
            unusual_reason=data["unusual_reason"],
            **form.review_values(),
            by=request.user,
        )

    household = perform_act(form, write)
    if household is None:
        return household_form_page(request, template, None, form)
    return return_to_household(request, household, words.household_entered(head.full_name))


@require_http_methods(METHODS)
def household_split(request, pk):
    household = household_for(request.user, pk, "households:household_split")
    members = members_of(household, clock.today())
    form = SplitDuringReviewForm(
        request.POST or None,
        campaign=review_to_join(household.ward),
        household=household,
        members=[row for row in members if not row.is_head],
        initial={
            "version": household.version,
            "village": household.village_id,
            "address": household.address,
        },
    )

    def write():
        return split_during_review(
            household=household,
            relations=form.relations(),
            village=form.cleaned_data["village"],
            details=form.details(),
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            **form.review_values(),
            by=request.user,
        )

    if request.method == "POST" and form.is_valid():
        new = perform_act(form, write, household)
        if new is not None:
            return return_to_household(request, new, words.household_split(new, household))
    return household_form_page(
        request, "households/campaign/household_split.html", household, form, members=members
    )
