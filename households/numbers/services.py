"""Settling whose a personal number is that two wards hold."""

from django.core.exceptions import ValidationError

from households.choices import EventKind, NumberOutcome
from households.models import HouseholdEvent, Membership, Person
from households.register.services.events import SupportingDocument, begin_event, record_event
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text.vietnamese import normalise_text

NO_DOCUMENT = "Ghi giấy tờ đã xem: thẻ căn cước, giấy xác nhận của công an …"
NOT_PRESENT = "Người này không còn trong hộ, hoặc không còn số định danh. Tải lại trang."
FOUND = {
    NumberOutcome.RIGHT: "Đối chiếu giấy tờ: số định danh đang ghi là của {person}, hộ {code}.",
    NumberOutcome.WRONG: "Đối chiếu giấy tờ: xóa số định danh ghi nhầm của {person}, hộ {code}.",
}


@audit.business_act(label="Đối chiếu số định danh")
def settle_number(
    *, membership: Membership, outcome: str, document: str, version: int | None, by: User
) -> HouseholdEvent:
    """Write what papers say about a member's number; a wrong one is taken away.

    `version` is the household's: of two who settle the same number one is refused.
    """
    household, found = membership.household, NumberOutcome(outcome)
    if not normalise_text(document):
        raise ValidationError({"document": NO_DOCUMENT})
    begin_event(household, version=version, on=clock.today())
    person = Person.objects.filter(memberships__pk=membership.pk, memberships__left_on=None)
    current = person.exclude(citizen_id="").first()
    if current is None:
        raise ValidationError(NOT_PRESENT)
    event = record_event(
        household,
        EventKind.NUMBER_CHECKED,
        on=clock.today(),
        summary=FOUND[found].format(person=current, code=household.code),
        paper=SupportingDocument(document, found.label),
        person=current,
    )
    if found == NumberOutcome.WRONG:
        Person.objects.filter(pk=current.pk).update(citizen_id="")
    return event
