"""The ward's days without work: added and removed. National fixed days are reference data."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from households.models import Holiday
from households.selectors.holidays import listed_holidays
from povertyplan.core import audit, formatting
from povertyplan.core.models import Area, User
from povertyplan.core.vietnamese import normalise_text

LONGEST = 15  # days in a row: longer is a typing mistake


@audit.business_act
def add_holidays(
    *,
    ward: Area,
    name: str,
    first: date,
    last: date | None = None,
    by: User,
    source: str = "web",
) -> list[Holiday]:
    """Add one day without work, or each day from the first to the last."""
    if faults := holiday_faults(ward, name=name, first=first, last=last):
        raise ValidationError(faults)
    days = days_between(first, last)
    added = [
        Holiday(ward=ward, year=day.year, month=day.month, day=day.day, name=normalise_text(name))
        for day in days
    ]
    for holiday in added:
        holiday.full_clean(exclude=["ward"])
        holiday.save()
    audit.record(
        act="add_holidays",
        obj=added[0],
        summary=f"{by} thêm ngày nghỉ {_period(days[0], days[-1])}: {added[0].name}",
        by=by,
        ward=ward,
        source=source,
    )
    return added


@audit.business_act
def remove_holiday(*, holiday: Holiday, by: User, source: str = "web") -> None:
    """Take a day of a ward out again. Lists that hang already keep their last day."""
    if holiday.ward is None:
        raise ValidationError("Ngày nghỉ chung của cả nước không gỡ được ở đây.", code="locked")
    day = formatting.day(date(holiday.year, holiday.month, holiday.day))
    audit.record(
        act="remove_holiday",
        obj=holiday,
        summary=f"{by} gỡ ngày nghỉ {day}: {holiday.name}",
        by=by,
        ward=holiday.ward,
        source=source,
    )
    holiday.delete()


def holiday_faults(
    ward: Area, *, name: str, first: date | None, last: date | None
) -> dict[str, str]:
    """What is wrong with days to add, by field; a day that could not be read is None."""
    faults = {}
    if not normalise_text(name or ""):
        faults["name"] = "Nhập tên ngày nghỉ."
    if first is None:
        return faults
    if last is not None and last < first:
        faults["last"] = "Ngày cuối không được trước ngày đầu."
    elif last is not None and (last - first).days >= LONGEST:
        faults["last"] = f"Mỗi lần thêm tối đa {LONGEST} ngày liền nhau."
    elif known := _known(ward, days_between(first, last)):
        faults["first"] = f"Đã là ngày nghỉ: {', '.join(known)}."
    return faults


def days_between(first: date, last: date | None) -> list[date]:
    """Each day from the first to the last; the first alone without a last."""
    length = ((last or first) - first).days + 1
    return [first + timedelta(days=number) for number in range(length)]


def _known(ward: Area, days: list[date]) -> list[str]:
    years = {day.year for day in days}
    listed = {row.on for year in years for row in listed_holidays(ward, year)}
    return [formatting.day(day) for day in days if day in listed]


def _period(first: date, last: date) -> str:
    if first == last:
        return formatting.day(first)
    return f"từ {formatting.day(first)} đến {formatting.day(last)}"
