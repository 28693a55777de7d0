"""A legal basis as it is written, taken apart: type, number, day, issuing body, title. Pure."""

import re
from dataclasses import dataclass
from datetime import date

LONGEST = {"kind": 60, "number": 60, "issuer": 120, "title": 300}
_KINDS = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định"
    "|Thông tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Công văn|Văn bản|Kết luận|Thông báo"
    "|Chương trình|Hướng dẫn|Đề án|Tờ trình|Báo cáo"
)
_TITLE = r"(?:về|quy định|ban hành|phê duyệt|hướng dẫn|triển khai|giao|sửa đổi|thực hiện)\b"
_SHAPE = re.compile(
    rf"(?:Căn cứ|Thực hiện|Theo|Xét)\s+(?P<kind>{_KINDS})\b"
    r"(?:\s+số:?\s*(?P<number>[\w./&-]*\w))?"
    r"(?:,?\s+ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)"
    r"(?P<year>\d{4}))?"
    rf"(?:,?\s+của\s+(?P<issuer>.+?)(?=,?\s+{_TITLE}|$))?"
    r"[,\s]*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class ReadBasis:
    """The parts of a basis; any but the type may be missing."""

    kind: str
    number: str = ""
    dated_on: date | None = None
    issuer: str = ""
    title: str = ""


def read_basis(text: str) -> ReadBasis | None:
    """The parts of a basis, None where it cannot be taken apart without losing a word.

    >>> read_basis("Căn cứ Luật số 25/2008/QH12 ngày 14 tháng 11 năm 2008 của Quốc hội;")
    ReadBasis(kind='Luật', number='25/2008/QH12', dated_on=datetime.date(2008, 11, 14), \
issuer='Quốc hội', title='')
    >>> read_basis("Căn cứ tình hình thực tế;")
    """
    found = _SHAPE.fullmatch(text.rstrip(";., "))
    if not found:
        return None
    parts = {name: (found[name] or "").strip() for name in LONGEST}
    if any(len(parts[name]) > longest for name, longest in LONGEST.items()):
        return None
    try:
        day = (
            date(*(int(found[name]) for name in ("year", "month", "day"))) if found["day"] else None
        )
    except ValueError:
        return None
    return ReadBasis(dated_on=day, **parts)
