"""What somebody should look at before results are decided on, and what was decided, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from households.campaign.recognition.selectors.outcomes import PlannedChange
from households.campaign.recognition.selectors.unusual import (
    CrowdedVillage,
    NotVisited,
    SameScores,
    ScoreAbove,
    Unusual,
    UnusualReview,
    VillageShare,
)
from households.entry.survey.selectors.explanations import Unexplained
from households.entry.survey.selectors.reviews import class_label
from households.models import (
    Complaint,
    Decision,
    MeetingVote,
    Posting,
    Review,
    ReviewCampaign,
    VillageMeeting,
)
from povertyplan.core.text import formatting

NO_RIGHT = "Bạn không có quyền này ở phường, xã của đợt rà soát."
SUBMITTED = "Đã trình kết quả. Lãnh đạo sẽ duyệt hoặc trả lại."
RETURNED = "Đã trả lại kết quả cho cán bộ giảm nghèo."
CANCELLATION_ASKED = (
    "Đã gửi đề nghị hủy đợt rà soát. Lãnh đạo sẽ quyết định; trong lúc chờ, đợt vẫn tiếp tục."
)
CANCELLATION_DECLINED = "Đã ghi: không đồng ý hủy, đợt rà soát tiếp tục."
REOPENED = "Đã mở lại đợt rà soát và thu hồi kết quả công nhận."


def recognised(decision: Decision) -> str:
    return f"Đã công nhận kết quả theo {decision}."


def cancelled(campaign: ReviewCampaign) -> str:
    return f"Đã hủy {campaign}."


@dataclass(frozen=True)
class UnusualList:
    """Things of one kind as the page lists them, each with its sentence."""

    title: str
    remarks: list[tuple[UnusualReview, str]]

    @property
    def count(self) -> int:
        return len(self.remarks)


def present_unusual(found: Iterable[Unusual]) -> list[UnusualList]:
    return [_list(*KINDS[each.kind], each.remarks) for each in found]


def _list(
    title: str, describe: Callable[[Any], str], remarks: Iterable[UnusualReview]
) -> UnusualList:
    return UnusualList(title, [(remark, describe(remark.facts)) for remark in remarks])


def _flagged(review: Review) -> str:
    return f"{review.village}" + (f": {review.note}" if review.note else "")


def _other_class(review: Review) -> str:
    return (
        f"tính được {class_label(review.computed_class).lower()}, ghi nhận "
        f"{class_label(review.recorded_class).lower()}. Lý do: {review.class_reason}"
    )


def _escapes(share: VillageShare) -> str:
    return (
        f"{share.village}: {share.left}/{share.listed} hộ, các thôn khác "
        f"{share.left_elsewhere}/{share.listed_elsewhere} hộ"
    )


def _two_steps(change: PlannedChange) -> str:
    return (
        f"từ {class_label(change.class_before).lower()} sang "
        f"{class_label(change.class_after).lower()}"
    )


def _crowded(found: CrowdedVillage) -> str:
    return f"{found.village}: {found.near}/{found.forms} phiếu"


def _just_above(found: ScoreAbove) -> str:
    return f"{found.score} điểm, mức {found.line} điểm"


def _uniform(found: SameScores) -> str:
    return f"{found.village}: {found.forms} phiếu đều {found.score} điểm"


def _not_visited(found: NotVisited) -> str:
    return f"{found.village}: {found.households} hộ, hạn {formatting.day(found.due)}"


def _confirmed_step(step: VillageMeeting | Posting) -> str:
    return f"{step.village}: {step.unusual} Lý do: {step.unusual_reason}"


def _voted_down(vote: MeetingVote) -> str:
    return (
        f"{vote.votes_for} đồng ý, {vote.votes_against} không đồng ý trong "
        f"{vote.meeting.attendance} người dự họp"
    )


def _without_causes(review: Review) -> str:
    return class_label(review.recorded_class).lower()


def _moved(review: Review) -> str:
    return f"từ {review.village} sang {review.household.village}"


def _twice(name: str) -> str:
    return f"{name}: cùng họ tên, ngày sinh với người ở hộ khác"


def _complaint(complaint: Complaint) -> str:
    return (
        f"{complaint.village}, nhận ngày {formatting.day(complaint.received_on)}: "
        f"{complaint.get_outcome_display() or 'chưa giải quyết'}"
    )


def _gone(review: Review) -> str:
    return (
        f"ra khỏi sổ ngày {formatting.day(review.household.closed_on)}: "
        f"{review.household.get_closing_reason_display().lower()}"
    )


def _not_recomputed(found: Unexplained) -> str:
    return f"tính lại: {found.computed}"


KINDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "flagged": ("Hộ được đánh dấu cần kiểm tra", _flagged),
    "other_class": ("Phân loại ghi nhận khác kết quả tính", _other_class),
    "escapes": ("Thôn có tỷ lệ thoát nghèo, thoát cận nghèo cao khác thường", _escapes),
    "two_steps": ("Hộ chuyển hai bậc", _two_steps),
    "crowded": ("Thôn có nhiều phiếu B1 vừa quá mức chuẩn", _crowded),
    "just_above": ("Điểm B1 vừa quá mức chuẩn", _just_above),
    "uniform": ("Mọi hộ của thôn cùng điểm B2", _uniform),
    "not_visited": ("Hộ trong danh sách chưa được rà soát khi sắp hết hạn", _not_visited),
    "confirmed_steps": ("Họp dân, niêm yết khác thường đã xác nhận", _confirmed_step),
    "voted_down": ("Hộ không được họp dân đồng ý", _voted_down),
    "without_causes": ("Hộ nghèo, hộ cận nghèo chưa ghi nguyên nhân nghèo", _without_causes),
    "moved": ("Hộ chuyển sang thôn khác trong đợt rà soát", _moved),
    "twice": ("Thành viên có thể bị ghi trùng", _twice),
    "complaints": ("Khiếu nại, phản ánh", _complaint),
    "gone": ("Hộ không còn trong sổ, không rà soát", _gone),
    "not_recomputed": ("Phiếu không khớp khi tính lại", _not_recomputed),
}
