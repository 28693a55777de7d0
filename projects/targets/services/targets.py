"""What a ward promises for the end of a year (chỉ tiêu kế hoạch), and something else for it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import refuse_locked_year
from povertyplan.core.platform import versions
from povertyplan.core.text.reasons import stated_reason
from projects.choices import Measure, TargetOperator
from projects.models import Indicator, Target
from projects.rules.progress import target_text
from projects.rules.promises import Promise, promise_faults
from projects.targets.selectors import targets_of

REASON_MISSING = "Nêu lý do điều chỉnh chỉ tiêu."
NOT_TAKEN_BACK = "Chỉ tiêu đã giao không bỏ trống được: điều chỉnh và nêu lý do."
PROMISE = (
    "operator", "low", "high", "rate_operator", "rate", "assigned_by", "note",
)  # fmt: skip


class Promised(Protocol):
    """A row with the fields of a promise: a target, or what the superior level asks."""

    operator: str
    low: Decimal | None
    high: Decimal | None
    rate_operator: str
    rate: Decimal | None
    note: str

    @property
    def assigned_by(self) -> str: ...


@dataclass(frozen=True)
class PromisedTarget:
    """What is promised for an indicator. `seen` is the key of the target that it replaces."""

    indicator: Indicator
    promise: Promise
    seen: int | None = None


@audit.business_act(label="Giao chỉ tiêu năm")
def set_targets(
    *, ward: Area, year: int, targets: Sequence[PromisedTarget], reason: str, by: User
) -> list[Target]:
    """Promise figures for the end of a year, all or none; those that do not change are left alone.

    A target that stands already is revised, which takes the reason. Raises ValidationError with a
    sentence for each target that cannot be, and StaleVersion where somebody set one meanwhile.
    """
    refuse_locked_year(ward, year)
    standing = {key: found for (key, of_year), found in targets_of(ward).items() if of_year == year}
    changed = [
        each for each in targets if changes_promise(standing.get(each.indicator.pk), each.promise)
    ]
    if faults := [sentence for each in changed for sentence in _faults(standing, each)]:
        raise ValidationError(faults)
    if any(each.indicator.pk in standing for each in changed):
        stated_reason(reason, REASON_MISSING)
    return [
        _write(ward, year, each, standing.get(each.indicator.pk), reason=reason, by=by)
        for each in changed
    ]


@audit.business_act(label="Điều chỉnh chỉ tiêu")
def revise_target(
    *, target: Target, promise: Mapping[str, Any], reason: str, by: User | None
) -> Target:
    """Promise something else for the year; the old target stays, replaced with a reason.

    `promise` holds the fields of PROMISE that change. Raises StaleVersion where somebody replaced
    the target meanwhile.
    """
    stated = stated_reason(reason, REASON_MISSING)
    refuse_locked_year(target.ward, target.year)
    kept = {name: getattr(target, name) for name in ("ward", "area", "indicator", "year", *PROMISE)}
    try:
        with transaction.atomic():
            revised = Target.objects.create(**{**kept, **promise}, supersedes=target, reason=stated)
    except IntegrityError as twice:
        newer = Target.objects.filter(supersedes=target).first()
        if newer is None:
            raise
        raise versions.StaleVersion(newer) from twice
    audit.record(
        revised, f"{revised}: {_revision(target, promise)}.", ward=target.ward, reason=stated
    )
    return revised


def promise_of(target: Promised) -> Promise:
    return Promise(**{name: getattr(target, name) for name in PROMISE})


def promise_text(promise: Promise, indicator: Indicator) -> str:
    """What is promised in one line, as a document words it: "còn 12 hộ, tỷ lệ 0,15%"."""
    operator = TargetOperator(promise.operator)
    words = target_text(operator, promise.low, promise.high, indicator.measure_unit)
    if promise.rate is None:
        return words or promise.note
    rate = target_text(TargetOperator(promise.rate_operator), promise.rate, unit="%")
    return f"{words}, tỷ lệ {rate}"


def changes_promise(standing: Promised | None, promise: Promise) -> bool:
    """Whether a sent promise is another than what stands; an empty one is none."""
    if standing is None:
        return not promise.is_empty
    return promise != promise_of(standing)


def _faults(standing: Mapping[int, Target], target: PromisedTarget) -> list[str]:
    indicator = target.indicator
    if target.promise.is_empty:
        return [f"{indicator}: {NOT_TAKEN_BACK}"]
    current = standing.get(indicator.pk)
    if target.seen != (current and current.pk):
        versions.refuse_stale(current)
    faults = promise_faults(target.promise, is_count=indicator.measure == Measure.COUNT)
    return [f"{indicator}: {sentence}" for sentence in faults.values()]


def _write(
    ward: Area, year: int, target: PromisedTarget, standing: Target | None, *, reason: str, by: User
) -> Target:
    if standing is not None:
        before = asdict(promise_of(standing))
        changes = {k: new for k, new in asdict(target.promise).items() if new != before[k]}
        return revise_target(target=standing, promise=changes, reason=reason, by=by)
    place = {"indicator": target.indicator, "area": ward, "year": year}
    try:
        with transaction.atomic():
            promised = Target.objects.create(ward=ward, **place, **asdict(target.promise))
    except IntegrityError as twice:
        found = Target.objects.in_force().filter(**place).first()
        if found is None:
            raise
        raise versions.StaleVersion(found) from twice
    audit.record(
        promised, f"{promised}: {promise_text(target.promise, target.indicator)}.", ward=ward
    )
    return promised


def _revision(target: Target, promise: Mapping[str, Any]) -> str:
    """The fields that change, each with its old and new value."""
    changes = [field_change(target, name, value) for name, value in promise.items()]
    return "; ".join(f"{each.label} {each.old} → {each.new}" for each in changes)
