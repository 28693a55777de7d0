"""Pages of acts on whole households, and the list of acts."""

from django.views.decorators.http import require_http_methods, require_safe

from households.ledger.selectors.members import members_of
from households.models import Household
from households.register import presenters as words
from households.register.forms.households import (
    ChangeVillageForm,
    CloseForm,
    DetailsForm,
    MergeChoiceForm,
    MergeForm,
    ReopenHouseholdForm,
    household_values,
)
from households.register.services.households import (
    change_village,
    close_household,
    correct_household,
    merge_households,
)
from households.register.services.reopening import reopen_household
from households.register.views.conflicts import conflict_page, settle_values
from households.register.views.household_forms import (
    household_for,
    household_form_page,
    perform_act,
    return_to_household,
)
from povertyplan.core import clock

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def household_edit(request, pk):
    """Correct what is written about a household; a save over another one shows both instead."""
    household = household_for(request.user, pk, "households:household_edit")
    template = "households/register/household_edit.html"
    theirs = DetailsForm(initial=household_values(household))
    if request.method != "POST":
        return household_form_page(request, template, household, theirs)
    form = DetailsForm(settle_values(request.POST, theirs))
    if not form.is_valid():
        return household_form_page(request, template, household, form)
    if form.cleaned_data["version"] in range(1, household.version):
        return conflict_page(request, household, form, theirs)

    def write():
        return correct_household(
            household=household,
            details=form.details(),
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if perform_act(form, write, household) is None:
        return household_form_page(request, template, household, form)
    return return_to_household(request, household, words.household_saved(household))


@require_safe
def household_events(request, pk):
    """The acts that can be recorded of a household, as links."""
    household = household_for(request.user, pk, "households:household_edit")
    members = members_of(household, clock.today())
    return household_form_page(
        request, "households/register/household_events.html", household, None, members=members
    )


@require_http_methods(METHODS)
def household_merge(request, pk):
    """Ask for the household that is merged in, then for the relations of its members."""
    household = household_for(request.user, pk, "households:household_merge")
    template = "households/register/household_merge.html"
    households = Household.objects.visible_to(request.user).filter(ward=household.ward)
    choice = MergeChoiceForm(
        request.GET if "other" in request.GET else None,
        households=households.exclude(pk=household.pk),
    )
    if not choice.is_valid():
        return household_form_page(request, template, household, choice, other=None)
    other = choice.cleaned_data["other"]
    form = MergeForm(
        request.POST or None,
        members=members_of(other, clock.today()),
        initial={"version": household.version},
    )

    def write():
        return merge_households(
            household=household,
            other=other,
            relations=form.relations(),
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.household_merged(other, household))
    return household_form_page(request, template, household, form, other=other)


@require_http_methods(METHODS)
def household_close(request, pk):
    household = household_for(request.user, pk, "households:household_close")
    form = CloseForm(request.POST or None, initial={"version": household.version})

    def write():
        return close_household(
            household=household,
            reason=form.cleaned_data["reason"],
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.household_closed(household))
    return household_form_page(request, "households/register/household_close.html", household, form)


@require_http_methods(METHODS)
def household_reopen(request, pk):
    household = household_for(request.user, pk, "households:household_reopen")
    form = ReopenHouseholdForm(request.POST or None, initial={"version": household.version})

    def write():
        return reopen_household(
            household=household,
            reason=form.cleaned_data["reason"],
            document=form.cleaned_data["document"],
            version=form.cleaned_data["version"],
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.household_reopened(household))
    return household_form_page(
        request, "households/register/household_reopen.html", household, form
    )


@require_http_methods(METHODS)
def household_village(request, pk):
    household = household_for(request.user, pk, "households:household_village")
    form = ChangeVillageForm(
        request.POST or None, household=household, initial={"version": household.version}
    )

    def write():
        return change_village(
            household=household,
            village=form.cleaned_data["village"],
            address=form.cleaned_data["address"],
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(
            request, household, words.household_moved(form.cleaned_data["village"])
        )
    return household_form_page(
        request, "households/register/household_village.html", household, form
    )
