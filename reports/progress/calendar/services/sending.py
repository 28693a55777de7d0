"""Recording that the ward sent a report of its own (ghi báo cáo đã gửi)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from reports.models import ReportingRule, SentReport
from reports.progress.calendar.dues import PeriodDue, dues_of_year, period_name
from reports.progress.calendar.selectors import due_of, may_collect

NOT_SENDER = "Bạn không ghi báo cáo đã gửi của phường, xã này."
OF_UNITS = "Báo cáo này tổng hợp từ đơn vị: ban hành báo cáo tổng hợp của kỳ thay cho ghi ở đây."
BEFORE_PERIOD = "Ngày gửi không được trước kỳ báo cáo, bắt đầu ngày {first}."
TO_COME = "Ngày gửi không được sau hôm nay, {today}."
RECORDED_MEANWHILE = "Người khác vừa ghi hoặc xóa ngày gửi của kỳ này. Mở lại trang rồi ghi."


@dataclass(frozen=True)
class Sending:
    """When a report left, and under which number."""

    sent_on: date
    document_number: str = ""


@audit.business_act(label="Ghi báo cáo đã gửi")
def record_sending(
    *, ward: Area, rule: ReportingRule, due: PeriodDue, sending: Sending, version: int, by: User
) -> SentReport:
    """Record or correct when a report was sent; `version` is 0 where nothing was recorded.

    Raises ValidationError keyed by field.
    """
    current = _held(ward, rule, due, version, by)
    if fault := _fault_of_day(due, sending.sent_on):
        raise ValidationError({"sent_on": fault})
    values = {**sending.__dict__, "recorded_by": by, "recorded_at": clock.now()}
    if current is None:
        place = {"ward": ward, "rule": rule, "year": due.year, "number": due.number}
        current = SentReport.objects.create(**place, **values)
    else:
        versions.update(current, version=version, **values)
    day = formatting.day(sending.sent_on)
    audit.record(current, f"{name_due(rule, due)}: đã gửi ngày {day}.", ward=ward)
    return current


@audit.business_act(label="Xóa ghi nhận báo cáo đã gửi")
def remove_sending(
    *, ward: Area, rule: ReportingRule, due: PeriodDue, version: int, by: User
) -> None:
    """Take back what was recorded by mistake; the history keeps it."""
    current = _held(ward, rule, due, version, by)
    if current is None:
        raise ValidationError(RECORDED_MEANWHILE)
    audit.record(current, f"{name_due(rule, due)}: xóa ghi nhận đã gửi.", ward=ward)
    current.delete()


def find_due(rule: ReportingRule, year: int, number: int) -> PeriodDue | None:
    """The period of a rule that the ward itself reports; None where there is none."""
    dues = dues_of_year(due_of(rule), year)
    return next((due for due in dues if due.number == number), None)


def name_due(rule: ReportingRule, due: PeriodDue) -> str:
    return f"{rule.name}, {period_name(due.period, due.year, due.number)}"


def _held(
    ward: Area, rule: ReportingRule, due: PeriodDue, version: int, by: User
) -> SentReport | None:
    """What is recorded now, which nobody else changes until the act is over."""
    if not may_collect(by, ward):
        raise PermissionDenied(NOT_SENDER)
    if rule.of_units:
        raise ValidationError(OF_UNITS)
    locks.hold(Area.objects.filter(pk=ward.pk)).get()
    place = {"ward": ward, "rule": rule, "year": due.year, "number": due.number}
    current = SentReport.objects.filter(**place).first()
    if (current.version if current else 0) != version:
        raise ValidationError(RECORDED_MEANWHILE)
    return current


def _fault_of_day(due: PeriodDue, day: date) -> str:
    if day < due.first_day:
        return BEFORE_PERIOD.format(first=formatting.day(due.first_day))
    if day > clock.today():
        return TO_COME.format(today=formatting.day(clock.today()))
    return ""
