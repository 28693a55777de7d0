"""What the pages that open a review and share it out say after an act."""

from households.models import ReviewCampaign
from povertyplan.core.models import Area

NO_WARD = "Chưa có phường, xã để mở đợt rà soát."


def opened(campaign: ReviewCampaign) -> str:
    return f"Đã mở {campaign}."


def reviewer_assigned(village: Area) -> str:
    return f"Đã phân công rà soát viên của {village}."
