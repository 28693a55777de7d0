"""Scans of the signed minutes: attached to a meeting, taken away again before recognition."""

import hashlib
from typing import cast

from django.core.exceptions import ValidationError

from households.choices import CampaignStage, ScanKind
from households.locks import campaign_lock, lock_village
from households.models import MeetingScan, ScanContent, VillageMeeting
from households.rules.scan_files import LARGEST_SCAN_MB, MOST_SCANS, kind_of
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

EMPTY = "Tệp không có nội dung."
TOO_LARGE = f"Tệp lớn hơn {LARGEST_SCAN_MB} MB. Chụp lại với độ phân giải thấp hơn hoặc tách tệp."
UNKNOWN = (
    "Tệp không phải là PDF, JPEG hoặc PNG nguyên vẹn. Mở thử tệp trên máy, quét hoặc lưu lại "
    "thành một trong ba loại này."
)
TOO_MANY = f"Mỗi cuộc họp có tối đa {MOST_SCANS} bản chụp. Gỡ bản thừa hoặc gộp thành một PDF."


@audit.business_act(label="Gửi bản chụp biên bản")
def attach_scan(*, meeting: VillageMeeting, content: bytes, name: str, by: User) -> MeetingScan:
    """Keep a scan of the minutes of a meeting; the same file twice is kept once.

    Allowed until the results are recognised: signed paper often comes after the submission.
    """
    current = lock_village(campaign=meeting.campaign_id, village=meeting.village_id)
    if current.campaign.stage in (CampaignStage.RECOGNISED, CampaignStage.CANCELLED):
        raise ValidationError(campaign_lock(current.campaign), code="locked")
    if fault := scan_fault(content):
        raise ValidationError({"file": fault})
    kind = cast(ScanKind, kind_of(content))  # another kind is a fault
    digest = hashlib.sha256(content).hexdigest()
    if known := meeting.scans.filter(digest=digest).first():
        return known
    if meeting.scans.count() >= MOST_SCANS:
        raise ValidationError({"file": TOO_MANY})
    scan = MeetingScan.objects.create(
        ward_id=meeting.ward_id,
        campaign_id=meeting.campaign_id,
        village_id=meeting.village_id,
        meeting=meeting,
        file_name=normalise_text(name)[-200:] or f"bien-ban.{kind}",
        kind=kind,
        size=len(content),
        digest=digest,
        added_by=by,
        added_at=clock.now(),
    )
    ScanContent.objects.create(scan=scan, data=content)
    audit.record(scan, f"{by} gửi bản chụp {_describe_scan(scan)}", ward=scan.campaign.ward)
    return scan


def scan_fault(content: bytes) -> str:
    """What is wrong with a file, in one sentence; empty when it is taken in."""
    if not content:
        return EMPTY
    if len(content) > LARGEST_SCAN_MB * 1024 * 1024:
        return TOO_LARGE
    return "" if kind_of(content) else UNKNOWN


@audit.business_act(label="Gỡ bản chụp biên bản")
def remove_scan(*, scan: MeetingScan, reason: str, by: User) -> MeetingScan:
    """Take a scan away for a reason that stays in the journal, with the digest of what it was.

    Refused once the results are handed in: whoever approves sees what was there.
    """
    current = lock_village(campaign=scan.campaign_id, village=scan.village_id)
    if locked := campaign_lock(current.campaign):
        raise ValidationError(locked, code="locked")
    stated = stated_reason(reason, "Nhập lý do gỡ bản chụp.")
    audit.record(
        scan,
        f"{by} gỡ bản chụp {_describe_scan(scan)}; SHA-256 {scan.digest}",
        ward=scan.campaign.ward,
        reason=stated,
    )
    scan.delete()
    return scan


def _describe_scan(scan: MeetingScan) -> str:
    met = formatting.day(scan.meeting.held_on)
    return f"“{scan.file_name}” của biên bản họp dân ngày {met} ở {scan.village} ({scan.campaign})"
