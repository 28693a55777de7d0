"""Opening a personal number."""

from django.core.exceptions import ValidationError

from households.directory.selectors.reveals import (
    MOST_REVEALS,
    PERIOD,
    lately_opened,
    must_identify,
)
from households.models import Person
from povertyplan.core import locks
from povertyplan.core.journal import access_log, audit
from povertyplan.core.models import Area, User

MINUTES = PERIOD.seconds // 60
ASKED_AGAIN = (
    f"Bạn đã mở {MOST_REVEALS} số định danh trong {MINUTES} phút. Gửi lại biểu mẫu này và nhập mật "
    "khẩu của bạn."
)
MANY = (
    f"{{by}} đã mở {MOST_REVEALS} số định danh cá nhân trong {MINUTES} phút, xác nhận mật khẩu và "
    "mở tiếp."
)


@audit.business_act(label="Mở nhiều số định danh")
def reveal_number(
    *, person: Person, what: str, purpose: str, is_identified: bool, by: User
) -> Person:
    """Write down that `by` opens the number of a person, for a purpose.

    Past a number of them in a few minutes it is refused to who has not shown who they are, and
    the journal names who has.
    """
    # Numbers opened at one moment are counted one after the other.
    locks.wait_turn("reveal", by.pk)
    if must_identify(by):
        if not is_identified:
            raise ValidationError(ASKED_AGAIN)
        _tell(person.ward, by, purpose)
    access_log.record_access(by=by, ward=person.ward, what=what, obj=person, purpose=purpose)
    return person


def _tell(ward: Area, by: User, purpose: str) -> None:
    """Name it in the journal of each ward whose numbers were opened: its to-dos follow from it."""
    wards = {ward.pk, *lately_opened(by).values_list("ward", flat=True)}
    for each in Area.objects.filter(pk__in=wards).order_by("pk"):
        audit.record(by, MANY.format(by=by), ward=each, reason=purpose)
