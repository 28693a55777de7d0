"""What the pages of a village's steps say, and propose to be written down."""

from households.campaign.procedure.selectors.minutes import classes_found
from households.campaign.procedure.selectors.steps import StepObstacle, VillageSteps
from households.campaign.procedure.services.meetings import disagreement
from households.choices import PovertyClass
from households.models import CampaignVillage, VillageMeeting
from povertyplan.core.models import Area
from povertyplan.core.text import formatting

COMPLAINT_SAVED = "Đã ghi nhận khiếu nại, phản ánh."
ANSWER_SAVED = "Đã ghi kết quả giải quyết."
SCAN_SAVED = "Đã lưu bản chụp."
SCAN_REMOVED = "Đã gỡ bản chụp."

STEPS = {
    StepObstacle.NOT_FINISHED: "Nhập phiếu",
    StepObstacle.NOT_MET: "Họp dân",
    StepObstacle.NOT_POSTED: "Niêm yết",
    StepObstacle.COMPLAINTS: "Giải quyết khiếu nại",
}


def onward(steps: VillageSteps) -> str:
    """The step a village waits for, with the village."""
    step = STEPS[steps.obstacle] if steps.obstacle else ""
    return f"{step}: {steps.village}"


def minutes_text(campaign_village: CampaignVillage) -> str:
    """The course of the meeting with the village's results filled in; to be corrected by hand."""
    classes = classes_found(campaign_village)
    named = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR)
    counts = ", ".join(
        f"{formatting.two_digits(classes[each])} {each.label.lower()}" for each in named
    )
    total = formatting.two_digits(classes.total())
    return (
        f"Rà soát viên báo cáo kết quả {campaign_village.campaign.name.lower()} của "
        f"{campaign_village.village}: đã rà soát {total} hộ; kết quả: {counts}.\n"
        "Hội nghị nghe đọc kết quả từng hộ và thảo luận.\n"
        "Hội nghị biểu quyết về danh sách hộ nghèo, hộ cận nghèo, hộ thoát nghèo, hộ thoát cận "
        "nghèo."
    )


def meeting_place(village: Area) -> str:
    return f"Nhà văn hóa {village}"


def posting_places(village: Area) -> str:
    return f"{meeting_place(village)}; trụ sở Ủy ban nhân dân"


def meeting_agreed(village: Area) -> str:
    return f"Đã ghi kết quả họp dân ở {village}."


def meeting_disagreed(meeting: VillageMeeting, village: Area) -> str:
    return f"{village} trở lại bước rà soát. {disagreement(meeting)}"


def posting_saved(village: Area, *, is_correction: bool) -> str:
    done = "sửa ghi nhận" if is_correction else "ghi"
    return f"Đã {done} niêm yết kết quả ở {village}."
