"""What the journal says about a survey form."""

from households.choices import PovertyClass
from households.models import DEPRIVATION_FIELDS, Review
from households.rules.notes import ReviewNote
from povertyplan.core.models import User
from povertyplan.core.text import formatting


def describe_entry(review: Review, by: User, remark: list[str]) -> str:
    """Somebody filled in a form; `remark` are the words about its note and flag."""
    result = (
        f"B1 = {review.income_score}, {_lacking(review.deprivations)} → "
        f"{review.get_recorded_class_display()}"
    )
    listed = "; ".join([result, *remark])
    return f"{by} nhập phiếu rà soát của hộ {_named(review)}: {listed}"


def describe_change(review: Review, before: dict, after: dict, by: User, remark: list[str]) -> str:
    """Somebody changed a form that had been filled in: each value before and after."""
    words = [
        _change("B1", before["income_score"], after["income_score"]),
        _change("thiếu hụt", _deprived(before), _deprived(after)),
        _change("nguyên nhân", _numbers(before["causes"]), _numbers(after["causes"])),
        _change("ngày đến hộ", _day(before), _day(after)),
        _change("phân loại", _label(before), _label(after)),
        _change("lý do", before["class_reason"] or "–", after["class_reason"] or "–"),
        *remark,
    ]
    listed = "; ".join(word for word in words if word) or "cách tính được lập lại"
    return f"{by} sửa phiếu rà soát của hộ {_named(review)}: {listed}"


def describe_remark(review: Review, by: User, remark: list[str]) -> str:
    """Somebody changed nothing but the note and the flag."""
    return f"{by} ghi chú phiếu rà soát của hộ {_named(review)}: {'; '.join(remark)}"


def describe_remark_changes(before: ReviewNote, after: ReviewNote) -> list[str]:
    """What changed of a note and a flag."""
    words = [
        _change("ghi chú", _quoted(before.note), _quoted(after.note)),
        _change("cần kiểm tra", _flag(before), _flag(after)),
    ]
    return [word for word in words if word]


def _quoted(note: str) -> str:
    return f"“{note}”" if note else "–"


def _flag(remark: ReviewNote) -> str:
    return "có" if remark.needs_check else "không"


def _change(label: str, old: object, new: object) -> str:
    return f"{label} {old} → {new}" if old != new else ""


def _named(review: Review) -> str:
    """The household of a form that was read `with_head_name`."""
    head: str | None = review.head_name  # type: ignore[attr-defined]  # annotated
    return f"{review.household.code} ({head})" if head else review.household.code


def _lacking(numbers: frozenset[int]) -> str:
    return f"thiếu hụt {_numbers(numbers)}" if numbers else "không thiếu hụt chỉ số nào"


def _numbers(numbers: frozenset[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers)) or "không"


def _deprived(values: dict) -> str:
    return _numbers(
        frozenset(n for n, name in enumerate(DEPRIVATION_FIELDS, start=1) if values[name])
    )


def _day(values: dict) -> str:
    return formatting.day(values["visited_on"])


def _label(values: dict) -> str:
    return PovertyClass(values["recorded_class"]).label
