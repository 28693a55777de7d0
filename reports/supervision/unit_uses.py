"""Findings that wait for their answer as a use of units: the successor answers."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from povertyplan.core import locks
from povertyplan.core.models import Unit
from povertyplan.core.text import formatting
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from reports.models import SupervisionFinding

OPEN = "{unit} còn {count} kiến nghị giám sát chưa trả lời."


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    if count := SupervisionFinding.objects.open().filter(unit=unit).count():
        yield OPEN.format(unit=unit, count=formatting.number(count))


def _hand_over(handover: UnitHandover) -> None:
    """What was answered stays with who answered."""
    for finding in locks.hold(SupervisionFinding.objects.open().filter(unit=handover.unit)):
        SupervisionFinding.objects.filter(pk=finding.pk).update(
            unit=handover.successor, version=F("version") + 1
        )


register_use("findings", UnitUse(sentences=_sentences, hand_over=_hand_over))
