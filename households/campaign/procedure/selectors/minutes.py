"""What the minutes of a village's meeting say before anybody has met: the results in words."""

from collections import Counter

from households.choices import PovertyClass
from households.models import CampaignVillage
from povertyplan.core.text import formatting


def minutes_text(campaign_village: CampaignVillage) -> str:
    """The course of the meeting with the village's results filled in; to be corrected by hand."""
    campaign = campaign_village.campaign
    found = campaign.reviews.done().filter(village=campaign_village.village_id)
    classes = Counter(found.order_by().values_list("recorded_class", flat=True))
    named = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR)
    counts = ", ".join(
        f"{formatting.two_digits(classes[each])} {each.label.lower()}" for each in named
    )
    total = formatting.two_digits(classes.total())
    return (
        f"Rà soát viên báo cáo kết quả {campaign.name.lower()} của {campaign_village.village}: "
        f"đã rà soát {total} hộ; kết quả: {counts}.\n"
        "Hội nghị nghe đọc kết quả từng hộ và thảo luận.\n"
        "Hội nghị biểu quyết về danh sách hộ nghèo, hộ cận nghèo, hộ thoát nghèo, hộ thoát cận "
        "nghèo."
    )
