"""Reports that are not sent yet as a use of units: the successor writes them."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet

from povertyplan.core import locks
from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from reports.choices import HANDED_IN
from reports.models import UnitReport
from reports.progress.calendar.services.periods import name_request

OPEN = "{unit} có báo cáo chưa gửi: {periods}."
BOTH_ASKED = "{unit} và {successor} cùng được yêu cầu báo cáo {periods}: gửi hoặc tiếp nhận trước."


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    if periods := _names(_unsent(unit)):
        yield OPEN.format(unit=unit, periods=periods)


def _hand_over(handover: UnitHandover) -> None:
    """The successor goes on with what was not sent; what was sent stays with who sent it."""
    rows = _unsent(handover.unit)
    held = UnitReport.objects.filter(unit=handover.successor).values("request")
    if periods := _names(rows.filter(request__in=held)):
        units = {"unit": handover.unit, "successor": handover.successor}
        raise ValidationError({"successor": BOTH_ASKED.format(periods=periods, **units)})
    for report in locks.hold(rows):
        UnitReport.objects.filter(pk=report.pk).update(
            unit=handover.successor, version=F("version") + 1
        )


def _unsent(unit: Unit) -> QuerySet[UnitReport]:
    return UnitReport.objects.filter(unit=unit).exclude(state__in=HANDED_IN)


def _names(rows: QuerySet[UnitReport]) -> str:
    return "; ".join(name_request(row.request) for row in rows.select_related("request"))


register_use("unit_reports", UnitUse(sentences=_sentences, hand_over=_hand_over))
