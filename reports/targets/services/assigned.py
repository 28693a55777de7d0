"""What the superior level asks of a ward for a year, and something else for it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import refuse_locked_year
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import Measure
from projects.rules.promises import promise_faults
from projects.targets.services.targets import (
    PromisedTarget,
    changes_promise,
    promise_of,
    promise_text,
)
from reports.models import AssignedTarget
from reports.targets.selectors import assigned_targets

DOCUMENT_MISSING = "Ghi cơ quan giao, số và ngày văn bản của những dòng vừa nhập hoặc vừa đổi."
REASON_MISSING = "Nêu lý do điều chỉnh chỉ tiêu cấp trên giao."
DAY_TO_COME = "Ngày văn bản không được sau hôm nay."


@dataclass(frozen=True)
class AssigningDocument:
    """The superior's document."""

    issuer: str
    document: str
    issued_on: date | None

    @property
    def is_whole(self) -> bool:
        return bool(self.issuer and self.document and self.issued_on)


@audit.business_act(label="Ghi chỉ tiêu cấp trên giao")
def set_assigned_targets(
    *,
    ward: Area,
    year: int,
    targets: Sequence[PromisedTarget],
    document: AssigningDocument,
    reason: str,
    by: User,
) -> list[AssignedTarget]:
    """Record what a document gives the ward for the end of a year, all or none.

    What stands already and changes takes the reason. Raises ValidationError with a sentence for
    each fault, and StaleVersion where somebody recorded another figure meanwhile.
    """
    refuse_locked_year(ward, year)
    standing = assigned_targets(ward, year)
    changed = [
        each for each in targets if changes_promise(standing.get(each.indicator.pk), each.promise)
    ]
    if not changed:
        return []
    if faults := [sentence for each in changed for sentence in _faults(standing, each)]:
        raise ValidationError(faults)
    if not document.is_whole:
        raise ValidationError({"document": DOCUMENT_MISSING})
    if document.issued_on and document.issued_on > clock.today():
        raise ValidationError({"issued_on": DAY_TO_COME})
    stated = normalise_text(reason)
    if any(each.indicator.pk in standing for each in changed) and not stated:
        raise ValidationError({"reason": REASON_MISSING})
    return [
        _write(ward, year, each, standing.get(each.indicator.pk), document, stated)
        for each in changed
    ]


def _faults(standing: dict[int, AssignedTarget], target: PromisedTarget) -> list[str]:
    indicator, current = target.indicator, standing.get(target.indicator.pk)
    if target.seen != (current and current.pk):
        versions.refuse_stale(current)
    faults = promise_faults(target.promise, is_count=indicator.measure == Measure.COUNT)
    return [f"{indicator}: {sentence}" for sentence in faults.values()]


def _write(
    ward: Area,
    year: int,
    target: PromisedTarget,
    standing: AssignedTarget | None,
    document: AssigningDocument,
    reason: str,
) -> AssignedTarget:
    values = asdict(target.promise)
    del values["assigned_by"]
    change = {"supersedes": standing, "reason": reason} if standing else {}
    try:
        with transaction.atomic():
            written = AssignedTarget.objects.create(
                ward=ward,
                indicator=target.indicator,
                year=year,
                **values,
                **asdict(document),
                **change,
            )
    except IntegrityError as twice:
        found = assigned_targets(ward, year).get(target.indicator.pk)
        if found is None:
            raise
        raise versions.StaleVersion(found) from twice
    before = f"{_words(standing)} → " if standing else ""
    audit.record(written, f"{written}: {before}{_words(written)}.", ward=ward, reason=reason)
    return written


def _words(target: AssignedTarget) -> str:
    promised = promise_text(promise_of(target), target.indicator)
    return f"{promised} ({target.document_text})"
