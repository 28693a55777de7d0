"""Low-income workers in words: answers, what a file says of itself, what the law says."""

from collections.abc import Sequence
from datetime import date

from households.models import LowIncomeTerm, LowIncomeWorker
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting

TITLE = "Người lao động có thu nhập thấp"
NOT_WRITER = "Bạn không ghi được danh sách này cho hộ này."
REGISTER = RegisterWords(
    TITLE,
    "người",
    TITLE,
    (
        "Mỗi dòng một người, theo mã hộ và họ tên.",
        "Người của hộ nghèo, hộ cận nghèo không ghi vào danh sách này.",
    ),
)


def describe_listed(worker: LowIncomeWorker) -> str:
    return f"Đã ghi {worker.person} vào danh sách người lao động có thu nhập thấp."


def describe_ended(worker: LowIncomeWorker) -> str:
    return f"Đã đưa {worker.person} khỏi danh sách."


def describe_term(terms: Sequence[LowIncomeTerm], today: date) -> str:
    """What the law says on a day."""
    held = [each for each in terms if each.valid_from <= today]
    if not held:
        return "Chưa có quy định về người lao động có thu nhập thấp."
    term = held[-1]
    until = f" đến hết ngày {formatting.day(term.valid_to)}" if term.valid_to else ""
    rural, urban = map(formatting.money, (term.rural_line, term.urban_line))
    return (
        f"Thu nhập bình quân không quá {rural}/người/tháng ở nông thôn, "
        f"{urban} ở thành thị; áp dụng{until}. "
        f"Căn cứ: {term.legal_reference}. {term.confidence}."
    )


def describe_export(count: int) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} người"
