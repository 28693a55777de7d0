"""Low-income workers of a ward, as their list shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from households.choices import LISTED, WorkerStanding
from households.ledger.selectors.members import memberships_on
from households.models import HouseholdStatus, LowIncomeTerm, LowIncomeWorker
from households.models.worker import LowIncomeQuerySet
from households.rules.people.low_income import holds_on, worker_standing
from povertyplan.core.models import Area, User


@dataclass(frozen=True)
class WorkerLine:
    """Somebody of the list, and whether they count on the day of the page. Personal."""

    worker: LowIncomeWorker
    standing: WorkerStanding


def listed_workers(*, ward: Area, reader: User) -> LowIncomeQuerySet:
    """Who is or was on the list, as far as the reader sees them, by village and household."""
    rows = LowIncomeWorker.objects.visible_to(reader).filter(ward=ward)
    related = rows.select_related("person", "household__village")
    return related.order_by(
        "household__village__order", "household__village__sort_key", "household__code", "pk"
    )


def worker_lines(
    workers: Iterable[LowIncomeWorker], *, terms: Sequence[LowIncomeTerm], today: date
) -> list[WorkerLine]:
    """How each stands; two queries however many there are."""
    if not (rows := list(workers)):
        return []
    homes = {each.household_id for each in rows}
    listed = HouseholdStatus.objects.in_force(on=today).filter(poverty_class__in=LISTED)
    poor = set(listed.filter(household__in=homes).values_list("household_id", flat=True))
    present = memberships_on(homes, today).values_list("household_id", "person_id")
    members, holds = set(present), holds_on(terms, today)
    return [
        WorkerLine(
            each,
            worker_standing(
                law_holds=holds,
                is_member=(each.household_id, each.person_id) in members,
                is_listed=each.household_id in poor,
            ),
        )
        for each in rows
    ]


def income_terms() -> list[LowIncomeTerm]:
    return list(LowIncomeTerm.objects.all())
