"""Indicators as a use of units: who reports what was reached."""

from collections.abc import Iterator
from datetime import date

from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from projects.models import Indicator


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    names = (
        Indicator.objects.filter(owner=unit).order_by("order", "pk").values_list("name", flat=True)
    )
    if names:
        yield f"{unit} theo dõi chỉ tiêu: {'; '.join(names)}."


def _hand_over(handover: UnitHandover) -> None:
    Indicator.objects.filter(owner=handover.unit).update(owner=handover.successor)


register_use("indicators", UnitUse(sentences=_sentences, hand_over=_hand_over))
