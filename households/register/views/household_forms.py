"""What the pages of acts on a household share: who may, the form, a stale version, doubts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from households.ledger.selectors.members import members_of
from households.models import Household, Membership, Person
from households.register.presenters import NO_ACT
from households.register.selectors import similar_people
from households.register.services.registering import MemberInput
from households.rules.people.citizen_ids import find_contradictions
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.models import Area, User
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row
from povertyplan.core.platform.submissions import was_sent

Result = TypeVar("Result")

DETAIL = "households:household_detail"


@dataclass(frozen=True)
class Warnings:
    """What should be looked at before a person is written."""

    similar: list[Person] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Names these doubts, so that only those which were shown can be confirmed."""
        return " ".join([*(str(person.pk) for person in self.similar), *self.warnings])


def check_duplicates(
    member: MemberInput, *, ward: Area, leaving_out: int | None = None
) -> Warnings:
    return Warnings(
        similar=similar_people(
            ward=ward,
            full_name=member.full_name,
            birth_date=member.birth_date,
            birth_precision=member.birth_precision,
            leaving_out=leaving_out,
        ),
        warnings=find_contradictions(member.citizen_id, sex=member.sex, born=member.birth_date),
    )


def household_for(user, pk: int, view: str) -> Household:
    """The household of an act's page, for who may act on it."""
    households = Household.objects.visible_to(user).select_related("village__parent", "ward")
    household = get_object_or_404(households, pk=pk)
    if not may_open(user, view, area=household.village, writing=True):
        raise PermissionDenied(NO_ACT)
    return household


def membership_for(household: Household, pk: int) -> Membership:
    """A present member of the household, which the act changes through the same object."""
    memberships = household.memberships.filter(left_on=None).select_related("person__ethnic_group")
    membership = get_object_or_404(memberships, pk=pk)
    membership.household = household
    return membership


def perform_act(
    form, write: Callable[[], Result], household: Household | None = None
) -> Result | None:
    """Do the act of a valid form; None where it was refused, with the household as it is then."""
    result = perform(form, write)
    if result is None and household is not None:
        household.refresh_from_db()
    return result


def household_form_page(
    request: HttpRequest,
    template: str,
    household: Household | None,
    form,
    *,
    members: list[Membership] | None = None,
    **context,
):
    """The page of an act; 422 when its form is wrong. `members` are of today, where known."""
    if household is not None and members is None:
        members = members_of(household, clock.today())
    context = {
        "form": form,
        "household": household,
        "members": members,
        "head_name": head_name(household, members) if household and members is not None else "",
        "cancel_url": reverse(DETAIL, args=[household.pk]) if household else "",
        "bearer": getattr(form, "bearer", None),
        **context,
    }
    return form_response(request, template, context)


def warnings_page(request: HttpRequest, doubts: Warnings, **context) -> HttpResponse:
    """Ask about what was found; everything typed waits in hidden fields, nothing is written."""
    left_out = {"csrfmiddlewaretoken", "confirmed"}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    context |= {"doubts": doubts, "typed": typed}
    return render(request, "households/register/member_doubts.html", context, status=409)


def needs_confirmation(request: HttpRequest, form, doubts: Warnings) -> bool:
    """Whether doubts are neither confirmed nor those of a form that already made its record."""
    if not doubts.token or form.cleaned_data["confirmed"] == doubts.token:
        return False
    key = form.cleaned_data.get("key")
    return key is None or not was_sent(key, by=cast(User, request.user))


def return_to_household(
    request: HttpRequest, household: Household, sentence: str, at: Membership | str | None = None
) -> HttpResponse:
    """Go back to the household's page, to the member where the act was about one."""
    messages.success(request, sentence)
    return redirect_to_row(at, DETAIL, pk=household.pk)


def head_name(household: Household, members: list[Membership]) -> str:
    head = next((member.person for member in members if member.is_head), None)
    return str(head) if head else household.code
