"""Invented low-income workers of the demonstration: listed in two years, one taken off since."""

from datetime import date

from households.choices import LISTED
from households.models import HouseholdStatus, LowIncomeWorker, Membership
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
    heads = Membership.objects.present(on=LISTED_ON).filter(
        is_head=True, left_on=None, household__ward=ward, household__closed_on=None
    )
    others = heads.exclude(household__in=of_lists.values("household"))
    rows = others.select_related("household__ward", "person").order_by("household__code")
    for head in rows[:MOST]:
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
