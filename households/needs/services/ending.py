"""Ending needs: served, withdrawn, or no longer due (kết thúc nhu cầu)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.choices import NeedOutcome
from households.models import SupportNeed
from households.rules.people.needs import end_faults
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text

ENDED_ALREADY = "Nhu cầu đã kết thúc ngày {day}."
NONE_CHOSEN = "Chọn ít nhất một nhu cầu."


@dataclass(frozen=True)
class NeedEnd:
    """A need in the version that somebody saw, with the day it ended and why."""

    need: SupportNeed
    version: int | None
    on: date
    outcome: str
    reason: str


@audit.business_act(label="Kết thúc nhu cầu hỗ trợ")
def end_need(
    *,
    need: SupportNeed,
    outcome: str,
    on: date,
    reason: str,
    version: int | None,
    by: User | None,
) -> SupportNeed:
    """Raises StaleVersion, and ValidationError keyed by field."""
    locks.wait_turn("need", need.ward_id)
    end = NeedEnd(need, version, on, outcome, normalise_text(reason))
    current = SupportNeed.objects.select_related("household", "kind", "ward").get(pk=need.pk)
    if current.ended_on is not None:
        raise ValidationError(ENDED_ALREADY.format(day=formatting.day(current.ended_on)))
    versions.check(current, version)
    if faults := end_faults(current.asked_on, on, clock.today(), end.reason):
        raise ValidationError(dict(faults))
    return _end(current, end)


@audit.business_act(label="Kết thúc các nhu cầu đã được đáp ứng")
def end_served_needs(*, ward: Area, ends: Sequence[NeedEnd], by: User | None) -> list[SupportNeed]:
    """End many needs, each on its day; all or none, with a sentence for each that cannot end."""
    locks.wait_turn("need", ward.pk)
    if not ends:
        raise ValidationError(NONE_CHOSEN)
    rows = SupportNeed.objects.filter(ward=ward, pk__in=[end.need.pk for end in ends])
    current = rows.select_related("household", "kind", "ward").in_bulk()
    faults = [f"{end.need}: {sentence}" for end in ends for sentence in _faults(current, end)]
    if faults:
        raise ValidationError(faults)
    return [_end(current[end.need.pk], end) for end in ends]


def _faults(current: dict[int, SupportNeed], end: NeedEnd) -> list[str]:
    need = current.get(end.need.pk)
    if need is None:
        return [NONE_CHOSEN]
    if need.ended_on is not None:
        return [ENDED_ALREADY.format(day=formatting.day(need.ended_on))]
    try:
        versions.check(need, end.version)
    except ValidationError as refused:
        return refused.messages
    return list(end_faults(need.asked_on, end.on, clock.today(), end.reason).values())


def _end(need: SupportNeed, end: NeedEnd) -> SupportNeed:
    versions.update(
        need,
        version=need.version,
        ended_on=end.on,
        outcome=end.outcome,
        end_reason=end.reason,
    )
    label = NeedOutcome(end.outcome).label.lower()
    summary = f"Hộ {need.household}: {need.kind}, {label} ngày {formatting.day(end.on)}."
    audit.record(need.household, summary, ward=need.ward, reason=end.reason)
    return need
