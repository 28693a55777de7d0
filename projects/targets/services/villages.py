"""What each village is to have left of an indicator at the end of a year (giao cho thôn)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import refuse_locked_year
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import TargetOperator
from projects.models import Indicator, Target
from projects.targets.selectors import village_targets_of
from projects.targets.services.targets import NOT_TAKEN_BACK, REASON_MISSING, revise_target

ABOVE_WARD = (
    "Tổng các thôn là {total}, cao hơn chỉ tiêu {ward} của phường, xã. Giảm ở một thôn, hoặc nêu "
    "lý do giao như vậy."
)


@dataclass(frozen=True)
class VillagePromise:
    """What a village is to have left; None promises nothing. `seen` is the target it replaces."""

    village: Area
    left: int | None
    seen: int | None = None


@audit.business_act(label="Giao chỉ tiêu cho thôn, tổ dân phố")
def set_village_targets(
    *,
    indicator: Indicator,
    year: int,
    villages: Sequence[VillagePromise],
    ward_left: int | None,
    reason: str,
    by: User,
) -> list[Target]:
    """Promise what each village has left, all or none; what does not change is left alone.

    A sum above that of the ward takes a reason, as revising does. Raises ValidationError, and
    StaleVersion where somebody set one meanwhile.
    """
    refuse_locked_year(indicator.ward, year)
    standing = village_targets_of(indicator, year)
    changed = [each for each in villages if _changes(standing.get(each.village.pk), each)]
    _refuse(standing, changed, villages, ward_left, reason)
    return [
        _write(indicator, year, each, standing.get(each.village.pk), reason, by) for each in changed
    ]


def sum_of(villages: Sequence[VillagePromise]) -> int:
    return sum(each.left or 0 for each in villages)


def _changes(current: Target | None, promise: VillagePromise) -> bool:
    return promise.left != (None if current is None else left_by(current))


def left_by(target: Target) -> int:
    return 0 if target.low is None else int(target.low)


def _refuse(standing, changed, villages, ward_left, reason) -> None:
    faults = []
    for each in changed:
        current = standing.get(each.village.pk)
        if each.seen != (current and current.pk):
            versions.refuse_stale(current)
        if each.left is None:
            faults.append(f"{each.village.name}: {NOT_TAKEN_BACK}")
    if faults:
        raise ValidationError(faults)
    if any(each.village.pk in standing for each in changed):
        stated_reason(reason, REASON_MISSING)
    total = sum_of(villages)
    if changed and ward_left is not None and total > ward_left:
        sums = {"total": formatting.number(total), "ward": formatting.number(ward_left)}
        stated_reason(reason, ABOVE_WARD.format(**sums))


def _write(indicator, year, promise: VillagePromise, current, reason, by) -> Target:
    none_left = promise.left == 0
    values = {
        "operator": TargetOperator.NONE_LEFT if none_left else TargetOperator.LEVEL,
        "low": None if none_left else Decimal(promise.left or 0),
    }
    if current is not None:
        return revise_target(target=current, promise=values, reason=reason, by=by)
    place = {"indicator": indicator, "area": promise.village, "year": year}
    try:
        with transaction.atomic():
            made = Target.objects.create(
                ward=indicator.ward, **place, **values, note=normalise_text(reason)
            )
    except IntegrityError as twice:
        found = Target.objects.in_force().filter(**place).first()
        if found is None:
            raise
        raise versions.StaleVersion(found) from twice
    left = formatting.with_unit(formatting.number(promise.left), indicator.measure_unit)
    audit.record(made, f"{made}, {promise.village.name}: còn {left}.", ward=indicator.ward)
    return made
