"""The pages of one survey form in words: what two persons entered, and what was done."""

from households.choices import YES_NO, PovertyClass
from households.entry.survey.services.reviews import ReviewAnswers
from households.models import Review
from households.rules.classification import StandardRules
from households.rules.conflicts import Difference
from households.rules.notes import ReviewNote
from povertyplan.core.text import formatting

NO_ENTRY = "Bạn không được nhập phiếu của thôn này."
CONFIRMED = "Đã xác nhận cảnh báo."
CHANGED_MEANWHILE = "Phiếu vừa được sửa. Xem lại kết quả rồi xác nhận."
NOTHING_PENDING = "Không còn hộ nào chưa nhập ở thôn này."
# How the form's own names of its indicators begin.
INDICATOR = "deprived_"


def note_saved(head_name: str) -> str:
    return f"Đã lưu ghi chú của hộ {head_name}. Phiếu chưa nhập điểm B1."


def form_saved(head_name: str, review: Review) -> str:
    return f"Đã lưu phiếu của hộ {head_name}: {review.get_recorded_class_display()}."


def earlier_note(number: int, earlier: Review | None) -> str:
    """What an indicator was in the earlier review; empty without one."""
    if earlier is None:
        return ""
    word = "thiếu hụt" if number in earlier.deprivations else "không thiếu"
    return f"{earlier.campaign.year}: {word}"


def differences(
    mine: ReviewAnswers, theirs: ReviewAnswers, rules: StandardRules
) -> list[Difference]:
    """The fields in which the two differ, in the order of the form.

    Where one of them left a note only, there are no answers to choose between.
    """
    is_entered = mine.income_score is not None and theirs.income_score is not None
    rows = _answers(mine, theirs, rules) if is_entered else []
    if mine.remark is not None and theirs.remark is not None:
        rows += _remarks(mine.remark, theirs.remark)
    return [row for row in rows if row.theirs != row.mine]


def _answers(mine: ReviewAnswers, theirs: ReviewAnswers, rules: StandardRules) -> list[Difference]:
    return [
        Difference("income_score", "Điểm B1", str(theirs.income_score), str(mine.income_score)),
        *(
            Difference(
                f"{INDICATOR}{indicator.number}",
                f"{indicator.number}. {indicator.name}",
                _ticked(indicator.number in theirs.deprivations),
                _ticked(indicator.number in mine.deprivations),
            )
            for indicator in rules.indicators
        ),
        Difference("causes", "Nguyên nhân nghèo", _numbers(theirs.causes), _numbers(mine.causes)),
        Difference(
            "visited_on",
            "Ngày đến hộ",
            formatting.day(theirs.visited_on),
            formatting.day(mine.visited_on),
        ),
        Difference(
            "recorded_class",
            "Phân loại ghi nhận",
            _class(theirs.recorded_class),
            _class(mine.recorded_class),
        ),
        Difference(
            "class_reason",
            "Lý do ghi nhận khác",
            theirs.class_reason or formatting.MISSING,
            mine.class_reason or formatting.MISSING,
        ),
    ]


def _remarks(mine: ReviewNote, theirs: ReviewNote) -> list[Difference]:
    missing = formatting.MISSING
    return [
        Difference("note", "Ghi chú", theirs.note or missing, mine.note or missing),
        Difference(
            "needs_check", "Cần kiểm tra", YES_NO[theirs.needs_check], YES_NO[mine.needs_check]
        ),
    ]


def _ticked(deprived: bool) -> str:
    return "Thiếu hụt" if deprived else "Không thiếu"


def _numbers(numbers: frozenset[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers)) or formatting.MISSING


def _class(poverty_class: str | None) -> str:
    return PovertyClass(poverty_class).label if poverty_class else "Theo kết quả tính"
