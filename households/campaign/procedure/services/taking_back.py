"""Taking a village back to entry: what was agreed or posted no longer stands."""

from households.models import CampaignVillage, Posting, VillageMeeting
from povertyplan.core.platform import versions


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
