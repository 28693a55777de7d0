"""The part of a village in a report: its head writes and sends it, or the ward writes it down."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import UnitReportState
from reports.models import UnitReport, UnitReportSending
from reports.progress.calendar.selectors import may_collect
from reports.progress.unit_reports.differences import LONGEST_TEXT, TEXT_TOO_LONG, open_parts
from reports.progress.unit_reports.selectors.reports import ReportDesk
from reports.progress.unit_reports.services.receiving import NOT_RECEIVER
from reports.progress.unit_reports.services.writing import (
    hold_report,
    name_report,
    refuse_closed,
    save_report,
    send_report,
)

NOBODY_TOLD = "Ghi ai ở thôn, tổ dân phố đã cung cấp, bằng cách nào."


@audit.business_act(label="Gửi phần báo cáo của thôn, tổ dân phố")
def send_village_part(
    *, report: UnitReport, texts: Mapping[str, str], version: int | None, by: User
) -> UnitReport:
    """Save the words and hand them in, both or neither. Raises what saving and sending raise."""
    saved = save_report(report=report, texts=texts, replies={}, version=version, by=by)
    return send_report(report=saved, version=saved.version, by=by)


@audit.business_act(label="Ghi thay phần báo cáo của thôn, tổ dân phố")
def record_village_part(
    *, report: UnitReport, texts: Mapping[str, str], told_by: str, version: int | None, by: User
) -> UnitReport:
    """Write down what somebody of a village said, and receive it so: `told_by` is who gave it.

    Raises ValidationError keyed by field, StaleVersion and PermissionDenied.
    """
    current = hold_report(report)
    if current.village_id is None or not may_collect(by, current.ward):
        raise PermissionDenied(NOT_RECEIVER)
    refuse_closed(current)
    versions.check(current, version)
    teller = normalise_text(told_by)
    if faults := _faults(texts, teller):
        raise ValidationError(faults)
    now = clock.now()
    for name, text in texts.items():
        setattr(current, name, text)
    UnitReportSending.objects.create(
        report=current,
        number=len(ReportDesk(current).sendings) + 1,
        sent_by=by,
        sent_at=now,
        content=ReportDesk(current).content,
    )
    received = {"sent_by": None, "sent_at": now, "received_by": by, "received_at": now}
    versions.update(
        current,
        version=version,
        state=UnitReportState.RECEIVED,
        told_by=teller,
        **texts,
        **received,
    )
    told = f"{name_report(current)}: ghi thay theo lời {teller}."
    audit.record(current, told, ward=current.ward)
    return current


def _faults(texts: Mapping[str, str], teller: str) -> dict[str, str]:
    faults = {part.value: sentence for part, sentence in open_parts(texts, ()).items()}
    faults |= {name: TEXT_TOO_LONG for name, text in texts.items() if len(text) > LONGEST_TEXT}
    return faults if teller else {"told_by": NOBODY_TOLD, **faults}
