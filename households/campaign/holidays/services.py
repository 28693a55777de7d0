"""The ward's days without work, and the days worked instead: added and removed.

National fixed days are reference data.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from households.campaign.holidays.selectors import ProposedDay, listed_holidays
from households.models import Holiday
from households.rules.working_days import is_weekend
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text

LONGEST = 15  # days in a row: longer is a typing mistake


@audit.business_act(label="Thêm ngày nghỉ, ngày làm bù")
def add_holidays(
    *,
    ward: Area,
    name: str,
    first: date,
    last: date | None = None,
    is_worked: bool = False,
    legal_reference: str = "",
    by: User,
) -> list[Holiday]:
    """Add one day without work, or each day from the first to the last.

    `is_worked` makes them days of the weekend that are worked, by a decision that must be named.
    """
    _one_at_a_time(ward)
    faults = holiday_faults(
        ward,
        name=name,
        first=first,
        last=last,
        is_worked=is_worked,
        legal_reference=legal_reference,
    )
    if faults:
        raise ValidationError(faults)
    days = days_between(first, last)
    added = _store(ward, [ProposedDay(day, name, is_worked) for day in days], legal_reference)
    audit.record(
        added[0],
        f"{by} thêm {_kind(added[0])} {_period(days[0], days[-1])}: {added[0].name}",
        ward=ward,
    )
    return added


@audit.business_act(label="Thêm ngày nghỉ, ngày làm bù được đề xuất")
def confirm_proposed_days(
    *, ward: Area, days: Sequence[ProposedDay], legal_reference: str, by: User
) -> list[Holiday]:
    """Add days of one year that an officer has confirmed by a document, each with its name."""
    if not days:
        raise ValidationError("Chọn ít nhất một ngày.")
    if not normalise_text(legal_reference):
        raise ValidationError({"legal_reference": "Nhập căn cứ của các ngày đã chọn."})
    _one_at_a_time(ward)
    if known := _known(ward, [day.on for day in days]):
        raise ValidationError(known)
    added = _store(ward, days, legal_reference)
    named = "; ".join(
        f"{formatting.day(day.on)} {row.name}" for day, row in zip(days, added, strict=True)
    )
    audit.record(
        added[0], f"{by} thêm {len(added)} ngày theo {added[0].legal_reference}: {named}", ward=ward
    )
    return added


def _one_at_a_time(ward: Area) -> None:
    """Let nobody else add days of the ward from the look at what is there until the commit."""
    locks.hold(Area.objects.filter(pk=ward.pk)).get()


def _store(ward: Area, days: Sequence[ProposedDay], legal_reference: str) -> list[Holiday]:
    added = [
        Holiday(
            ward=ward,
            year=day.on.year,
            month=day.on.month,
            day=day.on.day,
            name=normalise_text(day.name),
            is_worked=day.is_worked,
            legal_reference=normalise_text(legal_reference),
        )
        for day in days
    ]
    for holiday in added:
        holiday.full_clean(exclude=["ward"])
        holiday.save()
    return added


@audit.business_act(label="Gỡ ngày nghỉ, ngày làm bù")
def remove_holiday(*, holiday: Holiday, by: User) -> Holiday:
    """Take a day of a ward out again. Lists that hang already keep their last day."""
    if holiday.ward is None or holiday.year is None:
        raise ValidationError("Ngày nghỉ chung của cả nước không gỡ được ở đây.", code="locked")
    day = formatting.day(date(holiday.year, holiday.month, holiday.day))
    audit.record(holiday, f"{by} gỡ {_kind(holiday)} {day}: {holiday.name}", ward=holiday.ward)
    holiday.delete()
    return holiday


def holiday_faults(
    ward: Area,
    *,
    name: str,
    first: date | None,
    last: date | None,
    is_worked: bool,
    legal_reference: str,
) -> dict[str, str]:
    """What is wrong with days to add, by field; a day that could not be read is None."""
    faults = {}
    if not normalise_text(name or ""):
        faults["name"] = "Nhập tên ngày."
    if is_worked and not normalise_text(legal_reference or ""):
        faults["legal_reference"] = "Nhập văn bản quyết định ngày làm bù."
    return faults | _days_faults(ward, first, last, is_worked=is_worked)


def _days_faults(
    ward: Area, first: date | None, last: date | None, *, is_worked: bool
) -> dict[str, str]:
    if first is None:
        return {}
    if last is not None and last < first:
        return {"last": "Ngày cuối không được trước ngày đầu."}
    if last is not None and (last - first).days >= LONGEST:
        return {"last": f"Mỗi lần thêm tối đa {LONGEST} ngày liền nhau."}
    days = days_between(first, last)
    if known := _known(ward, days):
        return {"first": known}
    if is_worked and (worked := [formatting.day(day) for day in days if not is_weekend(day)]):
        named = ", ".join(worked)
        return {"first": f"Ngày làm bù phải là thứ bảy, chủ nhật; đã là ngày làm việc: {named}."}
    return {}


def days_between(first: date, last: date | None) -> list[date]:
    """Each day from the first to the last; the first alone without a last."""
    length = ((last or first) - first).days + 1
    return [first + timedelta(days=number) for number in range(length)]


def _known(ward: Area, days: list[date]) -> str:
    """Which of the days are in the list already, in a sentence; empty when none is."""
    years = {day.year for day in days}
    rows = [row for year in sorted(years) for row in listed_holidays(ward, year) if row.on in days]
    listed = [f"{formatting.day(row.on)} ({_kind(row.holiday)})" for row in rows]
    return f"Đã có trong danh sách: {', '.join(listed)}." if listed else ""


def _kind(holiday: Holiday) -> str:
    return "ngày làm bù" if holiday.is_worked else "ngày nghỉ"


def _period(first: date, last: date) -> str:
    if first == last:
        return formatting.day(first)
    return f"từ {formatting.day(first)} đến {formatting.day(last)}"
