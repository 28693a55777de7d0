"""Personal numbers (số định danh cá nhân, CCCD) as workbooks damage them.

Damage is named, and a repair offered only where the number itself confirms it: padding one in
silence would give somebody else's.
"""

import re

from households.intake.sheets.dates import day_of
from households.intake.sheets.readings import EMPTY, Reading, error, note
from households.intake.sheets.workbook import Raw
from households.rules.people.citizen_ids import LENGTH, find_contradictions

SHORTEST_CUT = 9  # three leading zeros: 001 is Hà Nội
OLD_CARD = 9
WRONG_LENGTH = "citizen_id_length"
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
    return error(WRONG_LENGTH, f"Số định danh “{digits}” có {len(digits)} chữ số, cần đúng 12.")


def repair_number(text: str, *, sex: str, birth: str) -> str:
    """The number with the zeros that Excel took from its front; "" unless it confirms itself.

    It has lost one or two digits and does not begin with zero, its province is known, and its sex
    and birth are those of the row: a guess would give somebody else's number.

    >>> repair_number("62080000008", sex="male", birth="1980")
    '062080000008'
    >>> repair_number("62080000008", sex="female", birth="1980")
    ''
    """
    digits = _NOT_DIGITS.sub("", text)
    is_cut = digits.isascii() and digits.isdigit() and SHORTEST_CUT < len(digits) < LENGTH
    if not is_cut or digits.startswith("0") or not sex or not birth:
        return ""
    repaired = digits.zfill(LENGTH)
    return "" if find_contradictions(repaired, sex=sex, born=day_of(birth)) else repaired
