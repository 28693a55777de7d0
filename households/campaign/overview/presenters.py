"""The board of a campaign in words: its headline, its steps, its filters."""

from households.campaign.procedure.selectors.steps import StepTotals
from households.campaign.progress import CampaignProgress
from households.choices import CampaignStage
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.text import formatting

NO_FILTER = "Tất cả"
FILTERS = {"unfinished": "Chưa hoàn thành", "late": "Chậm"}

# A step with how far it has come, and whether it is done.
Step = tuple[str, str, bool]


def file_title(campaign: ReviewCampaign) -> str:
    return f"Tiến độ rà soát {campaign.year}"


def headline(total: CampaignProgress) -> str:
    """Time left, forms entered and villages finished, in one line."""
    parts = [
        f"{formatting.number(total.done)}/{formatting.number(total.total)} hộ đã rà soát",
        f"{total.finished_villages}/{total.villages} thôn xong",
    ]
    if total.campaign.is_open:
        parts.insert(0, _time_left((total.campaign.closes_on - clock.today()).days))
    return " · ".join(parts)


def _time_left(days: int) -> str:
    if days < 0:
        return f"Quá hạn {-days} ngày"
    return f"Còn {days} ngày" if days else "Hạn hôm nay"


def procedure_steps(
    campaign: ReviewCampaign, total: CampaignProgress, steps: StepTotals
) -> list[dict]:
    """The steps of the whole campaign with how far each has come."""
    is_recognised = campaign.stage == CampaignStage.RECOGNISED
    found: list[Step] = [
        ("Lập danh sách", f"{formatting.number(total.total)} hộ", True),
        ("Rà soát", _of(total.finished_villages, total.villages), not total.unfinished_villages),
    ]
    if campaign.procedure and campaign.procedure.requires_meeting:
        found.append(("Họp dân", _of(steps.met, steps.villages), steps.met == steps.villages))
    if campaign.procedure and campaign.procedure.requires_posting:
        found.append(
            ("Niêm yết", _of(steps.posted, steps.villages), steps.posted == steps.villages)
        )
    found.append(("Trình", formatting.moment(campaign.submitted_at), not campaign.is_open))
    decision = campaign.decision
    found.append(("Quyết định", f"số {decision.number}" if decision else "chưa có", is_recognised))
    return _with_current(found)


def _with_current(found: list[Step]) -> list[dict]:
    """The first step that is not done is the one now under way."""
    current = next((label for label, _note, is_done in found if not is_done), "")
    return [
        {"label": label, "note": note, "is_done": is_done, "is_current": label == current}
        for label, note, is_done in found
    ]


def _of(done: int, total: int) -> str:
    return f"{done}/{total} thôn"
