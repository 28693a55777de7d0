"""What the pages of acts on a household share: who may, the form, a stale version, doubts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from households.ledger.selectors.members import members_of
from households.models import Household, Membership, Person
from households.register.selectors import similar_people
from households.register.services.registering import MemberInput
from households.rules.citizen_ids import contradictions
from povertyplan.core import clock
from povertyplan.core.access.rules import may
from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import was_sent
from povertyplan.core.platform.versions import StaleVersion

Result = TypeVar("Result")

DETAIL = "households:household_detail"
WRITE_AGAIN = "Hồ sơ vừa được sửa ở nơi khác. Xem lại biểu mẫu này rồi gửi lần nữa."


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
        warnings=contradictions(member.citizen_id, sex=member.sex, born=member.birth_date),
    )


def household_for(user, pk: int, view: str) -> Household:
    """The household of an act's page, for who may act on it."""
    households = Household.objects.visible_to(user).select_related("village__parent", "ward")
    household = get_object_or_404(households, pk=pk)
    if not may(user, view, area=household.village, writing=True):
        raise PermissionDenied("Bạn không được ghi biến động của hộ này.")
    return household


def membership_for(household: Household, pk: int) -> Membership:
    """A present member of the household, which the act changes through the same object."""
    memberships = household.memberships.filter(left_on=None).select_related("person__ethnic_group")
    membership = get_object_or_404(memberships, pk=pk)
    membership.household = household
    return membership


def run(form, write: Callable[[], Result], household: Household | None = None) -> Result | None:
    """Do the act of a valid form; None when it was refused, with the reason in the form.

    After a stale version the form carries the present one, with a sentence that asks to look.
    """
    try:
        return write()
    except StaleVersion as stale:
        form.fresh_version = stale.current.version
        form.add_error(None, WRITE_AGAIN)
    except ValidationError as refused:
        for name, sentences in _by_field(form, refused).items():
            for sentence in sentences:
                form.add_error(name, sentence)
    if household is not None:
        household.refresh_from_db()
    return None


def household_form_page(
    request: HttpRequest, template: str, household: Household | None, form, **context
):
    """The page of an act; 422 when its form is wrong."""
    context = {
        "form": form,
        "household": household,
        "head_name": head_name(household) if household else "",
        "cancel_url": reverse(DETAIL, args=[household.pk]) if household else "",
        "bearer": getattr(form, "bearer", None),
        "fresh_version": getattr(form, "fresh_version", None),
        **context,
    }
    return render(
        request, template, context, status=422 if form is not None and form.errors else 200
    )


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
    return key is None or not was_sent(key, by=request.user)


def done(request: HttpRequest, household: Household, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(DETAIL, pk=household.pk)


def head_name(household: Household) -> str:
    members = members_of(household, clock.today())
    head = next((member.person for member in members if member.is_head), None)
    return str(head) if head else household.code


def _by_field(form, refused: ValidationError) -> dict[str | None, list[str]]:
    """The sentences of a refusal by the form's field, None for what is no field of it."""
    if not hasattr(refused, "error_dict"):
        return {None: refused.messages}
    found: dict[str | None, list[str]] = {}
    for name, sentences in refused.message_dict.items():
        found.setdefault(name if name in form.fields else None, []).extend(sentences)
    return found
