"""Personal numbers (số định danh cá nhân, CCCD) as workbooks damage them.

Damage is named and a repair at most offered: padding a number in silence would give somebody
else's.
"""

import re

from households.intake.sheets.readings import EMPTY, Reading, error, note
from households.intake.sheets.workbook import Raw
from households.rules.citizen_ids import LENGTH, PLACES

SHORTEST_CUT = 9  # three leading zeros: 001 is Hà Nội
OLD_CARD = 9
ROUNDED_ZEROS = "000000"
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[\s.'\-]")


def read_citizen_id(raw: Raw) -> Reading:
    if isinstance(raw, bool):
        return error("citizen_id_unreadable", "Không phải là số định danh.")
    if isinstance(raw, (int, float)):
        return _from_number(raw)
    return _from_text(str(raw).strip())


def _from_number(raw: float) -> Reading:
    digits = f"{raw:.0f}"
    if raw != int(raw) or raw < 0 or len(digits) > LENGTH:
        return error("citizen_id_unreadable", f"“{raw:g}” không phải là số định danh 12 chữ số.")
    if digits.endswith(ROUNDED_ZEROS):
        return _rounded(digits)
    if len(digits) == LENGTH:
        return note(digits, "citizen_id_number", "Số định danh ghi ở dạng số, đọc đủ 12 chữ số.")
    return _cut(digits)


def _from_text(text: str) -> Reading:
    if not text or text in ("-", "–"):
        return EMPTY
    if _SCIENTIFIC.fullmatch(text):
        return _rounded(text)
    digits = _NOT_DIGITS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return error("citizen_id_unreadable", f"“{text}” không phải là số định danh 12 chữ số.")
    if len(digits) == LENGTH and digits == text:
        return Reading(value=digits)
    if len(digits) == LENGTH:
        return note(digits, "citizen_id_tidied", "Đã bỏ dấu cách, dấu chấm trong số định danh.")
    if len(digits) == OLD_CARD:
        return error(
            "citizen_id_old_card",
            f"“{text}” là số chứng minh nhân dân 9 chữ số; cần số định danh 12 chữ số.",
        )
    return _cut(digits)


def _rounded(text: str) -> Reading:
    return error(
        "citizen_id_rounded",
        f"Excel đã làm tròn số định danh thành “{text}”, các chữ số cuối bị mất. Nhập lại số.",
    )


def _cut(digits: str) -> Reading:
    padded = digits.zfill(LENGTH)
    offered = SHORTEST_CUT < len(digits) < LENGTH and padded[:3] in PLACES
    lost = " Có thể Excel đã bỏ số 0 ở đầu." if offered else ""
    return error(
        "citizen_id_length",
        f"Số định danh “{digits}” có {len(digits)} chữ số, cần đúng 12.{lost}",
        padded if offered else "",
    )
