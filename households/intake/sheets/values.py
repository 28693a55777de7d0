"""Reading the cells of each kind of column. Every reader takes a raw cell and gives a Reading."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from households.choices import PovertyClass, RelationToHead, Sex
from households.intake.sheets.citizen_ids import read_citizen_id
from households.intake.sheets.dates import read_date
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import EMPTY, Reading, error, note
from households.intake.sheets.vocabulary import Choices, key_of
from households.intake.sheets.workbook import CellRef, ForeignSheet, Raw, Workbook
from povertyplan.core.text.legacy_fonts import suspected_encoding, to_unicode
from povertyplan.core.text.names import drop_unseen, foreign_letter, name_fault
from povertyplan.core.text.vietnamese import normalise_text

LONGEST = {SheetField.ADDRESS: 200, SheetField.HOUSEHOLD_CODE: 20}
LONGEST_NAME = 100
LARGEST_SCORE = 500

SEXES = {
    "nam": Sex.MALE, "trai": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE,
    "nu": Sex.FEMALE, "gai": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE,
}  # fmt: skip
RELATIONS = {
    "chu ho": RelationToHead.HEAD,
    **dict.fromkeys(["vo", "chong", "vo chong"], RelationToHead.SPOUSE),
    **dict.fromkeys(
        ["con", "con trai", "con gai", "con de", "con nuoi", "con ruot"], RelationToHead.CHILD
    ),
    **dict.fromkeys(
        ["bo", "me", "cha", "ba me", "bo me", "cha me", "bo de", "me de", "bo ruot", "me ruot"],
        RelationToHead.PARENT,
    ),
    **dict.fromkeys(
        ["ong", "ong ba", "ong noi", "ong ngoai", "ba noi", "ba ngoai"], RelationToHead.GRANDPARENT
    ),
    **dict.fromkeys(
        ["chau", "chau noi", "chau ngoai", "chau trai", "chau gai", "chau ruot"],
        RelationToHead.GRANDCHILD,
    ),
    **dict.fromkeys(
        ["anh", "chi", "em", "anh chi em", "anh trai", "chi gai", "em trai", "em gai", "anh ruot",
         "chi ruot", "em ruot"],
        RelationToHead.SIBLING,
    ),
    **dict.fromkeys(
        ["khac", "con dau", "con re", "bo vo", "me vo", "bo chong", "me chong", "co", "di", "chu",
         "bac", "cau", "mo", "thim", "chau dau", "chau re", "chat", "em dau", "em re", "anh re",
         "chi dau", "con rieng", "nguoi than"],
        RelationToHead.OTHER,
    ),
}  # fmt: skip
# Words of a relation that only one sex has.
WOMEN = frozenset(
    ["vo", "me", "me de", "me ruot", "ba noi", "ba ngoai", "con gai", "chau gai", "chi", "chi gai",
     "chi ruot", "em gai", "con dau", "me vo", "me chong", "co", "di", "mo", "thim", "chau dau",
     "em dau", "chi dau"]
)  # fmt: skip
MEN = frozenset(
    ["chong", "bo", "cha", "bo de", "bo ruot", "ong", "ong noi", "ong ngoai", "con trai",
     "chau trai", "anh", "anh trai", "anh ruot", "em trai", "con re", "bo vo", "bo chong", "chu",
     "cau", "chau re", "em re", "anh re"]
)  # fmt: skip
CLASSES = {
    **dict.fromkeys(["ho ngheo", "ngheo", "hn", "n"], PovertyClass.POOR),
    **dict.fromkeys(["ho can ngheo", "can ngheo", "hcn", "cn"], PovertyClass.NEAR_POOR),
    **dict.fromkeys(
        ["ho co muc song trung binh", "muc song trung binh", "ho mstb", "mstb"],
        PovertyClass.AVERAGE_LIVING,
    ),
    **dict.fromkeys(
        ["ho khong ngheo", "khong ngheo", "ho thoat ngheo", "thoat ngheo", "thoat can ngheo",
         "ho thoat can ngheo"],
        PovertyClass.NOT_POOR,
    ),
}  # fmt: skip
YES = frozenset({"x", "co", "1", "true", "v", "yes", "dung"})
NO = frozenset({"0", "khong", "false", "k", "no"})
_DASHES = frozenset("-–—_")
_DOUBT = frozenset("?\uff1f¿")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+(?:,0+)?")


@dataclass(frozen=True)
class Reader:
    """What reading needs beside the cell: known names and numbers, today, how dates are counted."""

    villages: Choices
    ethnic_groups: Choices
    causes: frozenset[int]
    today: date
    date1904: bool = False

    def for_workbook(self, workbook: Workbook) -> "Reader":
        return replace(self, date1904=workbook.date1904)

    def read_cell(self, sheet: ForeignSheet, place: CellRef, column: SheetField) -> Reading:
        """A cell with all that stands behind it: formulas, error values, old fonts."""
        raw = sheet.at(*place)
        if place in sheet.errors:
            return error("formula_error", "Ô có công thức bị lỗi. Nhập lại giá trị.")
        if place in sheet.formulas and raw == "":
            return error("formula_empty", "Công thức trong ô chưa có kết quả. Nhập lại giá trị.")
        reading = self._unless_legacy(raw, (sheet.legacy or {}).get(place, ""), column)
        if place in sheet.formulas and not reading.code:
            return note(reading.value, "formula", "Giá trị lấy từ kết quả của công thức.")
        return reading

    def read_typed(self, text: str, column: SheetField) -> Reading:
        """What an officer typed in place of a cell: never taken for text of an old font."""
        return self._read(normalise_text(text), column)

    def _unless_legacy(self, raw: Raw, encoding: str, column: SheetField) -> Reading:
        if not isinstance(raw, str):
            return self._read(raw, column)
        # Before anything is tidied: an old font has a letter in the place of the soft hyphen.
        suspected = encoding if encoding and not raw.isascii() else _suspected_encoding_of(raw)
        if suspected:
            font = "VNI" if suspected == "vni" else "TCVN3 (.VnTime)"
            converted = normalise_text(to_unicode(raw, suspected))
            sentence = f"Chữ gõ bằng phông {font}; chuyển sang Unicode thành “{converted}”."
            return error("legacy_font", sentence, converted)
        tidy = normalise_text(raw)
        reading = self._read(tidy, column)
        if reading.code or tidy == raw.strip(" "):
            return reading
        return note(reading.value, "tidied", _what_was_tidied(raw))

    def _read(self, raw: Raw, column: SheetField) -> Reading:
        if column in (SheetField.BIRTH_DATE, SheetField.DECIDED_ON):
            return read_date(raw, today=self.today, date1904=self.date1904)
        if column == SheetField.CITIZEN_ID:
            return read_citizen_id(raw)
        if isinstance(raw, str) and raw in _DASHES:
            return EMPTY
        if isinstance(raw, str) and column in CLOSED and not _DOUBT.isdisjoint(raw):
            return error("unknown_word", f"“{raw}” có dấu hỏi: hỏi lại rồi ghi rõ.")
        if column == SheetField.VILLAGE:
            return self.villages.find(as_text(raw))
        if column == SheetField.ETHNIC_GROUP:
            return self.ethnic_groups.find(as_text(raw))
        if column == SheetField.CAUSES:
            return _causes(raw, self.causes)
        return READERS.get(column, _text)(raw, column)


def as_text(raw: Raw) -> str:
    """A raw cell as somebody would type it.

    >>> as_text(3.0), as_text(2.5), as_text(True), as_text("x")
    ('3', '2,5', 'x', 'x')
    """
    if isinstance(raw, bool):
        return "x" if raw else ""
    if isinstance(raw, (int, float)):
        return f"{raw:.0f}" if raw == int(raw) else f"{raw:.15g}".replace(".", ",")
    return raw.strftime("%d/%m/%Y") if isinstance(raw, date) else raw.strip()


def _suspected_encoding_of(raw: str) -> str:
    return suspected_encoding(unicodedata.normalize("NFC", raw))


def _what_was_tidied(raw: str) -> str:
    if drop_unseen(raw) != raw:
        return "Đã bỏ ký tự ẩn, không nhìn thấy."
    if unicodedata.normalize("NFC", raw) != raw:
        return "Đã ghép lại chữ có dấu (Unicode tổ hợp)."
    return "Đã bỏ khoảng trắng thừa."


def _text(raw: Raw, column: SheetField) -> Reading:
    text = normalise_text(as_text(raw))
    limit = LONGEST.get(column, LONGEST_NAME)
    if len(text) > limit:
        return error("too_long", f"Nội dung dài {len(text)} ký tự, tối đa {limit}.")
    if letter := foreign_letter(text):
        return error("look_alike", f"“{text}” có chữ “{letter}” chỉ giống chữ Việt. Nhập lại.")
    return Reading(value=text) if text else EMPTY


def _code(raw: Raw, column: SheetField) -> Reading:
    reading = _text(raw, column)
    if reading.is_error or not isinstance(reading.value, str):
        return reading
    if fault := name_fault(reading.value):
        return error("code_unreadable", f"“{reading.value}” không phải là mã hộ: {fault}.")
    return reading


def _name(raw: Raw, column: SheetField) -> Reading:
    reading = _text(raw, column)
    name = reading.value
    if reading.is_error or not isinstance(name, str):
        return reading
    if "\ufffd" in name or "?" in name:
        return error("name_damaged", f"Họ tên “{name}” có ký tự bị mất. Nhập lại.")
    if fault := name_fault(name, is_person=True):
        return error("name_unreadable", f"“{name}” không phải là họ tên: {fault}.")
    return reading


def _one_of(known: Mapping[str, str], noun: str) -> Callable[[Raw, SheetField], Reading]:
    def read(raw: Raw, column: SheetField) -> Reading:
        text = normalise_text(as_text(raw))
        if not text:
            return EMPTY
        if found := known.get(key_of(text)):
            return Reading(value=str(found))
        return error("unknown_word", f"“{text}” không phải là {noun} mà phần mềm biết.")

    return read


def _whole(raw: Raw, column: SheetField) -> Reading:
    text = normalise_text(as_text(raw))
    if not text:
        return EMPTY
    found = _WHOLE.fullmatch(text)
    number = int(found[1]) if found and len(found[1]) < 9 else None
    if number is None and _GROUPED.fullmatch(text):
        number = int(re.sub(r"[. ]|,.*", "", text)[:9])
    if number is None:
        return error("number_unreadable", f"“{text}” không phải là số nguyên.")
    if column in SCORES and number > LARGEST_SCORE:
        return error("number_out_of_range", f"Điểm {number} không hợp lý.")
    return Reading(value=number)


def _flag(raw: Raw, column: SheetField) -> Reading:
    key = key_of(as_text(raw)) or as_text(raw)
    if not key:
        return EMPTY
    if key in YES or key in "✓✔☑":
        return Reading(value=True)
    if key in NO:
        return Reading(value=False)
    return error("flag_unreadable", f"“{as_text(raw)}”: ghi “x” nếu có, để trống nếu không.")


def _causes(raw: Raw, known: frozenset[int]) -> Reading:
    numbers = sorted(
        {int(number) for number in re.findall(r"\d+", as_text(raw)) if len(number) < 4}
    )
    if not known.issuperset(numbers):
        sentence = f"“{as_text(raw)}”: nguyên nhân nghèo đánh số từ 1 đến {max(known, default=0)}."
        return error("cause_unknown", sentence)
    return Reading(value=numbers or None)


SCORES = (SheetField.INCOME_SCORE, SheetField.DEPRIVATION_SCORE)
READERS: dict[SheetField, Callable[[Raw, SheetField], Reading]] = {
    SheetField.HOUSEHOLD_CODE: _code,
    SheetField.HEAD_NAME: _name,
    SheetField.MEMBER_NAME: _name,
    SheetField.SEX: _one_of(SEXES, "giới tính (Nam, Nữ)"),
    SheetField.RELATION: _one_of(RELATIONS, "quan hệ với chủ hộ"),
    SheetField.POVERTY_CLASS: _one_of(CLASSES, "phân loại hộ"),
    SheetField.INCOME_SCORE: _whole,
    SheetField.DEPRIVATION_SCORE: _whole,
    SheetField.NO_LABOUR_CAPACITY: _flag,
    SheetField.HAS_MERIT: _flag,
    SheetField.HAS_DISABILITY: _flag,
    SheetField.IS_MINORITY: _flag,
}
# Columns of known words: a question mark behind one says that nobody is sure.
CLOSED = frozenset(
    {
        SheetField.SEX, SheetField.RELATION, SheetField.POVERTY_CLASS, SheetField.VILLAGE,
        SheetField.ETHNIC_GROUP, SheetField.NO_LABOUR_CAPACITY, SheetField.HAS_MERIT,
        SheetField.HAS_DISABILITY, SheetField.IS_MINORITY,
    }
)  # fmt: skip
