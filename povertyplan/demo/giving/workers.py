"""Invented low-income workers of the demonstration: listed in two years, one taken off since."""

from datetime import date

from households.choices import LISTED
from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus, LowIncomeWorker
from households.workers.services.recognising import WorkerInput, end_worker, recognise_worker
from povertyplan.core import clock
from povertyplan.core.models import Area, User

LISTED_ON = date(2026, 4, 6)
PAPER = "Danh sách ngày 06/4/2026 (giả định)"
MOST = 6


def invent_workers(*, ward: Area, by: User) -> None:
    """Heads of households that the register holds and that are on neither list."""
    of_lists = HouseholdStatus.objects.in_force(on=LISTED_ON).filter(
        ward=ward, poverty_class__in=LISTED
    )
    households = Household.objects.registered(on=LISTED_ON).filter(ward=ward, closed_on=None)
    others = households.exclude(pk__in=of_lists.values("household")).order_by("code")[:MOST]
    members = memberships_on([each.pk for each in others], LISTED_ON)
    heads = members.filter(is_head=True, left_on=None).select_related("household__ward", "person")
    for head in heads.order_by("household__code"):
        details = WorkerInput(head.household, head.person, LISTED_ON, PAPER)
        with clock.set_to(LISTED_ON):
            recognise_worker(details=details, by=by, source="command")
    first = LowIncomeWorker.objects.filter(ward=ward).order_by("pk").first()
    if first is not None:
        ended_on = date(2026, 10, 12)
        with clock.set_to(ended_on):
            end_worker(
                worker=first,
                on=ended_on,
                reason="Thu nhập đã tăng (giả định)",
                version=first.version,
                by=by,
                source="command",
            )
