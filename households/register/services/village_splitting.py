"""Splitting a village into two: it ends, both parts begin, each household goes to one of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import F

from households.choices import EventKind
from households.models import Household, ReviewRequest
from households.register.services.village_list import running_review
from households.register.services.villages import (
    REASON_MISSING,
    households_in,
    next_code,
    record_village_events,
    village_day_faults,
    village_name_faults,
)
from povertyplan.core import locks
from povertyplan.core.accounts.village_roles import hand_over
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text


@dataclass(frozen=True)
class VillagePart:
    """What one of the two is called, and who keeps a role in it."""

    name: str
    setting: str
    staying: Collection[User] = ()


@audit.business_act(label="Tách thôn, tổ dân phố")
def split_village(
    *,
    village: Area,
    first: VillagePart,
    second: VillagePart,
    moving: Collection[Household],
    on: date,
    reason: str,
    version: int | None,
    by: User,
) -> Area:
    """Make two villages of one; both exist from `on`, it until the day before. Returns the second.

    The households `moving` go to the second, the others to the first. What is known of the
    population was of both together, so nothing is known of the parts until it is given.
    """
    reason = stated_reason(reason, REASON_MISSING)
    ward = cast(Area, village.parent)
    # The next code is counted by one act at a time.
    list(locks.hold(Area.objects.filter(pk__in=[ward.pk, village.pk])))
    households = households_in([village])
    faults = [
        *_faults(village, (first, second), on),
        *_moving_faults(village, moving, households),
    ]
    if faults:
        raise ValidationError(faults)
    versions.update(village, version=version, valid_to=on - timedelta(days=1))
    heirs = {
        _begin(village, first, code=village.code, on=on): first.staying,
        _begin(village, second, code=next_code(ward), on=on): second.staying,
    }
    stays, goes = heirs
    record_village_events(households, EventKind.VILLAGE_SPLIT, on, by, from_their_village=True)
    moved = {household.pk for household in moving}
    for part, keys in (
        (goes, moved),
        (stays, {household.pk for household in households} - moved),
    ):
        _move(part, keys)
    ReviewRequest.objects.waiting().filter(village=village).update(
        village=stays, version=F("version") + 1
    )
    hand_over(villages=[village], heirs=heirs, because="thôn được tách", by=by)
    audit.record(
        village,
        f"Tách {village} thành {stays} ({len(households) - len(moved)} hộ) và {goes} "
        f"({len(moved)} hộ) từ ngày {formatting.day(on)}.",
        ward=ward,
        reason=reason,
    )
    return goes


def _begin(village: Area, part: VillagePart, *, code: str, on: date) -> Area:
    area = Area.objects.create(
        kind=AreaKind.VILLAGE,
        parent=village.parent,
        name=normalise_text(part.name),
        code=code,
        setting=part.setting,
        order=village.order,
        valid_from=on,
    )
    area.path = area.path_below_parent()
    area.save(update_fields=["path"])
    area.predecessors.set([village])
    return area


def _move(part: Area, households: Collection[int]) -> None:
    """Let households live in a part; their waiting requests go along."""
    Household.objects.filter(pk__in=households).update(village=part, version=F("version") + 1)
    ReviewRequest.objects.waiting().filter(household__in=households).update(
        village=part, version=F("version") + 1
    )


def _faults(village: Area, parts: Sequence[VillagePart], on: date) -> Iterator[str]:
    ward = cast(Area, village.parent)
    if village.valid_to is not None:
        yield f"{village} đã kết thúc trước đó."
    if village.valid_from is not None and village.valid_from >= on:
        yield f"{village} có từ ngày {formatting.day(village.valid_from)}."
    if row := running_review(village):
        yield f"{row.campaign} chưa được công nhận. Tách thôn sau khi công nhận kết quả."
    names = [normalise_text(part.name) for part in parts]
    for name in names:
        yield from village_name_faults(ward, name, [village])
    if names[0].casefold() == names[1].casefold():
        yield "Hai thôn mới phải khác tên nhau."
    yield from village_day_faults(ward.pk, on)


def _moving_faults(
    village: Area, moving: Collection[Household], households: Collection[Household]
) -> Iterator[str]:
    """The rows of `moving` may be older than the households found in the village now."""
    here = {household.pk for household in households}
    for household in moving:
        if household.pk not in here:
            yield f"Hộ {household.code} không ở {village}."
