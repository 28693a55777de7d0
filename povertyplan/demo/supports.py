"""Supports in the demonstration, all invented: delivered, signed for, promised, given twice.

Nothing here is drawn by lot, so that the invented history stays what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.choices import BudgetSource
from projects.models import Support, SupportKind, WardProject
from projects.support.selectors.recipients import candidates, households_asked
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver
from projects.support.services.giving import give_support
from projects.support.services.steps import ChosenSupport, acknowledge_supports

INVENTED = "Số liệu giả định"
VERIFIED = "Tổ dân phố họp xét, có biên bản (giả định)"
HENS_LOST = "Đàn gà của đợt trước chết do dịch bệnh, tổ dân phố họp xét lại (giả định)"


@dataclass(frozen=True)
class InventedGift:
    """A kind for so many households on a day; `again` is one that had the like before."""

    kind: str
    day: date
    households: int
    project: str = ""
    quantity: int | None = None
    amount: int | None = None
    source: str = ""
    is_delivered: bool = True
    is_signed: bool = False
    again: int = 0


GIFTS = (
    InventedGift(
        "mo-hinh-giam-ngheo", date(2025, 9, 15), 8, project="2", quantity=1,
        amount=6_000_000, source=BudgetSource.CENTRAL, is_signed=True,
    ),
    InventedGift("tien-dien", date(2025, 10, 15), 10, amount=178_000, source=BudgetSource.WARD),
    InventedGift(
        "xoa-nha-tam", date(2025, 11, 10), 1, quantity=1, amount=60_000_000,
        source=BudgetSource.MOBILISED, is_signed=True,
    ),
    InventedGift(
        "san-xuat-cong-dong", date(2026, 3, 20), 5, project="3.1", quantity=1,
        amount=5_000_000, source=BudgetSource.CENTRAL, again=1,
    ),
    InventedGift("tien-dien", date(2026, 4, 15), 10, amount=178_000, source=BudgetSource.WARD),
    InventedGift(
        "mo-hinh-giam-ngheo", date(2026, 9, 18), 13, project="2", quantity=1,
        amount=15_000_000, source=BudgetSource.PROVINCIAL, is_signed=True,
    ),
    InventedGift(
        "mo-hinh-giam-ngheo", date(2026, 10, 9), 8, project="2", quantity=1,
        amount=14_750_000, source=BudgetSource.CENTRAL,
    ),
    InventedGift(
        "tin-dung", date(2026, 10, 5), 3, amount=50_000_000,
        source=BudgetSource.POLICY_CREDIT, is_delivered=False,
    ),
)  # fmt: skip


def invent_supports(*, ward: Area, by: User) -> None:
    for invented in GIFTS:
        with clock.set_to(invented.day):
            _give(ward, invented, by)


def _give(ward: Area, invented: InventedGift, by: User) -> None:
    gift = _gift(ward, invented)
    fresh, served = _receivers(ward, gift)
    chosen = [*fresh[: invented.households], *served[: invented.again]]
    if not chosen:
        return
    first = give_support(
        ward=ward,
        gift=gift,
        receivers=[SupportReceiver(household=each) for each in chosen],
        reasons=SupportReasons(VERIFIED, HENS_LOST),
        by=by,
        source="command",
    )
    if invented.is_signed:
        given = Support.objects.filter(kind=gift.kind, delivered_on=gift.day, pk__gte=first.pk)
        acknowledge_supports(
            ward=ward,
            chosen=[ChosenSupport(each, each.version) for each in given],
            on=invented.day,
            by=by,
            source="command",
        )


def _gift(ward: Area, invented: InventedGift) -> SupportGift:
    projects = WardProject.objects.filter(ward=ward, project__code=invented.project)
    gift = SupportGift(
        kind=SupportKind.objects.get(code=invented.kind),
        day=invented.day,
        is_delivered=invented.is_delivered,
        amount=invented.amount,
        source=invented.source,
        document=INVENTED,
        ward_project=projects.filter(year_from__lte=invented.day.year).last(),
    )
    if invented.quantity is None:
        return gift
    return replace(gift, quantity=Decimal(invented.quantity))


def _receivers(ward: Area, gift: SupportGift) -> tuple[list[Household], list[Household]]:
    """Those who may have it: who had nothing of the like yet, and who had."""
    wanted = households_asked(gift.kind, Household.objects.filter(ward=ward), gift.day)
    found = candidates(gift.kind, list(wanted.order_by("code")), gift.day)
    return _households(found, had=False), _households(found, had=True)


def _households(found: Sequence, *, had: bool) -> list[Household]:
    return [each.household for each in found if bool(each.earlier) is had]
