"""What an import says of a row that cannot be written as it is, in sentences for its officer."""

from collections.abc import Iterable, Sequence
from datetime import date

from households.choices import PovertyClass
from households.rules.classification import StandardRules
from households.rules.import_sheets import UnusedColumn
from povertyplan.core.choices import Setting
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

ZERO_LOST = (
    "Có thể Excel đã bỏ số 0 ở đầu: thêm vào thì mã tỉnh, giới tính và năm sinh trong số khớp với "
    "dòng này."
)
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
OTHER_NAME_OPEN = "Số định danh này trong sổ là của người có họ tên khác hẳn, chưa chọn cách xử lý."
OTHER_NAME_KEPT = "Số định danh này trong sổ là của người có họ tên khác hẳn; giữ theo sổ."
NOT_LOOKED_AT = (
    "Lần nhập này được đọc trước khi phần mềm kiểm tra các cột chưa dùng. Về bước ghép cột rồi "
    "đọc lại danh sách."
)
SKIPPED = "Bỏ qua theo quyết định của người nhập."
DUPLICATE = "Có thể trùng với một hộ trong sổ, chưa chọn cách xử lý."


def open_columns(columns: Iterable[UnusedColumn]) -> str:
    named = "; ".join(f"trang “{column.sheet}”, cột {column.name}" for column in columns)
    return (
        f"Còn cột có nội dung chưa ghép và chưa xác nhận “Không dùng”: {named}. "
        "Chọn ở bước ghép cột."
    )


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


def score_impossible(score: int, standard: StandardRules) -> str:
    points = sorted({indicator.points for indicator in standard.indicators})
    if len(points) == 1:
        return (
            f"Điểm B2 là {score}: mỗi chỉ số thiếu hụt tính {points[0]} điểm nên B2 phải là bội số "
            f"của {points[0]}, nhiều nhất {points[0] * len(standard.indicators)}."
        )
    return f"Không có các chỉ số thiếu hụt nào cộng lại thành điểm B2 {score}."


def class_against_scores(
    written: str, found: str, income: int, deprived: int, setting: str, standard: str
) -> str:
    in_file, by_scores = PovertyClass(written).label.lower(), PovertyClass(found).label.lower()
    return (
        f"Tệp ghi {in_file}, còn B1 = {income}, B2 = {deprived} ở khu vực {Setting(setting).label} "
        f"theo chuẩn {standard} là {by_scores}. Kiểm tra phân loại và điểm."
    )


def other_name(in_register: str, in_file: str) -> str:
    return (
        f"Số định danh này trong sổ là của “{in_register}”, tệp ghi “{in_file}”: hai họ tên khác "
        "hẳn. Cùng một người thì chọn cập nhật theo tệp, không thì sửa số định danh."
    )


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
