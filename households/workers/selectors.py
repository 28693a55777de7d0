"""Low-income workers of a ward, as their list shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from households.models import LowIncomeTerm, LowIncomeWorker
from households.models.worker import LowIncomeQuerySet
from households.rules.people.low_income import holds_on
from povertyplan.core.models import Area, User


@dataclass(frozen=True)
class WorkerLine:
    """Somebody of the list, and whether they count on the day of the page. Personal."""

    worker: LowIncomeWorker
    counts: bool


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
    holds = holds_on(terms, today)
    return [
        WorkerLine(each, holds and (each.ended_on is None or each.ended_on > today))
        for each in workers
    ]


def income_terms() -> list[LowIncomeTerm]:
    return list(LowIncomeTerm.objects.all())
