"""The part of a village in a report: its head writes and sends it in one step."""

from collections.abc import Mapping

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from reports.models import UnitReport
from reports.progress.unit_reports.services.writing import save_report, send_report


@audit.business_act(label="Gửi phần báo cáo của thôn, tổ dân phố")
def send_village_part(
    *, report: UnitReport, texts: Mapping[str, str], version: int | None, by: User
) -> UnitReport:
    """Save the words and hand them in, both or neither. Raises what saving and sending raise."""
    saved = save_report(report=report, texts=texts, replies={}, version=version, by=by)
    return send_report(report=saved, version=saved.version, by=by)
