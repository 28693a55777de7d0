"""Labels and phrases of the pages of the register."""

from collections.abc import Iterable

from households.choices import CampaignKind
from households.models import Household, Person, Review
from povertyplan.core.text import formatting

VIEW_LABELS = {
    "registered": "Tất cả hộ",
    "poor": "Sổ hộ nghèo",
    "near_poor": "Sổ hộ cận nghèo",
    "newly_escaped": "Mới thoát nghèo (36 tháng)",
    "pending": "Chưa rà soát",
}

BOOK_LABELS = {
    "households:window_list": "Sổ theo dõi 36 tháng",
    "households:quality": "Chất lượng dữ liệu",
    "households:number_list": "Số định danh cần đối chiếu",
}

NO_EXPORT = "Bạn không có quyền tải danh sách của phường, xã này."
NO_REVEAL = "Vai trò của bạn không được mở số định danh cá nhân."

# Names of the files.
OFFICIAL_LIST = "Danh sách hộ nghèo, cận nghèo"
MEMBER_LIST = "Danh sách hộ gia đình"


def form_years(reviews: Iterable[Review]) -> list[str]:
    """The year of each form; a review within the year says so."""
    return [
        str(review.campaign.year)
        if review.campaign.kind == CampaignKind.ANNUAL
        else f"{review.campaign.year} (thường xuyên)"
        for review in reviews
    ]


def exported_list(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"Tệp danh sách {formatting.number(count)} hộ ({caption})"


def revealed_number(person: Person, household: Household) -> str:
    """What the record of accesses says was opened."""
    return f"Số định danh cá nhân của {person}, hộ {household.code}, {household.village}"
