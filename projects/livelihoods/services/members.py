"""Who takes part in a livelihood project: households of the register and others."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from projects.livelihoods.services.livelihoods import (
    DAY_TO_COME,
    REASON_MISSING,
    hold_livelihoods,
    refuse_counted,
    refuse_stopped,
    refuse_writer,
)
from projects.models import Livelihood, LivelihoodMember
from projects.rules.livelihoods import LONG_BEFORE

ONE_OF_BOTH = "Nhập mã hộ, hoặc tên bên tham gia khác."
NOT_BOTH = "Chỉ nhập một trong hai: mã hộ, hoặc tên bên tham gia khác."
OTHER_WARD = "Phường, xã không có hộ mã này."
NOT_REGISTERED = "Hộ đã ra khỏi sổ vào ngày này."
JOINED = "Hộ này đang tham gia mô hình."
LEFT = "Thành viên này đã thôi tham gia."
BEFORE_JOINING = "Không được trước ngày tham gia {day}."


@dataclass(frozen=True)
class LivelihoodMemberInput:
    """Who joins, and with what."""

    joined_on: date
    household: Household | None = None
    name: str = ""
    part: str = ""


@audit.business_act(label="Thêm thành viên mô hình sinh kế")
def add_livelihood_member(
    *, livelihood: Livelihood, details: LivelihoodMemberInput, key: str | None = None, by: User
) -> LivelihoodMember:
    """Somebody takes part from a day on. Raises ValidationError by field, PermissionDenied."""
    refuse_writer(by, livelihood)

    def create() -> LivelihoodMember:
        hold_livelihoods(livelihood.ward)
        current = Livelihood.objects.select_related("ward").get(pk=livelihood.pk)
        refuse_stopped(current)
        refuse_counted(current, details.joined_on)
        _refuse(current, details)
        member = LivelihoodMember.objects.create(
            ward=current.ward,
            livelihood=current,
            household=details.household,
            name=details.name,
            part=details.part,
            joined_on=details.joined_on,
        )
        day = formatting.day(member.joined_on)
        audit.record(current, f"{current}: {member} tham gia từ ngày {day}.", ward=current.ward)
        return member

    content = {
        "livelihood": livelihood.pk,
        "household": details.household.pk if details.household else None,
        **{name: getattr(details, name) for name in ("name", "part", "joined_on")},
    }
    act = "add_livelihood_member"
    return once(key=key, act=act, content=content, model=LivelihoodMember, create=create, by=by)


@audit.business_act(label="Thôi tham gia mô hình sinh kế")
def end_livelihood_member(
    *, member: LivelihoodMember, on: date, reason: str, version: int | None, by: User
) -> LivelihoodMember:
    """Somebody takes part no more from a day on. Raises ValidationError, StaleVersion."""
    livelihood = member.livelihood
    refuse_writer(by, livelihood)
    hold_livelihoods(livelihood.ward)
    current = LivelihoodMember.objects.select_related("household").get(pk=member.pk)
    versions.check(current, version)
    if current.left_on is not None:
        raise ValidationError(LEFT)
    faults, stated = {}, normalise_text(reason)
    if fault := reason_fault(stated, REASON_MISSING):
        faults["reason"] = fault
    if on > clock.today():
        faults["on"] = DAY_TO_COME
    elif on < current.joined_on:
        faults["on"] = BEFORE_JOINING.format(day=formatting.day(current.joined_on))
    if faults:
        raise ValidationError(faults)
    refuse_counted(livelihood, on)
    versions.update(current, version=version, left_on=on, leave_reason=stated)
    summary = f"{livelihood}: {current} thôi tham gia từ ngày {formatting.day(on)}."
    audit.record(livelihood, summary, ward=livelihood.ward, reason=stated)
    return current


def _refuse(livelihood: Livelihood, details: LivelihoodMemberInput) -> None:
    faults = _household_faults(livelihood, details.household, details.joined_on)
    household = details.household
    if household is None and not details.name:
        faults["code"] = ONE_OF_BOTH
    elif household is not None and details.name:
        faults["name"] = NOT_BOTH
    if details.joined_on > clock.today():
        faults["joined_on"] = DAY_TO_COME
    elif details.joined_on.year < livelihood.year_from - 1:
        faults["joined_on"] = LONG_BEFORE.format(year=livelihood.year_from)
    if faults:
        raise ValidationError(faults)


def _household_faults(
    livelihood: Livelihood, household: Household | None, day: date
) -> dict[str, str]:
    if household is None:
        return {}
    if household.ward_id != livelihood.ward_id:
        return {"code": OTHER_WARD}
    if household.left_register_on(day):
        return {"code": NOT_REGISTERED}
    if livelihood.members.filter(household=household, left_on=None).exists():
        return {"code": JOINED}
    return {}
