"""Asking units and villages to report for a period (mở kỳ báo cáo)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, PeriodLock, Unit, User
from povertyplan.core.periods.locked import explain_lock, lock_of_days, refuse_locked_days
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.choices import ReportPeriod
from reports.models import ReportingRule, ReportRequest, UnitReport
from reports.progress.calendar.dues import PeriodDraft, draft_faults, period_days, period_name

NOBODY_ASKED = "Chọn ít nhất một đơn vị, hoặc một thôn, tổ dân phố."
ENDED_UNIT = "{unit} đã kết thúc hoạt động, không yêu cầu báo cáo được."
FOREIGN_VILLAGE = "{village} không phải là thôn, tổ dân phố đang có của phường, xã này."
OPEN_ALREADY = "Kỳ {period} đã mở, hạn gửi {due}. Thêm đơn vị ở trang của kỳ đó."


@audit.business_act(label="Mở kỳ báo cáo")
def open_period(
    *,
    ward: Area,
    draft: PeriodDraft,
    units: Sequence[Unit],
    villages: Sequence[Area] = (),
    rule: ReportingRule | None = None,
    key: str | None,
    by: User,
) -> ReportRequest:
    """Ask units to report for a period, and villages for their part of it.

    Raises ValidationError keyed by field.
    """

    def create() -> ReportRequest:
        locks.hold(Area.objects.filter(pk=ward.pk)).get()
        numbered = _with_number(ward, draft)
        _refuse(ward, numbered, units, villages)
        first, last = period_days(numbered.period, numbered.year, numbered.number)
        if numbered.period == ReportPeriod.ON_REQUEST:
            last = numbered.data_on  # nothing is left of it to estimate
        request = ReportRequest.objects.create(
            ward=ward,
            rule=rule,
            first_day=first,
            last_day=last,
            opened_by=by,
            opened_at=clock.now(),
            **numbered.__dict__,
        )
        asked = _ask(request, units, villages)
        due = formatting.day(request.due_on)
        summary = f"Mở kỳ báo cáo {name_request(request)}, hạn {due}: {asked}."
        audit.record(request, summary, ward=ward)
        return request

    content = {
        **draft.__dict__,
        "ward": ward.pk,
        "units": sorted(unit.pk for unit in units),
        "villages": sorted(village.pk for village in villages),
    }
    return once(
        key=key, act="open_period", content=content, model=ReportRequest, create=create, by=by
    )


@audit.business_act(label="Thêm đơn vị vào kỳ báo cáo")
def ask_more_units(
    *, request: ReportRequest, units: Sequence[Unit], villages: Sequence[Area] = (), by: User
) -> ReportRequest:
    """Ask further units and villages for a period that is open; those asked stay as they are."""
    current = hold_request(request)
    asked = set(current.unit_reports.values_list("unit", "village"))
    more = [unit for unit in units if (unit.pk, None) not in asked]
    new_villages = [village for village in villages if (None, village.pk) not in asked]
    if faults := _faults_of_asked(current.ward, more, new_villages):
        raise ValidationError(faults)
    refuse_locked_days(current.ward, current.first_day, current.last_day)
    names = _ask(current, more, new_villages)
    audit.record(current, f"{name_request(current)}: thêm {names}.", ward=current.ward)
    return current


def _ask(request: ReportRequest, units: Sequence[Unit], villages: Sequence[Area]) -> str:
    """Ask each, and return their names."""
    asked = [UnitReport(ward=request.ward, request=request, unit=unit) for unit in units]
    asked += [UnitReport(ward=request.ward, request=request, village=each) for each in villages]
    return "; ".join(report.author.name for report in UnitReport.objects.bulk_create(asked))


def hold_request(request: ReportRequest) -> ReportRequest:
    """The period as it is now, which nobody else changes until the act is over."""
    rows = ReportRequest.objects.filter(pk=request.pk).select_related("ward")
    return locks.hold(rows).get()


def name_request(request: ReportRequest) -> str:
    """Inside a sentence: "quý I/2026", "theo yêu cầu số 1 năm 2026: Bão số 3"."""
    named = lower_first(period_name(request.period, request.year, request.number))
    return f"{named}: {request.subject}" if request.subject else named


def _with_number(ward: Area, draft: PeriodDraft) -> PeriodDraft:
    """Requests beside the calendar are numbered within their year."""
    if draft.period != ReportPeriod.ON_REQUEST:
        return draft
    own = ReportRequest.objects.filter(ward=ward, period=draft.period, year=draft.year)
    last = own.aggregate(last=Max("number"))["last"] or 0
    return PeriodDraft(**{**draft.__dict__, "number": last + 1})


def _refuse(
    ward: Area, draft: PeriodDraft, units: Sequence[Unit], villages: Sequence[Area]
) -> None:
    """Every fault at once."""
    faults: dict[str, str | list[str]] = {**draft_faults(draft)}
    if "period" not in faults and (lock := _lock_of(ward, draft)):
        faults["period"] = explain_lock(lock)
    faults |= _faults_of_asked(ward, units, villages)
    named = {name: getattr(draft, name) for name in ("period", "year", "number")}
    same = ReportRequest.objects.filter(ward=ward, **named).first()
    if same is not None and "period" not in faults:
        faults["period"] = OPEN_ALREADY.format(
            period=name_request(same), due=formatting.day(same.due_on)
        )
    if faults:
        raise ValidationError(faults)


def _lock_of(ward: Area, draft: PeriodDraft) -> PeriodLock | None:
    first, last = period_days(draft.period, draft.year, draft.number)
    if draft.period == ReportPeriod.ON_REQUEST:
        last = draft.data_on
    return lock_of_days(ward, first, last)


def _faults_of_asked(
    ward: Area, units: Sequence[Unit], villages: Sequence[Area]
) -> dict[str, list[str]]:
    if not units and not villages:
        return {"units": [NOBODY_ASKED]}
    faults = {
        "units": [
            ENDED_UNIT.format(unit=unit)
            for unit in units
            if unit.ward_id != ward.pk or unit.valid_to is not None
        ],
        "villages": [
            FOREIGN_VILLAGE.format(village=village)
            for village in villages
            if village.parent_id != ward.pk or village.valid_to is not None
        ],
    }
    return {name: sentences for name, sentences in faults.items() if sentences}
