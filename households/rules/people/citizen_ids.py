"""What a personal number (số định danh cá nhân, CCCD) says about its bearer. Pure.

Twelve digits: province of birth registration, century and sex, year of birth, six free digits
(Thông tư 59/2021/TT-BCA). There is no check digit.
"""

import re
from datetime import date

from households.choices import Sex

LENGTH = 12
# The gaps are numbers that no province of before 2025 had.
PROVINCES = frozenset(
    f"{number:03}"
    for number in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25,
        26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48,
        49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75,
        77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
# No province ever had it: the numbers of the demonstration's invented people begin with it.
INVENTED = "099"
PLACES = PROVINCES | {INVENTED}
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


def is_citizen_id(text: str) -> bool:
    """Whether a text has the form of a personal number.

    >>> is_citizen_id("087084000999"), is_citizen_id("87084000999")
    (True, False)
    """
    return bool(_TWELVE_DIGITS.fullmatch(text))


def find_contradictions(citizen_id: str, *, sex: str, born: date | None) -> list[str]:
    """What the number says otherwise than the record, one sentence each.

    An unknown province is only a hint: the first digits may be a country's.

    >>> find_contradictions("087084000999", sex="male", born=date(1984, 3, 9))
    []
    >>> find_contradictions("087184000999", sex="male", born=date(1985, 3, 9))
    ['Số định danh ghi giới tính nữ.', 'Số định danh ghi năm sinh 1984.']
    """
    if not is_citizen_id(citizen_id):
        return []
    found = []
    if citizen_id[:3] not in PLACES:
        found.append(f"Ba chữ số đầu {citizen_id[:3]} của số định danh không phải mã tỉnh.")
    century, is_female = divmod(int(citizen_id[3]), 2)
    number_sex = Sex.FEMALE if is_female else Sex.MALE
    if sex and sex != number_sex:
        found.append(f"Số định danh ghi giới tính {number_sex.label.lower()}.")
    year = 1900 + 100 * century + int(citizen_id[4:6])
    if born is not None and born.year != year:
        found.append(f"Số định danh ghi năm sinh {year}.")
    return found
