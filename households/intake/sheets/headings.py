"""The columns that a list may have, and the headings under which offices write them."""

from collections.abc import Mapping
from enum import StrEnum

from households.intake.sheets.vocabulary import key_of


class SheetField(StrEnum):
    """One thing a list tells about a person or a household."""

    HOUSEHOLD_NUMBER = "household_number"
    HOUSEHOLD_CODE = "household_code"
    HEAD_NAME = "head_name"
    MEMBER_NAME = "member_name"
    RELATION = "relation"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    CITIZEN_ID = "citizen_id"
    VILLAGE = "village"
    ADDRESS = "address"
    ETHNIC_GROUP = "ethnic_group"
    POVERTY_CLASS = "poverty_class"
    DECISION_NUMBER = "decision_number"
    DECIDED_ON = "decided_on"
    INCOME_SCORE = "income_score"
    DEPRIVATION_SCORE = "deprivation_score"
    IS_MINORITY = "is_minority"
    NO_LABOUR_CAPACITY = "no_labour_capacity"
    HAS_MERIT = "has_merit"
    HAS_DISABILITY = "has_disability"
    CAUSES = "causes"


LABELS: dict[SheetField, str] = {
    SheetField.HOUSEHOLD_NUMBER: "STT hộ",
    SheetField.HOUSEHOLD_CODE: "Mã hộ",
    SheetField.HEAD_NAME: "Họ tên chủ hộ",
    SheetField.MEMBER_NAME: "Họ tên thành viên",
    SheetField.RELATION: "Quan hệ với chủ hộ",
    SheetField.BIRTH_DATE: "Ngày sinh",
    SheetField.SEX: "Giới tính",
    SheetField.CITIZEN_ID: "Số định danh (CCCD)",
    SheetField.VILLAGE: "Thôn, tổ dân phố",
    SheetField.ADDRESS: "Địa chỉ",
    SheetField.ETHNIC_GROUP: "Dân tộc",
    SheetField.POVERTY_CLASS: "Phân loại hộ",
    SheetField.DECISION_NUMBER: "Số QĐ công nhận",
    SheetField.DECIDED_ON: "Ngày ban hành QĐ",
    SheetField.INCOME_SCORE: "Điểm B1",
    SheetField.DEPRIVATION_SCORE: "Điểm B2",
    SheetField.IS_MINORITY: "Hộ DTTS",
    SheetField.NO_LABOUR_CAPACITY: "Hộ không có khả năng lao động",
    SheetField.HAS_MERIT: "Người có công",
    SheetField.HAS_DISABILITY: "Khuyết tật",
    SheetField.CAUSES: "Nguyên nhân nghèo",
}

SYNONYMS: dict[SheetField, tuple[str, ...]] = {
    SheetField.HOUSEHOLD_NUMBER: (
        "STT hộ",
        "Số thứ tự hộ",
        "STT",
        "TT",
        "Số TT",
        "Số thứ tự",
        "TT hộ",
    ),
    SheetField.HOUSEHOLD_CODE: ("Mã hộ", "Mã hộ gia đình", "Mã số hộ", "Số hộ", "Mã hộ nghèo"),
    SheetField.HEAD_NAME: (
        "Họ tên chủ hộ", "Họ và tên chủ hộ", "Chủ hộ", "Tên chủ hộ", "Họ, tên chủ hộ",
        "Họ tên đại diện hộ",
    ),
    SheetField.MEMBER_NAME: (
        "Họ tên thành viên", "Họ và tên thành viên", "Họ tên", "Họ và tên", "Tên thành viên",
        "Họ và tên các thành viên", "Họ và tên thành viên trong hộ", "Thành viên",
        "Họ tên nhân khẩu", "Họ và tên nhân khẩu", "Họ, tên",
    ),
    SheetField.RELATION: (
        "Quan hệ với chủ hộ", "Quan hệ chủ hộ", "Quan hệ", "QH với chủ hộ",
        "Mối quan hệ với chủ hộ",
    ),
    SheetField.BIRTH_DATE: (
        "Ngày sinh", "Ngày tháng năm sinh", "Năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày",
        "NTNS",
    ),
    SheetField.SEX: ("Giới tính", "GT", "Nam/Nữ", "Giới"),
    SheetField.CITIZEN_ID: (
        "CCCD", "Số CCCD", "Số định danh", "Số định danh cá nhân", "Số căn cước", "Căn cước",
        "CCCD/Số định danh", "Số CCCD/CMND", "CMND/CCCD", "CCCD/ĐDCN", "Số căn cước công dân",
        "Căn cước công dân", "Mã định danh", "Số CMND/CCCD", "Số định danh (CCCD)",
        "Số CCCD/Số định danh cá nhân", "ĐDCN", "Số CCCD/định danh", "Số CCCD/số định danh",
    ),
    SheetField.VILLAGE: (
        "Thôn", "Thôn, tổ dân phố", "Thôn/Tổ dân phố", "Tổ dân phố", "TDP", "Thôn/bản", "Thôn, bản",
        "Thôn/TDP", "Khu phố", "Ấp", "Thôn (bản, tổ dân phố)", "Thôn, TDP", "Tên thôn",
        "Thôn/làng", "Buôn", "Thôn, làng, tổ dân phố",
    ),
    SheetField.ADDRESS: ("Địa chỉ", "Nơi ở", "Địa chỉ thường trú", "Nơi ở hiện tại", "Chỗ ở"),
    SheetField.ETHNIC_GROUP: ("Dân tộc", "DT", "Thành phần dân tộc"),
    SheetField.POVERTY_CLASS: (
        "Phân loại hộ", "Phân loại", "Loại hộ", "Đối tượng", "Diện hộ", "Hộ nghèo/cận nghèo",
        "Kết quả phân loại",
    ),
    SheetField.DECISION_NUMBER: (
        "Số QĐ công nhận", "Số quyết định công nhận", "Số quyết định", "Số QĐ", "Quyết định số",
    ),
    SheetField.DECIDED_ON: (
        "Ngày ban hành QĐ", "Ngày ban hành quyết định", "Ngày quyết định", "Ngày QĐ",
        "Ngày ban hành",
    ),
    SheetField.INCOME_SCORE: ("B1", "Điểm B1", "Tổng điểm B1", "Điểm thu nhập"),
    SheetField.DEPRIVATION_SCORE: ("B2", "Điểm B2", "Tổng điểm B2", "Điểm thiếu hụt"),
    SheetField.IS_MINORITY: ("Hộ DTTS", "Hộ dân tộc thiểu số", "DTTS"),
    SheetField.NO_LABOUR_CAPACITY: (
        "Hộ không có khả năng lao động", "Không có khả năng lao động", "Hộ không có KNLĐ",
        "Không có KNLĐ",
    ),
    SheetField.HAS_MERIT: (
        "Có thành viên NCC với cách mạng", "Người có công", "NCC", "Hộ có người có công",
        "Có thành viên là người có công với cách mạng", "Có thành viên NCC",
    ),
    SheetField.HAS_DISABILITY: ("Khuyết tật", "Người khuyết tật", "NKT"),
    SheetField.CAUSES: ("Nguyên nhân nghèo", "Nguyên nhân"),
}  # fmt: skip

# Columns of the official forms that the register knows or works out by itself.
_DERIVED = frozenset(
    key_of(heading)
    for heading in (
        "Tỉnh", "Tỉnh/thành phố", "Mã tỉnh", "Huyện", "Mã huyện", "Xã", "Phường", "Xã/phường",
        "Phường/xã", "Mã xã", "Tuổi", "Số nhân khẩu",
    )
)  # fmt: skip
_BY_KEY: Mapping[str, SheetField] = {
    key_of(synonym): column for column, synonyms in SYNONYMS.items() for synonym in synonyms
}


def column_of(heading: str) -> SheetField | None:
    """The column a heading names.

    >>> column_of("HỌ VÀ TÊN\\nCHỦ HỘ"), column_of("Ghi chú")
    (<Column.HEAD_NAME: 'head_name'>, None)
    """
    return _BY_KEY.get(key_of(heading))


def is_derived(heading: str) -> bool:
    """Whether a heading names what the register does not need to be told.

    >>> is_derived("TUỔI"), is_derived("Ghi chú")
    (True, False)
    """
    return key_of(heading) in _DERIVED
