"""Taking a village back to entry: what was agreed or posted no longer stands."""

from django.core.exceptions import ValidationError

from households.locks import campaign_lock, lock_village
from households.models import CampaignVillage, Posting, VillageMeeting
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.reasons import stated_reason


@audit.business_act(label="Mở lại rà soát thôn")
def reopen_village(
    *, campaign_village: CampaignVillage, version: int, reason: str, by: User
) -> CampaignVillage:
    """Open the forms of a finished village again, for a reason that stays in the journal.

    What the village agreed on and posted is no longer what its forms say: both are taken back.
    """
    current = lock_village(
        campaign=campaign_village.campaign_id, village=campaign_village.village_id
    )
    reason = stated_reason(reason, "Nhập lý do mở lại thôn.")
    if locked := campaign_lock(current.campaign):
        raise ValidationError(locked, code="locked")
    if not current.is_finished:
        raise ValidationError(f"{current.village} đang mở, không cần mở lại.", code="locked")
    take_back(current, version=version)
    audit.record(
        current,
        f"{by} mở lại rà soát ở {current.village} ({current.campaign})",
        ward=current.campaign.ward,
        reason=reason,
    )
    return current


def take_back(current: CampaignVillage, *, version: int, keeps_meeting: bool = False) -> None:
    """Open a locked village row for entry again, and withdraw its posting and its meeting.

    After a complaint the meeting stands: only the household complained about is looked at
    again, and the list is posted anew (QĐ 24/2021/QĐ-TTg, Điều 4).
    """
    versions.update(current, version=version, finished_at=None, finished_by=None)
    own = {"campaign": current.campaign_id, "village": current.village_id, "stands": True}
    Posting.objects.filter(**own).update(stands=False)
    if not keeps_meeting:
        VillageMeeting.objects.filter(**own).update(stands=False)
