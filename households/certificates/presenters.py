"""The book of certificates in words: what a message says, what the record of accesses says."""

from households.certificates.selectors import NumberRange
from households.certificates.workbooks import TITLE
from povertyplan.core.text import formatting

NO_RIGHT = "Bạn không cấp được số giấy chứng nhận ở địa bàn này."


def describe_issued(given: NumberRange) -> str:
    first, last = formatting.paper_number(given.first), formatting.paper_number(given.last)
    count = formatting.number(given.count)
    return f"Đã cấp số cho {count} giấy chứng nhận: từ số {first} đến số {last}."


def describe_export(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} dòng ({caption})"
