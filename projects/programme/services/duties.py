"""Duties of units beside the projects that they lead: given from a day on, ended with a reason."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import UnitDutyKind
from projects.models import UnitDuty
from projects.programme.services.ward_projects import hold_ward

FOREIGN_UNIT = "Chọn đơn vị của phường, xã."
UNIT_ENDED = "Đơn vị này kết thúc từ ngày {day}."
HELD_ALREADY = "Đơn vị đang được giao việc này từ ngày {day}."
ENDED = "Việc này đã thôi giao."
REASON_MISSING = "Nêu lý do thôi giao."
BEFORE_GIVEN = "Không được trước ngày giao {day}."


@dataclass(frozen=True)
class UnitDutyInput:
    """Which duty a unit has from which day."""

    unit: Unit
    duty: UnitDutyKind
    valid_from: date


@audit.business_act(label="Giao việc riêng cho đơn vị")
def give_duty(
    *, ward: Area, details: UnitDutyInput, key: str | None = None, by: User | None
) -> UnitDuty:
    """Who reports for the unit writes what the duty names. Raises ValidationError by field."""

    def create() -> UnitDuty:
        hold_ward(ward)
        if faults := _duty_faults(ward, details):
            raise ValidationError(faults)
        given = UnitDuty.objects.create(
            ward=ward, unit=details.unit, duty=details.duty, valid_from=details.valid_from
        )
        day = formatting.day(given.valid_from)
        audit.record(given, f"{given}, từ ngày {day}.", ward=ward)
        return given

    content = {"ward": ward.pk, "unit": details.unit.pk, "duty": str(details.duty)}
    content["valid_from"] = str(details.valid_from)
    return once(key=key, act="give_duty", content=content, model=UnitDuty, create=create, by=by)


@audit.business_act(label="Thôi giao việc riêng cho đơn vị")
def end_duty(
    *, duty: UnitDuty, last_day: date, reason: str, version: int | None, by: User
) -> UnitDuty:
    """The unit has it up to a day. Raises ValidationError by field, and StaleVersion."""
    hold_ward(duty.ward)
    current = UnitDuty.objects.select_related("unit", "ward").get(pk=duty.pk)
    versions.check(current, version)
    if current.valid_to is not None:
        raise ValidationError(ENDED)
    faults, stated = {}, normalise_text(reason)
    if not stated:
        faults["reason"] = REASON_MISSING
    if last_day < current.valid_from:
        faults["last_day"] = BEFORE_GIVEN.format(day=formatting.day(current.valid_from))
    if faults:
        raise ValidationError(faults)
    versions.update(current, version=version, valid_to=last_day, end_reason=stated)
    summary = f"{current}: thôi giao, đến hết ngày {formatting.day(last_day)}."
    audit.record(current, summary, ward=current.ward, reason=stated)
    return current


def _duty_faults(ward: Area, details: UnitDutyInput) -> dict[str, str]:
    unit = details.unit
    if unit.ward_id != ward.pk:
        return {"unit": FOREIGN_UNIT}
    if unit.valid_to is not None and unit.valid_to < details.valid_from:
        return {"unit": UNIT_ENDED.format(day=formatting.day(unit.valid_to))}
    held = UnitDuty.objects.in_force(details.valid_from)
    standing = held | UnitDuty.objects.filter(valid_from__gt=details.valid_from)
    found = standing.filter(ward=ward, unit=unit, duty=details.duty).first()
    return {"duty": HELD_ALREADY.format(day=formatting.day(found.valid_from))} if found else {}
