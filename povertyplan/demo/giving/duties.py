"""Which units of the demonstration keep the book of donations, and the money of every project."""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, Unit, User
from projects.choices import UnitDutyKind
from projects.programme.services.duties import UnitDutyInput, give_duty

GIVEN_ON = date(2026, 1, 5)
DUTIES = (("MTTQ", UnitDutyKind.DONATIONS), ("KTHTĐT", UnitDutyKind.MONEY))


def invent_duties(*, ward: Area, by: User) -> None:
    with clock.set_to(GIVEN_ON):
        for short_name, duty in DUTIES:
            unit = Unit.objects.get(ward=ward, short_name=short_name)
            details = UnitDutyInput(unit, duty, GIVEN_ON)
            give_duty(ward=ward, details=details, by=by, source="command")
