"""What an import says of a row that cannot be written as it is, in sentences for its officer."""

from collections.abc import Iterable, Sequence
from datetime import date

from povertyplan.core.text import formatting

# What a file changes of a person or a household, as a sentence names it.
FIELD_LABELS = {
    "full_name": "họ tên",
    "sex": "giới tính",
    "citizen_id": "số định danh",
    "ethnic_group": "dân tộc",
    "has_merit": "người có công",
    "has_disability": "khuyết tật",
    "birth": "ngày sinh",
    "relation": "quan hệ với chủ hộ",
    "village": "thôn, tổ dân phố",
    "address": "địa chỉ",
    "no_labour_capacity": "không có khả năng lao động",
}

LISTED_AGAIN_PARTLY = "Hộ này đã có ở trang trước của tệp nhưng không có người này."
HEAD_DIFFERS = "Chủ hộ trong tệp khác với chủ hộ trong sổ. Đổi chủ hộ ở trang của hộ trước."
IN_OTHER_HOUSEHOLD = (
    "Người này đang là thành viên của một hộ khác trong sổ. Chuyển hộ trong sổ trước."
)
CITIZEN_ID_TAKEN = "Số định danh này đã thuộc về một người không còn hoặc không ở trong sổ này."
DECISION_MISSING = (
    "Hộ mới thuộc diện nghèo, cận nghèo phải có số và ngày quyết định công nhận: các "
    "quyết định đã ghi trong sổ không có hộ này."
)
SKIPPED = "Bỏ qua theo quyết định của người nhập."
DUPLICATE = "Có thể trùng với một hộ trong sổ, chưa chọn cách xử lý."


def place_in_file(sheet: str, line: int) -> str:
    return f"trang {sheet}, dòng {line}"


def code_used(code: str) -> str:
    return f"Mã hộ {code} đã dùng cho một hộ khác hoặc một hộ đã ra khỏi sổ."


def person_claimed(line: int) -> str:
    return f"Trùng với người đã có ở dòng {line} của tệp."


def decision_without(number: str) -> str:
    return (
        f"Quyết định số {number} đã ghi trong sổ và không công nhận hộ này. Đưa hộ vào "
        "bằng rà soát thường xuyên."
    )


def decision_before_register(recognised_on: date, first: date) -> str:
    return (
        f"Số liệu đến ngày {formatting.day(recognised_on)} đã được công nhận nên hộ "
        f"vào sổ từ ngày {formatting.day(first)}; quyết định trong tệp được giữ để tra cứu."
    )


def class_differs(in_file: str, in_register: str) -> str:
    return (
        f"Tệp ghi {in_file}, sổ ghi {in_register}. "
        "Phân loại chỉ đổi theo quyết định công nhận nên giữ theo sổ."
    )


def decision_differs(in_file: str, in_register: str) -> str:
    return f"Tệp ghi Quyết định số {in_file}, sổ ghi Quyết định số {in_register}. Giữ theo sổ."


def decided_on_differs(recorded: date) -> str:
    return f"Tệp ghi ngày quyết định khác với sổ ({formatting.day(recorded)}). Giữ theo sổ."


def score_differs(name: str, in_file: object, known: object, *, is_listed: bool) -> str:
    return f"Tệp ghi điểm {name} là {in_file}, {_source(is_listed)} ghi {known}. Giữ theo sổ."


def causes_differ(in_file: Iterable[int], known: Iterable[int], *, is_listed: bool) -> str:
    recorded = ", ".join(map(str, known)) or "không có"
    return (
        f"Tệp ghi nguyên nhân nghèo {', '.join(map(str, in_file))}, {_source(is_listed)} ghi "
        f"{recorded}. Giữ theo sổ."
    )


def _source(is_listed: bool) -> str:
    """What the register knows a result from."""
    return "danh sách trước" if is_listed else "phiếu rà soát"


def household_refused(line: int) -> str:
    return f"Hộ có dòng {line} chưa ghi được nên cả hộ chưa ghi."


def edited_later(fields: Sequence[str], *, is_kept: bool) -> str:
    """What the register knows newer than the file, and what becomes of it."""
    return f"Sổ đã sửa {_named(fields)} sau khi tệp được lưu; {_decided(is_kept)}."


def saved_in_future(saved_on: date) -> str:
    return (
        f"Tệp ghi ngày lưu {formatting.day(saved_on)}, sau ngày gửi tệp: không biết tệp hay sổ "
        "mới hơn nên không ghi đè."
    )


def not_edited_by_a_later_file(fields: Sequence[str], *, is_kept: bool) -> str:
    return (
        f"Tệp ghi ngày lưu ở tương lai nên không sửa {_named(fields)} của sổ; {_decided(is_kept)}."
    )


def _named(fields: Sequence[str]) -> str:
    return ", ".join(FIELD_LABELS.get(name, name) for name in fields)


def _decided(is_kept: bool) -> str:
    return "giữ theo sổ" if is_kept else "chưa chọn cách xử lý"
