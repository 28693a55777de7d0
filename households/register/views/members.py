"""Pages of acts on the members of a household."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from households.choices import BirthPrecision, EventKind
from households.ledger.selectors.members import members_of
from households.models import Household, Person
from households.register import presenters as words
from households.register.forms.households import HeadForm
from households.register.forms.members import (
    BirthForm,
    MemberAddForm,
    MemberEditForm,
    MemberLeaveForm,
    MemberMoveForm,
    MemberReturnForm,
    member_values,
)
from households.register.services.members import (
    add_member,
    change_head,
    correct_member,
    member_left,
    move_member,
    record_birth,
    record_death,
)
from households.register.services.registering import MemberInput
from households.register.views.conflicts import conflict_page, settle_values
from households.register.views.household_forms import (
    DETAIL,
    check_duplicates,
    household_for,
    household_form_page,
    membership_for,
    needs_confirmation,
    perform_act,
    return_to_household,
    warnings_page,
)
from povertyplan.core import clock

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def member_add(request, pk):
    """Write somebody who joins; who may be known already is shown first."""
    household = household_for(request.user, pk, "households:member_add")
    if request.GET.get("person"):
        return _member_return(request, household)
    form = _person_form(request, household, MemberAddForm)

    def write():
        return add_member(
            household=household,
            member=form.member(),
            joined_on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            by=request.user,
        )

    return _create(
        request, household, form, write, "households/register/member_add.html", words.member_added
    )


@require_http_methods(METHODS)
def birth_add(request, pk):
    household = household_for(request.user, pk, "households:birth_add")
    form = _person_form(request, household, BirthForm)

    def write():
        return record_birth(
            household=household,
            member=form.member(),
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            by=request.user,
        )

    return _create(
        request, household, form, write, "households/register/birth_add.html", words.birth_recorded
    )


@require_http_methods(METHODS)
def member_edit(request, pk, membership_pk):
    """Correct what is written about a member; a save over another one shows both instead."""
    household = household_for(request.user, pk, "households:member_edit")
    membership = membership_for(household, membership_pk)
    options = {"ward": household.ward, "membership": membership}
    template = "households/register/member_edit.html"
    theirs = MemberEditForm(initial=member_values(membership), **options)
    if request.method != "POST":
        return household_form_page(request, template, household, theirs, membership=membership)
    form = MemberEditForm(settle_values(request.POST, theirs), **options)
    if not form.is_valid():
        return household_form_page(request, template, household, form, membership=membership)
    if form.cleaned_data["version"] in range(1, household.version):
        return conflict_page(request, household, form, theirs)
    member = form.member()
    doubts = check_duplicates(member, ward=household.ward, leaving_out=membership.person_id)
    if needs_confirmation(request, form, doubts):
        return warnings_page(request, doubts, household=household, may_return=False)

    def write():
        return correct_member(
            membership=membership,
            member=member,
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if perform_act(form, write, household) is None:
        return household_form_page(request, template, household, form, membership=membership)
    return return_to_household(
        request, household, words.member_saved(membership.person), membership
    )


@require_http_methods(METHODS)
def member_move(request, pk, membership_pk):
    household = household_for(request.user, pk, "households:member_move")
    membership = membership_for(household, membership_pk)
    households = Household.objects.visible_to(request.user).filter(ward=household.ward)
    form = MemberMoveForm(
        request.POST or None,
        households=households.exclude(pk=household.pk),
        initial={"version": household.version},
    )

    def write():
        return move_member(
            membership=membership,
            target=form.cleaned_data["target"],
            relation=form.cleaned_data["relation"],
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        target = form.cleaned_data["target"]
        return return_to_household(
            request, household, words.member_moved(membership.person, target), "members"
        )
    return household_form_page(
        request, "households/register/member_move.html", household, form, membership=membership
    )


@require_http_methods(METHODS)
def member_leave(request, pk, membership_pk):
    """A member died or left the ward."""
    household = household_for(request.user, pk, "households:member_leave")
    membership = membership_for(household, membership_pk)
    form = MemberLeaveForm(request.POST or None, initial={"version": household.version})

    def write():
        is_death = form.cleaned_data["kind"] == EventKind.DEATH
        return (record_death if is_death else member_left)(
            membership=membership,
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(
            request, household, words.member_left(membership.person), "members"
        )
    return household_form_page(
        request,
        "households/register/member_leave.html",
        household,
        form,
        membership=membership,
        is_last=household.memberships.filter(left_on=None).count() == 1,
    )


@require_http_methods(METHODS)
def head_change(request, pk):
    household = household_for(request.user, pk, "households:head_change")
    members = members_of(household, clock.today())
    if len(members) < 2:
        return redirect(DETAIL, pk=household.pk)
    form = HeadForm(request.POST or None, members=members, initial={"version": household.version})

    def write():
        return change_head(
            household=household,
            relations=form.relations(),
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.HEAD_CHANGED, "members")
    return household_form_page(
        request, "households/register/head_change.html", household, form, members=members
    )


def _member_return(request, household):
    """Let somebody known to the ward live in a household again."""
    key = request.GET["person"]
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404(words.NO_PERSON)
    people = Person.objects.filter(ward=household.ward).exclude(memberships__left_on=None)
    person = get_object_or_404(people.distinct(), pk=key)
    form = MemberReturnForm(request.POST or None, initial={"version": household.version})

    def write():
        return add_member(
            household=household,
            member=_as_recorded(person, form.cleaned_data["relation"]),
            person=person,
            joined_on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            paper=form.paper(),
            unusual_reason=form.cleaned_data["unusual_reason"],
            by=request.user,
        )

    if request.method == "POST" and form.is_valid() and perform_act(form, write, household):
        return return_to_household(request, household, words.member_returned(person), "members")
    return household_form_page(
        request, "households/register/member_add.html", household, form, person=person
    )


def _as_recorded(person: Person, relation: str) -> MemberInput:
    return MemberInput(
        full_name=person.full_name,
        sex=person.sex,
        relation=relation,
        birth_date=person.birth_date,
        birth_precision=BirthPrecision(person.birth_precision),
    )


def _person_form(request, household, form_class):
    return form_class(
        request.POST or None, ward=household.ward, initial={"version": household.version}
    )


def _create(request, household, form, write, template, message):
    """Show the form, ask about doubts, write the person."""
    if request.method != "POST" or not form.is_valid():
        return household_form_page(request, template, household, form)
    doubts = check_duplicates(form.member(), ward=household.ward)
    if needs_confirmation(request, form, doubts):
        return warnings_page(request, doubts, household=household, may_return=True)
    membership = perform_act(form, write, household)
    if membership is None:
        return household_form_page(request, template, household, form)
    return return_to_household(request, household, message(membership.person), membership)
