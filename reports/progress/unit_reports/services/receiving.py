"""What the coordinator does with a report that was sent: receive it, or send it back."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.periods.locked import refuse_locked_days
from povertyplan.core.platform import versions
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import ReportPart, UnitReportState
from reports.models import UnitReport, UnitReportReturn
from reports.progress.calendar.selectors import may_collect
from reports.progress.unit_reports.services.writing import hold_report, name_report

NOT_RECEIVER = "Bạn không tiếp nhận báo cáo của phường, xã này."
OWN_REPORT = "Bạn là người gửi báo cáo này nên không được tự tiếp nhận."
NOT_SENT = "Báo cáo này không chờ tiếp nhận."
NO_REASON = "Nêu lý do ở ít nhất một phần."
REASON_TOO_LONG = "Lý do dài nhất 1.000 ký tự."
LONGEST_REASON = 1000


@audit.business_act(label="Tiếp nhận báo cáo của đơn vị")
def receive_report(*, report: UnitReport, version: int | None, by: User) -> UnitReport:
    """Take a report in as it was sent; from then on it never changes."""
    current = hold_report(report)
    if current.state == UnitReportState.RECEIVED and current.received_by_id == by.pk:
        return current
    _refuse(current, by)
    if current.sent_by_id == by.pk:
        raise ValidationError(OWN_REPORT, code="two_persons")
    received = {"received_by": by, "received_at": clock.now()}
    versions.update(current, version=version, state=UnitReportState.RECEIVED, **received)
    audit.record(current, f"{name_report(current)}: tiếp nhận.", ward=current.ward)
    return current


@audit.business_act(label="Trả lại báo cáo của đơn vị")
def return_report(
    *, report: UnitReport, reasons: Mapping[str, str], version: int | None, by: User
) -> UnitReport:
    """Send a report back, with a reason at each part that has to be done again."""
    current = hold_report(report)
    _refuse(current, by)
    refuse_locked_days(current.ward, current.request.first_day, current.request.last_day)
    versions.check(current, version)
    stated = {part: tidy for part, said in reasons.items() if (tidy := normalise_text(said))}
    if not stated:
        raise ValidationError(NO_REASON)
    if faults := {part: fault for part, said in stated.items() if (fault := _reason_fault(said))}:
        raise ValidationError(faults)
    sending, now = current.sendings.latest("number"), clock.now()
    UnitReportReturn.objects.bulk_create(
        UnitReportReturn(
            report=current,
            sending=sending,
            part=ReportPart(part),
            reason=reason,
            returned_by=by,
            returned_at=now,
        )
        for part, reason in stated.items()
    )
    versions.update(current, version=version, state=UnitReportState.RETURNED)
    stated_reasons = "; ".join(
        f"{ReportPart(part).label}: {reason}" for part, reason in stated.items()
    )
    audit.record(
        current, f"{name_report(current)}: trả lại.", ward=current.ward, reason=stated_reasons
    )
    return current


def _reason_fault(said: str) -> str:
    return REASON_TOO_LONG if len(said) > LONGEST_REASON else reason_fault(said)


def _refuse(report: UnitReport, by: User) -> None:
    if not may_collect(by, report.ward):
        raise PermissionDenied(NOT_RECEIVER)
    if report.state != UnitReportState.SENT:
        raise ValidationError(NOT_SENT, code="locked")
