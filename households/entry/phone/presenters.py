"""The forms on a phone in words: how far each is, and what somebody else changed."""

from households.entry.phone.selectors import DraftGaps
from households.entry.phone.services import gaps_in_words
from households.models import Review

NO_VILLAGE = "Bạn không phụ trách thôn nào trong đợt rà soát này."
STATES = {"pending": "Chưa làm", "draft": "Đang làm", "done": "Đã gửi"}


def state_label(state: str, gaps: DraftGaps | None, *, is_done: bool) -> str:
    """How far a form is; `gaps` are those of a draft that is not handed in, if there is one."""
    if gaps is None:
        return STATES[state]
    label = gaps_in_words(gaps) or "chưa gửi"
    return f"Đã có kết quả; nháp, {label}" if is_done else f"Nháp, {label}"


def stale_text(review: Review) -> str:
    return (
        f"Phiếu này vừa được {review.updated_by} sửa. "
        "Đọc lại kết quả rồi gửi nếu kết quả của bạn mới đúng."
    )
