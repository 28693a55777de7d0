"""What a target may promise (chỉ tiêu kế hoạch). Pure."""

from dataclasses import dataclass
from decimal import Decimal

from projects.choices import RANGES, REDUCTIONS, TargetOperator

FIGURE_MISSING = "Nhập giá trị của chỉ tiêu."
OPERATOR_MISSING = "Chọn cách ràng buộc."
WORDS_MISSING = "Viết nội dung của chỉ tiêu định tính."
NO_FIGURE_WANTED = "Ràng buộc này không có con số."
UPPER_END_MISSING = "Nhập số cuối của khoảng."
UPPER_END_TOO_LOW = "Số cuối của khoảng không được nhỏ hơn số đầu."
UPPER_END_OF_NO_RANGE = "Chỉ ràng buộc “từ … đến …” mới có số thứ hai."
NEGATIVE = "Chỉ tiêu không được là số âm."
NOT_WHOLE = "Chỉ tiêu đếm số lượng phải là số nguyên."
OVER_HUNDRED = "Tỷ lệ không được quá 100%."
BELOW_NOTHING = "Không có số nào dưới 0. Chọn “Không còn”."
REDUCES_NOTHING = "Mức giảm phải lớn hơn 0."
RATE_MISSING = "Nhập tỷ lệ, hoặc bỏ ràng buộc của tỷ lệ."
RATE_OPERATOR_MISSING = "Chọn ràng buộc của tỷ lệ, hoặc bỏ tỷ lệ."
RATE_OF_A_RATE = "Chỉ tiêu này đã là tỷ lệ, không có tỷ lệ kèm theo."
NOT_FOR_RATES = "Tỷ lệ kèm theo không dùng ràng buộc này."

# Without a figure: what is promised stands in the operator or in words.
WITHOUT_FIGURE = frozenset({TargetOperator.NONE_LEFT, TargetOperator.QUALITATIVE})
# The rate beside a count is one figure.
OF_RATES = frozenset(TargetOperator) - WITHOUT_FIGURE - frozenset(RANGES)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Promise:
    """What a target asks: its figure or range, a rate beside a count, words, who assigned it.

    ``rate`` is in percent; an empty ``operator`` promises nothing.
    """

    operator: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    rate_operator: str = ""
    rate: Decimal | None = None
    note: str = ""
    assigned_by: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is promised, whoever assigned it."""
        return not (self.operator or self.rate_operator or self.note) and (
            self.low is self.high is self.rate is None
        )


def promise_faults(promise: Promise, *, is_count: bool) -> dict[str, str]:
    """What cannot be promised, one sentence a field; `is_count` is False for a rate.

    >>> promise_faults(Promise("below", Decimal(0)), is_count=True)
    {'low': 'Không có số nào dưới 0. Chọn “Không còn”.'}
    """
    faults = {
        "operator": "" if promise.operator else OPERATOR_MISSING,
        "low": _fault_of_figure(promise, is_count),
        "high": _fault_of_upper_end(promise, is_count),
        "note": _fault_of_words(promise),
        "rate_operator": _fault_of_rate_operator(promise, is_count),
        "rate": _fault_of_rate(promise),
    }
    return {name: fault for name, fault in faults.items() if fault}


def _fault_of_figure(promise: Promise, is_count: bool) -> str:
    if not promise.operator or promise.operator in WITHOUT_FIGURE:
        return NO_FIGURE_WANTED if promise.operator and promise.low is not None else ""
    if promise.low is None:
        return FIGURE_MISSING
    if promise.operator == TargetOperator.BELOW and promise.low == 0:
        return BELOW_NOTHING
    if promise.operator in REDUCTIONS and promise.low == 0:
        return REDUCES_NOTHING
    # The mean of several years need not be whole.
    is_mean = promise.operator == TargetOperator.REDUCE_YEARLY
    return _fault_of_number(promise.low, is_count and not is_mean, is_rate=not is_count)


def _fault_of_upper_end(promise: Promise, is_count: bool) -> str:
    if promise.operator not in RANGES:
        return "" if promise.high is None else UPPER_END_OF_NO_RANGE
    if promise.high is None:
        return UPPER_END_MISSING
    if promise.low is not None and promise.high < promise.low:
        return UPPER_END_TOO_LOW
    return _fault_of_number(promise.high, is_count, is_rate=not is_count)


def _fault_of_number(value: Decimal, is_whole: bool, *, is_rate: bool) -> str:
    if value < 0:
        return NEGATIVE
    if is_whole and value != value.to_integral_value():
        return NOT_WHOLE
    return OVER_HUNDRED if is_rate and value > HUNDRED else ""


def _fault_of_words(promise: Promise) -> str:
    is_wordless = promise.operator == TargetOperator.QUALITATIVE and not promise.note
    return WORDS_MISSING if is_wordless else ""


def _fault_of_rate_operator(promise: Promise, is_count: bool) -> str:
    if not promise.rate_operator:
        return "" if promise.rate is None else RATE_OPERATOR_MISSING
    if not is_count:
        return RATE_OF_A_RATE
    return "" if promise.rate_operator in OF_RATES else NOT_FOR_RATES


def _fault_of_rate(promise: Promise) -> str:
    if promise.rate is None:
        return RATE_MISSING if promise.rate_operator else ""
    return _fault_of_number(promise.rate, is_whole=False, is_rate=True)
