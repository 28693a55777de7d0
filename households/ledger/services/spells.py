"""The only writer of the ledger of statuses. It keeps spells in a row, without gap or overlap.

The acts that call it (registering a household, recognising results) leave the journal entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from households.choices import MovementCause, PovertyClass
from households.models import Decision, Household, HouseholdStatus
from povertyplan.core import locks
from povertyplan.core.text import formatting


@dataclass(frozen=True)
class StatusChange:
    """A household's new class and the movement that led to it.

    `anchor_on` is given where the 36 months are not counted from the first day of the spell.
    """

    household: Household
    poverty_class: str
    cause: str
    anchor_on: date | None = None


@transaction.atomic
def open_first_spell(
    *,
    household: Household,
    starts_on: date,
    poverty_class: str = PovertyClass.NOT_POOR,
    cause: str = MovementCause.REGISTERED,
    decision: Decision | None = None,
) -> HouseholdStatus:
    """Start the ledger of a household that is new in the register."""
    if household.statuses.exists():
        raise ValidationError(f"Hộ {household.code} đã có kết quả phân loại trong sổ.")
    if starts_on < household.opened_on:
        raise ValidationError(
            f"Hộ {household.code} vào sổ ngày {formatting.day(household.opened_on)}, "
            "không ghi được kết quả từ ngày trước đó."
        )
    return HouseholdStatus.objects.create(
        ward_id=household.ward_id,
        household=household,
        poverty_class=poverty_class,
        starts_on=starts_on,
        cause=cause,
        decision=decision,
    )


def first_spells(
    *, households: Sequence[Household], classes: Sequence[str]
) -> list[HouseholdStatus]:
    """The beginnings of the ledgers of households that are new, each from its opening day.

    Not saved: who makes many households inserts all their rows at once.
    """
    return [
        HouseholdStatus(
            ward_id=household.ward_id,
            household=household,
            poverty_class=poverty_class,
            starts_on=household.opened_on,
            cause=MovementCause.REGISTERED,
        )
        for household, poverty_class in zip(households, classes, strict=True)
    ]


@transaction.atomic
def change_statuses(
    *, changes: Sequence[StatusChange], starts_on: date, decision: Decision | None
) -> list[HouseholdStatus]:
    """Start new spells on one day, and end those in force the day before; four queries.

    Nothing is written behind a present spell: the past of the ledger is never changed. Raises
    ValidationError with a sentence for each household that refuses, and then saves nothing.
    """
    # Locked, so that two decisions of one moment cannot both end the same spell.
    in_force = locks.hold(
        HouseholdStatus.objects.filter(
            household__in=[change.household for change in changes], ends_on=None
        )
    )
    present = {spell.household_id: spell for spell in in_force}
    faults = [
        fault
        for change in changes
        if (fault := _fault(change.household, present.get(change.household.pk), starts_on))
    ]
    if faults:
        raise ValidationError(faults)
    HouseholdStatus.objects.filter(pk__in=[spell.pk for spell in present.values()]).update(
        ends_on=starts_on - timedelta(days=1)
    )
    return HouseholdStatus.objects.bulk_create(
        HouseholdStatus(
            ward_id=change.household.ward_id,
            household=change.household,
            poverty_class=change.poverty_class,
            starts_on=starts_on,
            cause=change.cause,
            decision=decision,
            anchor_on=change.anchor_on,
        )
        for change in changes
    )


@transaction.atomic
def close_ledger(*, household: Household, on: date) -> HouseholdStatus:
    """End the last spell the day before a household leaves the register.

    Raises ValidationError when no spell is open, or when it began on that day or later: a result
    that was recognised is not written over.
    """
    last = locks.hold(household.statuses.filter(ends_on=None)).first()
    if last is None:
        raise ValidationError(f"Hộ {household.code} không có kết quả đang còn hiệu lực.")
    if last.starts_on >= on:
        raise ValidationError(
            f"Hộ {household.code} có kết quả {last.get_poverty_class_display().lower()} từ ngày "
            f"{formatting.day(last.starts_on)}; ngày ra khỏi sổ phải sau ngày này."
        )
    last.ends_on = on - timedelta(days=1)
    last.save(update_fields=["ends_on"])
    return last


@transaction.atomic
def reopen_ledger(*, household: Household) -> HouseholdStatus:
    """Let the spell that ended when a household was closed run on."""
    last = locks.hold(household.statuses.all()).order_by("-starts_on").first()
    closed_on = household.closed_on
    if last is None or closed_on is None or last.ends_on != closed_on - timedelta(days=1):
        raise ValidationError(f"Kết quả của hộ {household.code} không kết thúc khi hộ ra khỏi sổ.")
    last.ends_on = None
    last.save(update_fields=["ends_on"])
    return last


def _fault(household: Household, present: HouseholdStatus | None, starts_on: date) -> str | None:
    """Why a household cannot change on a day, in one sentence."""
    if household.closed_on is not None and starts_on >= household.closed_on:
        return f"Hộ {household.code} đã ra khỏi sổ ngày {formatting.day(household.closed_on)}."
    if present is None:
        return f"Hộ {household.code} không có kết quả đang còn hiệu lực để thay đổi."
    if starts_on <= present.starts_on:
        return (
            f"Hộ {household.code} đã có kết quả {present.get_poverty_class_display().lower()} "
            f"từ ngày {formatting.day(present.starts_on)}; kết quả mới phải bắt đầu sau ngày này."
        )
    return None
